"""A small PxWeb for tests: a table with its description, answering queries as json-stat2."""

from __future__ import annotations

import itertools
import json

AREAS = {"KU286": "Kouvola", "KU285": "Kotka", "MK08": "Kymenlaakso", "SSS": "KOKO MAA"}
VARIABLES = {
    "alue_23_20260101": ("Alue", AREAS, False),
    "ikaryhma_10_20180101": ("Ikä", {"SSS": "Yhteensä", "0-6": "0 - 6", "7-14": "7 - 14"}, True),
    "sukupuoli_9_20180101": ("Sukupuoli", {"SSS": "Yhteensä", "1": "Miehet", "2": "Naiset"}, True),
    "timeperiod_y": ("Vuosi", {str(y): str(y) for y in range(2018, 2024)}, False),
    "contentscode": ("Tiedot", {"vaesto": "Väestö 31.12.", "osuus": "Osuus, %"}, False),
}


def number(codes: dict[str, str]) -> float:
    """A number of its own for every cell."""
    text = "|".join(codes[name] for name in VARIABLES if name in codes)
    return sum(ord(letter) * (place + 1) for place, letter in enumerate(text)) / 4


def description() -> dict:
    variables = [
        {
            "code": code,
            "text": text,
            "values": list(values),
            "valueTexts": list(values.values()),
            "elimination": may_go,
            **({"time": True} if code == "timeperiod_y" else {}),
        }
        for code, (text, values, may_go) in VARIABLES.items()
    ]
    return {"title": "11re -- Väestö", "variables": variables}


def dataset(chosen: dict[str, list[str]], **changes) -> dict:
    """What the table answers to a selection {variable: codes}; a variable that is left out is absent."""
    names = [name for name in VARIABLES if name in chosen]
    cells = itertools.product(*(chosen[name] for name in names))
    values = [number(dict(zip(names, cell, strict=True))) for cell in cells]
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Väestö",
        "source": "Tilastokeskus, väestörakenne",
        "updated": "2026-04-01T05:00:00Z",
        "role": {"time": ["timeperiod_y"], "geo": ["alue_23_20260101"], "metric": ["contentscode"]},
        "id": names,
        "size": [len(chosen[name]) for name in names],
        "dimension": {
            name: {
                "label": VARIABLES[name][0],
                "category": {
                    "index": {code: at for at, code in enumerate(chosen[name])},
                    "label": {code: VARIABLES[name][1][code] for code in chosen[name]},
                    **(
                        {
                            "unit": {
                                "vaesto": {"base": "lukumäärä", "decimals": 0},
                                "osuus": {"base": "%", "decimals": 2},
                            }
                        }
                        if name == "contentscode"
                        else {}
                    ),
                },
            }
            for name in names
        },
        "value": values,
        **changes,
    }


def answer(sent: bytes) -> bytes:
    """The answer to a posted query."""
    query = json.loads(sent)
    assert query["response"] == {"format": "json-stat2"}
    chosen = {part["code"]: part["selection"]["values"] for part in query["query"]}
    return json.dumps(dataset(chosen)).encode()
