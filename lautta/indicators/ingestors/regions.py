"""Sotkanet's list of regions, mapped to the codes of the panels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lautta.common.translated import Translated
from lautta.indicators.ingestors.json_bytes import read_json
from lautta.indicators.problems import SourceProblem

DATA = Path(__file__).resolve().parents[1] / "data"

# Sotkanet's category: (letters, width of the code, kind). The first four are Statistics Finland's, the others our own.
CATEGORIES: dict[str, tuple[str, int, str]] = {
    "KUNTA": ("KU", 3, "municipality"),
    "SEUTUKUNTA": ("SK", 3, "subregion"),
    "MAAKUNTA": ("MK", 2, "region"),
    "HYVINVOINTIALUE": ("HV", 2, "county"),
    "MAA": ("SSS", 0, "country"),
    "SAIRAANHOITOPIIRI": ("SH", 2, "hospital_district"),
    "ERVA": ("ER", 1, "division"),
    "YTA": ("YT", 1, "division"),
    "ALUEHALLINTOVIRASTO": ("AV", 1, "division"),
    "ELY-KESKUS": ("EL", 2, "division"),
    "SUURALUE": ("SA", 1, "division"),
    "NUTS1": ("NU", 1, "division"),
    "POHJOISMAAT": ("PM", 3, "abroad"),
    "EUROOPPA": ("EU", 3, "abroad"),
    "EURALUEET": ("EA", 3, "abroad"),
}


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region of the source; `parents` are codes."""

    sotkanet_id: int
    code: str
    kind: str
    name: Translated
    parents: tuple[str, ...]


@cache
def retired_regions() -> dict[int, str]:
    """{Sotkanet's id: code} of regions that answers still name though the list no longer does (data/retired_regions.yaml)."""
    data = yaml.safe_load((DATA / "retired_regions.yaml").read_text("utf-8"))
    return {int(row["id"]): row["code"] for row in data["regions"]}


def read_regions(body: bytes) -> tuple[RegionRow, ...]:
    """The regions of `/regions`. Raises SourceProblem when the list is broken or does not hold the whole country."""
    data = read_json(body)
    if not isinstance(data, list) or not data:
        raise SourceProblem("not_a_list", what="regions")
    try:
        # A county's former id has a code that another county bears today: it is known by retired_regions alone.
        listed = [row for row in data if int(row["id"]) not in retired_regions()]
        codes = _codes(listed)
        rows = tuple(_row(row, codes) for row in listed)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SourceProblem("region_broken", error=str(error)[:100]) from error
    if len({row.sotkanet_id for row in rows}) != len(rows):
        rows = tuple({row.sotkanet_id: row for row in rows}.values())
    seen: dict[str, int] = {}
    for row in rows:
        if seen.setdefault(row.code, row.sotkanet_id) != row.sotkanet_id:
            raise SourceProblem("region_code_twice", area=row.code)
    if "SSS" not in seen:
        raise SourceProblem("no_country")
    return rows


def _codes(listed: list[dict[str, Any]]) -> dict[int, str]:
    """{id: code}. A category that we do not know, or a division whose code another bears, has a code of its id: the source
    may add divisions without stopping every fetch.
    """
    found: dict[int, str] = {}
    for row in listed:
        key = int(row["id"])
        code = code_of(row["category"], row["code"]) if row["category"] in CATEGORIES else ""
        twice = found.get(key, code) != code or (code in found.values() and found.get(key) != code)
        if not code or (twice and kind_of(row["category"]) in ("division", "abroad", "hospital_district")):
            code = f"ID{key:04d}"
        found[key] = code
    return found


def kind_of(category: str) -> str:
    return CATEGORIES[category][2] if category in CATEGORIES else "division"


def code_of(category: str, code: str) -> str:
    """The panel's code of a region: ("KUNTA", "286") → "KU286", ("MAA", "358") → "SSS". ValueError for an unknown category."""
    if category not in CATEGORIES:
        raise ValueError(f"unknown category {category}")
    letters, width, _ = CATEGORIES[category]
    return letters + (str(code).zfill(width) if width else "")


def _row(row: dict[str, Any], codes: dict[int, str]) -> RegionRow:
    title = {language: str(row["title"].get(language) or "").strip() for language in ("fi", "sv", "en")}
    own = codes[int(row["id"])]
    name = Translated.of(title["fi"] or own, sv=title["sv"], en=title["en"])
    parents = tuple(sorted({codes[p] for p in row.get("memberOf", []) if p in codes} - {own}))
    return RegionRow(int(row["id"]), own, kind_of(row["category"]), name, parents)
