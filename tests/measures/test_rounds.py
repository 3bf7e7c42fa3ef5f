"""Rounds: opened, answered, carried over, reminded of, closed and reopened."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from lautta.common.models import AuditEntry, OutgoingMail
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.measures import actions
from lautta.measures.models import MeasureYear, RoundAnswer, RoundStateChange
from lautta.measures.reminders import people_to_remind
from tests import factories as f
from tests.measures.making import given


def new_round(cast, **values):
    given_values = {"year": 2031, "deadline": dt.date(2030, 11, 30), **values}
    return actions.create_round(by=cast.actor(cast.kaisa), plan=cast.plan, **given_values)


def test_a_round_is_made_planned_once_a_year_and_leaves_a_trail(cast):
    made = new_round(cast, emphases=Translated.of("Yhdessä"))
    assert (made.state, made.year) == ("planned", 2031)
    assert AuditEntry.objects.get(action="round.create").changes["emphases"] == [None, {"fi": "Yhdessä"}]
    with pytest.raises(Refused, match="2031") as no:
        new_round(cast)
    assert no.value.field == "year"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"opens_on": dt.date(2030, 12, 1)}, "deadline"),
        ({"evaluation_deadline": dt.date(2030, 1, 1)}, "evaluation_deadline"),
        ({"year": 20310}, "year"),
    ],
)
def test_dates_out_of_order_are_refused(cast, values, field):
    with pytest.raises(Refused) as no:
        new_round(cast, **values)
    assert (no.value.field, no.value.status) == (field, 422)


def test_only_the_coordinator_manages_rounds(cast):
    for person in (cast.hannes, cast.kirsi, cast.paula):
        with pytest.raises(PermissionDenied):
            actions.close_round(by=cast.actor(person), round=cast.round)
    cast.round.refresh_from_db()
    assert cast.round.state == "open"


def test_opening_closing_and_reopening_leave_rows(cast):
    by, made = cast.actor(cast.kaisa), new_round(cast)
    made = actions.open_round(by=by, round=made)
    made = actions.close_round(by=by, round=made)
    with pytest.raises(Refused):
        actions.close_round(by=by, round=made)
    with pytest.raises(Refused):
        actions.open_round(by=by, round=made)
    with pytest.raises(Refused) as no:
        actions.reopen_round(by=by, round=made, reason=" ")
    assert no.value.field == "reason"
    made = actions.reopen_round(by=by, round=made, reason="Yksi unohtui")
    rows = RoundStateChange.objects.filter(round=made).order_by("pk").values_list("state", "reason")
    assert list(rows) == [("open", ""), ("closed", ""), ("open", "Yksi unohtui")]


def test_a_stale_change_of_a_round_is_not_stored(cast):
    by, first = cast.actor(cast.kaisa), new_round(cast)
    actions.update_round(by=by, round=first, guidance=Translated.of("Ohje"))
    with pytest.raises(actions.ChangedMeanwhile) as no:
        actions.update_round(by=by, round=first, guidance=Translated.of("Toinen"))
    assert no.value.fields == ("guidance",)
    first.refresh_from_db()
    assert str(first.guidance) == "Ohje"


def test_an_answer_needs_measures_or_the_word_that_there_are_none(cast):
    by = cast.actor(cast.hannes)
    where = {"round": cast.round, "organisation": cast.hamina}
    with pytest.raises(Refused):
        actions.answer_round(by=by, **where)
    answer = actions.answer_round(by=by, nothing_new=True, **where)
    assert actions.answer_round(by=by, nothing_new=True, **where) == answer
    actions.withdraw_answer(by=by, **where)
    given(cast, cast.hamina)
    with pytest.raises(Refused):
        actions.answer_round(by=by, nothing_new=True, **where)
    actions.answer_round(by=by, **where)
    assert RoundAnswer.objects.filter(**where).count() == 2
    assert RoundAnswer.objects.filter(**where, withdrawn_at__isnull=True).count() == 1


def test_another_organisation_does_not_answer_for_hamina(cast):
    with pytest.raises(PermissionDenied):
        actions.answer_round(
            by=cast.actor(cast.kalle), round=cast.round, organisation=cast.hamina, nothing_new=True
        )


def test_emphases_are_not_overwritten_unseen(cast):
    by, where = cast.actor(cast.hannes), {"round": cast.round, "organisation": cast.hamina}
    actions.set_emphasis(by=by, text=Translated.of("Eka"), version=0, **where)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.set_emphasis(by=by, text=Translated.of("Toka"), version=0, **where)
    assert str(actions.set_emphasis(by=by, text=Translated.of("Toka"), version=1, **where).text) == "Toka"


def test_carry_over_copies_the_content_as_a_draft_of_the_same_measure(cast):
    by, later = cast.actor(cast.kaisa), new_round(cast)
    old = given(
        cast,
        cast.hamina,
        service_tier=2,
        partners=[cast.kotka],
        sectors=["school"],
        ends_on=dt.date(2024, 12, 31),
    )
    actions.set_mirrorings(by=by, measure_year=old, items=[("convention", "12")])
    actions.publish_measure(by=by, measure_year=old)
    actions.change_status(by=by, measure_year=old, status="under_way")
    (new,) = actions.carry_over(by=by, round=later, organisation=cast.hamina, measure_years=[old])
    new.refresh_from_db()
    assert (new.measure, new.carried_from, new.round) == (old.measure, old, later)
    assert (new.title, new.change, new.service_tier, new.sectors) == (old.title, old.change, 2, ["school"])
    assert (new.published_at, new.ends_on, new.status) == (None, None, "under_way")
    assert list(new.goals.all()) == [cast.goal]
    assert list(new.partners.all()) == [cast.kotka]
    assert new.mirrorings.get().code == "12"
    assert new.status_changes.get().status == "under_way"
    assert actions.carry_over(by=by, round=later, organisation=cast.hamina, measure_years=[old]) == []
    assert MeasureYear.objects.filter(round=later).count() == 1


def test_carry_over_follows_goals_to_their_continuation(cast):
    by, later = cast.actor(cast.kaisa), new_round(cast)
    old = given(cast, cast.hamina)
    next_goal = f.GoalFactory(plan=cast.plan, predecessor=cast.goal)
    cast.goal.ended_at, cast.goal.ended_reason = dt.datetime(2024, 1, 1, tzinfo=dt.UTC), "Yhdistettiin"
    cast.goal.save()
    (new,) = actions.carry_over(by=by, round=later, organisation=cast.hamina, measure_years=[old])
    assert list(new.goals.all()) == [next_goal]


def test_only_own_earlier_living_measures_are_carried_over(cast):
    by, later = cast.actor(cast.kaisa), new_round(cast)
    mine, other = given(cast, cast.hamina), given(cast, cast.kotka)
    with pytest.raises(Refused):
        actions.carry_over(by=by, round=later, organisation=cast.hamina, measure_years=[mine, other])
    with pytest.raises(Refused):
        actions.carry_over(by=by, round=cast.round, organisation=cast.hamina, measure_years=[mine])
    actions.end_measure(by=by, measure=mine.measure, ended_on=dt.date(2024, 12, 31), reason="Valmis")
    with pytest.raises(Refused):
        actions.carry_over(by=by, round=later, organisation=cast.hamina, measure_years=[mine])
    assert not MeasureYear.objects.filter(round=later).exists()


def test_the_silent_are_reminded_once_a_day_in_their_language(cast):
    cast.kalle.language = "sv"
    cast.kalle.save()
    actions.answer_round(
        by=cast.actor(cast.hannes), round=cast.round, organisation=cast.hamina, nothing_new=True
    )
    assert [u for u, _ in people_to_remind(cast.round)] == [cast.kalle]
    assert actions.remind_missing(by=cast.actor(cast.kaisa), round=cast.round) == 1
    assert actions.remind_missing(by=cast.actor(cast.kaisa), round=cast.round) == 0
    mail = OutgoingMail.objects.get()
    assert (mail.user, mail.scope) == (cast.kalle, cast.plan.public_id)
    assert "Kotkan kaupunki" in mail.text
    assert "/sv/work/" in mail.text


def test_nobody_is_reminded_of_a_closed_round(cast):
    actions.close_round(by=cast.actor(cast.kaisa), round=cast.round)
    with pytest.raises(Refused):
        actions.remind_missing(by=cast.actor(cast.kaisa), round=cast.round)
