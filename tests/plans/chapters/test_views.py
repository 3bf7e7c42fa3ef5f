import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lautta.common import drafts
from lautta.plans.actions import chapters as actions
from lautta.plans.models import Chapter, ChapterRevision, Source
from lautta.plans.views.chapter_texts import draft_key
from tests import factories as f
from tests.plans.chapters.pages import text, typed, url

# --- list -----------------------------------------------------------------------------------------


def test_the_list_tells_the_state_of_each_language(cast, chapter, by, kaisa):
    actions.publish_chapter(by=by, chapter=chapter, language="fi")
    actions.save_revision(
        by=by, chapter=chapter, language="fi", title="Nykytila", body="<p>Uusi.</p>", based_on=1
    )
    drafts.keep_draft(by=cast.actor(cast.kirsi), key=draft_key(chapter, "en"), fields={"title": "x"})
    page = text(kaisa.get(url("chapters", cast.plan)))
    assert "1 julkaisematon muutos" in page
    assert "Alkuteksti on muuttunut" in page
    assert "Kirsi kirjoittaa" in page
    assert "versio 2" in page


def test_others_see_published_chapters_and_their_own_sections(cast, chapter, by, login):
    own = actions.create_chapter(
        by=by, plan=cast.plan, organisation=cast.hamina, texts={"fi": ("Haminan osuus", "", "")}
    )
    page = text(login(cast.hannes).get(url("chapters", cast.plan)))
    assert "Haminan osuus" in page
    assert "Nykytila" not in page
    assert "Uusi luku" not in page
    assert login(cast.hannes).get(url("chapter", chapter, "fi")).status_code == 404
    actions.publish_chapter(by=by, chapter=chapter, language="fi")
    actions.save_revision(
        by=by, chapter=chapter, language="fi", title="Salainen nimi", body="<p>Salaa.</p>", based_on=1
    )
    client = login(cast.kalle)
    assert "Nykytila" in text(client.get(url("chapters", cast.plan)))
    page = text(client.get(url("chapter", chapter, "fi")))
    assert "Alku." in page
    assert "Sala" not in page
    assert client.get(url("chapter", own, "fi")).status_code == 404
    for name in ("chapter_history", "chapter_diff", "chapter_edit"):
        assert client.get(url(name, chapter, "fi")).status_code == 403
    for name in ("chapter_redact", "chapter_end"):
        assert client.get(url(name, chapter)).status_code == 403


def test_an_outsider_learns_nothing(cast, chapter, login):
    client = login(cast.urho)
    for name in ("chapter", "chapter_edit", "chapter_history", "chapter_merge", "chapter_diff"):
        assert client.get(url(name, chapter, "fi")).status_code == 404


def test_another_plans_chapter_is_not_found_under_this_plan(cast, kaisa):
    foreign = f.ChapterFactory(plan=cast.other_plan)
    address = url("chapter_edit", foreign, "fi").replace(cast.other_plan.public_id, cast.plan.public_id)
    assert kaisa.get(address).status_code == 404
    assert kaisa.post(address, typed()).status_code == 404
    assert not foreign.revisions.exists()


@pytest.mark.parametrize("language", ["de", "xx", "FI", "%00"])
def test_an_unknown_language_is_not_found(chapter, kaisa, language):
    address = url("chapter_edit", chapter, "fi").replace("/fi/edit/", f"/{language}/edit/")
    assert kaisa.get(address).status_code in {404, 400}


def test_buttons_move_a_chapter(cast, chapter, by, kaisa, login):
    other = actions.create_chapter(by=by, plan=cast.plan, texts={"fi": ("Toinen", "", "")})
    assert kaisa.post(url("chapter_move", other), {"step": "up"}).status_code == 302
    assert list(cast.plan.chapters.in_order()) == [other, chapter]
    assert kaisa.post(url("chapter_move", other), {"step": "x"}).status_code == 422
    actions.publish_chapter(by=by, chapter=other, language="fi")
    assert login(cast.kirsi).post(url("chapter_move", other), {"step": "down"}).status_code == 403


