"""Where an assessment may go: one table, everything else refused with the reason; what is published and what stays."""

from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.assessments import actions, choices, rules
from lautta.assessments.choices import NEEDS_REASON, TRANSITIONS, State
from lautta.assessments.models import Assessment, Publication, StateChange
from lautta.assessments.steps import STEPS
from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.search import SearchEntry, search
from lautta.voices.actions import LooksPersonal
from tests import factories as f
from tests.assessments import making
from tests.assessments.making import SAID, by, t

ANY_STATE = st.sampled_from(State.values)


def test_the_table_knows_every_state_and_nothing_else():
    assert set(TRANSITIONS) == set(State)
    assert all(set(to) <= set(State) for to in TRANSITIONS.values())
    assert all(state not in to for state, to in TRANSITIONS.items()), "staying is no move"
    assert TRANSITIONS[State.DROPPED] == frozenset(), (
        "what was dropped does not come back: a new slip is a minute's work"
    )
    assert {pair for pair in choices.REOPENINGS if pair[1] not in TRANSITIONS[pair[0]]} == set()


@settings(max_examples=300, deadline=None)
@given(st.lists(ANY_STATE, min_size=1, max_size=12))
def test_no_path_of_legal_moves_skips_the_thinking(path):
    """From the memo slip by legal moves alone: a decision has come through a proposal, a proposal through assessing."""
    state, been = State.MEMO, [State.MEMO]
    for wanted in path:
        if wanted in TRANSITIONS[state]:
            state = State(wanted)
            been.append(state)
    if State.DECIDED in been:
        assert State.PROPOSED in been[: been.index(State.DECIDED)]
    if State.PROPOSED in been:
        assert State.ASSESSING in been[: been.index(State.PROPOSED)]
    if State.FOLLOWED in been:
        assert State.DECIDED in been[: been.index(State.FOLLOWED)]
    if State.DROPPED in been:
        assert been[-1] == State.DROPPED


@pytest.mark.parametrize("before", State.values)
def test_a_move_outside_the_table_is_refused_with_both_names(cast, before):
    a = f.AssessmentFactory(plan=cast.plan, organisation=cast.hamina, decided_on="2024-12-01", state=before)
    for after in [s for s in State.values if s not in TRANSITIONS[before]]:
        with pytest.raises(Refused) as refused:
            actions.move(by=by(cast), assessment=a, state=after, reason=t("Syy."))
        assert refused.value.status == 409
        assert str(State(before).label) in str(refused.value)
        assert str(State(after).label) in str(refused.value)
    a.refresh_from_db()
    assert (a.state, a.version) == (before, 1)
    assert not StateChange.objects.exists()
    assert not AuditEntry.objects.exists()


def test_an_unknown_state_is_refused(cast):
    a = f.AssessmentFactory(plan=cast.plan, organisation=cast.hamina)
    with pytest.raises(Refused):
        actions.move(by=by(cast), assessment=a, state="finished")


@pytest.mark.parametrize("state", sorted(NEEDS_REASON))
def test_a_stop_says_why(cast, state):
    start = next(s for s, to in TRANSITIONS.items() if state in to)
    a = f.AssessmentFactory(plan=cast.plan, organisation=cast.hamina, state=start)
    with pytest.raises(Refused) as refused:
        actions.move(by=by(cast), assessment=a, state=state)
    assert (refused.value.field, refused.value.status) == ("reason", 422)
    a = actions.move(by=by(cast), assessment=a, state=state, reason=t("Ei koske lapsia."))
    assert (a.state, str(a.stop_reason)) == (state, "Ei koske lapsia.")
    assert a.state_changes.get().reason == "Ei koske lapsia."


def test_the_whole_way(cast):
    a = making.decided(cast)
    follow_up = a.follow_ups.get()
    with pytest.raises(Refused):
        actions.move(by=by(cast), assessment=a, state="followed")
    actions.finish_follow_up(by=by(cast), follow_up=follow_up, result=t("Kävijöitä oli yhtä paljon."))
    a = actions.move(by=by(cast), assessment=a, state="followed")
    walked = list(a.state_changes.order_by("pk").values_list("state", flat=True))
    assert walked == ["memo", "screening", "assessing", "proposed", "decided", "followed"]
    kept = AuditEntry.objects.filter(action="assessment.phase").order_by("pk")
    assert [row.changes["state"] for row in kept] == [list(p) for p in pairwise(walked[1:])]


