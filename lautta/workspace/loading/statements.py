"""statements.yaml: of whom statements were asked, what they said, and what was done about each point."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings

from lautta.common.actors import SYSTEM, Actor
from lautta.common.translated import LANGUAGES, Translated
from lautta.decisions.actions.asking import ask_statement
from lautta.decisions.actions.links import hash_of, renew_link
from lautta.decisions.actions.statements import (
    Said,
    answer_point,
    confirm_statement,
    give_by_link,
    give_statement,
    publish_statement,
)
from lautta.decisions.choices import VersionKind
from lautta.decisions.choices_statements import ANSWERS, CouncilKind, RequestState, StatementSource
from lautta.decisions.models import StatementRequest, Version
from lautta.organisations.permissions import Permission
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.world import World

FILE = "statements.yaml"
STATES = [RequestState.ASKED, RequestState.UNCONFIRMED, RequestState.GIVEN, RequestState.PUBLISHED]


@dataclass
class PointRow:
    row: Row
    text: str
    question: int
    taken: str
    answer: Translated


@dataclass
class RequestRow:
    """`version` is a kind; the newest of that kind that was frozen by the day of asking is meant."""

    row: Row
    asked: dict
    organisation: str
    version: str
    asked_on: dt.date
    given_on: dt.date | None
    source: str
    language: str
    state: str
    points: list[PointRow] = field(default_factory=list)


def read_statements(files: Files, known: RegionFile) -> list[RequestRow]:
    """None when there is no statements.yaml."""
    if not files.has(FILE):
        return []
    top = files.read(FILE)
    illustrative = top.flag("illustrative")
    found, keys = [], {}  # type: ignore[var-annotated]
    for row in top.rows("statements"):
        keys[row.new_key("key", keys)] = row
        asked = {
            "council_kind": row.choice("kind", CouncilKind.values),
            "council_name": row.translated("name", required=False),
            "matter": row.translated("matter"),
            "background": row.translated("background", required=False),
            "questions": row.translated_list("questions"),
            "languages": row.choices("languages", LANGUAGES, required=True),
            "due": row.date("due"),
            "is_illustrative": row.flag("illustrative", default=illustrative),
        }
        found.append(
            RequestRow(
                row,
                asked,
                organisation=row.choice("organisation", known.organisations, required=False),
                version=row.choice("version", VersionKind.values, required=False),
                asked_on=row.date("asked") or dt.date.min,
                given_on=row.date("given", required=False),
                source=row.choice("source", StatementSource.values, required=False),
                language=row.choice("language", LANGUAGES, required=False, default="fi"),
                state=row.choice("state", [s.value for s in STATES]),
                points=[_point(point) for point in row.rows("points")],
            )
        )
        _refuse_odd(found[-1])
    return found


def _point(row: Row) -> PointRow:
    return PointRow(
        row,
        text=row.text("text", most=4_000),
        question=row.whole("question", required=False, most=5),
        taken=row.choice("taken", [code.value for code in ANSWERS], required=False),
        answer=row.translated("answer", required=row.has("taken")),
    )


def _refuse_odd(r: RequestRow) -> None:
    came = r.state != RequestState.ASKED
    if came and not (r.given_on and r.source and r.points):
        r.row.wrong("state", "what has come needs given, source and points")
    if r.state == RequestState.UNCONFIRMED and r.source != StatementSource.LINK:
        r.row.wrong("source", "only what came through the link waits for a confirmation")
    if r.state == RequestState.PUBLISHED and not all(p.taken for p in r.points):
        r.row.wrong("points", "every point of what is published has its answer")
    for p in r.points:
        if p.question > len(r.asked["questions"]):
            p.row.wrong("question", "there is no such question")


@contextmanager
def on_day(day: dt.date) -> Iterator[None]:
    """What the actions date happens on the file's day."""
    before = settings.DEMO_DAY
    settings.DEMO_DAY = day
    try:
        yield
    finally:
        settings.DEMO_DAY = before


def load_statements(found: list[RequestRow], world: World) -> int:
    """Each asked, answered, confirmed and answered back by those whose work it is. Returns how many.

    Without a version to be about (a region that has frozen none), a request stands for a free matter.
    """
    for r in found:
        with r.row.blamed():
            _load(r, world)
    return len(found)


def _load(r: RequestRow, world: World) -> None:
    organisation = world.organisations[r.organisation] if r.organisation else None
    with on_day(r.asked_on):
        request = ask_statement(
            by=world.actor(Permission.ASK_STATEMENTS), plan=world.plan, organisation=organisation,
            version=_version(r, world), asked_on=r.asked_on, **r.asked,
        )  # fmt: skip
    if r.given_on is None or r.state == RequestState.ASKED:
        return
    with on_day(r.given_on):
        _give(r, request, world)
    if r.state == RequestState.UNCONFIRMED:
        return
    with on_day(min(r.given_on + dt.timedelta(days=14), world.last_day)):
        _answer(r, _now(request), world)


def _version(r: RequestRow, world: World) -> Version | None:
    if not r.version:
        return None
    versions = Version.objects.standing().filter(plan=world.plan, kind=r.version, frozen_on__lte=r.asked_on)
    return versions.light().newest_first().first()


def _speaker(request: StatementRequest, world: World) -> Actor:
    """Who answers for the organisation: the adult of a youth council, or somebody of its own."""
    wanted = Permission.CONFIRM_STATEMENTS if request.is_youth_council else Permission.GIVE_STATEMENTS
    return world.actor(wanted, request.organisation)


def _give(r: RequestRow, request: StatementRequest, world: World) -> None:
    questions = list(request.questions.all())
    said = [Said(p.text, questions[p.question - 1] if p.question else None) for p in r.points]
    if r.source == StatementSource.LINK:
        secret = renew_link(by=world.actor(Permission.ASK_STATEMENTS), request=request)
        give_by_link(by=SYSTEM, request=request, link_hash=hash_of(secret), language=r.language, said=said)
        if r.state != RequestState.UNCONFIRMED:
            now = _now(request)
            confirm_statement(by=_speaker(request, world), request=now, row_version=now.row_version)
        return
    recorded = r.source == StatementSource.RECORDED
    by = world.actor(Permission.ASK_STATEMENTS) if recorded else _speaker(request, world)
    give_statement(by=by, request=request, language=r.language, said=said, recorded=recorded)


def _answer(r: RequestRow, request: StatementRequest, world: World) -> None:
    by = world.actor(Permission.ASK_STATEMENTS)
    for p, point in zip(r.points, request.statement.points.all(), strict=True):
        if p.taken:
            answer_point(by=by, point=point, row_version=point.row_version, taken=p.taken, answer=p.answer)
    if r.state == RequestState.PUBLISHED:
        now = _now(request)
        publish_statement(by=by, request=now, row_version=now.row_version)


def _now(request: StatementRequest) -> StatementRequest:
    return StatementRequest.objects.select_related("plan", "organisation", "statement").get(pk=request.pk)
