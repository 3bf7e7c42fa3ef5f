"""The municipalities and regions of the whole country by name: facts (data/municipalities.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from lautta.common.translated import Translated

DATA = Path(__file__).with_name("data") / "municipalities.yaml"


@dataclass(frozen=True, slots=True)
class Municipality:
    code: str
    name: Translated
    region: str


@cache
def municipalities() -> Mapping[str, Municipality]:
    """{code: municipality}, "KU286"; of the division of 2023."""
    rows = yaml.safe_load(DATA.read_text("utf-8"))["municipalities"]
    return {
        code: Municipality(code, Translated.of(fi, sv=sv), region) for code, (fi, sv, region) in rows.items()
    }


@cache
def region_names() -> Mapping[str, Translated]:
    """{code: name} of the regions, "MK08"."""
    rows = yaml.safe_load(DATA.read_text("utf-8"))["regions"]
    return {code: Translated.of(fi, sv=sv, en=en) for code, (fi, sv, en) in rows.items()}
