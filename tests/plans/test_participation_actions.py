"""Organisations come, leave and hand over; nothing of the past is lost."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lautta.common import search
from lautta.common.actors import SYSTEM
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations import actions as organisations
from lautta.organisations.models import Organisation
from lautta.plans.actions import participation as actions
from lautta.plans.actions import plan as plan_actions
from lautta.plans.models import Participation
from lautta.plans.standing import standing_of
from tests import factories as f

pytestmark = pytest.mark.django_db
D = dt.date
T = Translated.of


@pytest.fixture
def kaisa(cast):
    return cast.actor(cast.kaisa)


def found(plan, words, language="fi"):
    result = search.search(plan.public_id, words, language=language, kinds=["organisation"])
    return [hit.object_id for hit in result.hits]


def test_a_new_organisation_takes_part_and_is_found(cast, kaisa):
    made = actions.add_organisation(
        by=kaisa, plan=cast.plan, kind="association", name=T("Nuorten lautturit", sv="De ungas flottare")
    )
    assert Participation.objects.current(timezone.localdate()).filter(organisation=made).exists()
    assert found(cast.plan, "lautturi") == [made.public_id]
    assert found(cast.plan, "järjestö") == [made.public_id]
    assert found(cast.plan, "flottare", "sv") == [made.public_id]
    assert found(cast.other_plan, "lautturi") == []


def test_a_new_name_is_found_in_every_plan_and_the_old_one_is_not(cast, kaisa):
    police = actions.add_organisation(by=kaisa, plan=cast.plan, kind="police", name=T("Poliisilaitos"))
    actions.join_plan(by=SYSTEM, plan=cast.other_plan, organisation=police)
    organisations.update_organisation(by=SYSTEM, organisation=police, name=T("Turvalaitos"))
    for plan in (cast.plan, cast.other_plan):
        assert found(plan, "Turvalaitos") == [police.public_id]
        assert found(plan, "Poliisilaitos") == []


def test_an_organisation_shared_with_another_region_is_not_renamed_by_one_of_them(cast, kaisa):
    actions.join_plan(by=SYSTEM, plan=cast.other_plan, organisation=cast.kotka)
    with pytest.raises(Refused):
        actions.edit_organisation(by=kaisa, plan=cast.plan, organisation=cast.kotka, name=T("Uusi"))
    with pytest.raises(PermissionDenied):
        organisations.update_organisation(by=kaisa, organisation=cast.kotka, name=T("Uusi"))


def test_an_organisation_of_another_plan_is_out_of_reach(cast, kaisa):
    with pytest.raises(PermissionDenied):
        organisations.update_organisation(by=kaisa, organisation=cast.elsewhere, name=T("Meidän"))
    with pytest.raises(Refused):
        actions.leave_plan(by=kaisa, plan=cast.plan, organisation=cast.elsewhere)
    with pytest.raises(PermissionDenied):
        actions.join_plan(by=kaisa, plan=cast.other_plan, organisation=cast.kotka)


@pytest.mark.parametrize("name", ["hannes", "kirsi", "kalle", "paula", "nelli", "urho"])
def test_only_the_coordinator_changes_who_takes_part(cast, name):
    by = cast.actor(getattr(cast, name))
    calls = [
        lambda: actions.join_plan(by=by, plan=cast.plan, organisation=cast.elsewhere),
        lambda: actions.leave_plan(by=by, plan=cast.plan, organisation=cast.kotka),
        lambda: actions.add_organisation(by=by, plan=cast.plan, kind="other", name=T("Uusi")),
        lambda: actions.edit_organisation(by=by, plan=cast.plan, organisation=cast.kotka, name=T("Uusi")),
        lambda: actions.succeed_in_plan(
            by=by, plan=cast.plan, organisation=cast.kotka, successor=cast.hamina, last_day=D(2024, 12, 31)
        ),
        lambda: organisations.create_organisation(by=by, kind="other", name=T("Uusi")),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied):
            call()


def test_leaving_and_coming_back_keeps_both_periods(cast, kaisa):
    actions.leave_plan(by=kaisa, plan=cast.plan, organisation=cast.kotka, last_day=D(2022, 12, 31))
    assert not standing_of(cast.kalle, cast.plan).is_member
    with pytest.raises(Refused):
        actions.join_plan(by=kaisa, plan=cast.plan, organisation=cast.kotka, started_on=D(2022, 12, 31))
    actions.join_plan(by=kaisa, plan=cast.plan, organisation=cast.kotka, started_on=D(2024, 1, 1))
    rows = cast.plan.participations.filter(organisation=cast.kotka).order_by("started_on")
    assert [(r.started_on, r.ended_on) for r in rows] == [
        (D(2020, 1, 1), D(2022, 12, 31)),
        (D(2024, 1, 1), None),
    ]
    with pytest.raises(Refused):
        actions.join_plan(by=kaisa, plan=cast.plan, organisation=cast.kotka)


def test_the_joint_authority_hands_over_to_the_county(cast, kaisa):
    authority = organisations.create_organisation(by=SYSTEM, kind="county", name=T("Kuntayhtymä"))
    actions.join_plan(by=SYSTEM, plan=cast.plan, organisation=authority, started_on=D(2020, 1, 1))
    plan_actions.set_organiser(by=SYSTEM, plan=cast.plan, organisation=authority, started_on=D(2020, 1, 1))
    worker = f.UserFactory()
    membership = f.MembershipFactory(user=worker, organisation=authority, job_title="Suunnittelija")
    f.RoleAssignmentFactory(plan=cast.plan, membership=membership, role="lead")
    county = organisations.create_organisation(
        by=SYSTEM, kind="county", name=T("Uusi hyvinvointialue"), started_on=D(2023, 1, 1)
    )
    with pytest.raises(Refused):
        actions.leave_plan(by=kaisa, plan=cast.plan, organisation=authority)
    actions.succeed_in_plan(
        by=kaisa,
        plan=cast.plan,
        organisation=authority,
        successor=county,
        last_day=D(2022, 12, 31),
        move_people=True,
    )
    authority.refresh_from_db()
    assert (authority.successor, authority.ended_on) == (county, D(2022, 12, 31))
    assert authority.successors() == [county]
    periods = cast.plan.organiser_periods.order_by("started_on")
    assert [(p.organisation_id, p.started_on, p.ended_on) for p in periods] == [
        (authority.pk, D(2020, 1, 1), D(2022, 12, 31)),
        (county.pk, D(2023, 1, 1), None),
    ]
    assert [o.pk for o in standing_of(worker, cast.plan).organisations] == [county.pk]
    assert worker.memberships.get(organisation=county).job_title == "Suunnittelija"
    current = Participation.objects.current(D(2022, 6, 1)).filter(plan=cast.plan)
    assert authority.pk in current.values_list("organisation_id", flat=True)
    assert found(cast.plan, "kuntayhtymä")[:1] != [], "the former one is still found"


def test_a_circle_of_successors_is_refused(cast, kaisa):
    actions.succeed_in_plan(
        by=kaisa, plan=cast.plan, organisation=cast.kotka, successor=cast.hamina, last_day=D(2024, 12, 31)
    )
    cast.hamina.refresh_from_db()
    cast.kotka.refresh_from_db()
    with pytest.raises(Refused):
        organisations.succeed_organisation(
            by=SYSTEM, organisation=cast.hamina, successor=cast.kotka, last_day=D(2025, 12, 31)
        )
    with pytest.raises(Refused):
        organisations.succeed_organisation(
            by=SYSTEM, organisation=cast.hamina, successor=cast.hamina, last_day=D(2025, 12, 31)
        )


def test_the_coordinators_organisation_does_not_leave_without_another_coordinator(cast, kaisa):
    with pytest.raises(Refused):
        actions.leave_plan(by=kaisa, plan=cast.plan, organisation=cast.county)
    assert Participation.objects.get(plan=cast.plan, organisation=cast.county).ended_on is None


def test_the_same_body_is_not_added_twice(cast, kaisa):
    facts = {"kind": "association", "name": T("Vierellä")}
    actions.add_organisation(by=kaisa, plan=cast.plan, **facts)
    with pytest.raises(Refused) as refusal:
        actions.add_organisation(by=kaisa, plan=cast.plan, **facts)
    assert refusal.value.field == "name"
    assert Organisation.objects.filter(kind="association").count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": T("")}, "name"),
        ({"kind": "circus"}, "kind"),
        ({"website": "ei osoite"}, "website"),
        ({"started_on": D(2024, 1, 2), "ended_on": D(2024, 1, 1)}, None),
    ],
)
def test_what_an_organisation_cannot_be_is_said(cast, values, field):
    with pytest.raises(Refused) as refusal:
        organisations.create_organisation(by=SYSTEM, **{"kind": "other", "name": T("Uusi"), **values})
    assert refusal.value.field == field
    assert refusal.value.status == 422
