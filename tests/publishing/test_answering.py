"""A youth council answers through its link: without a cookie, a name or an account, and not through a forged or used one."""

import datetime as dt
import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from lautta.common.models import AuditEntry
from lautta.decisions.actions import statements as actions
from lautta.decisions.actions.asking import close_without
from lautta.decisions.models import Statement, StatementPoint
from lautta.publishing import anonymous
from tests.decisions.asking import Hamina

ORIGIN = {"Origin": "http://testserver"}
D = dt.date


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def hamina(cast, settings) -> Hamina:
    settings.DEMO_DAY = D(2024, 3, 1)
    return Hamina(cast, settings)


@pytest.fixture
def asked(hamina):
    """(request, address of its link)."""
    request = hamina.ask()
    return request, reverse("publishing:answer", args=(hamina.link(request),))


@pytest.fixture
def send(client, monkeypatch):
    """Fills in and sends the form as a browser does, a minute after opening it."""

    def _send(url, headers=ORIGIN, waits=60, **fields):
        token = client.get(url).context["token"]
        now = time.time()
        data = {"language": "fi", "answer_1": "Kerhot ovat hyviä.", "token": token, **fields}
        with monkeypatch.context() as later:
            later.setattr(time, "time", lambda: now + waits)
            return client.post(url, data, headers=headers)

    return _send


def test_the_council_answers_once_without_a_cookie_and_without_a_trail(client, hamina, asked, send):
    request, url = asked
    page = client.get(url)
    assert page.status_code == 200
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex")
    assert not page.cookies
    assert "Mikä suunnitelmassa on hyvää?" in page.content.decode()
    before = AuditEntry.objects.count()
    response = send(url, answer_2="Bussi puuttuu.", more="Kesätöitä.\r\n\r\nUimahalli auki.")
    assert response.status_code == 302
    assert not response.cookies
    thanks = client.get(response.url)
    assert thanks.status_code == 200
    assert "Haminan nuorisovaltuusto on nyt kertonut mielipiteensä." in thanks.content.decode()
    assert AuditEntry.objects.count() == before
    said = [str(p.text) for p in StatementPoint.objects.order_by("position")]
    assert said == ["Kerhot ovat hyviä.", "Bussi puuttuu.", "Kesätöitä.", "Uimahalli auki."]
    assert hamina.now(request).state == "unconfirmed"
    again = client.get(url)
    assert again.status_code == 410
    assert "Tällä linkillä on jo vastattu." in again.content.decode()
    assert "Kerhot" not in again.content.decode(), "the link does not show what was answered"
    assert client.post(url, {"language": "fi", "answer_1": "Toinen"}, headers=ORIGIN).status_code == 410


def test_a_used_link_says_so_also_after_the_yes(client, hamina, asked, send):
    request, url = asked
    send(url)
    hamina.publish(hamina.answer_all(hamina.now(hamina.confirm(request))))
    assert client.get(url).status_code == 410
    assert "on jo vastattu" in client.get(url).content.decode()


def test_an_expired_a_forged_and_a_renewed_link_each_have_a_clear_page(client, hamina, asked):
    request, url = asked
    hamina.go_to(D(2024, 5, 1))
    expired = client.get(url)
    assert (expired.status_code, expired.cookies) == (410, {})
    assert "Linkin aika on mennyt umpeen." in expired.content.decode()
    hamina.go_to(D(2024, 3, 2))
    hamina.link(request)
    for address in (
        url,
        reverse("publishing:answer", args=("x" * 32,)),
        reverse("publishing:answer", args=("å",)),
    ):
        for response in (client.get(address), client.post(address, {}, headers=ORIGIN)):
            assert response.status_code == 404
            assert "Tätä linkkiä ei ole" in response.content.decode()
    request = hamina.now(request)
    close_without(by=hamina.kaisa, request=request, row_version=request.row_version, reason="Ei kokousta.")


def test_an_ended_request_takes_no_answer(client, hamina, asked):
    request, url = asked
    request = hamina.now(request)
    close_without(by=hamina.kaisa, request=request, row_version=request.row_version, reason="Ei kokousta.")
    response = client.get(url)
    assert response.status_code == 410
    assert "Lausuntopyyntö on päättynyt." in response.content.decode()
    assert "Ei kokousta" not in response.content.decode()


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_a_form_sent_from_elsewhere_is_not_taken_and_the_words_stay(asked, send, headers):
    response = send(asked[1], headers=headers)
    assert response.status_code == 422
    assert "Kerhot ovat hyviä." in response.content.decode()
    assert not Statement.objects.exists()


@pytest.mark.parametrize(("waits", "taken"), [(1, False), (4, True), (11 * 3600, True), (13 * 3600, False)])
def test_a_machine_is_told_from_a_person(asked, send, waits, taken):
    assert send(asked[1], waits=waits).status_code == (302 if taken else 422)
    assert Statement.objects.exists() is taken


def test_what_falls_into_the_trap_is_not_kept(asked, send):
    assert send(asked[1], website="https://spam.example").status_code == 302
    assert not Statement.objects.exists()


def test_a_token_of_one_request_does_not_open_another(client, hamina, asked, monkeypatch):
    other = reverse("publishing:answer", args=(hamina.link(hamina.ask()),))
    token = client.get(other).context["token"]
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 60)
    data = {"language": "fi", "answer_1": "Hei", "token": token}
    assert client.post(asked[1], data, headers=ORIGIN).status_code == 422


def test_a_flood_is_dammed(asked, send, monkeypatch):
    monkeypatch.setattr(anonymous, "BURST", 2)
    url = asked[1]
    # Refused by the rules, and counted all the same only when it is otherwise in order.
    monkeypatch.setattr("lautta.publishing.views.answering.give_by_link", lambda **_given: None)
    assert [send(url).status_code for _n in range(4)] == [302, 302, 422, 422]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"answer_1": "", "more": " \n "}, "more"),
        ({"answer_1": "a" * 4001}, "answer_1"),
        ({"language": "en"}, "language"),
        ({"answer_1": "a\x00b"}, "answer_1"),
    ],
)
def test_bad_input_is_told_beside_the_field(asked, send, fields, field):
    response = send(asked[1], **fields)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Statement.objects.exists()


def test_words_that_were_sent_back_are_on_the_new_link(client, hamina, asked, send):
    request, url = asked
    send(url, answer_1="Kesken.")
    request = hamina.now(request)
    actions.send_back(by=hamina.nelli, request=request, row_version=request.row_version)
    assert client.get(url).status_code == 404
    fresh = reverse("publishing:answer", args=(hamina.link(request),))
    assert "Kesken." in client.get(fresh).content.decode()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_opens_in_every_language_and_for_a_plan_that_is_not_public_yet(
    client, hamina, asked, language
):
    page = client.get(asked[1].replace("/fi/", f"/{language}/"))
    assert page.status_code == 200
    if language == "sv":
        assert "Vad är bra i planen?" in page.content.decode()
    plan = hamina.cast.plan
    type(plan).objects.filter(pk=plan.pk).update(published_at=None)
    page = client.get(asked[1].replace("/fi/", f"/{language}/"))
    assert page.status_code == 200
    assert f"/{plan.public_id}/" not in page.content.decode(), "no link leads to what nobody may open"
