"""`python -m bench.figures`: pages of indicators with 96 indicators × 309 municipalities × 30 years, then with ten times as many.

Part of `make bench`. The profile holds 60 joint indicators of a municipality; panels are made up.
"""

from __future__ import annotations

import datetime as dt
import sys

import numpy as np

FEW, MANY, FOLLOWED = 96, 960, 60
YEARS = range(1994, 2024)
# (page, most queries, most CPU ms, most bytes)
BOUNDS = {
    "municipality": (10, 40.0, None),
    "profile, 60": (10, 40.0, None),
    "indicator": (10, 25.0, 120_000),
    "municipalities": (10, None, None),
    "all municipalities": (10, 40.0, 120_000),
    "flows": (10, 25.0, None),
}
# Corners of a municipality's border as the map of the country has them, about as many as real ones.
CORNERS = 24


class Figures:
    """A region of six municipalities among 309, with indicators that grow in number."""

    def __init__(self) -> None:
        from lautta.organisations.models import AreaMembership
        from lautta.publishing.presenters.figures.maps import tiles
        from tests import factories as f

        self.codes = sorted(tiles())
        top = f.AreaFactory(kind="region", code="08")
        self.plan = f.PlanFactory(region__area=top)
        self.areas = []
        for code in ("075", "285", "286", "489", "624", "935"):
            area = f.AreaFactory(kind="municipality", code=code)
            AreaMembership.objects.create(area=area, parent=top, started_on=dt.date(2000, 1, 1))
            self.areas.append(area)
        self._outlines(tiles())
        self.rng, self.made = np.random.default_rng(1), 0
        self.people = np.exp(self.rng.normal(8.8, 1.1, len(self.codes)))

    def _outlines(self, places: dict[str, tuple[int, int]]) -> None:
        """Borders of the whole country, made up on the places of the tiles."""
        import json

        from lautta.common.actors import SYSTEM
        from lautta.indicators.actions import set_boundaries
        from lautta.indicators.boundaries import read_boundaries

        rng = np.random.default_rng(2)
        turn = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
        features = []
        for code, (x, y) in places.items():
            far = rng.uniform(0.4, 0.5, CORNERS)
            ring = [
                [20 + 0.5 * (x + d * np.cos(t)), 70 - 0.25 * (y + d * np.sin(t))]
                for t, d in zip(turn, far, strict=True)
            ]
            shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
            features.append({"type": "Feature", "properties": {"kunta": code[2:]}, "geometry": shape})
        body = json.dumps({"type": "FeatureCollection", "features": features}).encode()
        set_boundaries(by=SYSTEM, boundaries=read_boundaries(body), year=2023, source="made up")

    def grow(self, count: int) -> None:
        from lautta.common.actors import SYSTEM
        from lautta.indicators.actions import begin_fetch, end_fetch
        from lautta.indicators.actions.summaries import summarise_current

        run = begin_fetch(by=SYSTEM, source="sotkanet", wanted=count - self.made)
        while self.made < count:
            self._one(run)
        end_fetch(by=SYSTEM, fetch=run)
        summarise_current(by=SYSTEM)

    def _one(self, run) -> None:
        from lautta.common.actors import SYSTEM
        from lautta.common.translated import Translated
        from lautta.indicators.actions import take_in
        from lautta.indicators.ingestors.sotkanet import Metadata
        from lautta.indicators.models import Indicator
        from lautta.plans.models import JointIndicator

        self.made += 1
        title = Translated.of(
            f"Mittari {self.made}, % vastaavanikäisestä väestöstä", sv=f"Indikator {self.made}"
        )
        about = Metadata(
            source="sotkanet", source_id=str(self.made), title=title, kind="percentage",
            description=Translated.of("<p>Kuvaus. </p>" * 40),
        )  # fmt: skip
        shown = self.made in (FEW, MANY)
        entry = take_in(by=SYSTEM, fetch=run, metadata=about, panel=self._panel(genders=shown))
        # The one whose page is measured has groups, and the same question asked of others.
        Indicator.objects.filter(pk=entry.indicator_id).update(
            direction="smaller_is_better", **({"definition": "anxiety"} if shown else {})
        )
        if self.made <= FOLLOWED:
            JointIndicator.objects.create(
                plan=self.plan, indicator=entry.indicator, position=self.made, direction="smaller_is_better",
                target_year=2030, target_value=8.0,
            )  # fmt: skip
        self.last = entry.indicator

    def _panel(self, *, genders: bool):
        from lautta.indicators.panels import IndicatorPanel
        from lautta.statistics.panel import Status

        size = np.maximum(np.round(self.people * self.rng.uniform(0.02, 0.2)), 5)[:, None] * np.ones(
            len(YEARS)
        )
        count = self.rng.binomial(size.astype(int), 0.1).astype(float)
        own = [self.codes.index(f"KU{a.code}") for a in self.areas]
        more = [(count[own].sum(0), size[own].sum(0)), (count.sum(0), size.sum(0))]
        count = np.vstack([count, *(c for c, _n in more)])[..., None]
        size = np.vstack([size, *(n for _c, n in more)])[..., None]
        few = (count > 0) & (count < 5)
        status = np.where(few, Status.SUPPRESSED, np.where(count == 0, Status.ZERO, Status.VALUE)).astype(
            np.uint8
        )
        values = np.where(few, np.nan, np.round(100 * count / size, 1))
        codes, axis = (*self.codes, "MK08", "SSS"), ("total",)
        count = np.where(few, np.nan, count)
        if genders:
            axis = ("female", "male", "total")
            values, status = (np.repeat(a, 3, axis=-1) for a in (values, status))
            count, size = (np.concatenate([a / 2, a / 2, a], axis=-1) for a in (count, size))
        return IndicatorPanel(codes, tuple(YEARS), axis, values, status, count, size)

    def pages(self) -> dict[str, str]:
        from django.utils import translation

        from lautta.publishing.links import indicator_url, municipality_url

        with translation.override("fi"):
            base = f"/fi/{self.plan.public_id}"
            return {
                "municipality": municipality_url(self.plan.public_id, self.areas[2]),
                "profile, 60": f"{base}/indicators/?area=KU286",
                "indicator": indicator_url(self.plan.public_id, self.last, "KU286"),
                "municipalities": f"{base}/municipalities/",
                "all municipalities": f"{base}/indicators/{self.last.public_id}/all/municipalities/",
                "flows": f"{base}/indicators/flows/?area=KU286",
            }


def measure() -> int:
    from bench.__main__ import one_page

    figures, broken = Figures(), 0
    print(f"{'indicators':>10}  {'page':<20}{'queries':>8}{'CPU ms':>9}{'bytes':>10}")
    for count in (FEW, MANY):
        figures.grow(count)
        for page, url in figures.pages().items():
            found = one_page(url)
            over = [
                n
                for n, v, m in zip(("queries", "CPU", "bytes"), found, BOUNDS[page], strict=True)
                if m and v > m
            ]
            broken += bool(over)
            queries, cpu, size = found
            print(
                f"{count:>10}  {page:<20}{queries:>8}{cpu:>9.1f}{size:>10}{'  over: ' + ', '.join(over) if over else ''}",
                flush=True,
            )
        print()
    return 1 if broken else 0


if __name__ == "__main__":
    from bench.__main__ import scratch

    with scratch():
        sys.exit(measure())
