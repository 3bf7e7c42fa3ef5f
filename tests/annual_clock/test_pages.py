"""Pages of the clock: what is shown to whom, the drawing and the list say the same, a constant number of queries."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lautta.annual_clock.models import ClockEvent
from lautta.common.translated import Translated
from lautta.decisions.models import Body
from tests import factories as f
from tests.annual_clock.making import make_event
from tests.annual_clock.test_importing import calendar

pytestmark = pytest.mark.django_db


def page(cast, name, **ids):
    return reverse(f"annual_clock:{name}", kwargs={"plan_id": cast.plan.public_id, **ids})


@pytest.fixture
def kaisa(cast, login):
    return login(cast.kaisa)


def test_the_public_sees_what_is_published_and_the_workspace_drafts_of_its_own(cast, client, login):
    make_event(cast, title="Kaikille näkyvä", is_public=True)
    make_event(cast, title="Haminan luonnos", organisation=cast.hamina)
    public = client.get(reverse("publishing:clock_year", args=(cast.plan.public_id, 2024))).content.decode()
    assert "Kaikille näkyvä" in public
    assert "Haminan luonnos" not in public
    address = page(cast, "clock_year", year=2024)
    assert "Haminan luonnos" in login(cast.hannes).get(address).content.decode()
    kotka = login(cast.kalle).get(address).content.decode()
    assert "Kaikille näkyvä" in kotka
    assert "Haminan luonnos" not in kotka


def test_what_other_rooms_have_comes_by_itself(cast, kaisa):
    body = Body.objects.create(
        plan=cast.plan, organisation=cast.kotka, kind="council", name=Translated.of("Kotkan valtuusto")
    )
    body.meetings.create(held_on=dt.date(2024, 5, 13))
    hearing = f.HearingFactory(plan=cast.plan)
    follow = f.AssessmentFactory(plan=cast.plan).follow_ups.create(
        due_on=dt.date(2024, 10, 1), what=Translated.of("x"), who="johtaja"
    )
    asked = f.StatementRequestFactory(plan=cast.plan)
    text = kaisa.get(page(cast, "clock_year", year=2024)).content.decode()
    for words in (
        "Kotkan valtuusto",
        str(hearing.matter),
        str(follow.assessment.title),
        str(asked.matter),
        "Syksyn seurantatiedot",
    ):
        assert words in text, words


def test_filters_are_links_that_narrow_drawing_and_list_alike(cast, kaisa):
    make_event(cast, title="Päätös", lane="decisions")
    make_event(cast, title="Haminan paja", organisation=cast.hamina, kind="workshop")
    response = kaisa.get(
        page(cast, "clock_year", year=2024) + f"?lane=implementation&organisation={cast.hamina.public_id}"
    )
    text = response.content.decode()
    assert "Haminan paja" in text
    assert [str(row["title"]) for row in response.context["rows"]] == ["Haminan paja"]
    assert "1 tapahtuma:" in response.context["svg"]
    assert (
        kaisa.get(
            page(cast, "clock_year", year=2024) + "?lane=x&kind=y&month=99&organisation=z&page=x"
        ).status_code
        == 200
    )


def test_a_new_event_by_the_form(cast, kaisa):
    data = {
        "title_fi": "Perhekeskuspäivä", "lane": "implementation", "kind": "occasion", "starts_on": "1.1.2024", "repeat": "nth",
        "nth": "2", "weekday": "1", "month": "4", "off_holiday": "next", "starts_at": "9.30", "ends_at": "12.00",
    }  # fmt: skip
    response = kaisa.post(page(cast, "event_new"), data)
    assert response.status_code == 302, response.context["form"].errors
    event = ClockEvent.objects.get()
    assert "9.4.2024" in kaisa.get(page(cast, "clock_year", year=2024)).content.decode()
    assert kaisa.get(response.url).status_code == 200
    form = kaisa.get(page(cast, "event_edit", event_id=event.public_id)).context["form"]
    assert (form.initial["nth"], form.initial["month"]) == (2, 4)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_on": "31.12.2023"}, "ends_on"),
        ({"starts_at": "12.00", "ends_at": "9.00"}, "ends_at"),
        ({"title_fi": ""}, "title_fi"),
        ({"repeat": "relative"}, "anchor"),
        ({"repeat": "weekly", "repeat_until": "1.1.2020"}, "repeat_until"),
        ({"starts_on": "32.1.2024"}, "starts_on"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_lost(cast, kaisa, changed, field):
    data = {
        "title_fi": "Päivä",
        "lane": "decisions",
        "kind": "other",
        "starts_on": "9.4.2024",
        "repeat": "once",
    } | changed
    response = kaisa.post(page(cast, "event_new"), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not ClockEvent.objects.exists()


def test_a_move_is_shown_before_it_is_made(cast, kaisa):
    event = make_event(cast)
    make_event(
        cast, title="Kutsu", repeat="relative", relative_to=event, offset=-14, starts_on=dt.date(2024, 1, 1)
    )
    address = page(cast, "event_move", event_id=event.public_id)
    data = {"own_day": "2024-04-09", "to": "2024-05-07", "seen": "1"}
    text = kaisa.post(address, data).content.decode()
    assert "Kutsu" in text
    assert "23.4.2024" in text
    event.refresh_from_db()
    assert event.starts_on == dt.date(2024, 4, 9)
    assert kaisa.post(address, data | {"confirmed": "1"}).status_code == 302
    event.refresh_from_db()
    assert event.starts_on == dt.date(2024, 5, 7)


def test_clashes_lead_to_the_proposed_day(cast, kaisa):
    body = Body.objects.create(
        plan=cast.plan, organisation=cast.kotka, kind="council", name=Translated.of("Kotkan valtuusto")
    )
    body.meetings.create(held_on=dt.date(2024, 4, 2))
    event = make_event(cast, title="Hyvinvointiraportti", kind="report", serves_body=body)
    text = kaisa.get(page(cast, "clashes", year=2024)).content.decode()
    assert "Hyvinvointiraportti (9.4.2024)" in text
    assert f"{page(cast, 'event_move', event_id=event.public_id)}?day=2024-04-09&amp;to=2024-03-26" in text
    assert "Tyhjä kuukausi" in text


def test_the_next_year_is_brought_and_checked(cast, kaisa):
    event = make_event(cast, repeat="yearly")
    kaisa.post(page(cast, "prepare", year=2025))
    assert "odottaa tarkistusta" in kaisa.get(page(cast, "checklist", year=2025)).content.decode()
    kaisa.post(page(cast, "check", event_id=event.public_id, year=2025))
    assert "Kaikki päivät on tarkistettu" in kaisa.get(page(cast, "checklist", year=2025)).content.decode()


def test_a_calendar_is_shown_before_it_is_taken_in(cast, login):
    hannes = login(cast.hannes)
    content = calendar("UID:a\nSUMMARY:Hyvä\nDTSTART:20240409", "UID:b\nSUMMARY:Huono\nDTSTART:x")
    same = {"organisation": cast.hamina.public_id, "lane": "implementation", "kind": "other"}
    seen = hannes.post(page(cast, "import"), same | {"file": SimpleUploadedFile("a.ics", content)})
    text = seen.content.decode()
    assert "Huono" in text
    assert "Kenttää DTSTART ei voi lukea." in text
    assert not ClockEvent.objects.exists()
    again = same | {"text": content.decode(), "confirmed": "1"}
    assert hannes.post(page(cast, "import"), again).status_code == 422
    assert not ClockEvent.objects.exists()
    assert hannes.post(page(cast, "import"), again | {"leave_out_bad": "on"}).status_code == 302
    assert [str(e.title) for e in ClockEvent.objects.all()] == ["Hyvä"]
    broken = hannes.post(page(cast, "import"), same | {"file": SimpleUploadedFile("a.ics", b"hei")})
    assert broken.status_code == 422


def test_an_address_is_shown_once(cast, login):
    hannes = login(cast.hannes)
    text = hannes.post(page(cast, "calendars"), {"whose": "me"}).content.decode()
    assert "/calendar/" in text
    assert "/calendar/" not in hannes.get(page(cast, "calendars")).content.decode()
    assert hannes.post(page(cast, "calendars"), {"whose": cast.kotka.public_id}).status_code == 403


def test_a_task_from_page_to_page(cast, login):
    hannes = login(cast.hannes)
    data = {"title": "Varaa sali", "owner": cast.hannes.public_id, "due": "9.4.2024"}
    assert hannes.post(page(cast, "tasks"), data).status_code == 302
    assert (
        "Varaa sali" in hannes.get(reverse("workspace:my_work", args=(cast.plan.public_id,))).content.decode()
    )
    task = cast.plan.tasks.get()
    assert hannes.post(page(cast, "task_done", task_id=task.public_id)).status_code == 302
    task.refresh_from_db()
    assert task.done_on


def _crowd(cast, n):
    ClockEvent.objects.bulk_create(
        ClockEvent(
            plan=cast.plan, organisation=cast.hamina, title=Translated.of(f"Tapahtuma {i}"), lane="implementation",
            starts_on=dt.date(2024, 1, 1) + dt.timedelta(days=i % 366), is_public=True,
        )
        for i in range(n)
    )  # fmt: skip


@pytest.mark.parametrize("where", ["public", "workspace"])
def test_a_crowded_year_costs_no_more_queries(cast, client, where):
    if where == "workspace":
        client.force_login(cast.kaisa, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = page(cast, "clock_year", year=2024) if where == "workspace" else reverse(
        "publishing:clock_year", args=(cast.plan.public_id, 2024)
    )  # fmt: skip
    counts = []
    for n in (100, 2_400):
        _crowd(cast, n)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= (10 if where == "public" else 11)
    assert len(response.content) < 150_000
