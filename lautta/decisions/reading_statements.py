"""Requests, statements and comments for pages and papers; each in a constant number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch
from django.http import Http404

from lautta.common import clock
from lautta.decisions.choices_statements import STANDS, RequestState, Taken
from lautta.decisions.freezing import opened
from lautta.decisions.models import PassageComment, StatementPoint, StatementRequest, Version
from lautta.decisions.targets import targets
from lautta.plans.models import Plan
from lautta.plans.standing import Standing

_POINTS = Prefetch("statement__points", StatementPoint.objects.select_related("question"))


def request_of(standing: Standing, public_id: str) -> StatementRequest:
    """The plan's request as the person may see it, with its questions and points, or 404."""
    seen = StatementRequest.objects.filter(plan=standing.plan).visible_to(standing)
    found = seen.filter(public_id=public_id).with_content().prefetch_related("questions", _POINTS).first()
    if found is None:
        raise Http404
    found.plan = standing.plan
    return found


def public_request_of(plan: Plan, public_id: str) -> StatementRequest:
    """A published statement with its answers, or 404."""
    rows = plan.statement_requests.public().with_content().prefetch_related("questions", _POINTS)
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    found.plan = plan
    return found


def comment_of(plan: Plan, public_id: str) -> PassageComment:
    """A comment on one of the plan's versions, or 404."""
    rows = PassageComment.objects.filter(version__plan=plan).select_related("version", "organisation")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    found.version.plan = plan
    return found


def comment_counts(version: Version) -> dict[tuple[str, str], tuple[int, int]]:
    """{(kind, id): (comments, of them open)} of one version."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    rows = (
        version.comments.order_by().values_list("target_kind", "target_id", "state").annotate(n=Count("pk"))
    )
    for kind, key, state, n in rows:
        every, waiting = found.get((kind, key), (0, 0))
        found[kind, key] = (every + n, waiting + (n if state == Taken.OPEN else 0))
    return found


def tally(points: Iterable[StatementPoint]) -> dict[str, int]:
    """{"taken": 3, "partly": 1, "not_taken": 2, "open": 0}."""
    counted = Counter(point.taken for point in points)
    return {str(code): counted.get(code, 0) for code in Taken.values}


def public_summary(plan: Plan) -> dict[str, int]:
    """How many were asked, gave, and what became of the points of all published statements."""
    asked: Counter[str] = Counter(plan.statement_requests.order_by().values_list("state", flat=True))
    points = StatementPoint.objects.filter(statement__request__plan=plan)
    shown = points.filter(statement__request__state=RequestState.PUBLISHED)
    taken = Counter(shown.values_list("taken", flat=True))
    return {
        "asked": sum(n for state, n in asked.items() if state != RequestState.WITHDRAWN),
        "given": sum(asked.get(state, 0) for state in STANDS),
        "published": asked.get(RequestState.PUBLISHED, 0),
        "points": sum(taken.values()),
        **{str(code): taken.get(code, 0) for code in (Taken.TAKEN, Taken.PARTLY, Taken.NOT_TAKEN)},
    }


def statements_document(version: Version) -> dict[str, Any]:
    """Who was asked about the version, what they said and what was done about it, as plain data for papers and open data.

    {"version": {"id", "number", "kind", "year", "sha256"}, "as_of": "2026-11-24", "totals": {"asked", "given", "points", "taken",
    "partly", "not_taken", "open"}, "requests": [{"id", "who", "kind", "asked_on", "due", "state", "given_on", "source",
    "questions": [text], "points": [{"number", "question": number or None, "text", "place", "taken", "answer"}]}]}

    Each text is {language: words}. Words that nobody has confirmed are not told; of withdrawn requests nothing is. `place` is
    "" for the whole document. Only what is published may be shown in public: see `state`.
    """
    rows = (
        version.statement_requests.exclude(state=RequestState.WITHDRAWN)
        .select_related("organisation", "statement")
        .prefetch_related("questions", _POINTS)
        .order_by("asked_on", "pk")
    )
    labels = dict(targets(opened(version)))
    requests = [_request(row, labels) for row in rows]
    points = [point for row in requests for point in row["points"]]
    counted = Counter(point["taken"] for point in points)
    return {
        "version": {
            "id": version.public_id, "number": version.number, "kind": version.kind, "year": version.year,
            "sha256": version.sha256,
        },
        "as_of": clock.today().isoformat(),
        "totals": {
            "asked": len(requests),
            "given": sum(row["given_on"] is not None for row in requests),
            "points": len(points),
            **{str(code): counted.get(code, 0) for code in Taken.values},
        },
        "requests": requests,
    }  # fmt: skip


def _request(row: StatementRequest, labels: dict[str, str]) -> dict[str, Any]:
    statement = row.statement if row.state in STANDS else None
    numbers = {question.pk: question.position for question in row.questions.all()}
    return {
        "id": row.public_id,
        "who": _texts(row.who),
        "kind": row.council_kind,
        "matter": _texts(row.matter),
        "asked_on": row.asked_on.isoformat(),
        "due": row.due.isoformat(),
        "state": row.state,
        "source": statement.source if statement else None,
        "given_on": statement.given_on.isoformat() if statement else None,
        "questions": [_texts(question.text) for question in row.questions.all()],
        "points": [
            {
                "number": point.position,
                "question": numbers.get(point.question_id),
                "text": _texts(point.text),
                "place": place_of(point, labels),
                "taken": point.taken,
                "answer": _texts(point.answer),
            }
            for point in (statement.points.all() if statement else ())
        ],
    }


def place_of(point: StatementPoint, labels: dict[str, str]) -> str:
    """The place of the version in words; empty for the whole document."""
    return labels.get(f"{point.target_kind}:{point.target_id}", "") if point.target_id else ""


def _texts(text: Any) -> dict[str, str]:
    if not hasattr(text, "texts"):
        return {"fi": str(text)} if text else {}
    return {code: t.text for code, t in text.texts.items() if t.text}


def request_by_link(link_hash: str) -> StatementRequest | None:
    """Whose link has this hash, with the plan, its questions and what was sent back to be finished; else None."""
    return (
        StatementRequest.objects.filter(link_hash=link_hash)
        .exclude(link_hash="")
        .select_related("plan__region__area", "organisation", "version", "statement")
        .defer("version__content")
        .prefetch_related("questions", _POINTS)
        .first()
    )
