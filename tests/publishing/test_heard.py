"""Statements and hearings in public: what is published and nothing else, in three languages, lightly however many there are."""

import datetime as dt

import pytest
from django.urls import reverse

from lautta.common.translated import Translated
from lautta.decisions.models import Statement, StatementPoint, StatementRequest
from lautta.voices.models import HeardGroup, Hearing
from tests import factories as f
from tests.decisions.asking import Hamina

D = dt.date


@pytest.fixture
def hamina(cast, settings) -> Hamina:
    settings.DEMO_DAY = D(2024, 3, 1)
    return Hamina(cast, settings)


def url(cast, name, *args):
    return reverse(f"publishing:{name}", args=(cast.plan.public_id, *args))


def test_a_statement_is_public_point_by_point_once_it_is_published(client, hamina, cast):
    request = hamina.answer_all(hamina.given(), taken="not_taken")
    page = url(cast, "statement", request.public_id)
    assert client.get(page).status_code == 404
    assert "Haminan nuorisovaltuusto" not in client.get(url(cast, "statements")).content.decode()
    hamina.publish(request)
    text = client.get(page).content.decode()
    for words in (
        "Haminan nuorisovaltuusto",
        "Kerhot ovat hyviä.",
        "Ei otettu",
        "Lisäsimme tämän lukuun 2.",
        "Mitä puuttuu?",
    ):
        assert words in text
    assert "Nelli" not in text
    listed = client.get(url(cast, "statements"))
    assert "Haminan nuorisovaltuusto" in listed.content.decode()
    assert listed.context["summary"] == {
        "asked": 1, "given": 1, "published": 1, "points": 2, "taken": 0, "partly": 0, "not_taken": 2,
    }  # fmt: skip
    elsewhere = page.replace(cast.plan.public_id, cast.other_plan.public_id)
    assert client.get(elsewhere).status_code == 404


def test_a_hearing_is_public_once_it_is_published_and_a_small_group_is_not_counted_out(client, cast):
    hearing = f.HearingFactory(
        plan=cast.plan, state="pending", why_not=Translated.of("Rahaa ei ole."), link_kind="goal", link_key=cast.goal.public_id
    )  # fmt: skip
    f.HeardGroupFactory(hearing=hearing, number=3)
    f.HeardGroupFactory(hearing=hearing, position=2, role="parent", age_group="adult", number=40)
    f.HeardGroupFactory(hearing=hearing, position=3, role="young", age_group="", number=None)
    page = url(cast, "hearing", hearing.public_id)
    assert client.get(page).status_code == 404
    Hearing.objects.update(state="published")
    text = client.get(page).content.decode()
    assert "Koululainen, 7–12 v: alle 5" in text
    assert "Vanhempi: 40" in text
    assert "<dd>Nuori</dd>" in text
    assert "Rahaa ei ole." in text
    assert f"/goals/{cast.goal.public_id}/" in text


def test_hearings_are_limited_by_links(client, cast):
    first = f.HearingFactory(plan=cast.plan, matter=Translated.of("Koulu"))
    f.HeardGroupFactory(hearing=first, role="pupil")
    second = f.HearingFactory(
        plan=cast.plan, matter=Translated.of("Satama"), method="survey", heard_on=D(2023, 5, 1)
    )
    f.HeardGroupFactory(hearing=second, role="parent")
    f.HearingFactory(
        plan=cast.plan, matter=Translated.of("Salaisuus"), state="rejected", decided_reason="Ei."
    )

    def shown(query: str) -> set[str]:
        text = client.get(f"{url(cast, 'hearings')}{query}").content.decode()
        return {words for words in ("Koulu<", "Satama<", "Salaisuus<") if words in text}

    assert shown("") == {"Koulu<", "Satama<"}
    assert shown("?role=pupil") == shown("?method=workshop") == shown("?year=2024") == {"Koulu<"}
    assert shown("?year=2023") == {"Satama<"}
    assert shown("?role=pupil&year=2023") == set()
    assert shown("?role=king&page=99") == {"Koulu<", "Satama<"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_open_in_every_language(client, hamina, cast, language):
    request = hamina.published()
    hearing = f.HearingFactory(plan=cast.plan)
    pages = [
        url(cast, "statements"), url(cast, "statement", request.public_id), url(cast, "hearings"),
        url(cast, "hearing", hearing.public_id), url(cast, "voices"),
    ]  # fmt: skip
    for page in pages:
        response = client.get(page.replace("/fi/", f"/{language}/"))
        assert response.status_code == 200, page
        assert not response.cookies


def test_lists_take_a_constant_number_of_queries(client, cast, django_assert_max_num_queries):
    for count in (100, 2_400):
        requests = StatementRequest.objects.bulk_create(
            f.StatementRequestFactory.build(plan=cast.plan, organisation=cast.hamina, state="published")
            for _n in range(count)
        )
        statements = Statement.objects.bulk_create(f.StatementFactory.build(request=row) for row in requests)
        StatementPoint.objects.bulk_create(
            f.StatementPointFactory.build(statement=row, taken="taken", answer=Translated.of("Ok"))
            for row in statements
        )
        hearings = Hearing.objects.bulk_create(f.HearingFactory.build(plan=cast.plan) for _n in range(count))
        HeardGroup.objects.bulk_create(f.HeardGroupFactory.build(hearing=row) for row in hearings)
        with django_assert_max_num_queries(7):
            page = client.get(url(cast, "statements"))
        assert page.status_code == 200
        assert len(page.content) < 100_000
        with django_assert_max_num_queries(6):
            page = client.get(url(cast, "hearings"))
        assert page.status_code == 200
        assert len(page.content) < 100_000
