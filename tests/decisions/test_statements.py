"""Statements: asked, answered through a link that nobody can misuse, confirmed by the adult, answered point by point."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from lautta.common.models import AuditEntry, OutgoingMail
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.actions import asking, links
from lautta.decisions.actions import statements as actions
from lautta.decisions.forms.statements import StatementForm
from lautta.decisions.models import Statement, StatementPoint, StatementRequest
from lautta.decisions.reading_statements import statements_document
from lautta.voices.actions import LooksPersonal

pytestmark = pytest.mark.django_db
D = dt.date


# --- asking -------------------------------------------------------------------------------------------


def test_a_request_is_kept_with_its_questions_and_tells_those_who_may_answer(hamina):
    request = hamina.ask()
    assert (request.state, request.asked_on, str(request.who)) == (
        "asked",
        D(2024, 3, 1),
        "Haminan nuorisovaltuusto",
    )
    assert [str(q) for q in request.questions.all()] == ["Mikä suunnitelmassa on hyvää?", "Mitä puuttuu?"]
    mail = OutgoingMail.objects.get()
    assert mail.user == hamina.cast.nelli
    assert "Suunnitelma 2025" in mail.text
    assert "10.4.2024" in mail.text
    assert AuditEntry.objects.get(action="statement.ask").organisation_id == hamina.cast.hamina.public_id


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"council_kind": "king"}, "council_kind"),
        ({"matter": Translated()}, "matter"),
        ({"matter": Translated.of("a" * 201)}, "matter"),
        ({"organisation": None}, "organisation"),
        ({"council_kind": "organisation", "organisation": None}, None),
        ({"council_name": Translated()}, "council_name"),
        ({"due": D(2024, 2, 29)}, None),
        ({"languages": []}, "languages"),
        ({"languages": ["ru"]}, "languages"),
        ({"questions": [Translated.of("Miksi?")] * 6}, "questions"),
        ({"questions": [Translated()]}, "questions"),
        ({"questions": [Translated.of("a" * 301)]}, "questions"),
    ],
)
def test_a_bad_request_is_refused_with_the_field_and_nothing_is_kept(hamina, given, field):
    with pytest.raises(Refused) as refusal:
        hamina.ask(**given)
    assert (refusal.value.status, refusal.value.field) == (422, field)
    assert not StatementRequest.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_nothing_of_another_plan_is_asked_about(hamina, matter):
    version = matter.freeze()
    with pytest.raises(Refused, match="ei ole mukana"):
        hamina.ask(organisation=hamina.cast.elsewhere)
    version.plan_id = hamina.cast.other_plan.pk
    with pytest.raises(Refused, match="Versio ei kuulu"):
        hamina.ask(version=version)


@pytest.mark.parametrize("who", ["hannes", "kirsi", "nelli", "paula", "urho"])
def test_only_the_coordinator_asks(hamina, who):
    with pytest.raises(PermissionDenied):
        hamina.ask(by=hamina.cast.actor(getattr(hamina.cast, who)))


def test_a_request_is_changed_until_somebody_has_answered(hamina):
    request = hamina.ask()
    new = {"matter": Translated.of("Toinen asia"), "languages": ["sv"]}
    request = asking.update_request(
        by=hamina.kaisa, request=request, row_version=1, values=new, questions=[Translated.of("Yksi vain?")]
    )
    assert (str(request.matter), request.languages, request.row_version) == ("Toinen asia", ["sv"], 2)
    assert [str(q) for q in request.questions.all()] == ["Yksi vain?"]
    with pytest.raises(Refused, match="Joku muu tallensi"):
        asking.update_request(by=hamina.kaisa, request=request, row_version=1, values={}, questions=[])
    request = hamina.answer(hamina.ask())
    with pytest.raises(Refused, match="siihen on jo vastattu"):
        asking.update_request(
            by=hamina.kaisa, request=request, row_version=request.row_version, values=new, questions=[]
        )


def test_a_request_ends_with_its_reason_and_can_be_asked_again(hamina):
    request = hamina.ask()
    with pytest.raises(Refused, match="Kerro, miksi"):
        asking.close_without(by=hamina.kaisa, request=request, row_version=1, reason=" ")
    request = asking.close_without(by=hamina.kaisa, request=request, row_version=1, reason="Ei kokousta.")
    assert (request.state, request.state_reason) == ("not_given", "Ei kokousta.")
    with pytest.raises(Refused, match="on jo mennyt"):
        asking.ask_again(by=hamina.kaisa, request=request, row_version=request.row_version, due=D(2024, 2, 1))
    request = asking.ask_again(
        by=hamina.kaisa, request=request, row_version=request.row_version, due=D(2024, 6, 1)
    )
    assert (request.state, request.state_reason, request.due) == ("asked", "", D(2024, 6, 1))
    request = asking.withdraw_request(
        by=hamina.kaisa, request=request, row_version=request.row_version, reason="Turha."
    )
    with pytest.raises(Refused, match="ei ole päättynyt"):
        asking.ask_again(by=hamina.kaisa, request=request, row_version=request.row_version, due=D(2024, 6, 1))


# --- the link -----------------------------------------------------------------------------------------


def test_only_the_hash_of_a_link_is_kept(hamina):
    request = hamina.ask()
    secret = hamina.link(request)
    stored = hamina.now(request)
    assert stored.link_hash == links.hash_of(secret)
    everything = json.dumps(
        [str(row) for model in (StatementRequest, AuditEntry) for row in model.objects.values()]
    )
    assert secret not in everything
    assert stored.link_expires_on == D(2024, 4, 11), (
        "a day after the due date, when that is more than thirty days away"
    )


def test_a_new_link_makes_the_former_void(hamina):
    request = hamina.ask()
    first, second = hamina.link(request), hamina.link(request)
    assert first != second
    with pytest.raises(Refused, match="ei ole enää voimassa"):
        actions.give_by_link(
            request=request, link_hash=links.hash_of(first), language="fi", said=[actions.Said("Hei")]
        )
    actions.give_by_link(
        request=request, link_hash=links.hash_of(second), language="fi", said=[actions.Said("Hei")]
    )
    with pytest.raises(Refused, match="ei ole enää voimassa"):
        actions.give_by_link(
            request=request, link_hash=links.hash_of(second), language="fi", said=[actions.Said("Hei taas")]
        )
    assert [str(p.text) for p in StatementPoint.objects.all()] == ["Hei"]


@pytest.mark.parametrize(("day", "opens"), [(D(2024, 4, 11), True), (D(2024, 4, 12), False)])
def test_a_link_opens_to_its_last_day(hamina, day, opens):
    request = hamina.ask()
    link_hash = links.hash_of(hamina.link(request))
    hamina.go_to(day)
    assert actions.link_is_open(hamina.now(request), link_hash) is opens


def test_an_empty_hash_opens_nothing(hamina):
    request = hamina.ask()
    assert not actions.link_is_open(request, "")
    links.renew_link(by=hamina.nelli, request=request)
    links.close_link(by=hamina.nelli, request=request)
    assert not actions.link_is_open(hamina.now(request), "")
    with pytest.raises(Refused, match="Linkkiä ei ole"):
        links.close_link(by=hamina.kaisa, request=request)


def test_who_makes_a_link(hamina):
    request = hamina.ask()
    for by in (hamina.kaisa, hamina.nelli):
        assert links.renew_link(by=by, request=request)
    for who in ("hannes", "kirsi", "kalle", "paula", "urho"):
        with pytest.raises(PermissionDenied):
            links.renew_link(by=hamina.cast.actor(getattr(hamina.cast, who)), request=request)
    answered = hamina.answer(request)
    with pytest.raises(Refused, match="vielä odotetaan"):
        links.renew_link(by=hamina.nelli, request=answered)


def test_of_a_link_nothing_but_the_words_is_kept(hamina):
    hamina.go_to(D(2024, 3, 7))
    before = AuditEntry.objects.count()
    request = hamina.ask()
    hamina.link(request)
    made = AuditEntry.objects.count()
    statement = Statement.objects.get(request=hamina.answer(request))
    assert (statement.source, statement.given_by, statement.confirmed_by) == ("link", None, None)
    assert statement.given_on == D(2024, 3, 4), "the Monday of the week, not the day"
    # One row of asking, two of links, and none of the answer.
    assert (made - before, AuditEntry.objects.count() - made) == (2, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(given_by=hamina.cast.nelli)


@pytest.mark.parametrize(
    ("texts", "language", "words"),
    [
        ([], "fi", "Kirjoita ainakin yksi asia"),
        (["  ", "\n"], "fi", "Kirjoita ainakin yksi asia"),
        (["a" * 4001], "fi", "liian pitkä"),
        (["a"] * 41, "fi", "liian monta"),
        (["Hei"], "en", "Valitse kieli"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(hamina, texts, language, words):
    request = hamina.ask()
    link_hash = links.hash_of(hamina.link(request))
    with pytest.raises(Refused, match=words):
        actions.give_by_link(
            request=request, link_hash=link_hash, language=language, said=[actions.Said(t) for t in texts]
        )
    assert not Statement.objects.exists()
    assert hamina.now(request).state == "asked"


def test_a_question_of_another_request_is_not_answered(hamina):
    one, other = hamina.ask(), hamina.ask()
    link_hash = links.hash_of(hamina.link(one))
    said = [actions.Said("Hei", other.questions.first())]
    with pytest.raises(Refused, match="ei kuulu tähän pyyntöön"):
        actions.give_by_link(request=one, link_hash=link_hash, language="fi", said=said)


# --- the adult's yes ----------------------------------------------------------------------------------


def test_the_adult_confirms_and_the_statement_bears_the_councils_name(hamina):
    request = hamina.answer(hamina.ask())
    assert request.state == "unconfirmed"
    hamina.go_to(D(2024, 3, 20))
    request = hamina.now(hamina.confirm(request))
    assert (request.state, str(request.who)) == ("given", "Haminan nuorisovaltuusto")
    assert (request.statement.given_on, request.statement.confirmed_by) == (D(2024, 3, 20), hamina.cast.nelli)
    assert [str(p.text) for p in request.statement.points.all()] == ["Kerhot ovat hyviä.", "Bussi puuttuu."]


def test_nobody_else_confirms_not_even_the_one_who_asked(hamina):
    request = hamina.answer(hamina.ask())
    for who in ("kaisa", "hannes", "kirsi", "kalle", "paula", "urho"):
        by = hamina.cast.actor(getattr(hamina.cast, who))
        with pytest.raises(PermissionDenied):
            actions.confirm_statement(by=by, request=request, row_version=request.row_version)
        with pytest.raises(PermissionDenied):
            actions.send_back(by=by, request=request, row_version=request.row_version, erase=True)


def test_words_that_look_personal_are_looked_at_before_the_yes(hamina):
    request = hamina.answer(hamina.ask(), "Matti Meikäläinen kiusaa.", "Soita 040 1234567.")
    with pytest.raises(LooksPersonal):
        hamina.confirm(request)
    assert hamina.now(request).state == "unconfirmed"
    assert hamina.confirm(request, checked=True).state == "given"


def test_an_answer_goes_back_with_its_words_or_without(hamina):
    request = hamina.answer(hamina.ask(), "Kesken.")
    old = request.link_hash
    request = actions.send_back(by=hamina.nelli, request=request, row_version=request.row_version)
    assert (request.state, request.link_hash) == ("asked", "")
    assert StatementForm.words_of(hamina.now(request))["answer_1"] == "Kesken."
    assert not actions.link_is_open(hamina.now(request), old)
    request = hamina.answer(request, "Valmis.")
    assert [str(p.text) for p in StatementPoint.objects.all()] == ["Valmis."]
    actions.send_back(by=hamina.nelli, request=request, row_version=request.row_version, erase=True)
    assert not Statement.objects.exists()
    assert not StatementPoint.objects.exists()
    entry = AuditEntry.objects.get(action="statement.erase")
    assert "Valmis" not in json.dumps(entry.changes)


def test_words_sent_back_go_when_the_request_ends(hamina):
    request = hamina.answer(hamina.ask())
    with pytest.raises(Refused, match="odottaa ohjaajan vahvistusta"):
        asking.withdraw_request(
            by=hamina.kaisa, request=request, row_version=request.row_version, reason="Ei enää."
        )
    request = actions.send_back(by=hamina.nelli, request=request, row_version=request.row_version)
    asking.close_without(
        by=hamina.kaisa, request=request, row_version=request.row_version, reason="Ei tullut."
    )
    assert not Statement.objects.exists()


def test_an_elderly_council_without_an_organisation_is_confirmed_by_the_coordinator(hamina):
    request = hamina.ask(
        council_kind="elderly_council", organisation=None, council_name=Translated.of("Vanhusneuvosto")
    )
    request = hamina.answer(request)
    with pytest.raises(PermissionDenied):
        actions.confirm_statement(by=hamina.nelli, request=request, row_version=request.row_version)
    assert (
        actions.confirm_statement(by=hamina.kaisa, request=request, row_version=request.row_version).state
        == "given"
    )


# --- in the workspace ---------------------------------------------------------------------------------


def test_an_organisation_answers_in_the_workspace(hamina):
    request = hamina.ask_organisation()
    statement = actions.give_statement(
        by=hamina.hannes, request=request, language="sv", said=hamina.said(request, "Bra.")
    )
    assert (statement.source, statement.given_by, statement.given_on) == (
        "member",
        hamina.cast.hannes,
        D(2024, 3, 1),
    )
    assert statement.points.get().text.source == "sv"
    assert hamina.now(request).state == "given"
    with pytest.raises(Refused, match="on jo annettu"):
        actions.give_statement(
            by=hamina.hannes, request=request, language="fi", said=hamina.said(request, "Taas.")
        )


def test_who_gives_what(hamina):
    council, organisation = hamina.ask(), hamina.ask_organisation()
    for who, request in (
        ("hannes", council), ("kirsi", council), ("kalle", council), ("nelli", organisation), ("kalle", organisation),
        ("paula", organisation), ("urho", organisation),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            actions.give_statement(
                by=hamina.cast.actor(getattr(hamina.cast, who)),
                request=request,
                language="fi",
                said=[actions.Said("Hei")],
            )
    with pytest.raises(PermissionDenied):
        actions.give_statement(
            by=hamina.hannes, request=organisation, language="fi", said=[actions.Said("Hei")], recorded=True
        )
    recorded = actions.give_statement(
        by=hamina.kaisa, request=organisation, language="fi", said=[actions.Said("Kirjeestä")], recorded=True
    )
    assert recorded.source == "recorded"
    assert actions.give_statement(
        by=hamina.nelli, request=council, language="fi", said=[actions.Said("Kokouksesta")]
    ).source == "member"  # fmt: skip


# --- answering ----------------------------------------------------------------------------------------


def test_points_are_answered_one_by_one_and_the_last_one_closes(hamina):
    request = hamina.given()
    first, second = request.statement.points.all()
    actions.answer_point(
        by=hamina.kaisa, point=first, row_version=1, taken="taken", answer=Translated.of("Kerhot jatkuvat.")
    )
    assert hamina.now(request).state == "given"
    with pytest.raises(Refused, match="Vastaa ensin"):
        hamina.publish(request)
    actions.answer_point(
        by=hamina.kaisa, point=second, row_version=1, taken="not_taken", answer=Translated.of("Rahaa ei ole.")
    )
    request = hamina.now(request)
    assert request.state == "answered"
    assert hamina.publish(request).state == "published"
    # An answer may be mended afterwards.
    first.refresh_from_db()
    actions.answer_point(
        by=hamina.kaisa,
        point=first,
        row_version=2,
        taken="partly",
        answer=Translated.of("Kerhot jatkuvat osin."),
    )
    request = hamina.now(request)
    assert request.state == "published"
    request = actions.unpublish_statement(by=hamina.kaisa, request=request, row_version=request.row_version)
    assert request.state == "answered"
    with pytest.raises(Refused, match="ei ole julkaistu"):
        actions.unpublish_statement(by=hamina.kaisa, request=request, row_version=request.row_version)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"taken": "maybe"}, "taken"),
        ({"taken": "open"}, "taken"),
        ({"answer": Translated()}, "answer"),
        ({"answer": Translated.of("a" * 4001)}, "answer"),
        ({"target": "chapter:bbbbbbbbbb"}, "target"),
        ({"target": "palace:"}, "target"),
        ({"row_version": 7}, None),
    ],
)
def test_a_bad_answer_is_refused_with_the_field(hamina, given, field):
    point = hamina.given().statement.points.first()
    values = {"row_version": 1, "taken": "taken", "answer": Translated.of("Tehtiin.")} | given
    with pytest.raises(Refused) as refusal:
        actions.answer_point(by=hamina.kaisa, point=point, **values)
    assert refusal.value.field == field
    point.refresh_from_db()
    assert (point.taken, point.row_version) == ("open", 1)


def test_only_the_coordinator_answers_and_only_what_is_confirmed(hamina):
    request = hamina.answer(hamina.ask())
    point = request.statement.points.first()
    with pytest.raises(Refused, match="ei ole vielä tullut"):
        actions.answer_point(
            by=hamina.kaisa, point=point, row_version=1, taken="taken", answer=Translated.of("Ok")
        )
    with pytest.raises(PermissionDenied):
        actions.erase_point(by=hamina.kaisa, point=point)
    hamina.confirm(request)
    for by in (hamina.nelli, hamina.hannes):
        with pytest.raises(PermissionDenied):
            actions.answer_point(by=by, point=point, row_version=1, taken="taken", answer=Translated.of("Ok"))
        hamina_now = hamina.now(request)
        with pytest.raises(PermissionDenied):
            actions.publish_statement(by=by, request=hamina_now, row_version=hamina_now.row_version)


def test_a_point_that_tells_of_a_person_is_erased_and_no_word_stays(hamina):
    request = hamina.given()
    first, second = request.statement.points.all()
    actions.answer_point(
        by=hamina.kaisa, point=first, row_version=1, taken="taken", answer=Translated.of("Ok")
    )
    actions.erase_point(by=hamina.kaisa, point=second)
    assert hamina.now(request).state == "answered", "nothing waits for an answer any more"
    assert not any("Bussi" in json.dumps(e.changes, ensure_ascii=False) for e in AuditEntry.objects.all())


def test_a_point_is_tied_to_a_place_of_the_version(hamina, matter):
    hamina.version = matter.freeze()
    request = hamina.given()
    point = request.statement.points.first()
    actions.answer_point(
        by=hamina.kaisa, point=point, row_version=1, taken="taken", answer=Translated.of("Ok"),
        target=f"chapter:{matter.chapter.public_id}",
    )  # fmt: skip
    row = statements_document(hamina.version)["requests"][0]["points"][0]
    assert row["place"] == "1 Johdanto"


def test_the_document_for_papers_tells_what_is_confirmed_and_nothing_else(hamina, matter):
    hamina.version = matter.freeze()
    hamina.published()
    hamina.answer(hamina.ask())
    hamina.ask_organisation()
    withdrawn = hamina.ask()
    asking.withdraw_request(by=hamina.kaisa, request=withdrawn, row_version=1, reason="Turha.")
    document = statements_document(hamina.version)
    assert document["totals"] == {
        "asked": 3, "given": 1, "points": 2, "open": 0, "taken": 2, "partly": 0, "not_taken": 0,
    }  # fmt: skip
    published, unconfirmed, waiting = document["requests"]
    assert published["who"] == {"fi": "Haminan nuorisovaltuusto"}
    assert published["points"][1] == {
        "number": 2, "question": 2, "text": {"fi": "Bussi puuttuu."}, "place": "", "taken": "taken",
        "answer": {"fi": "Lisäsimme tämän lukuun 2."},
    }  # fmt: skip
    assert published["questions"][0]["sv"] == "Vad är bra i planen?"
    assert (unconfirmed["state"], unconfirmed["points"], unconfirmed["given_on"]) == ("unconfirmed", [], None)
    assert waiting["who"] == {"fi": "Haminan kaupunki"}
    assert json.loads(json.dumps(document)) == document
