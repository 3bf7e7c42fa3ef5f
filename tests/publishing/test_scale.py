"""The same number of queries and a light page, whether there are a hundred rows or 2,500."""

import datetime as dt
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lautta.common.translated import Translated
from lautta.measures import models as measures
from lautta.organisations import models as organisations
from lautta.plans import models as plans
from lautta.voices.models import Voice
from tests import factories as f

LONG_TITLE = "Perhekahvila avautuu kolmeen kylään ja ohjaaja kiertää niitä viikoittain"
LONG_CHANGE = (
    "Lapsi saa kaverin, jonka kanssa tulla ja lähteä, "
    "ja vanhempi saa hengähtää ja tavata muita vanhempia lähellä kotia."
)


def _fill(plan, count: int) -> dict[str, str]:
    """`count` measures, voices and organisations' shares; returns addresses of the pages that list them."""
    rnd = random.Random(count)
    area = f.AreaFactory(name=Translated.of("Hamina"))
    organisations.AreaMembership.objects.create(
        area=area, parent=plan.region.area, started_on=dt.date(2000, 1, 1)
    )
    orgs = [
        f.OrganisationFactory(area=area, name=Translated.of(f"Kymenlaakson tekijä {n}"))
        for n in range(min(60, count // 5))
    ]
    for org in orgs:
        f.ParticipationFactory(plan=plan, organisation=org)
    goals = [
        f.GoalFactory(plan=plan, number=f"4.{n}", colour=n, title=Translated.of(f"Päätavoite {n}" * 4))
        for n in (1, 2, 3)
    ]
    round = f.RoundFactory(plan=plan, year=2024)
    made = measures.Measure.objects.bulk_create(
        measures.Measure(plan=plan, organisation=rnd.choice(orgs)) for _ in range(count)
    )
    years = measures.MeasureYear.objects.bulk_create(
        measures.MeasureYear(
            measure=measure,
            round=round,
            title=Translated.of(f"{LONG_TITLE} {n}"),
            sort_key=f"{n:08d}",
            change=Translated.of(LONG_CHANGE),
            target_groups=["families"],
            starts_on=dt.date(2024, 1, 1),
            service_tier=1,
            status=rnd.choice(["under_way", "done"]),
            timeliness="on_time",
            published_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        )
        for n, measure in enumerate(made)
    )
    measures.MeasureGoal.objects.bulk_create(
        measures.MeasureGoal(measure_year=year, goal=goal) for year in years for goal in rnd.sample(goals, 2)
    )
    measures.ProgressReport.objects.bulk_create(
        measures.ProgressReport(measure_year=year, period="spring", done="Tehtiin.", status="under_way")
        for year in years
    )
    voices = Voice.objects.bulk_create(
        Voice(
            plan=plan,
            text=Translated.of("Mulla on yksi kaveri. Se riittää, kunhan se on koulussa."),
            speaker_role="pupil",
            method="interview",
            state="published",
        )
        for _ in range(count)
    )
    Voice.goals.through.objects.bulk_create(
        Voice.goals.through(voice_id=voice.pk, goal_id=rnd.choice(goals).pk) for voice in voices
    )
    plans.Participant.objects.bulk_create(
        plans.Participant(plan=plan, name=f"Osallistuja {n}", consent="given", consent_on=dt.date(2020, 1, 1))
        for n in range(min(count, 300))
    )

    def url(name, *args):
        return reverse(f"publishing:{name}", args=(plan.public_id, *args))

    return {
        "home": url("home"),
        "goals": url("goals"),
        "goal": url("goal", goals[0].public_id),
        "measures": url("measures"),
        "measures_filtered": url("measures") + f"?status=done&goal={goals[0].public_id}&sort=title",
        "measures_page": url("measures") + "?page=2",
        "organisations": url("organisations"),
        "organisation": url("organisation", orgs[0].public_id),
        "municipalities": url("municipalities"),
        "municipality": url("municipality", area.public_id),
        "voices": url("voices"),
        "children": url("children"),
        "about": url("about"),
        "print": url("print"),
    }


def _measured(client, pages: dict[str, str]) -> dict[str, tuple[int, int]]:
    """{page: (queries, bytes)} of the page itself, after its redirect."""
    seen = {}
    for name, url in pages.items():
        response = client.get(url, follow=True)
        url = response.redirect_chain[-1][0] if response.redirect_chain else url
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200, name
        seen[name] = len(queries), len(response.content)
    return seen


@pytest.mark.django_db
def test_lists_cost_the_same_at_100_and_2500_rows(client):
    small = _measured(client, _fill(f.PlanFactory(), 100))
    large = _measured(client, _fill(f.PlanFactory(), 2_500))
    assert {name: queries for name, (queries, _) in small.items()} == {n: q for n, (q, _) in large.items()}
    assert {name: queries for name, (queries, _) in large.items() if queries > 10} == {}
    # The paper holds everything by its nature; every other page is light.
    heavy = {
        n: size
        for seen in (small, large)
        for n, (_, size) in seen.items()
        if size >= 100_000 and n != "print"
    }
    assert heavy == {}


@pytest.mark.django_db
def test_a_hundred_measures_stand_on_a_page(client):
    pages = _fill(f.PlanFactory(), 250)
    response = client.get(pages["measures"])
    assert len(response.context["items"]) == 100
    assert response.content.count(b"<h2><a") == 100
    assert len(client.get(pages["measures"] + "?page=3").context["items"]) == 50
