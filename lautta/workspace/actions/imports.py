"""Bringing in a plan: file → draft → what a person accepts of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import jobs
from lautta.common.actors import Actor
from lautta.common.audit import record
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations.permissions import Permission
from lautta.plans.access import require
from lautta.plans.actions.background import add_participant, add_source
from lautta.plans.actions.chapters import create_chapter, set_citations
from lautta.plans.actions.goals import create_goal, set_criteria
from lautta.plans.models import Chapter, Goal, Plan, Source
from lautta.voices.actions import add_voice
from lautta.voices.models import Voice
from lautta.workspace.importing import PARTS, chapter_kind, speaker_role
from lautta.workspace.models import PlanImport

Choices = dict[str, dict[int, dict[str, str]]]


@transaction.atomic
def start_import(*, by: Actor, plan: Plan, filename: str, content: bytes) -> PlanImport:
    """Keep the file and let the worker read it."""
    from lautta.workspace.tasks import read_import

    require(by, Permission.EDIT_PLAN, plan=plan)
    found = PlanImport.objects.create(plan=plan, filename=filename[-200:], content=content)
    job = jobs.start(
        by=by, scope=plan.public_id, kind="plan_import", task=read_import, input={"import": found.public_id}
    )
    found.job = job
    found.save(update_fields=["job"])
    return found


@transaction.atomic
def keep_draft_of(*, by: Actor, plan_import: PlanImport, draft: dict[str, Any]) -> None:
    """What was read; nothing of it is in the plan yet. The file itself is let go."""
    PlanImport.objects.filter(pk=plan_import.pk).update(
        draft=draft, state=PlanImport.State.CHECKING, content=b""
    )
    record(by=by, action="import.read", target=plan_import, scope=plan_import.plan.public_id)


@transaction.atomic
def mark_unreadable(*, by: Actor, plan_import: PlanImport) -> None:
    """The file could not be read at all; it is let go."""
    PlanImport.objects.filter(pk=plan_import.pk).update(state=PlanImport.State.UNREADABLE, content=b"")
    record(by=by, action="import.unreadable", target=plan_import, scope=plan_import.plan.public_id)


@transaction.atomic
def discard_import(*, by: Actor, plan_import: PlanImport) -> None:
    """Nothing of it is taken; the draft is erased, as it may name people."""
    require(by, Permission.EDIT_PLAN, plan=plan_import.plan)
    changed = PlanImport.objects.filter(pk=plan_import.pk, state=PlanImport.State.CHECKING).update(
        state=PlanImport.State.DISCARDED, draft={}
    )
    if changed:
        record(by=by, action="import.discard", target=plan_import, scope=plan_import.plan.public_id)


@transaction.atomic
def take_import(*, by: Actor, plan_import: PlanImport, choices: Choices) -> dict[str, int]:
    """Make what the person accepted part of the plan, as drafts: nothing becomes public by this.

    choices: {part: {index in the draft: {"title": …, "kind": …}}}; what is absent is left out. All or nothing.
    Returns how many of each part were made. Raises Refused when the draft was already taken or discarded.
    """
    plan = plan_import.plan
    require(by, Permission.EDIT_PLAN, plan=plan)
    locked = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if locked.state != PlanImport.State.CHECKING:
        raise Refused(_("Tämä luonnos on jo otettu mukaan tai hylätty."))
    draft, language = locked.draft, locked.draft.get("language") or "fi"
    sources = _take_sources(by, plan, draft, choices)
    chapters = _take_chapters(by, plan, draft, choices, language, sources)
    goals = _take_goals(by, plan, draft, choices, language)
    voices = _take_voices(by, plan, draft, choices, language, chapters)
    participants = _take_participants(by, plan, draft, choices)
    locked.state, locked.draft = PlanImport.State.TAKEN, {}
    locked.save(update_fields=["state", "draft"])
    counts = dict(zip(PARTS, (len(chapters), len(goals), voices, len(sources), participants), strict=True))
    record(by=by, action="import.take", target=locked, scope=plan.public_id, changes={"made": (None, counts)})
    return counts


def _chosen(draft: dict, choices: Choices, part: str) -> list[tuple[int, dict[str, Any], dict[str, str]]]:
    rows, wanted = draft.get(part, []), choices.get(part, {})
    return [(i, rows[i], wanted[i]) for i in sorted(wanted) if 0 <= i < len(rows)]


def _take_sources(by: Actor, plan: Plan, draft: dict, choices: Choices) -> dict[str, Source]:
    made = {}
    for _i, row, _said in _chosen(draft, choices, "sources"):
        made[row["text"]] = add_source(
            by=by,
            plan=plan,
            authors="",
            year=row["year"],
            title=(row["author"] or row["text"])[:400],
            publisher="",
            url="",
        )
    return made


def _take_chapters(
    by: Actor, plan: Plan, draft: dict, choices: Choices, language: str, sources: dict[str, Source]
) -> dict[int, Chapter]:
    made: dict[int, Chapter] = {}
    above: list[tuple[int, Chapter]] = []
    for i, row, said in _chosen(draft, choices, "chapters"):
        title = said.get("title") or row["title"]
        while above and above[-1][0] >= row["level"]:
            above.pop()
        parent = above[-1][1] if above else None
        chapter = create_chapter(
            by=by,
            plan=plan,
            kind=parent.kind if parent else chapter_kind(title),
            number=row["number"][:12],
            parent=parent,
            texts={language: (title[:300], row["html"], "")},
            source_language=language,
            origin="import",
        )
        if cited := [sources[c] for c in row["citations"] if c in sources]:
            set_citations(by=by, chapter=chapter, sources=cited)
        above.append((row["level"], chapter))
        made[i] = chapter
    return made


def _take_goals(by: Actor, plan: Plan, draft: dict, choices: Choices, language: str) -> dict[int, Goal]:
    made: dict[int, Goal] = {}
    # A number that the plan already uses stays with its goal; the one brought in comes without.
    taken = set(plan.goals.current().values_list("number", flat=True))
    for i, row, said in _chosen(draft, choices, "goals"):
        kind = said.get("kind") or row["kind"]
        parent = made.get(row["parent"]) if row["parent"] is not None else None
        if kind in (Goal.Kind.MEANS, Goal.Kind.SUBGOAL) and parent is None:
            raise Refused(_("Valitse myös tavoite, johon ”%(title)s” kuuluu.") % {"title": row["title"]})
        goal = create_goal(
            by=by,
            plan=plan,
            kind=kind,
            number="" if row["number"][:12] in taken else row["number"][:12],
            parent=parent if kind in (Goal.Kind.MEANS, Goal.Kind.SUBGOAL) else None,
            title=Translated.of(said.get("title") or row["title"], language=language),
            description=Translated.of(row["description"], language=language),
        )
        if row["criteria"]:
            set_criteria(
                by=by,
                goal=goal,
                criteria=[(None, Translated.of(c, language=language)) for c in row["criteria"]],
            )
        made[i] = goal
    return made


def _take_voices(
    by: Actor, plan: Plan, draft: dict, choices: Choices, language: str, chapters: dict[int, Chapter]
) -> int:
    chosen = _chosen(draft, choices, "quotations")
    for _i, row, said in chosen:
        add_voice(
            by=by,
            plan=plan,
            text=Translated.of(said.get("title") or row["text"], language=language),
            speaker_role=speaker_role(row["speaker"], row["role"]),
            method=Voice.Method.IMPORT,
            chapter=chapters.get(row["chapter"]) if row["chapter"] is not None else None,
        )
    return len(chosen)


def _take_participants(by: Actor, plan: Plan, draft: dict, choices: Choices) -> int:
    chosen = _chosen(draft, choices, "participants")
    for _i, row, _said in chosen:
        add_participant(
            by=by, plan=plan, name=row["name"][:120], part=row["organisation"][:200], organisation=None
        )
    return len(chosen)
