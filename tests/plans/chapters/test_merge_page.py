"""Two people wrote at once: the page that merges their texts."""

import pytest

from lautta.common import drafts
from lautta.plans.actions import chapters as actions
from lautta.plans.models import Source
from lautta.plans.views.chapter_texts import draft_key
from tests.plans.chapters.pages import text, typed, url

BASE = "<p>Ensimmäinen kappale kertoo lapsista.</p><p>Toinen kappale kertoo perheistä.</p>"


@pytest.fixture
def conflict(cast, by, chapter, kaisa):
    """Kaisa has just been sent to the merge page; the coordinator's colleague changed both paragraphs and
    title."""
    actions.save_revision(
        by=by, chapter=chapter, language="fi", title="Nykytila", body=BASE, plain="Helppo.", based_on=1
    )
    theirs = BASE.replace("lapsista", "vauvoista").replace("perheistä", "kaikista perheistä")
    actions.save_revision(
        by=by, chapter=chapter, language="fi", title="Nykytila", body=theirs, plain="Helppo.", based_on=2
    )
    mine = "Ensimmäinen kappale kertoo nuorista.\n\nToinen kappale kertoo perheistä.\n\nUusi kolmas."
    answer = kaisa.post(
        url("chapter_edit", chapter, "fi"), typed(body=mine, based_on="2", plain="Helppo teksti.")
    )
    assert answer.headers["Location"] == url("chapter_merge", chapter, "fi")
    return chapter


def merge_post(page, **answers):
    held = {name: page.context["held"][name].value() for name in page.context["held"].fields}
    return {name: "" if value is None else value for name, value in held.items()} | answers


def test_the_merge_page_shows_both_and_asks_once(conflict, cast, kaisa):
    page = kaisa.get(url("chapter_merge", conflict, "fi"))
    shown = text(page)
    assert "1 kohta odottaa valintaasi" in shown
    assert "nuorista" in shown
    assert "vauvoista" in shown
    assert "Uusi kolmas." in shown
    assert drafts.draft_of(cast.kaisa, draft_key(conflict, "fi"))["based_on"] == "2"


@pytest.mark.parametrize(
    ("choice", "hand", "first"),
    [
        ("mine", "", "<p>Ensimmäinen kappale kertoo nuorista.</p>"),
        ("theirs", "", "<p>Ensimmäinen kappale kertoo vauvoista.</p>"),
        (
            "both",
            "",
            "<p>Ensimmäinen kappale kertoo vauvoista.</p><p>Ensimmäinen kappale kertoo nuorista.</p>",
        ),
        ("hand", "Kertoo **kaikista**.", "<p>Kertoo <strong>kaikista</strong>.</p>"),
    ],
)
def test_a_choice_makes_one_revision_with_everybodys_changes(conflict, cast, kaisa, choice, hand, first):
    page = kaisa.get(url("chapter_merge", conflict, "fi"))
    answers = {"choice-body-0": choice, "hand-body-0": hand}
    assert kaisa.post(url("chapter_merge", conflict, "fi"), merge_post(page, **answers)).status_code == 302
    made = conflict.revisions.get(language="fi", number=4)
    assert made.body == first + "<p>Toinen kappale kertoo kaikista perheistä.</p><p>Uusi kolmas.</p>"
    assert (made.plain, made.origin, made.based_on) == ("Helppo teksti.", "merge", 3)
    assert drafts.draft_of(cast.kaisa, draft_key(conflict, "fi")) is None


@pytest.mark.parametrize(
    "answers", [{}, {"choice-body-0": "x"}, {"choice-body-0": "hand", "hand-body-0": "a\x00"}]
)
def test_an_unanswered_question_is_asked_again_and_nothing_is_lost(conflict, cast, kaisa, answers):
    page = kaisa.get(url("chapter_merge", conflict, "fi"))
    again = kaisa.post(url("chapter_merge", conflict, "fi"), merge_post(page, **answers))
    assert again.status_code == 422
    assert "nuorista" in text(again)
    assert conflict.revisions.filter(language="fi").count() == 3
    assert drafts.draft_of(cast.kaisa, draft_key(conflict, "fi"))


def test_a_third_person_saving_meanwhile_begins_the_merge_again(conflict, cast, by, kaisa):
    page = kaisa.get(url("chapter_merge", conflict, "fi"))
    third = conflict.revisions.get(language="fi", number=3).body + "<p>Kolmannen ihmisen lisäys.</p>"
    actions.save_revision(
        by=by, chapter=conflict, language="fi", title="Nykytila", body=third, plain="Helppo.", based_on=3
    )
    answer = kaisa.post(url("chapter_merge", conflict, "fi"), merge_post(page, **{"choice-body-0": "mine"}))
    assert answer.headers["Location"] == url("chapter_merge", conflict, "fi")
    page = kaisa.get(url("chapter_merge", conflict, "fi"))
    assert page.status_code == 200
    [question] = page.context["merge"].questions()
    kaisa.post(url("chapter_merge", conflict, "fi"), merge_post(page, **{f"choice-{question.key}": "both"}))
    made = conflict.revisions.get(language="fi", number=5)
    assert made.based_on == 4
    for part in ("nuorista", "kaikista perheistä", "Kolmannen ihmisen lisäys.", "Uusi kolmas."):
        assert part in made.body
    assert made.plain == "Helppo teksti."


def test_a_forged_merge_form_is_refused(conflict, kaisa):
    address = url("chapter_merge", conflict, "fi")
    page = kaisa.get(address)
    for wrong in ({"latest": "77"}, {"based_on": "x"}, {"mine_body": "a\x00"}, {"mine_title": "x" * 400}):
        assert kaisa.post(address, merge_post(page, **{"choice-body-0": "mine"}, **wrong)).status_code == 422
    assert kaisa.post(address, {}).status_code == 422


def test_without_a_draft_there_is_nothing_to_merge(chapter, kaisa):
    assert kaisa.get(url("chapter_merge", chapter, "fi")).headers["Location"] == url(
        "chapter_edit", chapter, "fi"
    )


def test_a_source_ticked_before_the_conflict_is_cited_after_it(cast, chapter, by, kaisa):
    own = Source.objects.create(plan=cast.plan, title="y", sort_key="y")
    actions.save_revision(
        by=by,
        chapter=chapter,
        language="fi",
        title="Nykytila",
        body="<p>Toisen.</p>",
        plain="Helppo.",
        based_on=1,
    )
    sent = typed(title="Minun otsikkoni", sources=[own.public_id], sources_seen="")
    kaisa.post(url("chapter_edit", chapter, "fi"), sent)
    page = kaisa.get(url("chapter_merge", chapter, "fi"))
    assert kaisa.post(url("chapter_merge", chapter, "fi"), merge_post(page)).status_code == 302
    assert chapter.revisions.get(language="fi", number=3).title == "Minun otsikkoni"
    assert [c.source for c in chapter.citations.all()] == [own]
