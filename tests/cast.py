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


def _organisation(plan: Plan, name: str, kind: str) -> Organisation:
    organisation = f.OrganisationFactory(name=Translated.of(name), kind=kind)
    f.ParticipationFactory(plan=plan, organisation=organisation)
    return organisation


def _person(plan: Plan, name: str, organisation: Organisation, role: str) -> User:
    user = f.UserFactory(name=name, email=f"{name.lower()}@test.invalid")
    f.RoleAssignmentFactory(
        plan=plan, role=role, membership=f.MembershipFactory(user=user, organisation=organisation)
    )
    return user


def make_cast() -> Cast:
    plan, other_plan = f.PlanFactory(), f.PlanFactory()
    county = _organisation(plan, "Hyvinvointialue", "county")
    hamina = _organisation(plan, "Haminan kaupunki", "municipality")
    kotka = _organisation(plan, "Kotkan kaupunki", "municipality")
    elsewhere = _organisation(other_plan, "Muu kunta", "municipality")
    return Cast(
        plan=plan,
        other_plan=other_plan,
        county=county,
        hamina=hamina,
        kotka=kotka,
        elsewhere=elsewhere,
        goal=f.GoalFactory(
            plan=plan, number="4.1", title=Translated.of("Arjen hyvinvointi", sv="Vardag", en="Everyday")
        ),
        round=f.RoundFactory(plan=plan, year=2024),
        kaisa=_person(plan, "Kaisa", county, "coordinator"),
        hannes=_person(plan, "Hannes", hamina, "contributor"),
        kirsi=_person(plan, "Kirsi", hamina, "lead"),
        kalle=_person(plan, "Kalle", kotka, "contributor"),
        paula=_person(plan, "Paula", kotka, "decision_secretary"),
        nelli=_person(plan, "Nelli", hamina, "youth_council"),
        urho=_person(other_plan, "Urho", elsewhere, "contributor"),
    )
