"""A made region that grows: six municipalities and twenty organisations, measures with goals, partners, money and reports."""

from __future__ import annotations

import datetime as dt
import random

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from lautta.common.translated import Translated
from lautta.measures.indexing import reindex
from lautta.measures.models import MeasureGoal, MeasureMoney, ProgressReport, StatusChange
from tests import factories as f

WORDS = [
    "perhekeskus",
    "nuorten",
    "iltakahvila",
    "kerho",
    "vanhempien",
    "ryhmä",
    "koulupäivä",
    "harrastus",
    "kuraattori",
    "neuvola",
    "lapsen",
    "arki",
    "tuki",
    "varhaiskasvatus",
    "kohtaamispaikka",
    "liikunta",
    "kirjasto",
    "ohjaaja",
    "kesätyö",
    "mieli",
    "vertaistuki",
    "eroperhe",
    "kiusaaminen",
    "leikki",
]


def sentence(rng: random.Random, n: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(n)).capitalize() + "."


class Region:
    """`grow(n)` brings the current round to n published measures; `pages()` gives the addresses to measure."""

    def __init__(self) -> None:
        self.rng, self.made = random.Random(1), 0
        self.plan = f.PlanFactory()
        self.organisations = [
            f.ParticipationFactory(
                plan=self.plan, organisation__area=f.AreaFactory() if n < 6 else None
            ).organisation
            for n in range(20)
        ]
        aim = f.GoalFactory(plan=self.plan, kind="cross_cutting", colour=0, number="")
        self.goals = [f.GoalFactory(plan=self.plan, number=f"4.{n}", colour=n) for n in (1, 2, 3)]
        self.goals += [
            f.GoalFactory(plan=self.plan, kind="subgoal", parent=g, colour=g.colour) for g in self.goals
        ]
        f.GoalFactory(plan=self.plan, kind="means", parent=aim, colour=0)
        self.round = f.RoundFactory(plan=self.plan, year=2024)
        for n in range(40):
            f.VoiceFactory(plan=self.plan, text=Translated.of(sentence(self.rng, 8))).goals.add(
                self.goals[n % 3]
            )

    @transaction.atomic
    def grow(self, size: int) -> None:
        while self.made < size:
            self.made += 1
            self._measure(self.made)

    def _measure(self, n: int) -> None:
        rng, organisation = self.rng, self.organisations[n % 20]
        title = Translated.of(sentence(rng, 5), sv=sentence(rng, 5))
        year = f.MeasureYearFactory(
            measure__plan=self.plan, measure__organisation=organisation, round=self.round, title=title,
            change=Translated.of(sentence(rng, 14)), description=Translated.of(sentence(rng, 60)),
            target_groups=rng.sample(["children_0_6", "children_7_12", "young_13_17", "families"], 2),
            service_tier=1 + n % 4, status=rng.choice(["planned", "under_way", "done"]), sectors=["school"],
            published_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC), ends_on=dt.date(2024, 12, 31),
        )  # fmt: skip
        for goal in rng.sample(self.goals, 2):
            MeasureGoal.objects.create(measure_year=year, goal=goal)
        year.partners.add(*rng.sample(self.organisations, 3))
        StatusChange.objects.create(measure_year=year, status=year.status)
        MeasureMoney.objects.create(
            measure_year=year,
            organisation=organisation,
            year=2024,
            tier=year.service_tier,
            kind="budget",
            amount=1000 * n % 90_000,
        )
        for period in ("spring", "autumn"):
            ProgressReport.objects.create(
                measure_year=year,
                period=period,
                done=sentence(rng, 40),
                changed=sentence(rng, 20),
                status=year.status,
            )
        reindex(year.measure)
        self.last = year

    def pages(self) -> dict[str, str]:
        """{name of the page: address}."""
        plan = {"plan_id": self.plan.public_id}
        with translation.override("fi"):
            measures = reverse("publishing:measures", kwargs=plan)
            return {
                "home": reverse("publishing:home", kwargs=plan),
                "list": measures,
                "list, page 2": f"{measures}?page=2" if self.made > 100 else measures,
                "list, filtered": f"{measures}?status=under_way&tier=2",
                "measure": self.last_address(),
                "goal": reverse(
                    "publishing:goal",
                    kwargs={
                        **plan,
                        "goal_id": self.goals[0].public_id,
                        "slug": self._slug(self.goals[0].title),
                    },
                ),
                "search": reverse("publishing:search", kwargs=plan) + "?q=nuori",
            }

    def last_address(self) -> str:
        return reverse(
            "publishing:measure",
            kwargs={
                "plan_id": self.plan.public_id,
                "measure_id": self.last.measure.public_id,
                "slug": self._slug(self.last.title),
            },
        )

    @staticmethod
    def _slug(title: Translated) -> str:
        from lautta.publishing.links import slug_of

        return slug_of(title)
