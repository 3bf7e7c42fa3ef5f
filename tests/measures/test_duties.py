"""Duties: what waits for whom, from when, until what; the same alone and for the whole plan; constant queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lautta.measures import actions, duties
from lautta.plans.standing import standing_of
from tests import factories as f
from tests.measures.making import given, many


@pytest.fixture
def year(cast):
    """A round of 2024 whose days are known."""
    cast.round.deadline, cast.round.evaluation_deadline = dt.date(2023, 11, 30), dt.date(2025, 1, 31)
    cast.round.save()
    return cast


def kinds(cast, user, today):
    return sorted(d.kind for d in duties.duties_of(standing_of(user, cast.plan), today))


def under_way(cast, organisation, **values):
    made = given(cast, organisation, **values)
    actions.change_status(by=cast.actor(cast.kaisa), measure_year=made, status="under_way")
    return made


def test_an_open_round_waits_for_those_who_give_measures(year):
    today = dt.date(2023, 11, 1)
    assert kinds(year, year.hannes, today) == ["round_answer"]
    assert kinds(year, year.kirsi, today) == ["round_answer"]
    assert kinds(year, year.paula, today) == []
    assert kinds(year, year.nelli, today) == []
    (duty,) = duties.duties_of(standing_of(year.hannes, year.plan), today)
    assert (duty.due, str(duty.detail)) == (dt.date(2023, 11, 30), "Haminan kaupunki")
    assert duty.url.endswith(f"/rounds/2024/{year.hamina.public_id}/")
    actions.answer_round(
        by=year.actor(year.hannes), round=year.round, organisation=year.hamina, nothing_new=True
    )
    assert kinds(year, year.hannes, today) == []


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (dt.date(2024, 3, 31), []),
        (dt.date(2024, 4, 1), [dt.date(2024, 5, 31)]),
        (dt.date(2024, 9, 30), [dt.date(2024, 5, 31)]),
        (dt.date(2024, 10, 1), [dt.date(2024, 11, 30)]),
        (dt.date(2025, 1, 31), [dt.date(2024, 11, 30)]),
        (dt.date(2025, 2, 1), []),
    ],
)
def test_reports_wait_in_their_season(year, today, expected):
    under_way(year, year.hamina)
    actions.close_round(by=year.actor(year.kaisa), round=year.round)
    found = [d for d in duties.duties_of(standing_of(year.hannes, year.plan), today) if d.kind == "report"]
    assert [d.due for d in found] == expected


def test_a_report_given_does_not_wait_and_a_planned_measure_does_not_ask(year):
    today = dt.date(2024, 5, 1)
    made = under_way(year, year.hamina)
    given(year, year.hamina, title="Vasta suunnitteilla")
    under_way(year, year.hamina, title="Alkaa kesällä", starts_on=dt.date(2024, 6, 15))
    found = [d for d in duties.duties_of(standing_of(year.hannes, year.plan), today) if d.kind == "report"]
    assert [str(d.detail) for d in found] == ["Toimenpide"]
    actions.submit_report(by=year.actor(year.hannes), measure_year=made, period="spring", done="Tehty")
    assert "report" not in kinds(year, year.hannes, today)


def test_a_named_person_reports_alone_until_leaving(year):
    today = dt.date(2024, 5, 1)
    under_way(year, year.hamina, responsible=year.kirsi)
    assert "report" in kinds(year, year.kirsi, today)
    assert "report" not in kinds(year, year.hannes, today)
    membership = year.kirsi.memberships.get()
    membership.ended_on = dt.date(2024, 4, 30)
    membership.save()
    assert "report" in kinds(year, year.hannes, today)


def test_an_evaluation_waits_for_the_lead_near_its_day(year):
    given(year, year.hamina)
    assert "evaluation" not in kinds(year, year.kirsi, dt.date(2024, 11, 1))
    today = dt.date(2025, 1, 15)
    assert "evaluation" in kinds(year, year.kirsi, today)
    assert "evaluation" not in kinds(year, year.hannes, today)
    actions.evaluate_year(
        by=year.actor(year.kirsi), round=year.round, organisation=year.hamina, succeeded="Hyvin"
    )
    assert "evaluation" not in kinds(year, year.kirsi, today)


def test_the_coordinator_hears_of_the_silent_and_of_rounds_to_open(year):
    assert "round_missing" not in kinds(year, year.kaisa, dt.date(2023, 11, 1))
    assert "round_missing" in kinds(year, year.kaisa, dt.date(2023, 11, 20))
    f.RoundFactory(plan=year.plan, year=2025, state="planned", opens_on=dt.date(2024, 9, 1))
    assert "round_open" not in kinds(year, year.kaisa, dt.date(2024, 8, 31))
    assert "round_open" in kinds(year, year.kaisa, dt.date(2024, 9, 1))
    assert "round_open" not in kinds(year, year.kirsi, dt.date(2024, 9, 1))


DAYS = [dt.date(2023, 11, 20), dt.date(2024, 5, 1), dt.date(2024, 11, 1), dt.date(2025, 1, 15)]


@pytest.mark.parametrize("today", DAYS)
def test_the_plans_duties_are_each_persons_own_put_together(year, today):
    under_way(year, year.hamina, responsible=year.kirsi)
    under_way(year, year.kotka)
    given(year, year.county)
    alone = {
        d.key
        for user in (year.kaisa, year.hannes, year.kirsi, year.kalle, year.paula, year.nelli)
        for d in duties.duties_of(standing_of(user, year.plan), today)
    }
    together = duties.duties_of_plan(year.plan, today)
    assert {d.key for d in together} == alone
    assert len(together) == len(alone), "keys are unique"
    assert all(d.scope == year.plan.public_id and d.url for d in together)


def test_queries_do_not_grow_with_people_and_measures(year):
    today = dt.date(2025, 1, 15)
    under_way(year, year.hamina)

    def count():
        with CaptureQueriesContext(connection) as seen:
            found = duties.duties_of_plan(year.plan, today)
        return len(seen), len(found)

    before, few = count()
    for n in range(20):
        membership = f.MembershipFactory(organisation=year.hamina)
        f.RoleAssignmentFactory(
            plan=year.plan, membership=membership, role="lead" if n % 2 else "contributor"
        )
    for y in many(year, year.hamina, 100):
        type(y).objects.filter(pk=y.pk).update(status="under_way")
    after, more = count()
    assert after == before <= 9
    assert more > few + 2000
