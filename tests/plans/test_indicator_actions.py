"""Choosing what is followed together: who may, targets that make sense, and the minimum list's three states."""

import pytest
from django.core.exceptions import PermissionDenied

from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.indicators.definitions import minimum_list
from lautta.plans.actions import indicators as actions
from lautta.plans.conflicts import StaleForm
from lautta.plans.minimum import State, minimum_states
from tests import factories as f
from tests.indicators.factories import IndicatorFactory

pytestmark = pytest.mark.django_db
T = Translated.of


@pytest.fixture
def choose(cast):
    def _choose(indicator=None, **values):
        return actions.choose_indicator(
            by=cast.actor(cast.kaisa), plan=cast.plan, indicator=indicator or IndicatorFactory(), **values
        )

    return _choose


@pytest.mark.parametrize("name", ["hannes", "kirsi", "paula", "nelli", "urho"])
def test_only_the_plans_editor_chooses(cast, choose, name):
    by, joint = cast.actor(getattr(cast, name)), choose()
    for call in (
        lambda: actions.choose_indicator(by=by, plan=cast.plan, indicator=IndicatorFactory()),
        lambda: actions.change_joint_indicator(by=by, joint=joint, seen=1, target_year=2030),
        lambda: actions.move_joint_indicator(by=by, joint=joint, step=1),
        lambda: actions.remove_joint_indicator(by=by, joint=joint, reason=T("Syy")),
        lambda: actions.leave_out(by=by, plan=cast.plan, code=minimum_list()[0].code, reason=T("Syy")),
    ):
        with pytest.raises(PermissionDenied):
            call()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"baseline_value": 8.5}, "baseline_year"),
        ({"target_year": 2027}, "target_value"),
        (
            {"baseline_value": 8.5, "baseline_year": 2023, "target_value": 7.0, "target_year": 2023},
            "target_year",
        ),
        ({"target_value": float("nan"), "target_year": 2027}, "target_value"),
        ({"target_value": 1.0, "target_year": 27}, "target_year"),
        ({"direction": "up"}, "direction"),
    ],
)
def test_an_odd_target_is_refused_beside_its_field(cast, choose, values, field):
    with pytest.raises(Refused) as refusal:
        choose(**values)
    assert refusal.value.field == field
    assert not cast.plan.joint_indicators.exists()


def test_a_target_on_the_wrong_side_asks_first(choose):
    indicator = IndicatorFactory(direction="smaller_is_better")
    numbers = {"baseline_value": 8.0, "baseline_year": 2023, "target_value": 9.0, "target_year": 2027}
    with pytest.raises(actions.WrongSide):
        choose(indicator, **numbers)
    assert choose(indicator, confirmed=True, **numbers).direction == "smaller_is_better"


def test_goal_owner_and_indicator_are_of_this_plan(cast, choose):
    for values in ({"goal": f.GoalFactory(plan=cast.other_plan)}, {"owner": cast.elsewhere}):
        with pytest.raises(Refused):
            choose(**values)
    with pytest.raises(Refused):
        choose(IndicatorFactory(source="file", region=cast.other_plan.region))
    twice = IndicatorFactory()
    choose(twice)
    with pytest.raises(Refused):
        choose(twice)


def test_the_second_saver_sees_what_changed(cast, choose):
    joint, by = choose(), cast.actor(cast.kaisa)
    actions.change_joint_indicator(by=by, joint=joint, seen=1, target_value=5.0, target_year=2027)
    with pytest.raises(StaleForm) as stale:
        actions.change_joint_indicator(by=by, joint=joint, seen=1, role="cost")
    assert stale.value.changed["target_value"] == (None, 5.0)


def test_they_stand_by_goal_and_change_places_within_it(cast, choose):
    whole, first, second = choose(), choose(goal=cast.goal), choose(goal=cast.goal)
    assert list(cast.plan.joint_indicators.in_order()) == [first, second, whole]
    assert actions.move_joint_indicator(by=cast.actor(cast.kaisa), joint=first, step=1)
    assert not actions.move_joint_indicator(by=cast.actor(cast.kaisa), joint=first, step=1)
    assert list(cast.plan.joint_indicators.for_goal(cast.goal).in_order()) == [second, first]


def test_an_entry_of_the_minimum_list_is_chosen_left_out_or_undecided(cast, choose):
    definition, by = minimum_list()[0], cast.actor(cast.kaisa)

    def state():
        return next(e.state for e in minimum_states(cast.plan) if e.definition == definition)

    assert state() == State.UNDECIDED
    with pytest.raises(Refused):
        actions.leave_out(by=by, plan=cast.plan, code=definition.code, reason=T(""))
    actions.leave_out(by=by, plan=cast.plan, code=definition.code, reason=T("Ei tietoja kunnista."))
    assert state() == State.LEFT_OUT
    joint = choose(IndicatorFactory(source=definition.source, source_id=definition.source_id))
    assert (state(), cast.plan.left_out_indicators.count()) == (State.CHOSEN, 0)
    with pytest.raises(Refused):
        actions.leave_out(by=by, plan=cast.plan, code=definition.code, reason=T("Syy"))
    left_out = actions.remove_joint_indicator(by=by, joint=joint, reason=T("Tietoa ei enää kerätä."))
    assert (state(), str(left_out.reason)) == (State.LEFT_OUT, "Tietoa ei enää kerätä.")
    actions.take_back(by=by, left_out=left_out)
    assert state() == State.UNDECIDED
    assert AuditEntry.objects.filter(action="indicator.remove").get().changes["reason"][1]
