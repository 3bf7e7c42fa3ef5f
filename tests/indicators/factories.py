"""Builders of indicators and panels for tests."""

from __future__ import annotations

import json
from collections.abc import Mapping

import factory
import numpy as np
from factory.django import DjangoModelFactory

from lautta.common.actors import SYSTEM
from lautta.common.translated import Translated
from lautta.indicators import models
from lautta.indicators.actions import begin_fetch, take_in
from lautta.indicators.ingestors.building import panel_of_rows
from lautta.indicators.ingestors.sotkanet import Metadata
from lautta.indicators.panels import IndicatorPanel


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = models.Indicator

    source = "sotkanet"
    source_id = factory.Sequence(lambda n: str(100_000 + n))
    title = factory.Sequence(
        lambda n: Translated.of(f"Indikaattori {n}", sv=f"Indikator {n}", en=f"Indicator {n}")
    )
    sort_key = factory.Sequence(lambda n: f"{n:08d}")
    kind = "percentage"


def panel(
    cells: Mapping[tuple[str, int], float | None], *, gender: str = "total", **columns
) -> IndicatorPanel:
    """A panel of {(area, year): value}; None is a row without a value (only its count). Further columns by name."""
    keys = list(cells)
    rest = {name: np.array(values, dtype=float) for name, values in columns.items() if name != "last_years"}
    return panel_of_rows(
        areas=[area for area, _ in keys],
        years=np.array([year for _, year in keys]),
        genders=[gender] * len(keys),
        values=np.array([np.nan if v is None else v for v in cells.values()], dtype=float),
        last_years=columns.get("last_years"),
        **rest,
    )


def grid(areas: int = 12, years: range = range(2010, 2020), start: float = 1.0) -> IndicatorPanel:
    """Municipalities KU001… and the country, every cell a different number."""
    codes = [f"KU{n:03d}" for n in range(1, areas + 1)] + ["SSS"]
    return panel(
        {(code, year): start + a + (year - 2000) / 100 for a, code in enumerate(codes) for year in years}
    )


def metadata(source_id: str = "4711", title: str = "Ilman ystävää, %", **fields) -> Metadata:
    texts = {"sv": f"{title} (sv)", "en": f"{title} (en)"}
    fields = {"kind": "percentage", **fields}
    return Metadata(source="sotkanet", source_id=source_id, title=Translated.of(title, **texts), **fields)


def taken_in(found: IndicatorPanel, about: Metadata | None = None, **arguments) -> models.FetchEntry:
    """Take a panel in as the system does; returns the line."""
    run = begin_fetch(by=SYSTEM, source="sotkanet", wanted=1)
    return take_in(by=SYSTEM, fetch=run, metadata=about or metadata(), panel=found, **arguments)


def region(number: int, code: str, category: str = "KUNTA", parents=(), name: str = "") -> dict:
    name = name or f"Alue {number}"
    title = {"fi": name, "sv": f"{name} sv", "en": f"{name} en"}
    return {"id": number, "code": code, "category": category, "title": title, "memberOf": list(parents)}


REGIONS = [
    region(658, "358", "MAA", name="Koko maa"),
    region(494, "08", "MAAKUNTA", name="Kymenlaakso"),
    region(967, "10", "HYVINVOINTIALUE", name="Kymenlaakson hyvinvointialue"),
    region(152, "286", parents=(658, 494, 967), name="Kouvola"),
    region(103, "285", parents=(658, 494, 967), name="Kotka"),
    region(63, "075", parents=(658, 494, 967), name="Hamina"),
]
CODES = {658: "SSS", 494: "MK08", 967: "HV10", 152: "KU286", 103: "KU285", 63: "KU075"}


def rows(
    source_id: int = 4711, years=range(2015, 2021), regions=tuple(CODES), numerators: bool = True
) -> list[dict]:
    """Sotkanet's rows, every one with its own number."""
    found = []
    for region_id in regions:
        for year in years:
            row = {"indicator": source_id, "region": region_id, "year": year, "gender": "total"}
            row["value"] = round(region_id / 100 + (year - 2000) / 10, 2)
            if numerators:
                row["absValue"] = region_id + year
            found.append(row)
    return found


def description(source_id: int = 4711, title: str = "Ilman ystävää, %", **fields) -> dict:
    return {
        "id": source_id,
        "title": {"fi": title, "sv": "Utan vän, %", "en": "No friend, %"},
        "organization": {"id": 2, "title": {"fi": "Terveyden ja hyvinvoinnin laitos (THL)"}},
        "data-updated": "2023-12-01",
        "decimals": 1,
        "range": {"start": 2015, "end": 2020},
        "classifications": {"sex": {"values": []}, "region": {"values": []}},
        **fields,
    }


def body(data) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()
