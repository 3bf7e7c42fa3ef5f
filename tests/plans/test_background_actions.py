"""Sources in their order, consent that can be taken back, mirroring that keeps to its framework."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.plans.actions import background as actions
from lautta.plans.actions import mirroring
from lautta.plans.models import Participant
from tests import factories as f

pytestmark = pytest.mark.django_db
D = dt.date
T = Translated.of


@pytest.fixture
def kaisa(cast):
    return cast.actor(cast.kaisa)


@pytest.mark.parametrize("name", ["hannes", "kirsi", "kalle", "paula", "nelli", "urho"])
def test_only_the_coordinator_writes_the_background(cast, kaisa, name):
    by = cast.actor(getattr(cast, name))
    source = actions.add_source(by=kaisa, plan=cast.plan, title="Tutkimus")
    person = actions.add_participant(by=kaisa, plan=cast.plan, name="Nimi")
    linked = mirroring.link_plan(by=kaisa, plan=cast.plan, kind="budget", title=T("Talousarvio"))
    calls = [
        lambda: actions.add_source(by=by, plan=cast.plan, title="Uusi"),
        lambda: actions.update_source(by=by, source=source, title="Uusi"),
        lambda: actions.remove_source(by=by, source=source),
        lambda: actions.add_participant(by=by, plan=cast.plan, name="Uusi"),
        lambda: actions.update_participant(by=by, participant=person, name="Uusi"),
        lambda: actions.record_consent(by=by, participant=person, given=True),
        lambda: actions.withdraw_consent(by=by, participant=person),
        lambda: actions.remove_participant(by=by, participant=person),
        lambda: mirroring.set_goal_mirroring(by=by, goal=cast.goal, framework="convention", codes=["12"]),
        lambda: mirroring.link_plan(by=by, plan=cast.plan, kind="budget", title=T("Uusi")),
        lambda: mirroring.update_linked_plan(by=by, linked=linked, title=T("Uusi")),
        lambda: mirroring.unlink_plan(by=by, linked=linked),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied):
            call()


def test_sources_stand_by_author_year_and_title_wherever_they_were_typed(cast, kaisa):
    for authors, year, title in [
        ("Öhman", 2010, "Viimeinen"), ("Aalto", 2019, "B"), ("Aalto", 2019, "A"), ("Aalto", 2001, "Z"),
        ("", None, "Nimetön"),
        ("Ääri", 2000, "Toiseksi viimeinen"),
    ]:  # fmt: skip
        actions.add_source(by=kaisa, plan=cast.plan, title=title, authors=authors, year=year)
    titles = cast.plan.sources.order_by("sort_key", "pk").values_list("title", flat=True)
    assert list(titles) == ["Z", "A", "B", "Nimetön", "Toiseksi viimeinen", "Viimeinen"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"year": 19}, "year"),
        ({"year": 3000}, "year"),
        ({"url": "ei osoite"}, "url"),
    ],
)
def test_an_odd_source_is_refused(cast, kaisa, values, field):
    with pytest.raises(Refused) as refusal:
        actions.add_source(by=kaisa, plan=cast.plan, **{"title": "Tutkimus", **values})
    assert refusal.value.field == field


def test_the_trail_of_participants_holds_no_name(cast, kaisa):
    person = actions.add_participant(
        by=kaisa, plan=cast.plan, name="Testi Henkilö", part="Äiti", consent="given"
    )
    actions.update_participant(by=kaisa, participant=person, name="Testi Toinen")
    actions.withdraw_consent(by=kaisa, participant=person)
    trail = " ".join(str(row.changes) for row in AuditEntry.objects.filter(kind="participant"))
    assert "Testi" not in trail
    assert "Äiti" not in trail


def test_consent_needs_a_name_and_is_not_given_tomorrow(cast, kaisa):
    person = actions.add_participant(by=kaisa, plan=cast.plan, part="Huoltajien edustaja")
    with pytest.raises(Refused) as refusal:
        actions.record_consent(by=kaisa, participant=person, given=True)
    assert refusal.value.field == "name"
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(Refused) as refusal:
        actions.record_consent(by=kaisa, participant=person, given=False, on=tomorrow)
    assert refusal.value.field == "consent_on"


STEPS = st.lists(st.sampled_from(["give", "refuse", "withdraw", "rename"]), max_size=6)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_name_is_public_exactly_while_consent_is_given(cast, steps):
    """Whatever is done in whatever order: once withdrawn, the name is gone for good."""
    person = actions.add_participant(by=SYSTEM, plan=cast.plan, name="Nimi", part="Jäsen")
    withdrawn = False
    for step in steps:
        try:
            if step == "withdraw":
                actions.withdraw_consent(by=SYSTEM, participant=person)
            elif step == "rename":
                actions.update_participant(by=SYSTEM, participant=person, name="Uusi nimi")
            else:
                actions.record_consent(by=SYSTEM, participant=person, given=step == "give")
        except Refused:
            assert withdrawn
        withdrawn = withdrawn or step == "withdraw"
        person.refresh_from_db()
        public = Participant.objects.named_in_public().filter(pk=person.pk).exists()
        assert public == (person.consent == "given")
        if withdrawn:
            assert (person.consent, person.name, person.part, person.sort_key) == ("withdrawn", "", "", "")


def test_mirroring_knows_its_frameworks_and_leaves_others_alone(cast, kaisa):
    assert mirroring.set_goal_mirroring(
        by=kaisa, goal=cast.goal, framework="convention", codes=["31", "12"]
    ) == ["12", "31"]
    mirroring.set_goal_mirroring(by=kaisa, goal=cast.goal, framework="child_strategy", codes=["I1"])
    mirroring.set_goal_mirroring(by=kaisa, goal=cast.goal, framework="convention", codes=["12"])
    rows = cast.goal.mirrorings.order_by("framework", "code").values_list("framework", "code")
    assert list(rows) == [("child_strategy", "I1"), ("convention", "12")]
    for framework, codes in [("convention", ["I1"]), ("astrology", ["1"])]:
        with pytest.raises(Refused):
            mirroring.set_goal_mirroring(by=kaisa, goal=cast.goal, framework=framework, codes=codes)


def test_a_code_that_a_new_edition_dropped_stays_until_it_is_left_out(cast, kaisa):
    cast.goal.mirrorings.create(framework="convention", code="vanha")
    mirroring.set_goal_mirroring(by=kaisa, goal=cast.goal, framework="convention", codes=["vanha", "12"])
    assert cast.goal.mirrorings.count() == 2
    mirroring.set_goal_mirroring(by=kaisa, goal=cast.goal, framework="convention", codes=["12"])
    assert cast.goal.mirrorings.count() == 1


def test_linked_plans_hold_goals_and_organisations_of_their_plan(cast, kaisa):
    theirs = f.GoalFactory(plan=cast.other_plan)
    facts = {"kind": "budget", "title": T("Talousarvio")}
    wrong = [
        {"goals": [theirs]},
        {"organisation": cast.elsewhere},
        {"kind": "poem"},
        {"title": T("")},
        {"url": "x"},
    ]
    for values in wrong:
        with pytest.raises(Refused):
            mirroring.link_plan(by=kaisa, plan=cast.plan, **{**facts, **values})
    assert not cast.plan.linked_plans.exists()
    linked = mirroring.link_plan(by=kaisa, plan=cast.plan, goals=[cast.goal], **facts)
    assert list(cast.goal.linked_plans.all()) == [linked]
    mirroring.unlink_plan(by=kaisa, linked=linked)
    assert not cast.goal.linked_plans.exists()


@pytest.mark.parametrize(("phase", "allowed"), [("drafting", True), ("in_force", True), ("ended", False)])
def test_an_ended_plan_is_mirrored_no_more_but_consent_can_be_withdrawn(cast, phase, allowed):
    cast.plan.phase = phase
    cast.plan.save()
    cast.goal.refresh_from_db()
    by = cast.actor(cast.kaisa)
    person = actions.add_participant(
        by=SYSTEM, plan=cast.plan, name="Nimi", consent="given", consent_on=D(2020, 1, 1)
    )
    calls = [
        lambda: mirroring.set_goal_mirroring(by=by, goal=cast.goal, framework="convention", codes=["12"]),
        lambda: mirroring.link_plan(by=by, plan=cast.plan, kind="other", title=T("Uusi")),
    ]
    for call in calls:
        if allowed:
            call()
        else:
            with pytest.raises(Refused):
                call()
    assert actions.withdraw_consent(by=by, participant=person).name == ""