def test_a_new_chapter_and_a_section_of_ones_own(cast, kaisa, login):
    address = url("chapter_new", cast.plan)
    answer = kaisa.post(address, {"title": "Uusi", "language": "fi", "kind": "other"})
    made = cast.plan.chapters.get()
    assert answer.headers["Location"] == url("chapter_edit", made, "fi")
    kirsi = login(cast.kirsi)
    assert "Kotkan kaupunki" not in text(kirsi.get(address))
    for organisation in ("", cast.kotka.public_id, cast.elsewhere.public_id, "x", "a\x00"):
        wrong = {"title": "Oma", "language": "fi", "kind": "other", "organisation": organisation}
        assert kirsi.post(address, wrong).status_code == 422
    right = {"title": "Oma", "language": "fi", "kind": "other", "organisation": cast.hamina.public_id}
    assert kirsi.post(address, right).status_code == 302
    assert cast.plan.chapters.get(organisation=cast.hamina).revisions.get().title == "Oma"
    assert login(cast.hannes).get(address).status_code == 403


# --- writing --------------------------------------------------------------------------------------


def test_saving_and_saving_untouched(chapter, kaisa):
    address = url("chapter_edit", chapter, "fi")
    assert kaisa.post(address, typed(body="## Otsikko\n\nHyvä *arki*")).status_code == 302
    assert chapter.revisions.get(language="fi", number=2).body == "<h2>Otsikko</h2><p>Hyvä <em>arki</em></p>"
    page = kaisa.get(address)
    area = page.context["form"]["body"].field.widget.get_context(
        "body", page.context["form"]["body"].value(), {}
    )
    kaisa.post(address, typed(body=area["widget"]["value"].replace("\n", "\r\n"), based_on="2"))
    assert chapter.revisions.filter(language="fi").count() == 2


def test_the_editors_html_is_sanitised_and_the_writer_is_told(chapter, kaisa):
    evil = '<p onclick="x()">a</p><script>alert(1)</script><p><a href="javascript:1">b</a></p>'
    answer = kaisa.post(url("chapter_edit", chapter, "fi"), typed(body=evil, body_format="html"), follow=True)
    assert chapter.revisions.get(language="fi", number=2).body == "<p>a</p><p>b</p>"
    assert "jäi pois kohtia, joita ei voi julkaista: javascript:, onclick, script" in text(answer)
    assert "alert(1)" not in text(answer)


@pytest.mark.parametrize(
    ("values", "status", "sentence"),
    [
        ({"title": ""}, 422, "Anna luvulle otsikko"),
        ({"body": "x" * 500_000}, 422, "Teksti on liian pitkä yhdeksi luvuksi"),
        (
            {"body": "<p>" + "x" * 500_000, "body_format": "html"},
            422,
            "Teksti on liian pitkä yhdeksi luvuksi",
        ),
        ({"body": "a\x00b"}, 422, "merkki, jota ei voi tallentaa"),
        ({"title": "a\x00b"}, 422, "error"),
        ({"based_on": "x"}, 422, "error"),
        ({"based_on": "-1"}, 422, "error"),
        ({"based_on": "99", "body": "Muu."}, 422, "Lomake on vanhentunut"),
        ({"sources": "nonsense"}, 422, "error"),
    ],
)
def test_bad_input_is_told_and_nothing_is_saved(chapter, kaisa, values, status, sentence):
    answer = kaisa.post(url("chapter_edit", chapter, "fi"), typed(**values))
    assert answer.status_code == status
    assert sentence in text(answer)
    assert "Tarkista vielä nämä" in text(answer)
    assert chapter.revisions.filter(language="fi").count() == 1


def test_a_form_without_fields_is_told(chapter, kaisa):
    assert kaisa.post(url("chapter_edit", chapter, "fi"), {}).status_code == 422


def test_what_was_typed_stays_in_a_refused_form(chapter, kaisa):
    answer = kaisa.post(url("chapter_edit", chapter, "fi"), typed(title="", body="## Uusi teksti"))
    assert "## Uusi teksti" in text(answer)


def test_ten_megabytes_are_refused_and_the_draft_stays(cast, chapter, by, kaisa):
    drafts.keep_draft(by=by, key=draft_key(chapter, "fi"), fields={"title": "Kesken"})
    answer = kaisa.post(url("chapter_edit", chapter, "fi"), typed(body="x" * 10_000_000))
    assert answer.status_code == 413
    assert drafts.draft_of(cast.kaisa, draft_key(chapter, "fi")) == {"title": "Kesken"}
    assert kaisa.post(reverse("draft", kwargs={"key": "a"}), {"body": "x" * 10_000_000}).status_code == 413


def test_ten_megabytes_with_the_token_check_on_are_refused_clearly(cast, chapter):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.kaisa, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = strict.post(url("chapter_edit", chapter, "fi"), typed(body="x" * 10_000_000))
    assert answer.status_code == 413


