"""Statements in the workspace, as people use them."""

import re

import pytest
from django.urls import reverse

from lautta.common.translated import Translated
from lautta.decisions.actions.links import hash_of
from lautta.decisions.models import Statement, StatementPoint, StatementRequest
from tests import factories as f

ASKED = {
    "council_kind": "youth_council", "council_name": "Haminan nuorisovaltuusto", "matter": "Suunnitelma 2025", "due": "2024-04-10",
    "languages": ["fi"], "question_1": "Mitä puuttuu?", "background": "Päätämme syksyllä.", "version": "",
}  # fmt: skip


def url(cast, name, *args):
    return reverse(f"decisions:{name}", args=(cast.plan.public_id, *args))


def test_the_coordinator_asks_makes_a_link_and_never_sees_it_again(login, cast, hamina):
    client = login(cast.kaisa)
    response = client.post(url(cast, "request_new"), {**ASKED, "organisation": cast.hamina.public_id})
    assert response.status_code == 302
    request = StatementRequest.objects.get()
    assert [str(q) for q in request.questions.all()] == ["Mitä puuttuu?"]
    link_page = url(cast, "statement_link", request.public_id)
    assert client.get(link_page).status_code == 405
    assert client.post(link_page).status_code == 302, "a link is made by its button alone"
    assert StatementRequest.objects.get().link_hash == ""
    page = client.post(link_page, {"make": "1"})
    assert page["Cache-Control"] == "no-store"
    secret = re.search(r"/fi/answer/([\w-]+)/", page.content.decode())[1]
    assert StatementRequest.objects.get().link_hash == hash_of(secret)
    detail = client.get(url(cast, "statement", request.public_id)).content.decode()
    assert secret not in detail
    assert "Tee uusi linkki" in detail


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"matter": ""}, "matter"),
        ({"council_name": ""}, "council_name"),
        ({"organisation": ""}, "organisation"),
        ({"due": "2020-01-01"}, "__all__"),
        ({"due": "pian"}, "due"),
        ({"languages": []}, "languages"),
        ({"question_1": "a" * 301}, "question_1"),
        ({"version": "bbbbbbbbbb"}, "version"),
        ({"council_kind": "king"}, "council_kind"),
    ],
)
def test_a_bad_request_is_told_beside_the_field(login, cast, hamina, fields, field):
    given = {**ASKED, "organisation": cast.hamina.public_id, **fields}
    response = login(cast.kaisa).post(url(cast, "request_new"), given)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not StatementRequest.objects.exists()


def test_a_request_is_changed_on_its_page(login, cast, hamina):
    request = hamina.ask()
    page = url(cast, "request_edit", request.public_id)
    client = login(cast.kaisa)
    assert "Mitä puuttuu?" in client.get(page).content.decode()
    given = {
        "council_name": "Haminan nuoret", "matter": "Uusi asia", "due": "2024-05-01", "languages": ["fi", "sv"], "seen": "1",
        "question_1": "Vain tämä?",
    }  # fmt: skip
    assert client.post(page, given).status_code == 302
    request = hamina.now(request)
    assert (str(request.matter), [str(q) for q in request.questions.all()]) == ("Uusi asia", ["Vain tämä?"])
    stale = client.post(page, given)
    assert stale.status_code == 409
    text = stale.content.decode()
    assert "Joku muu tallensi" in text
    # Both texts: what is stored now, and what was typed; the next saving knows what it replaces.
    assert "Tallessa nyt" in text
    assert "Uusi asia" in text
    newer = given | {"matter": "Kolmas asia", "seen": str(request.row_version)}
    assert f'name="seen" value="{request.row_version}"' in text
    assert client.post(page, newer).status_code == 302
    for user, status in ((cast.nelli, 403), (cast.hannes, 403), (cast.kalle, 403), (cast.urho, 404)):
        assert login(user).get(page).status_code == status, user


