"""Lists of the plan's structure ask the database equally often, however many rows there are."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lautta.common.translated import Translated
from lautta.organisations.models import Organisation
from lautta.plans.models import Goal, LinkedPlan, Participant, Participation, Source

pytestmark = pytest.mark.django_db
T = Translated.of


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def many_goals(cast, n, start):
    Goal.objects.bulk_create(
        Goal(
            plan=cast.plan,
            kind="main",
            number=f"9.{i}",
            colour=1,
            position=i,
            title=T(f"Tavoite {i}"),
            owner=cast.kotka,
        )
        for i in range(start, n)
    )


def many_organisations(cast, n, start):
    made = Organisation.objects.bulk_create(
        Organisation(kind="association", name=T(f"Järjestö {i}"), sort_key=f"{i:08d}")
        for i in range(start, n)
    )
    Participation.objects.bulk_create(
        Participation(plan=cast.plan, organisation=o, started_on=dt.date(2020, 1, 1)) for o in made
    )


def many_sources(cast, n, start):
    Source.objects.bulk_create(
        Source(plan=cast.plan, title=f"Lähde {i}", sort_key=f"{i:08d}") for i in range(start, n)
    )


def many_participants(cast, n, start):
    Participant.objects.bulk_create(
        Participant(plan=cast.plan, name=f"Osallistuja {i}", sort_key=f"{i:08d}", organisation=cast.kotka)
        for i in range(start, n)
    )


def many_linked_plans(cast, n, start):
    LinkedPlan.objects.bulk_create(
        LinkedPlan(plan=cast.plan, kind="other", title=T(f"Suunnitelma {i}"), organisation=cast.kotka)
        for i in range(start, n)
    )


# A goal tree is a document of some tens of goals, every one of them on the page; the others are true lists.
TREE, LIST = (25, 250), (100, 2500)


@pytest.mark.parametrize(
    ("page", "fill", "sizes"),
    [
        ("goals", many_goals, TREE),
        ("mirroring", many_goals, TREE),
        ("organisations", many_organisations, LIST),
        ("background", many_sources, LIST),
        ("participants", many_participants, LIST),
        ("linked_plans", many_linked_plans, LIST),
    ],
)
def test_pages_ask_the_database_equally_often_however_many_rows(cast, login, page, fill, sizes):
    client = login(cast.kaisa)
    address = reverse(f"plans:{page}", kwargs={"plan_id": cast.plan.public_id})
    fill(cast, sizes[0], 0)
    few = queries(client, address)
    fill(cast, sizes[1], sizes[0])
    assert queries(client, address) == few
    assert few <= 20