def test_a_foreign_source_is_not_cited(cast, chapter, kaisa):
    foreign = Source.objects.create(plan=cast.other_plan, title="x", sort_key="x")
    own = Source.objects.create(plan=cast.plan, title="y", sort_key="y")
    assert (
        kaisa.post(url("chapter_edit", chapter, "fi"), typed(sources=[foreign.public_id])).status_code == 422
    )
    kaisa.post(url("chapter_edit", chapter, "fi"), typed(sources=[own.public_id]))
    assert [c.source for c in chapter.citations.all()] == [own]


def test_the_source_text_and_its_changes_stand_beside_a_translation(chapter, by, kaisa):
    actions.save_revision(
        by=by,
        chapter=chapter,
        language="fi",
        title="Nykytila",
        body="<p>Alku ja loppu.</p>",
        plain="Helppo.",
        based_on=1,
    )
    page = text(kaisa.get(url("chapter_edit", chapter, "sv")))
    assert "Mitä on muuttunut version 1 jälkeen" in page
    assert re.search(r"<ins>.*ja loppu.*</ins>", page)
    answers = {
        "title": "Nuläget",
        "body": "Början.",
        "body_format": "text",
        "plain": "",
        "based_on": "1",
        "source_seen": "2",
    }
    kaisa.post(url("chapter_edit", chapter, "sv"), answers | {"is_up_to_date": "on"})
    assert chapter.revisions.get(language="sv", number=2).made_from == 2
    assert "Mitä on muuttunut" not in text(kaisa.get(url("chapter_edit", chapter, "sv")))


def test_a_draft_comes_back_and_goes_when_saved(cast, chapter, by, kaisa):
    key = draft_key(chapter, "fi")
    drafts.keep_draft(by=by, key=key, fields=typed(body="<p>Kesken jäi</p>", body_format="html"))
    page = text(kaisa.get(url("chapter_edit", chapter, "fi")))
    assert "Palautimme luonnoksesi" in page
    assert "Kesken jäi" in page
    kaisa.post(url("chapter_edit", chapter, "fi"), typed(body="Kesken jäi, valmis"))
    assert drafts.draft_of(cast.kaisa, key) is None


def test_a_late_draft_of_what_was_saved_is_not_offered(chapter, by, kaisa):
    drafts.keep_draft(
        by=by, key=draft_key(chapter, "fi"), fields=typed(body="<p>Alku.</p>", body_format="html")
    )
    assert "Palautimme luonnoksesi" not in text(kaisa.get(url("chapter_edit", chapter, "fi")))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"body": ["a", "b"]},
        {"title": 7, "based_on": None},
        {"body": "x" * 900_000, "body_format": "html"},
        {"based_on": "x"},
    ],
)
def test_a_strange_draft_breaks_nothing(chapter, by, kaisa, fields):
    drafts.keep_draft(by=by, key=draft_key(chapter, "fi"), fields=fields)
    for name in ("chapter_edit", "chapter_merge"):
        assert kaisa.get(url(name, chapter, "fi")).status_code in {200, 302}


def test_publishing_from_the_page(cast, chapter, kaisa, login):
    address = url("chapter_publish", chapter, "fi")
    for wrong in ({}, {"number": "9"}, {"number": "x"}, {"number": "²"}):
        assert kaisa.post(address, wrong).status_code == 422
    assert kaisa.post(address, {"number": "1"}).status_code == 302
    assert ChapterRevision.objects.public().get(chapter=chapter).language == "fi"
    assert login(cast.kirsi).post(address, {"number": "1"}).status_code == 403


def test_ending_asks_for_the_reason(cast, chapter, kaisa):
    assert kaisa.post(url("chapter_end", chapter), {"reason": " "}).status_code == 422
    assert kaisa.post(url("chapter_end", chapter), {"reason": "Vanhentunut"}).status_code == 302
    assert "1 päättynyt luku" in text(kaisa.get(url("chapters", cast.plan)))
    assert kaisa.get(url("chapter_history", chapter, "fi")).status_code == 200


