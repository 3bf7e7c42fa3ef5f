"""The fixed cast: who they are stands here once, and every test of rights is told with them.

Kaisa   coordinator of the plan, works at the county
Hannes  contributor of Hamina        Kirsi  lead of Hamina
Kalle   contributor of Kotka
Paula   decision secretary of Kotka
Nelli   adult instructor of the youth council (works for Hamina)
Urho    outsider: contributor in another region's plan
"""

from dataclasses import dataclass

from lautta.common.actors import Actor
from lautta.common.models import User
from lautta.common.translated import Translated
from lautta.measures.models import Round
from lautta.organisations.models import Organisation
from lautta.plans.models import Goal, Plan
from lautta.plans.standing import standing_of
from tests import factories as f


@dataclass
class Cast:
    plan: Plan
    other_plan: Plan
    county: Organisation
    hamina: Organisation
    kotka: Organisation
    elsewhere: Organisation
    goal: Goal
    round: Round
    kaisa: User
    hannes: User
    kirsi: User
    kalle: User
    paula: User
    nelli: User
    urho: User

    def actor(self, user: User, organisation: Organisation | None = None) -> Actor:
        """The person as the `by=` of an action, in the plan."""
        return standing_of(user, self.plan).actor(organisation)


# (name, kind); the last one belongs to the other plan.
_ORGANISATIONS = [
    ("Hyvinvointialue", "county"),
    ("Haminan kaupunki", "municipality"),
    ("Kotkan kaupunki", "municipality"),
    ("Muu kunta", "municipality"),
]
# Name, place of the organisation, role.
_PEOPLE = [
    ("Kaisa", 0, "coordinator"),
    ("Hannes", 1, "contributor"),
    ("Kirsi", 1, "lead"),
    ("Kalle", 2, "contributor"),
    ("Paula", 2, "decision_secretary"),
    ("Nelli", 1, "youth_council"),
    ("Urho", 3, "contributor"),
]


def _made(factory: type, every: list[dict]) -> list:
    """Rows of one table in one go: the cast is made for nearly every test."""
    return factory._meta.model.objects.bulk_create([factory.build(**values) for values in every])  # type: ignore[attr-defined]


def make_cast() -> Cast:
    areas = _made(f.AreaFactory, [{"kind": "region"}] * 2)
    regions = _made(f.RegionFactory, [{"area": area} for area in areas])
    plan, other_plan = _made(f.PlanFactory, [{"region": region} for region in regions])
    organisations = _made(
        f.OrganisationFactory, [{"name": Translated.of(name), "kind": kind} for name, kind in _ORGANISATIONS]
    )
    plans = [plan, plan, plan, other_plan]
    _made(
        f.ParticipationFactory,
        [{"plan": p, "organisation": o} for p, o in zip(plans, organisations, strict=True)],
    )
    people = _made(
        f.UserFactory,
        [{"name": name, "email": f"{name.lower()}@test.invalid"} for name, _place, _role in _PEOPLE],
    )
    memberships = _made(
        f.MembershipFactory,
        [
            {"user": user, "organisation": organisations[place]}
            for user, (_name, place, _role) in zip(people, _PEOPLE, strict=True)
        ],
    )
    _made(
        f.RoleAssignmentFactory,
        [
            {"plan": plans[place], "role": role, "membership": membership}
            for membership, (_name, place, role) in zip(memberships, _PEOPLE, strict=True)
        ],
    )
    county, hamina, kotka, elsewhere = organisations
    return Cast(
        plan, other_plan, county, hamina, kotka, elsewhere,
        f.GoalFactory(
            plan=plan, number="4.1", title=Translated.of("Arjen hyvinvointi", sv="Vardag", en="Everyday")
        ),
        f.RoundFactory(plan=plan, year=2024),
        *people,
    )  # fmt: skip
