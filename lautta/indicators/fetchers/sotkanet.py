"""Sotkanet REST API 1.1 (THL): GET only, no key, one indicator a call, `years` repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lautta.indicators.fetchers.http import Answer, Asker

BASE = "https://sotkanet.fi/rest/1.1"
GENDERS = ("male", "female", "total")


@dataclass(frozen=True, slots=True)
class Sotkanet:
    """`base` is the address up to and with `/rest/1.1`."""

    asker: Asker
    base: str = BASE

    def regions(self) -> Answer:
        return self.asker.get(f"{self.base.rstrip('/')}/regions")

    def indicator(self, source_id: int) -> Answer:
        """The long form of one indicator."""
        return self.asker.get(f"{self.base.rstrip('/')}/indicators/{source_id}")

    def values(self, source_id: int, years: Sequence[int]) -> Answer:
        """All regions and genders of the years. No region filter: the source does not keep to it."""
        params = [("indicator", str(source_id))]
        params += [("years", str(year)) for year in years]
        params += [("genders", gender) for gender in GENDERS]
        return self.asker.get(f"{self.base.rstrip('/')}/json", params)
