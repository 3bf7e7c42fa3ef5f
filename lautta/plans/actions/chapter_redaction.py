"""Removing personal data from texts that are otherwise never altered."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, search
from lautta.common.actors import Actor
from lautta.common.drafts import Fields, rewrite_drafts
from lautta.common.problems import Refused
from lautta.plans.actions.chapters import MAX_TITLE, index_chapter
from lautta.plans.chapters.richtext import Node, Run, parse, serialise
from lautta.plans.chapters.typed import from_text, to_text
from lautta.plans.models import Chapter, ChapterRevision
from lautta.plans.redactions import count_everywhere, remove_everywhere
from lautta.plans.rules import chapters as rules

PLACEHOLDERS = {
    "fi": "[poistettu pyynnöstä]",
    "sv": "[borttaget på begäran]",
    "en": "[removed on request]",
}
SHORTEST, LONGEST = 3, 500


@dataclass(frozen=True, slots=True)
class Redaction:
    """In how many revisions, drafts and frozen documents the words stood."""

    revisions: int
    drafts: int
    chapters: int
    frozen: int = 0


def draft_prefix(chapter: Chapter) -> str:
    """Keys of drafts of a chapter's texts begin with this; the language follows."""
    return f"chapter:{chapter.plan.public_id}:{chapter.public_id}:"


def passage_pattern(passage: str) -> re.Pattern[str]:
    """The words in any case and with any space between them. Raises Refused when they are too few or too
    many."""
    words = passage.split()
    length = len(" ".join(words))
    if not SHORTEST <= length <= LONGEST:
        raise Refused(
            _("Kirjoita poistettava kohta sellaisena kuin se on tekstissä: 3–500 merkkiä."),
            field="passage", status=422,
        )  # fmt: skip
    if any(passage.lower() in text for text in PLACEHOLDERS.values()):
        raise Refused(_("Nämä sanat kertovat jo, että kohta on poistettu."), field="passage", status=422)
    return re.compile(r"\s+".join(re.escape(word) for word in words), re.I)


def redact_revision(*, by: Actor, chapter: Chapter, passage: str, whole_plan: bool = False) -> Redaction:
    """Replace the words in every revision, draft and search entry of a chapter, or of all chapters of the
    plan.

    The trail tells how many texts changed, never the words. Words that run over the end of a paragraph
    are not found.
    """
    rules.demand_rule(by, rules.can_redact_chapter, chapter)
    pattern = passage_pattern(passage)
    with transaction.atomic():
        chapters = (
            Chapter.objects.filter(plan_id=chapter.plan_id)
            if whole_plan
            else Chapter.objects.filter(pk=chapter.pk)
        )
        touched, revisions, drafts = 0, 0, 0
        for each in chapters.select_for_update().select_related("plan"):
            changed = _redact_revisions(each, pattern)
            in_drafts = rewrite_drafts(
                prefix=draft_prefix(each), change=lambda key, fields: _redact_fields(key, fields, pattern)
            )
            if not changed and not in_drafts:
                continue
            touched, revisions, drafts = touched + 1, revisions + changed, drafts + in_drafts
            if each.ended_at is None:
                index_chapter(each, purge_old=True)
            audit.record(
                by=by, action="chapter.redact", target=each, scope=each.plan.public_id,
                organisation=each.organisation.public_id if each.organisation_id else "",
                changes={"revisions": (None, changed), "drafts": (None, in_drafts)},
            )  # fmt: skip
        frozen = remove_everywhere(by, chapter.plan, pattern, None if whole_plan else chapter)
        if touched:
            search.purge()
    return Redaction(revisions, drafts, touched, frozen)


def count_passage(*, chapter: Chapter, passage: str, whole_plan: bool = False) -> int:
    """In how many revisions and frozen documents the words stand; for asking before redacting."""
    pattern = passage_pattern(passage)
    revisions = ChapterRevision.objects.filter(chapter__plan_id=chapter.plan_id)
    if not whole_plan:
        revisions = revisions.filter(chapter=chapter)
    count = sum(_redacted(revision, pattern) is not None for revision in revisions.iterator(chunk_size=200))
    return count + count_everywhere(chapter.plan, pattern, None if whole_plan else chapter)


def _redact_revisions(chapter: Chapter, pattern: re.Pattern[str]) -> int:
    changed = 0
    for revision in chapter.revisions.iterator(chunk_size=200):
        texts = _redacted(revision, pattern)
        if texts is None:
            continue
        title, body, plain = texts
        ChapterRevision.objects.filter(pk=revision.pk).update(
            title=title[:MAX_TITLE], body=body, plain=plain, redacted_at=timezone.now()
        )
        changed += 1
    return changed


def _redacted(revision: ChapterRevision, pattern: re.Pattern[str]) -> tuple[str, str, str] | None:
    """The texts without the words, None when they do not stand there."""
    stand_in = PLACEHOLDERS[revision.language]
    title = pattern.sub(lambda _m: stand_in, revision.title)
    plain = pattern.sub(lambda _m: stand_in, revision.plain)
    body = redact_rich(revision.body, pattern, stand_in)
    texts = (title, body, plain)
    return None if texts == (revision.title, revision.body, revision.plain) else texts


def _redact_fields(key: str, fields: Fields, pattern: re.Pattern[str]) -> Fields:
    stand_in = PLACEHOLDERS.get(key.rsplit(":", 1)[-1], PLACEHOLDERS["fi"])
    changed: Fields = {}
    for name, value in fields.items():
        if name == "body" and isinstance(value, str):
            is_html = fields.get("body_format") == "html"
            rich = value if is_html else from_text(value)
            redacted = redact_rich(rich, pattern, stand_in)
            changed[name] = value if redacted == rich else (redacted if is_html else to_text(redacted))
        elif isinstance(value, str):
            changed[name] = pattern.sub(lambda _m: stand_in, value)
        else:
            changed[name] = value
    return changed


def redact_rich(text: str, pattern: re.Pattern[str], stand_in: str) -> str:
    """HTML with the words replaced, also where marks run through them; a link whose address holds them is
    undone."""
    blocks = parse(text)
    redacted = tuple(_redact_node(block, pattern, stand_in) for block in blocks)
    return text if redacted == blocks else serialise(redacted)


def _redact_node(node: Node, pattern: re.Pattern[str], stand_in: str) -> Node:
    if not node.is_leaf:
        return replace(node, children=tuple(_redact_node(c, pattern, stand_in) for c in node.children))
    runs = tuple(Run(r.text, tuple(m for m in r.marks if not _tells(m, pattern))) for r in node.runs)
    whole = "".join(run.text for run in runs)
    made: list[Run] = []
    at = 0
    for found in pattern.finditer(whole):
        made.extend(_cut(runs, at, found.start()))
        made.append(Run(stand_in))
        at = found.end()
    made.extend(_cut(runs, at, len(whole)))
    return replace(node, runs=tuple(made)) if at or runs != node.runs else node


def _tells(mark, pattern: re.Pattern[str]) -> bool:
    return isinstance(mark, tuple) and bool(pattern.search(unquote(mark[1]).replace("+", " ")))


def _cut(runs: tuple[Run, ...], start: int, end: int) -> list[Run]:
    made, at = [], 0
    for run in runs:
        first, last = max(start - at, 0), min(end - at, len(run.text))
        if first < last:
            made.append(Run(run.text[first:last], run.marks))
        at += len(run.text)
    return made
