"""The coordinator's picture of a round."""

import pytest
from django.utils import timezone

from lautta.common.translated import Translated
from lautta.measures.models import RoundAnswer
from lautta.workspace.overview import overview
from tests import factories as f

pytestmark = pytest.mark.django_db


def measure(cast, organisation, *goals, published=True, **fields):
    year = f.MeasureYearFactory(
        measure__plan=cast.plan, measure__organisation=organisation, round=cast.round,
        published_at=timezone.now() if published else None, **fields,
    )  # fmt: skip
    year.goals.add(*goals)
    return year


def row(picture, organisation):
    return next(r for r in picture.rows if r.organisation == organisation)


def test_counts_by_organisation_and_main_goal(cast):
    sub = f.GoalFactory(plan=cast.plan, kind="subgoal", parent=cast.goal)
    measure(cast, cast.hamina, cast.goal)
    measure(cast, cast.hamina, cast.goal, sub)
    measure(cast, cast.hamina, sub, published=False)
    picture = overview(cast.plan, cast.round)
    hamina = row(picture, cast.hamina)
    ((goal, cell),) = [pair for pair in hamina.cells if pair[0] == cast.goal]
    # A measure of a goal and its subgoal counts once.
    assert (cell.published, cell.drafts, cell.total) == (2, 1, 3)
    assert (hamina.measures, hamina.drafts) == (3, 1)
    assert goal not in picture.empty_goals


def test_who_is_silent_who_answered_and_what_is_missing(cast):
    measure(cast, cast.hamina, cast.goal, status="under_way")
    RoundAnswer.objects.create(round=cast.round, organisation=cast.hamina)
    RoundAnswer.objects.create(round=cast.round, organisation=cast.kotka, withdrawn_at=timezone.now())
    picture = overview(cast.plan, cast.round)
    assert row(picture, cast.hamina).answered
    assert row(picture, cast.hamina).unreported == 1
    assert row(picture, cast.kotka).is_silent
    assert picture.answered_count == 1
    assert {r.organisation for r in picture.unanswered} == {cast.kotka, cast.county}


def test_a_report_ends_what_is_missing(cast):
    year = measure(cast, cast.hamina, cast.goal, status="under_way")
    f.ProgressReportFactory(measure_year=year)
    f.ProgressReportFactory(measure_year=year, period="autumn")
    hamina = row(overview(cast.plan, cast.round), cast.hamina)
    assert (hamina.unreported, hamina.measures) == (0, 1)


def test_an_organisation_that_has_ended_is_not_asked(cast):
    cast.kotka.ended_on = "2021-12-31"
    cast.kotka.save()
    assert cast.kotka not in [r.organisation for r in overview(cast.plan, cast.round).rows]


@pytest.mark.parametrize("size", [100, 2_500])
def test_queries_do_not_grow(cast, size, django_assert_max_num_queries):
    years = f.MeasureYearFactory._meta.model
    measures = f.MeasureFactory._meta.model.objects.bulk_create(
        f.MeasureFactory.build(plan=cast.plan, organisation=cast.hamina) for _ in range(size)
    )
    made = years.objects.bulk_create(
        f.MeasureYearFactory.build(measure=m, round=cast.round, title=Translated.of("x")) for m in measures
    )
    years.goals.through.objects.bulk_create(years.goals.through(measure_year=y, goal=cast.goal) for y in made)
    with django_assert_max_num_queries(8):
        picture = overview(cast.plan, cast.round)
    assert row(picture, cast.hamina).measures == size


def test_the_page_is_the_coordinators(cast, login):
    address = f"/fi/work/{cast.plan.public_id}/overview/"
    for user, status in ((cast.hannes, 403), (cast.paula, 403), (cast.urho, 404), (cast.kaisa, 200)):
        assert login(user).get(address).status_code == status, user.name
    assert login(cast.kaisa).get(f"{address}1999/").status_code == 404
