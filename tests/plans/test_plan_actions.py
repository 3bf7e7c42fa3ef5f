"""The plan: one way through its phases, one organiser at a time, years that make sense."""

import datetime as dt
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lautta.common.actors import SYSTEM
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.plans.actions import plan as actions
from lautta.plans.models import Plan
from tests import factories as f

pytestmark = pytest.mark.django_db
D = dt.date
T = Translated.of


@pytest.fixture
def kaisa(cast):
    return cast.actor(cast.kaisa)


def test_a_regions_first_plan_is_made_by_the_system_and_the_next_by_its_publisher(cast, kaisa):
    facts = {"title": T("Uusi"), "period_start": 2025, "period_end": 2028}
    with pytest.raises(PermissionDenied):
        actions.create_plan(by=kaisa, region=cast.plan.region, **facts)
    with pytest.raises(PermissionDenied):
        actions.create_plan(by=kaisa, region=cast.other_plan.region, predecessor=cast.other_plan, **facts)
    assert actions.create_plan(by=SYSTEM, region=cast.plan.region, **facts).phase == "drafting"
    assert actions.create_plan(by=kaisa, region=cast.plan.region, predecessor=cast.plan, **facts)


@pytest.mark.parametrize("name", ["hannes", "kirsi", "kalle", "paula", "nelli", "urho"])
def test_only_the_coordinator_changes_the_plan(cast, name):
    by = cast.actor(getattr(cast, name))
    calls = [
        lambda: actions.update_plan(by=by, plan=cast.plan, title=T("Uusi")),
        lambda: actions.set_phase(by=by, plan=cast.plan, phase="ended"),
        lambda: actions.publish_plan(by=by, plan=cast.plan),
        lambda: actions.set_organiser(
            by=by, plan=cast.plan, organisation=cast.county, started_on=D(2023, 1, 1)
        ),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied):
            call()


@pytest.mark.parametrize("now", Plan.Phase.values)
@pytest.mark.parametrize("then", [*Plan.Phase.values, "resting"])
def test_phases_go_one_way(cast, kaisa, now, then):
    actions.set_organiser(by=kaisa, plan=cast.plan, organisation=cast.county, started_on=D(2023, 1, 1))
    Plan.objects.filter(pk=cast.plan.pk).update(phase=now)
    if now == then or (now, then) in {("drafting", "in_force"), ("in_force", "ended")}:
        assert actions.set_phase(by=kaisa, plan=cast.plan, phase=then).phase == then
    else:
        with pytest.raises(Refused):
            actions.set_phase(by=kaisa, plan=cast.plan, phase=then)


def test_a_plan_without_an_organiser_does_not_come_into_force(cast, kaisa):
    Plan.objects.filter(pk=cast.plan.pk).update(phase="drafting")
    with pytest.raises(Refused):
        actions.set_phase(by=kaisa, plan=cast.plan, phase="in_force")


def test_a_plan_opens_with_a_first_sentence_and_once(cast, kaisa):
    plan = f.PlanFactory(region=cast.plan.region, purpose=T(""), published_at=None)
    with pytest.raises(Refused):
        actions.publish_plan(by=SYSTEM, plan=plan)
    actions.update_plan(by=SYSTEM, plan=plan, purpose=T("Yhteinen suunnitelma."))
    first = actions.publish_plan(by=SYSTEM, plan=plan).published_at
    assert actions.publish_plan(by=SYSTEM, plan=plan).published_at == first


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [(20, 2024, "period_start"), (2020, 20244, "period_end"), (2025, 2024, "period_end")],
)
def test_odd_years_are_refused(cast, kaisa, start, end, field):
    with pytest.raises(Refused) as refusal:
        actions.update_plan(by=kaisa, plan=cast.plan, period_start=start, period_end=end)
    assert refusal.value.field == field


def test_the_organiser_is_one_of_the_plans_organisations(cast, kaisa):
    with pytest.raises(Refused):
        actions.set_organiser(by=kaisa, plan=cast.plan, organisation=cast.elsewhere, started_on=D(2023, 1, 1))


DAYS = st.dates(min_value=D(2019, 1, 1), max_value=D(2026, 12, 31))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 2), DAYS), max_size=6))
def test_organisers_never_overlap_and_leave_no_gap(cast, steps):
    """Whatever is tried, periods follow each other day by day and exactly the newest is open."""
    cast.plan.organiser_periods.all().delete()
    choices = [cast.county, cast.hamina, cast.kotka]
    for which, day in steps:
        try:
            actions.set_organiser(by=SYSTEM, plan=cast.plan, organisation=choices[which], started_on=day)
        except Refused:
            continue
    periods = list(cast.plan.organiser_periods.order_by("started_on"))
    for earlier, later in pairwise(periods):
        assert earlier.ended_on == later.started_on - dt.timedelta(days=1)
        assert earlier.organisation_id != later.organisation_id
    assert [p.ended_on for p in periods[-1:]] in ([], [None])
