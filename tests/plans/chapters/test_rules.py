"""Who may do what with chapters: before (drafting), during (in force) and after (ended)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lautta.plans.actions import chapters as actions
from lautta.plans.rules import chapters as rules
from lautta.plans.standing import standing_of
from tests import factories as f

EDITORS = {"joint": {"kaisa"}, "hamina": {"kaisa", "kirsi"}, "kotka": {"kaisa"}}
DRAFT_READERS = {
    "joint": {"kaisa"},
    "hamina": {"kaisa", "kirsi", "hannes", "nelli"},
    "kotka": {"kaisa", "kalle", "paula"},
}
PEOPLE = ["kaisa", "kirsi", "hannes", "nelli", "kalle", "paula", "urho"]


@pytest.fixture
def sections(cast):
    return {
        "joint": f.ChapterFactory(plan=cast.plan),
        "hamina": f.ChapterFactory(plan=cast.plan, organisation=cast.hamina),
        "kotka": f.ChapterFactory(plan=cast.plan, organisation=cast.kotka),
    }


@pytest.mark.parametrize("phase", ["drafting", "in_force", "ended"])
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("section", ["joint", "hamina", "kotka"])
def test_who_may(cast, sections, phase, person, section):
    cast.plan.phase = phase
    standing = standing_of(getattr(cast, person), cast.plan)
    chapter = sections[section]
    chapter.plan = cast.plan
    edits = person in EDITORS[section] and phase != "ended"
    assert rules.can_edit_chapter(standing, chapter) is edits
    assert rules.can_publish_chapter(standing, chapter) is edits
    assert rules.can_end_chapter(standing, chapter) is edits
    assert rules.can_see_drafts(standing, chapter) is (person in DRAFT_READERS[section])
    assert rules.can_redact_chapter(standing, chapter) is (person == "kaisa")


def test_nobody_edits_a_chapter_of_another_plan_or_an_ended_one(cast, sections):
    kaisa = standing_of(cast.kaisa, cast.plan)
    assert not rules.can_edit_chapter(kaisa, f.ChapterFactory(plan=cast.other_plan))
    assert not rules.can_see_drafts(kaisa, f.ChapterFactory(plan=cast.other_plan))
    sections["joint"].ended_at = timezone.now()
    assert not rules.can_edit_chapter(kaisa, sections["joint"])


@pytest.mark.parametrize("person", ["kirsi", "hannes", "kalle", "paula", "nelli", "urho"])
def test_actions_refuse_whom_the_rules_refuse(cast, sections, person):
    by = cast.actor(getattr(cast, person))
    chapter = sections["joint"]
    for attempt in (
        lambda: actions.save_revision(by=by, chapter=chapter, language="fi", title="T", body="", based_on=0),
        lambda: actions.publish_chapter(by=by, chapter=chapter, language="fi"),
        lambda: actions.end_chapter(by=by, chapter=chapter, reason="x"),
        lambda: actions.move_chapter(by=by, chapter=chapter, step=1),
        lambda: actions.set_citations(by=by, chapter=chapter, sources=[]),
        lambda: actions.create_chapter(by=by, plan=cast.plan, texts={"fi": ("T", "", "")}),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert not chapter.revisions.exists()


def test_a_lead_adds_the_own_section_and_no_other(cast):
    by = cast.actor(cast.kirsi, cast.hamina)
    made = actions.create_chapter(
        by=by, plan=cast.plan, organisation=cast.hamina, texts={"fi": ("Oma", "", "")}
    )
    actions.publish_chapter(by=by, chapter=made, language="fi")
    with pytest.raises(PermissionDenied):
        actions.create_chapter(by=by, plan=cast.plan, organisation=cast.kotka, texts={"fi": ("Muu", "", "")})


def test_a_standing_in_one_plan_gives_nothing_in_another(cast):
    by = cast.actor(cast.kaisa)
    with pytest.raises(PermissionDenied):
        actions.create_chapter(by=by, plan=cast.other_plan, texts={"fi": ("T", "", "")})


def test_a_plan_that_ended_while_the_form_was_open_refuses_the_save(cast, sections):
    by, chapter = cast.actor(cast.kaisa), sections["joint"]
    type(cast.plan).objects.filter(pk=cast.plan.pk).update(phase="ended")
    cast.plan.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.save_revision(
            by=cast.actor(cast.kaisa), chapter=chapter, language="fi", title="T", body="", based_on=0
        )
    assert by.standing.plan.phase == "ended"