def test_redacting_first_asks_then_does(chapter, by, kaisa):
    actions.save_revision(
        by=by, chapter=chapter, language="fi", title="N", body="<p>Matti Meikäläinen</p>", based_on=1
    )
    address = url("chapter_redact", chapter)
    page = kaisa.post(address, {"passage": "Matti Meikäläinen", "where": "chapter", "find": "1"})
    assert "Kohta on 1 versiossa" in text(page)
    assert kaisa.post(address, {"passage": "x", "where": "chapter", "find": "1"}).status_code == 422
    assert kaisa.post(address, {"passage": "Matti Meikäläinen", "where": "y", "find": "1"}).status_code == 422
    kaisa.post(address, {"passage": "Matti Meikäläinen", "where": "chapter", "remove": "1"})
    assert chapter.revisions.get(number=2).body == "<p>[poistettu pyynnöstä]</p>"


# --- history ----------------------------------------------------------------------------------------


def test_any_two_versions_are_compared(chapter, by, kaisa):
    for n in (2, 3):
        actions.save_revision(
            by=by, chapter=chapter, language="fi", title="Nykytila", body=f"<p>Alku {n}.</p>", based_on=n - 1
        )
    page = text(kaisa.get(url("chapter_diff", chapter, "fi", from_=1, to=3)))
    assert "Versio 1 ja versio 3" in page
    assert "<ins>" in page
    assert "lisätty:" in page
    assert "Versio 2 ja versio 3" in text(kaisa.get(url("chapter_diff", chapter, "fi")))
    assert "Versio 1 ja versio 3" in text(kaisa.get(url("chapter_diff", chapter, "fi", from_=3, to=1)))
    assert "Ensimmäinen teksti" in text(kaisa.get(url("chapter_diff", chapter, "fi", to=1)))
    for bad in ({"to": 9}, {"from_": 9}, {"to": 3, "from_": 99}):
        assert kaisa.get(url("chapter_diff", chapter, "fi", **bad)).status_code == 404
    assert kaisa.get(url("chapter_diff", chapter, "fi", to="x", from_="²")).status_code == 200
    assert kaisa.get(url("chapter_diff", chapter, "en")).status_code == 404


def test_an_old_version_comes_back_as_a_new_one(cast, chapter, by, kaisa):
    actions.save_revision(
        by=by, chapter=chapter, language="fi", title="Nykytila", body="<p>Toinen</p>", based_on=1
    )
    address = url("chapter_restore", chapter, "fi")
    assert kaisa.post(address, {"number": "1", "latest": "1"}).status_code == 409
    assert kaisa.post(address, {"number": "9", "latest": "2"}).status_code == 422
    assert kaisa.post(address, {"number": "1", "latest": "2"}).status_code == 302
    assert chapter.revisions.get(language="fi", number=3).origin == "restore"


@pytest.mark.parametrize("name", ["chapter_edit", "chapter_merge", "chapter_restore", "chapter_publish"])
def test_an_ended_plan_is_read_only(cast, chapter, kaisa, name):
    type(cast.plan).objects.update(phase="ended")
    assert kaisa.post(url(name, chapter, "fi"), typed(number="1", latest="1")).status_code == 403
    page = text(kaisa.get(url("chapter", chapter, "fi")))
    assert "Muokkaa" not in page


# --- how many queries -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["chapters", "chapter_history", "chapter", "chapter_edit", "chapter_diff"])
def test_pages_ask_no_more_of_a_long_history(cast, chapter, kaisa, name):
    address = url(name, cast.plan) if name == "chapters" else url(name, chapter, "fi")
    counts = []
    for size in (100, 2400):
        fill_from = chapter.revisions.filter(language="fi").count()
        ChapterRevision.objects.bulk_create(
            [
                ChapterRevision(
                    chapter=chapter, language="fi", number=n + 1, title="T", body=f"<p>x {n}</p>", based_on=n
                )
                for n in range(fill_from, fill_from + size)
            ],
            batch_size=500,
        )
        with CaptureQueriesContext(connection) as queries:
            assert kaisa.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_the_list_asks_no_more_of_many_chapters(cast, chapter, by, kaisa):
    counts = []
    for size in (33, 800):
        made = Chapter.objects.bulk_create(
            [
                Chapter(plan=cast.plan, number=str(n), position=n, organisation=cast.hamina)
                for n in range(size)
            ],
            batch_size=500,
        )
        ChapterRevision.objects.bulk_create(
            [
                ChapterRevision(chapter=c, language=code, number=1, title="T")
                for c in made
                for code in ("fi", "sv", "en")
            ],
            batch_size=500,
        )
        with CaptureQueriesContext(connection) as queries:
            assert kaisa.get(url("chapters", cast.plan)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