def test_reopening_says_why(cast):
    a = making.proposed(cast)
    with pytest.raises(Refused) as refused:
        actions.move(by=by(cast), assessment=a, state="assessing")
    assert refused.value.field == "reason"
    assert (
        actions.move(by=by(cast), assessment=a, state="assessing", reason=t("Uusi vaihtoehto.")).state
        == "assessing"
    )


@pytest.mark.parametrize(
    ("spoil", "step"),
    [
        (lambda a: a.alternatives.filter(position=1).delete(), "vaihtoehto"),
        (lambda a: a.hearings.all().delete(), "kuultiin"),
        (
            lambda a: a.alternatives.get(position=1).ratings.filter(dimension="safety").delete(),
            "Turvallisuus",
        ),
        (lambda a: Assessment.objects.filter(pk=a.pk).update(proposed=None), "ehdotettava"),
    ],
)
def test_a_proposal_needs_what_it_rests_on(cast, spoil, step):
    a = making.proposed(cast)
    a = actions.move(by=by(cast), assessment=a, state="assessing", reason=t("Tarkistetaan."))
    spoil(a)
    with pytest.raises(Refused) as refused:
        actions.move(by=by(cast), assessment=a, state="proposed")
    assert step in str(refused.value)
    assert Assessment.objects.get(pk=a.pk).state == "assessing"


def test_a_reason_for_hearing_nobody_is_enough(cast):
    a = making.with_ratings(cast)
    a = actions.set_hearings(
        by=by(cast), assessment=a, version=a.version, rows=[], not_heard_reason=t("Aikaa on päivä.")
    )
    values = {"best_interests": t("Etu."), "proposed": a.alternatives.get(position=1)}
    a = actions.save_step(by=by(cast), assessment=a, version=a.version, step="reasoning", values=values)
    assert actions.move(by=by(cast), assessment=a, state="proposed").state == "proposed"


def test_a_decision_needs_its_follow_up(cast):
    a = making.proposed(cast)
    values = {"decided_on": making.MEMO["decision_day"], "decision": t("Päätettiin.")}
    a = actions.save_step(by=by(cast), assessment=a, version=a.version, step="decision", values=values)
    with pytest.raises(Refused, match="seurannan päivä"):
        actions.move(by=by(cast), assessment=a, state="decided")


# --- publishing


def found(cast, query="kirjasto") -> int:
    return search(cast.plan.public_id, query, language="fi").total


@pytest.mark.parametrize("state", [s for s in State.values if s not in choices.PUBLISHABLE])
def test_the_unfinished_is_not_published(cast, state):
    a = f.AssessmentFactory(plan=cast.plan, organisation=cast.hamina, state=state)
    with pytest.raises(Refused):
        actions.publish(by=by(cast, cast.kirsi), assessment=a)
    assert not Publication.objects.exists()


def test_a_screening_that_stopped_is_published_with_its_reason(cast):
    a = making.begun(cast)
    a = actions.move(by=by(cast), assessment=a, state="screened", reason=t("Vaikutus on pieni ja hyvä."))
    made = actions.publish(by=by(cast, cast.kirsi), assessment=a)
    assert made.document["screening"]["stop_reason"]["texts"]["fi"]["text"] == "Vaikutus on pieni ja hyvä."
    assert found(cast) == 1


@pytest.mark.parametrize("who", ["kirsi", "kaisa"])
def test_the_lead_and_the_coordinator_publish(cast, who):
    a = making.begun(cast, need="no")
    assert actions.publish(by=by(cast, getattr(cast, who)), assessment=a).number == 1