def test_the_one_who_asked_sees_no_word_before_the_yes(login, cast, hamina):
    request = hamina.answer(hamina.ask())
    page = url(cast, "statement", request.public_id)
    for user, status, sees in (
        (cast.kaisa, 200, False), (cast.hannes, 200, False), (cast.kirsi, 200, False), (cast.nelli, 200, True),
        (cast.kalle, 404, False), (cast.paula, 404, False), (cast.urho, 404, False),
    ):  # fmt: skip
        response = login(user).get(page)
        assert response.status_code == status, user
        assert ("Bussi puuttuu." in response.content.decode()) is sees, user
    assert login(cast.kaisa).get(url(cast, "point_answer", request.public_id, 1)).status_code == 404
    listed = login(cast.kaisa).get(url(cast, "statements"))
    assert listed.context["items"][0]["points"] == 0


def test_the_adult_confirms_on_the_page_and_nobody_else(login, cast, hamina):
    request = hamina.answer(hamina.ask(), "Matti Meikäläinen kiusaa.")
    page, seen = url(cast, "statement", request.public_id), {"seen": request.row_version}
    for user in (cast.kaisa, cast.hannes):
        assert login(user).post(page, {**seen, "confirm": "1"}).status_code == 403
    client = login(cast.nelli)
    refused = client.post(page, {**seen, "confirm": "1"})
    assert refused.status_code == 422
    assert "checked" in refused.context["form"].errors
    assert "näyttää nimeltä" in refused.content.decode()
    assert client.post(page, {**seen, "confirm": "1", "checked": "on"}).status_code == 302
    assert hamina.now(request).state == "given"
    assert client.post(page, seen).status_code == 422, "no button, no deed"


def test_an_answer_is_sent_back_or_erased_on_the_page(login, cast, hamina):
    client = login(cast.nelli)
    for button, left in (("send_back", 1), ("erase", 0)):
        request = hamina.answer(hamina.ask(), "Kesken.")
        page = url(cast, "statement", request.public_id)
        assert client.post(page, {"seen": request.row_version, button: "1"}).status_code == 302
        assert hamina.now(request).state == "asked"
        assert Statement.objects.filter(request=request).count() == left


def test_every_point_is_answered_and_the_statement_published(login, cast, hamina):
    request = hamina.given()
    client = login(cast.kaisa)
    for number in (1, 2):
        page = url(cast, "point_answer", request.public_id, number)
        assert client.get(page).status_code == 200
        assert "taken" in client.post(page, {"seen": "1", "answer": "Ok"}).context["form"].errors
        assert (
            "answer"
            in client.post(page, {"seen": "1", "taken": "taken", "answer": " "}).context["form"].errors
        )
        assert (
            client.post(
                page, {"seen": "1", "taken": "partly", "answer": "Vähän.", "answer_sv": "Lite."}
            ).status_code
            == 302
        )
    assert str(StatementPoint.objects.first().answer.in_language("sv")) == "Lite."
    page = url(cast, "statement", request.public_id)
    assert client.post(page, {"seen": hamina.now(request).row_version, "publish": "1"}).status_code == 302
    assert hamina.now(request).state == "published"
    assert login(cast.kalle).get(page).status_code == 200, "what is public is open to everybody of the plan"
    for button in ("unpublish", "confirm", "withdraw"):
        assert login(cast.kalle).post(page, {"seen": "9", button: "1", "reason": "x"}).status_code == 403
    client = login(cast.kaisa)
    assert client.post(page, {"seen": hamina.now(request).row_version, "unpublish": "1"}).status_code == 302
    assert client.get(url(cast, "point_answer", request.public_id, 9)).status_code == 404
    assert client.post(url(cast, "point_answer", request.public_id, 1), {"erase": "1"}).status_code == 302
    assert StatementPoint.objects.count() == 1


def test_waiting_ends_and_begins_again_on_the_page(login, cast, hamina):
    request = hamina.ask()
    page, client = url(cast, "statement", request.public_id), login(cast.kaisa)
    assert "reason" in client.post(page, {"seen": "1", "not_given": "1"}).context["form"].errors
    assert client.post(page, {"seen": "1", "not_given": "1", "reason": "Ei kokousta."}).status_code == 302
    assert "Ei kokousta." in client.get(page).content.decode()
    assert client.post(page, {"seen": "2", "again": "1", "due": "2024-06-01"}).status_code == 302
    assert client.post(page, {"seen": "3", "withdraw": "1", "reason": "Turha."}).status_code == 302
    assert hamina.now(request).state == "withdrawn"


