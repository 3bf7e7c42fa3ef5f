"""Statements: what every order of deeds keeps, what waits for whom, and how typed answers are parted."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions import duties
from lautta.decisions.actions import asking
from lautta.decisions.actions import statements as actions
from lautta.decisions.choices_statements import MOVES, RequestState
from lautta.decisions.forms.statements import StatementForm
from lautta.decisions.models import StatementPoint
from lautta.plans.standing import standing_of

pytestmark = pytest.mark.django_db
D = dt.date


# --- the table of moves -------------------------------------------------------------------------------


def test_every_state_has_its_moves_and_every_move_leads_somewhere():
    assert set(MOVES) == set(RequestState)
    assert {to for moves in MOVES.values() for to in moves} <= set(RequestState)
    # Once the council's words stand, only publishing and its undoing are left.
    reached, todo = set(), [RequestState.GIVEN]
    while todo:
        state = todo.pop()
        reached.add(state)
        todo += [s for s in MOVES[state] if s not in reached]
    assert reached == {RequestState.GIVEN, RequestState.ANSWERED, RequestState.PUBLISHED}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["link", "answer", "confirm", "back", "erase", "close", "again", "withdraw", "points", "publish"]
        ),
        max_size=10,
    )
)
def test_no_order_of_deeds_shows_unconfirmed_words_or_breaks_the_table(hamina, deeds):
    request = hamina.ask()
    for deed in deeds:
        before = hamina.now(request)
        try:
            _do(hamina, before, deed)
        except Refused:
            assert hamina.now(request).state == before.state
        after = hamina.now(request)
        if deed != "points":
            assert after.state == before.state or after.state in MOVES[before.state], deed
        has_words = StatementPoint.objects.filter(statement__request=request).exists()
        if after.state in {"given", "answered", "published"}:
            assert has_words
            assert after.statement.confirmed_by == hamina.cast.nelli
        if after.state in {"withdrawn", "not_given"}:
            assert not has_words


def _do(hamina, request, deed):
    version = {"row_version": request.row_version}
    if deed == "link":
        hamina.link(request)
    elif deed == "answer":
        hamina.answer(request)
    elif deed == "confirm":
        hamina.confirm(request)
    elif deed in {"back", "erase"}:
        actions.send_back(by=hamina.nelli, request=request, erase=deed == "erase", **version)
    elif deed == "close":
        asking.close_without(by=hamina.kaisa, request=request, reason="Ei tullut.", **version)
    elif deed == "again":
        asking.ask_again(by=hamina.kaisa, request=request, due=D(2024, 6, 1), **version)
    elif deed == "withdraw":
        asking.withdraw_request(by=hamina.kaisa, request=request, reason="Turha.", **version)
    elif deed == "points" and hasattr(request, "statement"):
        hamina.answer_all(request)
    elif deed == "publish":
        hamina.publish(request)


# --- duties -------------------------------------------------------------------------------------------


def duties_of(hamina, user):
    standing = standing_of(user, hamina.cast.plan)
    return [(d.key.split(":")[1], d.due) for d in duties.duties_of(standing, D(2024, 3, 1))]


def test_what_waits_waits_for_the_right_person(hamina):
    cast = hamina.cast
    request = hamina.ask()
    assert duties_of(hamina, cast.nelli) == [("give", D(2024, 4, 10))]
    assert duties_of(hamina, cast.kaisa) == duties_of(hamina, cast.hannes) == []
    request = hamina.answer(request)
    assert duties_of(hamina, cast.nelli) == [("confirm", D(2024, 3, 7))]
    assert duties_of(hamina, cast.kaisa) == []
    request = hamina.now(hamina.confirm(request))
    assert duties_of(hamina, cast.nelli) == []
    assert duties_of(hamina, cast.kaisa) == [("answer", D(2024, 3, 31))]
    request = hamina.answer_all(request)
    assert duties_of(hamina, cast.kaisa) == [("publish", D(2024, 4, 14))]
    hamina.publish(request)
    assert duties_of(hamina, cast.kaisa) == []


def test_an_organisations_people_are_reminded_and_the_coordinator_of_those_who_have_nobody(hamina):
    hamina.ask_organisation()
    hamina.ask(council_kind="residents", organisation=None, council_name=Translated.of("Asukkaat"))
    assert (
        duties_of(hamina, hamina.cast.hannes)
        == duties_of(hamina, hamina.cast.kirsi)
        == [("give", D(2024, 4, 10))]
    )
    assert duties_of(hamina, hamina.cast.kalle) == []
    assert duties_of(hamina, hamina.cast.kaisa) == [("collect", D(2024, 4, 10))]
    everybody = duties.duties_of_plan(hamina.cast.plan, D(2024, 3, 1))
    assert {d.owner for d in everybody} == {hamina.cast.hannes.pk, hamina.cast.kirsi.pk, hamina.cast.kaisa.pk}
    assert all(d.url.startswith("/fi/work/") for d in everybody)


def test_duties_take_a_constant_number_of_queries(hamina, django_assert_max_num_queries):
    for _n in range(12):
        hamina.ask_organisation()
        hamina.given()
    with django_assert_max_num_queries(6):
        assert len(duties.duties_of_plan(hamina.cast.plan, D(2024, 3, 1))) == 36


# --- forms --------------------------------------------------------------------------------------------


@given(st.lists(st.text("abcåäö .!?", min_size=1, max_size=30).filter(str.strip), min_size=1, max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
def test_an_empty_line_parts_things_and_nothing_is_lost(hamina, parts):
    request = hamina.ask(questions=[])
    form = StatementForm({"language": "fi", "more": "\r\n \r\n".join(parts)}, request=request, language="fi")
    assert form.is_valid(), form.errors
    assert [one.text for one in form.values()["said"]] == [part.strip() for part in parts]
