"""Plans with something to decide on, and ways to send them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from lautta.common.translated import Translated
from lautta.decisions.actions.decisions import Asked, Facts, record_decision
from lautta.decisions.actions.paths import lay_path
from lautta.decisions.actions.versions import freeze
from lautta.decisions.models import Body, Decision, Station, Version
from lautta.plans.models import Chapter
from lautta.voices.models import Voice
from tests import factories as f
from tests.cast import Cast

START = dt.date(2024, 3, 1)
ASKED = Translated.of(
    "Valtuusto hyväksyy suunnitelman.",
    sv="Fullmäktige godkänner planen.",
    en="The council approves the plan.",
)


@dataclass
class Matter:
    """Kaisa freezes; Paula records for Kotka. `go_to(day)` sets the installation's day."""

    cast: Cast
    settings: Any
    chapter: Chapter
    voice: Voice
    bodies: dict[str, Body] = field(default_factory=dict)

    @property
    def plan(self):
        return self.cast.plan

    @property
    def kaisa(self):
        return self.cast.actor(self.cast.kaisa)

    @property
    def paula(self):
        return self.cast.actor(self.cast.paula, self.cast.kotka)

    def go_to(self, day: dt.date) -> None:
        self.settings.DEMO_DAY = day

    def freeze(self, **given: Any) -> Version:
        given.setdefault("kind", "part_one")
        given.setdefault("proposal", ASKED)
        return freeze(by=self.kaisa, plan=self.plan, **given)

    def edit(self, body: str) -> None:
        """Another text in the plan of today."""
        newest = self.chapter.revisions.order_by("-number").first()
        f.ChapterRevisionFactory(
            chapter=self.chapter, number=newest.number + 1, based_on=newest.number, body=body
        )

    def lay(self, version: Version, *names: str, **given: Any) -> dict[str, Station]:
        """Send the version to bodies, by the names of BODIES; all of them without names."""
        names = names or tuple(BODIES)
        lay_path(
            by=self.kaisa, version=version, bodies=[(self.bodies[n], BODIES[n][2]) for n in names], **given
        )
        return {n: version.stations.get(body=self.bodies[n]) for n in names}

    def decide(
        self, station: Station, outcome: str = "approve", day: dt.date | None = None, **given: Any
    ) -> Decision:
        amendments = [Asked(Translated.of(words)) for words in given.pop("amendments", [])]
        if outcome in {"return", "reject"}:
            given.setdefault("wording", Translated.of("Lasten vaikutukset puuttuvat."))
        facts = Facts(outcome, day or self.settings.DEMO_DAY, amendments=amendments, **given)
        return record_decision(by=self.kaisa, station=station, facts=facts)


# name: (organisation of the cast or "", kind, what it is asked, place on its way)
BODIES = {
    "lape": ("", "lape_group", "prepares", 1),
    "kotka_board": ("kotka", "board", "prepares", 1),
    "kotka_council": ("kotka", "council", "decides", 2),
    "hamina_council": ("hamina", "council", "decides", 1),
    "county_council": ("county", "county_council", "decides", 1),
}


def make_matter(cast: Cast, settings: Any) -> Matter:
    settings.DEMO_DAY = START
    chapter = f.ChapterFactory(plan=cast.plan, number="1")
    f.ChapterRevisionFactory(chapter=chapter, title="Johdanto", body="<p>Arki kantaa.</p>")
    f.ChapterRevisionFactory(
        chapter=chapter, language="sv", title="Inledning", body="<p>Vardagen bär.</p>", made_from=1
    )
    f.CriterionFactory(goal=cast.goal)
    voice = f.VoiceFactory(
        plan=cast.plan, text=Translated.of("Välitunnilla saa olla rauhassa."), chapter=chapter
    )
    voice.goals.add(cast.goal)
    year = f.MeasureYearFactory(
        measure__plan=cast.plan, measure__organisation=cast.hamina, round=cast.round,
        title=Translated.of("Perhekahvila"), published_at=dt.datetime(2024, 1, 5, tzinfo=dt.UTC),
    )  # fmt: skip
    year.goals.add(cast.goal)
    matter = Matter(cast, settings, chapter, voice)
    for name, (organisation, kind, _asked, position) in BODIES.items():
        matter.bodies[name] = Body.objects.create(
            plan=cast.plan, organisation=getattr(cast, organisation) if organisation else None, kind=kind,
            position=position, name=Translated.of(name, sv=f"{name} sv", en=f"{name} en"),
        )  # fmt: skip
    return matter