def test_an_organisation_gives_its_statement_and_the_coordinator_records_one(login, cast, hamina):
    request = hamina.ask_organisation()
    page = url(cast, "statement_give", request.public_id)
    for user, status in (
        (cast.hannes, 200),
        (cast.kirsi, 200),
        (cast.kaisa, 200),
        (cast.nelli, 403),
        (cast.kalle, 404),
    ):
        assert login(user).get(page).status_code == status, user
    client = login(cast.hannes)
    assert "more" in client.post(page, {"language": "fi"}).context["form"].errors
    assert (
        client.post(page, {"language": "fi", "answer_1": "Hyvä.", "more": "Yksi.\n\nKaksi."}).status_code
        == 302
    )
    assert Statement.objects.get().source == "member"
    assert [str(p.text) for p in StatementPoint.objects.all()] == ["Hyvä.", "Yksi.", "Kaksi."]
    assert client.get(page).status_code == 403
    other = hamina.ask_organisation()
    login(cast.kaisa).post(
        url(cast, "statement_give", other.public_id), {"language": "fi", "more": "Kirjeestä."}
    )
    assert Statement.objects.get(request=other).source == "recorded"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_open_in_every_language(login, cast, hamina, matter, language):
    hamina.version = matter.freeze()
    asked, given, published = hamina.ask(), hamina.given(), hamina.published()
    client = login(cast.kaisa)
    pages = [
        url(cast, "statements"), url(cast, "request_new"), url(cast, "request_edit", asked.public_id),
        url(cast, "statement_give", asked.public_id), url(cast, "point_answer", given.public_id, 1),
        *(url(cast, "statement", row.public_id) for row in (asked, given, published)),
    ]  # fmt: skip
    for page in pages:
        assert client.get(page.replace("/fi/", f"/{language}/")).status_code == 200, page
    assert client.post(url(cast, "statement_link", asked.public_id), {"make": "1"}).status_code == 200


def test_the_list_takes_a_constant_number_of_queries(login, cast, django_assert_max_num_queries):
    client = login(cast.kaisa)
    for count in (100, 2_400):
        rows = StatementRequest.objects.bulk_create(
            f.StatementRequestFactory.build(plan=cast.plan, organisation=cast.hamina, state="given")
            for _n in range(count)
        )
        statements = Statement.objects.bulk_create(f.StatementFactory.build(request=row) for row in rows)
        StatementPoint.objects.bulk_create(f.StatementPointFactory.build(statement=row) for row in statements)
        with django_assert_max_num_queries(12):
            page = client.get(url(cast, "statements"))
        assert page.status_code == 200
        assert page.context["items"][0]["open_points"] == 1


def test_names_in_every_language_stand_on_the_page(login, cast, hamina):
    request = hamina.ask(
        council_name=Translated.of("Haminan nuorisovaltuusto", sv="Fredrikshamns ungdomsfullmäktige")
    )
    page = login(cast.kaisa).get(url(cast, "statement", request.public_id).replace("/fi/", "/sv/"))
    assert "Fredrikshamns ungdomsfullmäktige" in page.content.decode()


def test_a_stale_answer_shows_both_texts(login, cast, hamina):
    request = hamina.given()
    page = url(cast, "point_answer", request.public_id, 1)
    client = login(cast.kaisa)
    point = request.statement.points.get(position=1)
    first = {"taken": "taken", "answer": "Toisen vastaus.", "seen": point.row_version}
    assert client.post(page, first).status_code == 302
    response = client.post(page, first | {"answer": "Oma vastaus."})
    text = response.content.decode()
    assert response.status_code == 409
    assert "Toisen vastaus." in text
    assert "Oma vastaus." in text
    again = first | {"answer": "Oma vastaus.", "seen": point.row_version + 1}
    assert client.post(page, again).status_code == 302
    assert str(request.statement.points.get(position=1).answer) == "Oma vastaus."
