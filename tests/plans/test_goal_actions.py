"""The goal tree: who may change it, how it keeps its order, and that nothing is overwritten unseen."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lautta.common import search
from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.plans.actions import goals as actions
from lautta.plans.conflicts import StaleForm
from lautta.plans.models import Goal
from tests import factories as f

pytestmark = pytest.mark.django_db
T = Translated.of


@pytest.fixture
def kaisa(cast):
    return cast.actor(cast.kaisa)


def subgoal(cast, kaisa, number="4.1.1", **more):
    return actions.create_goal(
        by=kaisa,
        plan=cast.plan,
        kind="subgoal",
        number=number,
        parent=cast.goal,
        title=T("Alatavoite"),
        **more,
    )


def test_a_subgoal_takes_its_colour_and_place_from_the_main_goal(cast, kaisa):
    second = actions.create_goal(
        by=kaisa, plan=cast.plan, kind="main", number="4.2", title=T("Toinen"), colour=2
    )
    below = subgoal(cast, kaisa, colour=3)
    assert below.colour == cast.goal.colour
    assert [g.number for g in cast.plan.goals.in_order()] == ["4.1", "4.1.1", "4.2"]
    actions.move_goal(by=kaisa, goal=second, position=0)
    assert [g.number for g in cast.plan.goals.in_order()] == ["4.2", "4.1", "4.1.1"]


@pytest.mark.parametrize("name", ["hannes", "kirsi", "kalle", "paula", "nelli", "urho"])
def test_only_the_coordinator_edits_the_tree(cast, name):
    by = cast.actor(getattr(cast, name))
    calls = [
        lambda: actions.create_goal(by=by, plan=cast.plan, kind="main", title=T("Uusi")),
        lambda: actions.update_goal(by=by, goal=cast.goal, seen=1, title=T("Uusi")),
        lambda: actions.move_goal(by=by, goal=cast.goal, position=0),
        lambda: actions.set_criteria(by=by, goal=cast.goal, criteria=[(None, T("Uusi"))]),
        lambda: actions.publish_goal(by=by, goal=cast.goal),
        lambda: actions.end_goal(by=by, goal=cast.goal, reason="Syy"),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied):
            call()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(("phase", "allowed"), [("drafting", True), ("in_force", True), ("ended", False)])
def test_goals_stand_still_once_the_plan_has_ended(cast, kaisa, phase, allowed):
    cast.plan.phase = phase
    cast.plan.save()
    cast.goal.refresh_from_db()
    calls = [
        lambda: actions.create_goal(by=kaisa, plan=cast.plan, kind="main", title=T("Uusi")),
        lambda: actions.set_criteria(by=kaisa, goal=cast.goal, criteria=[(None, T("Uusi"))]),
        lambda: actions.update_goal(by=kaisa, goal=cast.goal, seen=2, title=T("Uusi nimi")),
    ]
    for call in calls:
        if allowed:
            call()
        else:
            with pytest.raises(Refused):
                call()


def test_another_plan_is_out_of_reach(cast, kaisa):
    theirs = f.GoalFactory(plan=cast.other_plan)
    with pytest.raises(PermissionDenied):
        actions.update_goal(by=kaisa, goal=theirs, seen=1, title=T("Meidän"))
    with pytest.raises(Refused) as refusal:
        actions.create_goal(by=kaisa, plan=cast.plan, kind="subgoal", parent=theirs, title=T("Alatavoite"))
    assert refusal.value.field == "parent"
    with pytest.raises(Refused) as refusal:
        actions.create_goal(by=kaisa, plan=cast.plan, kind="main", title=T("Tavoite"), owner=cast.elsewhere)
    assert refusal.value.field == "owner"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": T("")}, "title"),
        ({"number": "4.1"}, None),
        ({"number": "1" * 13}, "number"),
        ({"target_groups": ["dogs"]}, "target_groups"),
        ({"status": "splendid"}, "status"),
        ({"kind": "subgoal"}, "parent"),
        ({"kind": "vision"}, "kind"),
        ({"colour": 7}, None),
    ],
)
def test_what_a_goal_cannot_be_is_said_in_a_sentence(cast, kaisa, values, field):
    facts = {"kind": "main", "title": T("Uusi"), **values}
    with pytest.raises(Refused) as refusal:
        actions.create_goal(by=kaisa, plan=cast.plan, **facts)
    assert refusal.value.field == field
    assert str(refusal.value.message).endswith((".", "!"))
    assert cast.plan.goals.count() == 1


def test_a_stale_form_names_what_the_other_changed_and_saves_nothing(cast, kaisa):
    actions.update_goal(
        by=kaisa,
        goal=cast.goal,
        seen=1,
        title=cast.goal.title.with_text("fi", "Toisen nimi"),
        status="reached",
    )
    actions.update_goal(by=kaisa, goal=cast.goal, seen=2, status="at_risk")
    with pytest.raises(StaleForm) as stale:
        actions.update_goal(by=kaisa, goal=cast.goal, seen=1, description=T("Minun kuvaukseni"))
    assert stale.value.version == 3
    assert stale.value.changed["status"] == ("not_started", "at_risk")
    before, after = stale.value.changed["title"]
    assert (before["fi"], after["fi"]) == ("Arjen hyvinvointi", "Toisen nimi")
    assert not Goal.objects.get(pk=cast.goal.pk).description


def test_a_change_made_and_unmade_is_no_conflict_to_show(cast, kaisa):
    actions.update_goal(by=kaisa, goal=cast.goal, seen=1, status="reached")
    actions.update_goal(by=kaisa, goal=cast.goal, seen=2, status="not_started")
    with pytest.raises(StaleForm) as stale:
        actions.update_goal(by=kaisa, goal=cast.goal, seen=1, colour=2)
    assert stale.value.changed == {}


def test_criteria_keep_their_ids_when_they_move(cast, kaisa):
    first, second = actions.set_criteria(
        by=kaisa, goal=cast.goal, criteria=[(None, T("Yksi")), (None, T("Kaksi"))]
    )
    rows = actions.set_criteria(
        by=kaisa,
        goal=cast.goal,
        criteria=[
            (second.public_id, T("Kaksi")),
            (None, T("Kolme")),
            (first.public_id, T("Yksi, tarkennettu")),
        ],
    )
    assert [r.public_id for r in rows][::2] == [second.public_id, first.public_id]
    assert [str(c.text) for c in cast.goal.criteria.all()] == ["Kaksi", "Kolme", "Yksi, tarkennettu"]
    left = actions.set_criteria(
        by=kaisa, goal=cast.goal, criteria=[(first.public_id, T("Yksi, tarkennettu"))]
    )
    assert len(left) == cast.goal.criteria.count() == 1
    trail = AuditEntry.objects.filter(action="goal.criteria").latest("pk").changes["criteria"]
    assert {"fi": "Kolme"} in trail[0], "a removed sentence stays in the trail"


def test_a_criterion_of_another_goal_cannot_be_taken(cast, kaisa):
    other = actions.create_goal(by=kaisa, plan=cast.plan, kind="main", title=T("Toinen"))
    (theirs,) = actions.set_criteria(by=kaisa, goal=other, criteria=[(None, T("Toisen"))])
    with pytest.raises(Refused):
        actions.set_criteria(by=kaisa, goal=cast.goal, criteria=[(theirs.public_id, T("Oma"))])
    assert other.criteria.count() == 1


def test_the_same_criteria_again_leave_no_trace(cast, kaisa):
    (row,) = actions.set_criteria(by=kaisa, goal=cast.goal, criteria=[(None, T("Yksi"))])
    version = Goal.objects.get(pk=cast.goal.pk).version
    actions.set_criteria(by=kaisa, goal=cast.goal, criteria=[(row.public_id, T("Yksi"))])
    assert Goal.objects.get(pk=cast.goal.pk).version == version


def test_a_goal_ends_with_a_reason_and_from_the_leaves(cast, kaisa):
    below = subgoal(cast, kaisa)
    with pytest.raises(Refused) as refusal:
        actions.end_goal(by=kaisa, goal=cast.goal, reason="Yhdistettiin")
    assert "1 tavoite" in str(refusal.value.message)
    with pytest.raises(Refused) as refusal:
        actions.end_goal(by=kaisa, goal=below, reason="   ")
    assert refusal.value.field == "reason"
    actions.end_goal(by=kaisa, goal=below, reason="Yhdistettiin")
    actions.end_goal(by=kaisa, goal=cast.goal, reason="Yhdistettiin")
    with pytest.raises(Refused):
        actions.update_goal(by=kaisa, goal=cast.goal, seen=1, status="reached")


def test_only_public_goals_are_found(cast, kaisa):
    goal = actions.create_goal(
        by=kaisa, plan=cast.plan, kind="main", number="4.9", title=T("Harrastukset kuuluvat kaikille")
    )

    def found():
        result = search.search(cast.plan.public_id, "harrastus", language="fi")
        return [hit.object_id for hit in result.hits]

    assert found() == []
    actions.publish_goal(by=kaisa, goal=goal)
    assert found() == [goal.public_id]
    actions.set_criteria(by=kaisa, goal=goal, criteria=[(None, T("Jokainen pääsee uimaan"))])
    actions.end_goal(by=kaisa, goal=goal, reason="Syy")
    assert found() == []


def test_a_subgoal_is_not_public_before_its_main_goal(cast, kaisa):
    main = actions.create_goal(by=kaisa, plan=cast.plan, kind="main", title=T("Toinen"))
    below = actions.create_goal(by=kaisa, plan=cast.plan, kind="subgoal", parent=main, title=T("Ala"))
    with pytest.raises(Refused):
        actions.publish_goal(by=kaisa, goal=below)
    actions.publish_goal(by=kaisa, goal=main)
    assert actions.publish_goal(by=kaisa, goal=below).published_at


def tree(plan):
    """Depth-first numbers by walking, for comparison with the stored order."""
    rows = list(plan.goals.all())

    def walk(parent):
        for row in sorted((r for r in rows if r.parent_id == parent), key=lambda r: (r.position, r.pk)):
            yield row.pk
            yield from walk(row.pk)

    return list(walk(None))


MOVES = st.lists(
    st.tuples(st.integers(0, 8), st.integers(-1, 9), st.one_of(st.none(), st.integers(0, 2))), max_size=6
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_whatever_is_moved_the_stored_order_is_the_tree(db, moves):
    with transaction.atomic():
        plan = f.PlanFactory()
        mains = [
            actions.create_goal(by=SYSTEM, plan=plan, kind="main", title=T(f"{n}"), colour=n + 1)
            for n in range(3)
        ]
        subs = [
            actions.create_goal(by=SYSTEM, plan=plan, kind="subgoal", parent=mains[n % 3], title=T(f"{n}"))
            for n in range(6)
        ]
        everything = mains + subs
        for which, position, parent in moves:
            goal = everything[which]
            more = {"parent": mains[parent]} if goal.kind == "subgoal" and parent is not None else {}
            actions.move_goal(by=SYSTEM, goal=goal, position=position, **more)
        stored = [g.pk for g in plan.goals.in_order()]
        assert stored == tree(plan)
        assert sorted(g.position for g in plan.goals.all()) == list(range(1, 10))
        for goal in plan.goals.filter(kind="subgoal").select_related("parent"):
            assert goal.colour == goal.parent.colour
        transaction.set_rollback(True)
