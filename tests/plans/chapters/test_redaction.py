import pytest
from django.core.exceptions import PermissionDenied

from lautta.common import drafts
from lautta.common.models import AuditEntry, SearchEntry
from lautta.common.problems import Refused
from lautta.plans.actions import chapters as actions
from lautta.plans.actions.chapter_redaction import count_passage, draft_prefix, redact_revision

BODY = (
    "<p>Näin kertoi <strong>Matti</strong> Meikäläinen Haminasta.</p>"
    '<p><a href="mailto:matti.meikalainen@x.invalid">Sähköposti</a></p><ul><li>matti  meikäläinen</li></ul>'
)


@pytest.fixture
def chapter(cast):
    by = cast.actor(cast.kaisa)
    texts = {
        "fi": ("Nykytila", BODY, "Matti Meikäläinen kertoi."),
        "sv": ("Matti Meikäläinen", "<p>x</p>", ""),
    }
    made = actions.create_chapter(by=by, plan=cast.plan, texts=texts)
    actions.publish_chapter(by=by, chapter=made, language="fi")
    actions.save_revision(
        by=by, chapter=made, language="fi", title="Nykytila", body="<p>Toinen</p>", based_on=1
    )
    return made


def everything(chapter) -> str:
    rows = [str(list(chapter.revisions.values())), str(list(AuditEntry.objects.values()))]
    rows.append(str(list(SearchEntry.objects.values())))
    rows.append(str([d.fields for d in drafts.drafts_starting("").defer(None)]))
    return "\n".join(rows).lower()


def test_the_words_go_from_revisions_drafts_and_search(cast, chapter):
    by, other = cast.actor(cast.kaisa), cast.actor(cast.kirsi)
    key = draft_prefix(chapter) + "fi"
    drafts.keep_draft(by=by, key=key, fields={"title": "A", "body": BODY, "body_format": "html", "plain": ""})
    drafts.keep_draft(
        by=other,
        key=key,
        fields={"body": "Hei **Matti** Meikäläinen", "body_format": "text", "sources": ["a"]},
    )
    done = redact_revision(by=by, chapter=chapter, passage="matti  Meikäläinen")
    assert (done.revisions, done.drafts, done.chapters) == (2, 2, 1)
    text = everything(chapter)
    assert "meikäläinen" not in text
    assert "matti.meik" in text
    first = chapter.revisions.get(language="fi", number=1)
    assert "<p>Näin kertoi [poistettu pyynnöstä] Haminasta.</p>" in first.body
    assert first.plain == "[poistettu pyynnöstä] kertoi."
    assert first.redacted_at
    assert chapter.revisions.get(language="sv").title == "[borttaget på begäran]"
    assert chapter.revisions.get(language="fi", number=2).redacted_at is None
    assert "poistettu pyynnöstä" in SearchEntry.objects.get().body


def test_an_address_that_holds_the_words_is_undone(cast, chapter):
    redact_revision(by=cast.actor(cast.kaisa), chapter=chapter, passage="matti.meikalainen@x.invalid")
    assert "<p>Sähköposti</p>" in chapter.revisions.get(language="fi", number=1).body


def test_counting_changes_nothing(cast, chapter):
    assert count_passage(chapter=chapter, passage="Matti Meikäläinen") == 2
    assert "meikäläinen" in everything(chapter)


def test_the_whole_plan_at_once_also_when_it_has_ended(cast, chapter):
    by = cast.actor(cast.kaisa)
    other = actions.create_chapter(by=by, plan=cast.plan, texts={"fi": ("T", "<p>Matti Meikäläinen</p>", "")})
    actions.end_chapter(by=by, chapter=other, reason="x")
    type(cast.plan).objects.update(phase="ended")
    cast.plan.refresh_from_db()
    done = redact_revision(
        by=cast.actor(cast.kaisa), chapter=chapter, passage="Matti Meikäläinen", whole_plan=True
    )
    assert (done.revisions, done.chapters) == (3, 2)
    assert other.revisions.get().body == "<p>[poistettu pyynnöstä]</p>"


@pytest.mark.parametrize("passage", ["a", "", "x" * 501, "poistettu"])
def test_too_little_or_too_much_is_refused(cast, chapter, passage):
    with pytest.raises(Refused):
        redact_revision(by=cast.actor(cast.kaisa), chapter=chapter, passage=passage)


def test_signs_are_words_not_patterns(cast, chapter):
    assert redact_revision(by=cast.actor(cast.kaisa), chapter=chapter, passage=".*.*").revisions == 0


def test_only_the_coordinator(cast, chapter):
    with pytest.raises(PermissionDenied):
        redact_revision(by=cast.actor(cast.kirsi), chapter=chapter, passage="Matti Meikäläinen")
