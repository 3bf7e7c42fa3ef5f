"""Feedback: without a cookie, without a name, and read by those who may."""

import time

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from lautta.common.models import AuditEntry
from lautta.publishing import anonymous
from lautta.publishing.actions import close_feedback, receive_feedback
from lautta.publishing.models import Feedback

ORIGIN = {"Origin": "http://testserver"}


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def form(client, cast, monkeypatch):
    """`form(**fields)` fills in and sends the form of the plan as a browser does, a minute after opening
    it.
    """

    def send(headers=ORIGIN, waits=60, **fields):
        url = reverse("publishing:feedback", args=(cast.plan.public_id,))
        now = time.time()
        # The page is opened at that very moment, however slow the machine is.
        with monkeypatch.context() as opening:
            opening.setattr(time, "time", lambda: now)
            token = client.get(url).context["token"]
        data = {"kind": "general", "message": "Karttaa ei löydy.", "token": token, **fields}
        with monkeypatch.context() as later:
            later.setattr(time, "time", lambda: now + waits)
            return client.post(url, data, headers=headers)

    return send


def test_a_message_comes_in_without_a_cookie_or_a_time(client, cast, form):
    response = form(page="Kunnat")
    assert response.status_code == 302
    assert not response.cookies
    assert client.get(response.url).status_code == 200
    row = Feedback.objects.get()
    assert (row.plan, row.kind, row.message, row.page, row.email) == (
        cast.plan,
        "general",
        "Karttaa ei löydy.",
        "Kunnat",
        "",
    )
    assert row.created_week.weekday() == 0
    assert not AuditEntry.objects.exists()


