import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry, SearchEntry
from lautta.common.problems import Refused
from lautta.common.search import search
from lautta.plans.actions import chapters as actions
from lautta.plans.actions.chapters import EditConflict
from lautta.plans.models import ChapterRevision, Source
from tests import factories as f


@pytest.fixture
def by(cast):
    return cast.actor(cast.kaisa)


@pytest.fixture
def chapter(cast, by):
    texts = {"fi": ("Nykytila", "<p>Alku</p>", "Helppo"), "sv": ("Nuläget", "<p>Början</p>", "")}
    return actions.create_chapter(by=by, plan=cast.plan, kind="current_state", number="2", texts=texts)


def save(by, chapter, body, based_on, language="fi", **kwargs):
    return actions.save_revision(
        by=by,
        chapter=chapter,
        language=language,
        title="Nykytila",
        body=body,
        plain="Helppo",
        based_on=based_on,
        **kwargs,
    )


def test_a_chapter_begins_with_its_texts(chapter):
    fi, sv = (chapter.revisions.get(language=code) for code in ("fi", "sv"))
    assert (fi.number, fi.made_from, fi.body) == (1, None, "<p>Alku</p>")
    assert (sv.number, sv.made_from) == (1, 1)
    assert chapter.source_language == "fi"


def test_the_first_given_language_is_the_source_when_finnish_is_not(cast, by):
    chapter = actions.create_chapter(by=by, plan=cast.plan, texts={"sv": ("Inledning", "", "")})
    assert chapter.source_language == "sv"


def test_revisions_are_added_never_changed(chapter, by):
    save(by, chapter, "<p>Toinen</p>", 1)
    texts = (
        chapter.revisions.filter(language="fi").order_by("number").values_list("number", "body", "based_on")
    )
    assert list(texts) == [(1, "<p>Alku</p>", 0), (2, "<p>Toinen</p>", 1)]


def test_a_conflict_tells_the_latest_and_writes_nothing(chapter, by):
    save(by, chapter, "<p>Toinen</p>", 1)
    with pytest.raises(EditConflict) as conflict:
        save(by, chapter, "<p>Kolmas</p>", 1)
    assert conflict.value.latest.number == 2
    assert chapter.revisions.filter(language="fi").count() == 2


@pytest.mark.parametrize("based_on", [1, 2])
def test_the_same_whole_text_makes_no_revision(chapter, by, based_on):
    second = save(by, chapter, "<p>Toinen</p>", 1)
    assert save(by, chapter, "<div> Toinen </div>", based_on) == second
    assert chapter.revisions.filter(language="fi").count() == 2


def test_a_number_from_the_future_is_refused(chapter, by):
    with pytest.raises(Refused):
        save(by, chapter, "<p>x</p>", 7)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"body": "x" * 400_001}, "body"),
        ({"plain": "x" * 40_001}, "plain"),
        ({"language": "de"}, "language"),
        ({"body": "a\x00b"}, "body"),
    ],
)
def test_bad_texts_are_refused_beside_their_field(chapter, by, values, field):
    given = {"language": "fi", "title": "T", "body": "", "plain": "", "based_on": 1} | values
    with pytest.raises(Refused) as refusal:
        actions.save_revision(by=by, chapter=chapter, **given)
    assert (refusal.value.field, refusal.value.status) == (field, 422)
    assert chapter.revisions.filter(language="fi").count() == 1


def test_a_translation_stays_stale_until_the_translator_says_otherwise(chapter, by):
    save(by, chapter, "<p>Toinen</p>", 1)
    assert save(by, chapter, "<p>Lite bättre</p>", 1, language="sv").made_from == 1
    confirmed = save(by, chapter, "<p>Lite bättre</p>", 2, language="sv", made_from=2)
    assert (confirmed.number, confirmed.made_from) == (3, 2)
    assert save(by, chapter, "<p>Lite bättre</p>", 3, language="sv", made_from=99).number == 3


def test_the_trail_holds_numbers_and_no_text(chapter, by):
    save(by, chapter, "<p>Salainen</p>", 1)
    rows = AuditEntry.objects.filter(kind="chapter", object_id=chapter.public_id)
    assert [r.action for r in rows.order_by("pk")] == [
        "chapter.create",
        "chapter.save",
        "chapter.save",
        "chapter.save",
    ]
    assert "Salainen" not in str([r.changes for r in rows])


def found(cast, words, language="fi"):
    return [hit.object_id for hit in search(cast.plan.public_id, words, language=language).hits]


def test_only_published_text_is_found(cast, chapter, by):
    assert found(cast, "alku") == []
    actions.publish_chapter(by=by, chapter=chapter, language="fi")
    save(by, chapter, "<p>Ohjaamo aukeaa</p>", 1)
    assert found(cast, "alku") == [chapter.public_id]
    assert found(cast, "ohjaamo") == []
    actions.publish_chapter(by=by, chapter=chapter, language="fi")
    assert found(cast, "ohjaamo") == [chapter.public_id]
    assert found(cast, "alku") == []
    entry = SearchEntry.objects.get(object_id=chapter.public_id)
    assert entry.url_kwargs == {
        "plan_id": cast.plan.public_id,
        "chapter_id": chapter.public_id,
        "slug": "nykytila",
    }