@pytest.mark.parametrize("who", ["hannes", "kalle", "paula", "nelli", "urho"])
def test_others_do_not(cast, who):
    a = making.begun(cast, need="no")
    for act in (
        lambda: actions.publish(by=by(cast, getattr(cast, who)), assessment=a),
        lambda: actions.unpublish(by=by(cast, getattr(cast, who)), assessment=a, reason="Syy"),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not Publication.objects.exists()


def test_what_is_published_stays_as_it_was_until_it_is_published_anew(cast):
    a = making.proposed(cast)
    lead = by(cast, cast.kirsi)
    first = actions.publish(by=lead, assessment=a)
    with pytest.raises(Refused, match="sama teksti"):
        actions.publish(by=lead, assessment=a)
    a = actions.save_step(
        by=by(cast),
        assessment=a,
        version=a.version,
        step="summary",
        values={"child_summary": t("Kirjasto on auki.")},
    )
    first.refresh_from_db()
    assert first.document["child_summary"]["texts"] == {}
    second = actions.publish(by=lead, assessment=a)
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert (second.number, second.sha256 != first.sha256) == (2, True)
    assert list(a.publications.current()) == [second]


def test_taking_back_needs_a_reason_and_leaves_search(cast):
    a = making.begun(cast, need="no")
    lead = by(cast, cast.kirsi)
    with pytest.raises(Refused):
        actions.unpublish(by=lead, assessment=a, reason="Syy")
    actions.publish(by=lead, assessment=a)
    with pytest.raises(Refused) as refused:
        actions.unpublish(by=lead, assessment=a, reason=" ")
    assert refused.value.field == "reason"
    actions.unpublish(by=lead, assessment=a, reason="Väärä asia.")
    assert found(cast) == 0
    assert not a.publications.current().exists()


def test_what_was_heard_is_looked_at_before_it_is_published(cast):
    a = making.proposed(cast)
    hearing = a.hearings.get()
    hearing.said = t("Soita minulle 040 1234567.")
    hearing.save()
    lead = by(cast, cast.kirsi)
    with pytest.raises(LooksPersonal):
        actions.publish(by=lead, assessment=a)
    assert actions.publish(by=lead, assessment=a, checked=True).number == 1


def test_erasing_what_was_heard_leaves_no_word_of_it_anywhere(cast):
    a = making.proposed(cast)
    lead = by(cast, cast.kirsi)
    actions.publish(by=lead, assessment=a)
    a = actions.save_step(
        by=by(cast),
        assessment=a,
        version=a.version,
        step="summary",
        values={"child_summary": t("Kirjasto on auki.")},
    )
    actions.publish(by=lead, assessment=a)
    assert found(cast, "rauha") == 1
    with pytest.raises(PermissionDenied):
        actions.erase_hearing(by=by(cast, cast.kalle), hearing=a.hearings.get())
    actions.erase_hearing(by=lead, hearing=a.hearings.get())
    assert not a.hearings.exists()
    for publication in a.publications.all():
        assert SAID not in str(publication.document)
        assert publication.document["hearings"]["rows"][0]["removed"] is True
    assert found(cast, "rauha") == 0
    assert SAID not in str([row.changes for row in AuditEntry.objects.all()])
    assert SAID not in str(list(SearchEntry.objects.values_list("body", flat=True)))


@pytest.mark.parametrize(
    "wrong",
    [{"state": "gone"}, {"need": "maybe"}, {"state": "decided", "decided_on": None}, {"reach": "all"}],
)
def test_the_database_holds_the_rules(cast, wrong):
    a = f.AssessmentFactory(plan=cast.plan, organisation=cast.hamina)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=a.pk).update(**wrong)


def test_only_one_is_public_at_a_time(cast):
    a = making.begun(cast, need="no")
    made = actions.publish(by=by(cast, cast.kirsi), assessment=a)
    made.pk, made.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_every_step_says_in_which_states_it_is_open():
    for step in STEPS.values():
        assert step.states, step.code
        assert State.DROPPED not in step.states
    assert all(
        rules.is_open(Assessment(state=s), "memo") is (s in {"memo", "screening", "assessing"})
        for s in State.values
    )