def test_the_form_itself_is_not_kept_by_caches(client, cast):
    response = client.get(reverse("publishing:feedback", args=(cast.plan.public_id,)))
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"message": ""}, "message"),
        ({"message": "a" * 4001}, "message"),
        ({"email": "ei osoite"}, "email"),
        ({"kind": "muu"}, "kind"),
        ({"page": "a" * 301}, "page"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_nothing_is_saved(form, fields, field):
    response = form(**fields)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Feedback.objects.exists()


def test_what_was_typed_stays_on_the_form(form):
    text = form(message="Tärkeä asia.", email="x").content.decode()
    assert "Tärkeä asia." in text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {},
        {"Referer": "https://elsewhere.example/"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_sent_from_elsewhere_is_not_taken(form, headers):
    response = form(headers=headers)
    assert response.status_code == 422
    assert not Feedback.objects.exists()
    assert "Karttaa ei löydy." in response.content.decode()


@pytest.mark.parametrize(
    "headers", [ORIGIN, {"Sec-Fetch-Site": "same-origin"}, {"Referer": "http://testserver/fi/"}]
)
def test_a_form_sent_from_our_own_page_is_taken(form, headers):
    assert form(headers=headers).status_code == 302
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(
    ("waits", "taken"), [(0, False), (2, False), (4, True), (11 * 3600, True), (13 * 3600, False)]
)
def test_a_token_is_good_from_three_seconds_to_twelve_hours(form, waits, taken):
    assert form(waits=waits).status_code == (302 if taken else 422)
    assert Feedback.objects.exists() is taken


@pytest.mark.parametrize("token", ["", "x", "W10:1abc:zzz"])
def test_a_made_up_token_is_not_taken(form, token):
    assert form(token=token).status_code == 422


def test_a_token_of_another_plan_is_not_taken(form, cast):
    assert form(token=anonymous.new_token(f"feedback:{cast.other_plan.public_id}")).status_code == 422


def test_a_machine_that_fills_the_trap_is_thanked_and_forgotten(form):
    assert form(website="https://spam.example").status_code == 302
    assert not Feedback.objects.exists()


def test_a_flood_is_stopped_without_knowing_who_sends(form):
    answers = [form().status_code for _ in range(anonymous.BURST + 1)]
    assert answers == [302] * anonymous.BURST + [422]


def test_too_many_waiting_is_refused(form, monkeypatch):
    monkeypatch.setattr("lautta.publishing.actions.feedback.MOST_WAITING", 1)
    assert form().status_code == 302
    response = form()
    assert response.status_code == 429
    assert "Karttaa ei löydy." in response.content.decode()


def test_a_character_that_no_database_holds_is_told(form):
    assert form(message="a\x00b").status_code == 422


@pytest.fixture
def message(cast):
    return receive_feedback(
        plan=cast.plan, kind="accessibility", message="En näe nappia.", email="lukija@test.invalid"
    )


def test_only_those_who_may_read_it(login, cast, message):
    inbox = reverse("publishing:feedback_inbox", args=(cast.plan.public_id,))
    item = reverse("publishing:feedback_item", args=(cast.plan.public_id, message.public_id))
    for user, status in (
        (cast.kaisa, 200),
        (cast.hannes, 403),
        (cast.kirsi, 403),
        (cast.nelli, 403),
        (cast.urho, 404),
    ):
        assert login(user).get(inbox).status_code == status, user
        assert login(user).get(item).status_code == status, user
        if status != 200:
            assert login(user).post(item, {"note": "x"}).status_code == status
    assert "En näe nappia." in login(cast.kaisa).get(inbox).content.decode()


def test_a_stranger_is_led_to_sign_in(client, cast):
    response = client.get(reverse("publishing:feedback_inbox", args=(cast.plan.public_id,)))
    assert response.status_code == 302


def test_closing_takes_the_address_away(login, cast, message):
    url = reverse("publishing:feedback_item", args=(cast.plan.public_id, message.public_id))
    assert login(cast.kaisa).post(url, {"note": ""}).status_code == 422
    assert login(cast.kaisa).post(url, {"note": "Nappi on nyt suurempi."}).status_code == 302
    message.refresh_from_db()
    assert (message.state, message.email, message.closed_note) == ("closed", "", "Nappi on nyt suurempi.")
    assert AuditEntry.objects.get().action == "feedback.close"
    assert login(cast.kaisa).post(url, {"note": "Uudelleen."}).status_code == 409


def test_a_message_of_another_plan_is_not_found(login, cast):
    other = receive_feedback(plan=cast.other_plan, kind="general", message="Muualla.")
    url = reverse("publishing:feedback_item", args=(cast.plan.public_id, other.public_id))
    assert login(cast.kaisa).get(url).status_code == 404
    assert login(cast.kaisa).post(url, {"erase": "1"}).status_code == 404
    assert Feedback.objects.count() == 1


def test_erasing_leaves_no_word_of_it(login, cast, message):
    url = reverse("publishing:feedback_item", args=(cast.plan.public_id, message.public_id))
    assert login(cast.kaisa).post(url, {"erase": "1"}).status_code == 302
    assert not Feedback.objects.exists()
    row = AuditEntry.objects.get()
    assert row.action == "feedback.erase"
    assert "nappia" not in str(row.changes)


def test_the_database_itself_keeps_no_address_of_what_is_closed(cast, message):
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=message.pk).update(state="closed")


def test_a_contributor_cannot_close_by_action(cast, message):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        close_feedback(by=cast.actor(cast.hannes), feedback=message, note="x")


def test_the_inbox_costs_the_same_at_any_length(login, cast, django_assert_max_num_queries):
    url = reverse("publishing:feedback_inbox", args=(cast.plan.public_id,))
    week = receive_feedback(plan=cast.plan, kind="general", message="1").created_week
    Feedback.objects.bulk_create(
        Feedback(plan=cast.plan, kind="general", message=f"Viesti {n}", created_week=week)
        for n in range(2_500)
    )
    client = login(cast.kaisa)
    with django_assert_max_num_queries(14):
        response = client.get(url)
    assert len(response.context["page"].object_list) == 30
