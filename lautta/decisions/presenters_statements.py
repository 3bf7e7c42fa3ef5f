"""Requests, statements and commented passages as pages show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from lautta.common.translated import Translated
from lautta.decisions.choices import TargetKind
from lautta.decisions.choices_statements import STANDS, RequestState, Taken
from lautta.decisions.freezing import Document
from lautta.decisions.models import PassageComment, StatementPoint, StatementRequest
from lautta.decisions.passages import Passage, chapter_passages, thing_passage
from lautta.decisions.reading_statements import place_of

STATE_MARKS: dict[str, tuple[str, str]] = {
    RequestState.ASKED: ("clock", "pill-under-way"),
    RequestState.UNCONFIRMED: ("people", "pill-under-way"),
    RequestState.GIVEN: ("edit", "pill-alert"),
    RequestState.ANSWERED: ("check", "pill-ok"),
    RequestState.PUBLISHED: ("globe", "pill-ok"),
    RequestState.NOT_GIVEN: ("minus", "pill-planned"),
    RequestState.WITHDRAWN: ("cancelled", "pill-planned"),
}
TAKEN_MARKS: dict[str, tuple[str, str]] = {
    Taken.OPEN: ("clock", "pill-under-way"),
    Taken.TAKEN: ("check", "pill-ok"),
    Taken.PARTLY: ("under-way", "pill-accent"),
    Taken.NOT_TAKEN: ("close", "pill-planned"),
}
ALL = "all"


def taken_mark(taken: str) -> dict[str, str]:
    icon, css = TAKEN_MARKS[taken]
    return {"label": str(Taken(taken).label), "icon": icon, "css": css}


def request_row(request: StatementRequest, today: dt.date) -> dict:
    """`points` and `open_points` come with the queryset (with_tallies)."""
    icon, css = STATE_MARKS[request.state]
    late = request.is_late(today)
    return {
        "request": request,
        "icon": "late" if late else icon,
        "css": "pill-alert" if late else css,
        "label": _("Myöhässä") if late else request.get_state_display(),
        # Before the confirmation nothing is told of what has come.
        "points": getattr(request, "points", 0) if request.state in STANDS else 0,
        "open_points": getattr(request, "open_points", 0) if request.state in STANDS else 0,
    }


def request_tabs(plan_id: str, counts: Mapping[str, int], state: str) -> list[dict]:
    """All, and each state that somebody's request is in."""
    base = reverse("decisions:statements", args=(plan_id,))
    items = [
        ("", _("Kaikki")),
        *((s.value, str(s.label)) for s in RequestState if counts.get(s) or s == state),
    ]
    return [
        {
            "label": label,
            "url": f"{base}?{urlencode({'state': code})}" if code else base,
            "current": code == state,
            "count": counts.get(code, 0) if code else sum(counts.values()),
        }
        for code, label in items
    ]


def point_rows(points: Iterable[StatementPoint], labels: Mapping[str, str]) -> list[dict]:
    """Each point with its place in words and the mark of what became of it."""
    return [
        {"point": point, "place": place_of(point, dict(labels)), "mark": taken_mark(point.taken)}
        for point in points
    ]


# --- the draft that circulates ------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """One page of a draft: a chapter, the goals, or the measures."""

    code: str
    label: str
    url: str
    current: bool
    comments: int
    waiting: int


def places(
    document: Document,
    plan_id: str,
    version_id: str,
    current: str,
    counts: Mapping[tuple[str, str], tuple[int, int]],
) -> list[Place]:
    """The contents of the draft in reading order, with how many comments each has."""
    base = reverse("decisions:draft", args=(plan_id, version_id))

    def of(kind: str, rows: Iterable[Mapping]) -> tuple[int, int]:
        found = [counts.get((kind, row["id"]), (0, 0)) for row in rows]
        return sum(n for n, _w in found), sum(w for _n, w in found)

    entries = [
        (c["id"], chapter_label(c), of(TargetKind.CHAPTER, [c]))
        for c in in_reading_order(document.chapters)
        if c["texts"]
    ]
    if document.goals:
        entries.append(("goals", _("Tavoitteet"), of(TargetKind.GOAL, document.goals)))
    if document.measures:
        entries.append(("measures", _("Toimenpiteet"), of(TargetKind.MEASURE, document.measures)))
    return [
        Place(
            code,
            f"{label} ({every})" if every else label,
            f"{base}?{urlencode({'at': code})}",
            code == current,
            every,
            waiting,
        )
        for code, label, (every, waiting) in entries
    ]


def in_reading_order(chapters: Iterable[Mapping]) -> list[Mapping]:
    """Each chapter followed by its sections, however deep; a section whose chapter is not there stands last."""
    rows = list(chapters)
    below: dict[str | None, list[Mapping]] = {}
    for row in rows:
        below.setdefault(row["parent"], []).append(row)
    found: list[Mapping] = []

    def walk(parent: str | None) -> None:
        for row in below.pop(parent, []):
            found.append(row)
            walk(row["id"])

    walk(None)
    for parent in list(below):
        walk(parent)
    return found


def chapter_label(chapter: Mapping) -> str:
    texts = {code: row["title"] for code, row in chapter["texts"].items()}
    title = Translated.from_mapping(texts, source=chapter["source_language"])
    return f"{chapter['number']} {title}".strip()


def language_here(chapter: Mapping, wanted: str) -> str:
    """The wanted language where the chapter has it, else the language that it was written in, else any."""
    texts = chapter["texts"]
    return next((code for code in (wanted, chapter["source_language"], *texts) if code in texts), "")


@dataclass(frozen=True)
class Line:
    """A passage with what has been said of it; `text` is the plain rest of a goal or a measure."""

    passage: Passage
    comments: list[PassageComment]
    text: str = ""
    url: str = ""
    is_open: bool = False
    below: list[str] = field(default_factory=list)


def lines(document: Document, place: str, language: str, comments: Iterable[PassageComment]) -> list[Line]:
    """The passages of one page of the draft, each with its comments."""
    said: dict[tuple[str, str, str, int | None], list[PassageComment]] = {}
    for comment in comments:
        key = (comment.target_kind, comment.target_id, comment.language, comment.block)
        said.setdefault(key, []).append(comment)

    def line(passage: Passage, text: str = "", below: Iterable[str] = ()) -> Line:
        key = (passage.kind, passage.key, passage.language, passage.block)
        return Line(passage, said.get(key, []), text, below=list(below))

    if place == "goals":
        return [
            line(
                thing_passage(TargetKind.GOAL, goal),
                str(Translated.from_json(goal["description"])),
                [str(Translated.from_json(c["text"])) for c in goal["criteria"]],
            )
            for goal in document.goals
        ]
    if place == "measures":
        return [
            line(thing_passage(TargetKind.MEASURE, row), str(Translated.from_json(row.get("change"))))
            for row in document.measures
        ]
    chapter = next((c for c in document.chapters if c["id"] == place), None)
    return [line(passage) for passage in chapter_passages(chapter, language)] if chapter else []


def comment_rows(comments: Iterable[PassageComment], labels: Mapping[str, str]) -> list[dict]:
    """Comments under the chapter, goal or measure that they are about: [{"label", "comments": [{"comment", "mark"}]}], places in
    the document's order.
    """
    found: dict[str, list[dict]] = {}
    for comment in comments:
        key = f"{comment.target_kind}:{comment.target_id}"
        found.setdefault(key, []).append({"comment": comment, "mark": taken_mark(comment.state)})
    order = [key for key in labels if key in found] + [key for key in found if key not in labels]
    return [{"label": labels.get(key, ""), "comments": found[key]} for key in order]