def test_publishing_an_older_revision_and_again(chapter, by):
    save(by, chapter, "<p>Toinen</p>", 1)
    first = chapter.revisions.get(language="fi", number=1)
    made = actions.publish_chapter(by=by, chapter=chapter, language="fi", revision=first)
    assert actions.publish_chapter(by=by, chapter=chapter, language="fi", revision=first) == made
    assert ChapterRevision.objects.public().get(chapter=chapter).number == 1
    with pytest.raises(Refused):
        actions.publish_chapter(by=by, chapter=chapter, language="sv", revision=first)
    with pytest.raises(Refused):
        actions.publish_chapter(by=by, chapter=chapter, language="en")


def test_restoring_makes_a_new_revision(chapter, by):
    save(by, chapter, "<p>Toinen</p>", 1)
    old = chapter.revisions.get(language="fi", number=1)
    restored = actions.restore_revision(by=by, chapter=chapter, revision=old, based_on=2)
    assert (restored.number, restored.body, restored.origin) == (3, "<p>Alku</p>", "restore")
    with pytest.raises(EditConflict):
        actions.restore_revision(
            by=by, chapter=chapter, revision=chapter.revisions.get(language="fi", number=2), based_on=2
        )


def test_ending_takes_the_chapter_out_of_search_and_keeps_its_texts(cast, chapter, by):
    actions.publish_chapter(by=by, chapter=chapter, language="fi")
    ended = actions.end_chapter(by=by, chapter=chapter, reason="Yhdistetty lukuun 3")
    assert ended.ended_reason == "Yhdistetty lukuun 3"
    assert found(cast, "alku") == []
    assert chapter.revisions.count() == 2
    assert not ChapterRevision.objects.public().filter(chapter=chapter).exists()
    assert (
        actions.end_chapter(by=by, chapter=chapter, reason="uudelleen").ended_reason == "Yhdistetty lukuun 3"
    )
    with pytest.raises(PermissionDenied):
        save(by, chapter, "<p>x</p>", 1)


def test_a_chapter_with_living_subchapters_does_not_end(cast, chapter, by):
    actions.create_chapter(by=by, plan=cast.plan, parent=chapter, texts={"fi": ("Ala", "", "")})
    with pytest.raises(Refused):
        actions.end_chapter(by=by, chapter=chapter, reason="x")


def test_chapters_move_among_their_siblings(cast, chapter, by):
    other = actions.create_chapter(by=by, plan=cast.plan, texts={"fi": ("Toinen", "", "")})
    child = actions.create_chapter(by=by, plan=cast.plan, parent=chapter, texts={"fi": ("Ala", "", "")})
    assert actions.move_chapter(by=by, chapter=other, step=-1)
    assert list(cast.plan.chapters.filter(parent=None).in_order()) == [other, chapter]
    assert not actions.move_chapter(by=by, chapter=other, step=-1)
    assert not actions.move_chapter(by=by, chapter=child, step=1)
    with pytest.raises(Refused):
        actions.move_chapter(by=by, chapter=other, step=5)


def test_citations_of_two_writers_do_not_undo_each_other(cast, chapter, by):
    a, b, c = (Source.objects.create(plan=cast.plan, title=t, sort_key=t) for t in "abc")
    actions.set_citations(by=by, chapter=chapter, sources=[a, b])
    actions.set_citations(by=by, chapter=chapter, sources=[a, b, c], seen=[a, b])
    actions.set_citations(by=by, chapter=chapter, sources=[b], seen=[a, b])
    assert {x.source for x in chapter.citations.all()} == {b, c}
    foreign = Source.objects.create(plan=cast.other_plan, title="x", sort_key="x")
    with pytest.raises(Refused):
        actions.set_citations(by=by, chapter=chapter, sources=[foreign])


def test_places_that_do_not_fit_are_refused(cast, by):
    foreign = f.ChapterFactory(plan=cast.other_plan)
    for wrong in ({"parent": foreign}, {"organisation": cast.elsewhere}, {"kind": "x"}):
        with pytest.raises(Refused):
            actions.create_chapter(by=by, plan=cast.plan, texts={"fi": ("T", "", "")}, **wrong)
    assert not cast.plan.chapters.exists()


def test_a_half_made_chapter_leaves_nothing(cast, by):
    with pytest.raises(Refused):
        actions.create_chapter(by=by, plan=cast.plan, texts={"fi": ("T", "", ""), "sv": ("", "", "")})
    assert not cast.plan.chapters.exists()
    assert not AuditEntry.objects.exists()


def test_the_database_itself_refuses_a_second_row_of_one_number(chapter):
    with pytest.raises(IntegrityError), transaction.atomic():
        ChapterRevision.objects.create(chapter=chapter, language="fi", number=1, title="x")


def test_the_system_may_write_without_a_person(cast):
    chapter = actions.create_chapter(
        by=SYSTEM, plan=cast.plan, texts={"fi": ("T", "<p>a</p>", "")}, origin="import"
    )
    assert chapter.revisions.get().author is None
    assert chapter.revisions.get().origin == "import"
