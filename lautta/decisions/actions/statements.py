"""Statements: given in the workspace or through the link, confirmed, answered point by point, and made public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import SYSTEM, Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.actions.asking import (
    locked_request,
    move,
    record,
    refuse_stale,
    require_speaker,
)
from lautta.decisions.choices import TargetKind
from lautta.decisions.choices_statements import (
    ANSWERS,
    STANDS,
    RequestState,
    StatementSource,
    Taken,
)
from lautta.decisions.freezing import opened
from lautta.decisions.indexing import index_statement
from lautta.decisions.models import Statement, StatementPoint, StatementQuestion, StatementRequest
from lautta.decisions.targets import targets
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.conflicts import StaleForm
from lautta.voices.actions import LooksPersonal, places_that_may_be_said
from lautta.voices.personal import Finding, signs

MOST_POINTS = 40
LONGEST_POINT = 4_000


@dataclass(frozen=True)
class Said:
    """One point as it comes: its words, and the question that it answers when it answers one."""

    text: str
    question: StatementQuestion | None = None


@transaction.atomic
def give_statement(
    *, by: Actor, request: StatementRequest, language: str, said: Sequence[Said], recorded: bool = False
) -> Statement:
    """The statement of an organisation, by one of its people; or, `recorded`, one that came by other ways than the workspace."""
    request = locked_request(request)
    if recorded:
        require(by, Permission.GIVE_STATEMENTS, plan=request.plan)
    else:
        require_speaker(by, request)
    source = StatementSource.RECORDED if recorded else StatementSource.MEMBER
    statement = Statement(
        request=request, source=source, language=language, given_on=clock.today(), given_by=by.user
    )
    _store(statement, request, said)
    move(request, RequestState.GIVEN)
    record(
        by=by,
        action="statement.give",
        request=request,
        changes={"source": (None, source), "points": (None, len(said))},
    )
    return statement


@transaction.atomic
def give_by_link(
    *, by: Actor = SYSTEM, request: StatementRequest, link_hash: str, language: str, said: Sequence[Said]
) -> Statement:
    """The answer of whoever holds the link. It waits for a confirmation; no trail is written, since there is nobody to name.

    Refused (410) when the link has been used, has expired or has been replaced meanwhile.
    """
    request = locked_request(request)
    if not link_is_open(request, link_hash):
        raise Refused(_("Linkki ei ole enää voimassa."), status=410)
    today = clock.today()
    week = today - dt.timedelta(days=today.weekday())
    statement = Statement(request=request, source=StatementSource.LINK, language=language, given_on=week)
    _store(statement, request, said)
    # The hash stays: the same address opens nothing any more, and can tell that the answer has come.
    move(request, RequestState.UNCONFIRMED)
    return statement


def link_is_open(request: StatementRequest, link_hash: str) -> bool:
    """The link is the request's newest one, nobody has answered through it, and it has not expired."""
    return (
        bool(request.link_hash)
        and request.link_hash == link_hash
        and request.state == RequestState.ASKED
        and request.link_expires_on is not None
        and clock.today() <= request.link_expires_on
    )


@transaction.atomic
def confirm_statement(
    *, by: Actor, request: StatementRequest, row_version: int, checked: bool = False
) -> StatementRequest:
    """The adult says that the words are the council's own and tell of nobody. Refused (LooksPersonal) while they show signs of
    personal data, unless `checked`.
    """
    request = _for_confirmation(by, request, row_version)
    statement = request.statement
    if not checked and signs_in(statement):
        raise LooksPersonal
    statement.given_on, statement.confirmed_by = clock.today(), by.user
    checked_save(statement, fields=["given_on", "confirmed_by"])
    move(request, RequestState.GIVEN)
    record(
        by=by,
        action="statement.confirm",
        request=request,
        changes={"state": (RequestState.UNCONFIRMED, request.state)},
    )
    return request


@transaction.atomic
def send_back(
    *, by: Actor, request: StatementRequest, row_version: int, erase: bool = False
) -> StatementRequest:
    """Let the council go on with its answer: it needs a new link, and finds its words there. With `erase` the words are gone."""
    request = _for_confirmation(by, request, row_version)
    if erase:
        request.statement.delete()
    request.link_hash, request.link_expires_on = "", None
    move(request, RequestState.ASKED)
    action = "statement.erase" if erase else "statement.send_back"
    record(
        by=by, action=action, request=request, changes={"state": (RequestState.UNCONFIRMED, request.state)}
    )
    return request


@transaction.atomic
def answer_point(
    *, by: Actor, point: StatementPoint, row_version: int, taken: str, answer: Translated, target: str | None = None
) -> StatementPoint:  # fmt: skip
    """Say what became of one point. What changed, or why it did not, is always told. `target`: "chapter:ID" of the version.

    With the last answer the whole statement is answered; an answer may be mended later.
    """
    point = (
        StatementPoint.objects.select_for_update(of=("self",)).select_related("statement").get(pk=point.pk)
    )
    request = locked_request(StatementRequest(pk=point.statement.request_id))
    require(by, Permission.ASK_STATEMENTS, plan=request.plan)
    if point.row_version != row_version:
        held = {"taken": (None, point.get_taken_display()), "answer": (None, point.answer)}
        raise StaleForm(changed=held, version=point.row_version)
    if request.state not in STANDS:
        raise Refused(_("Lausunto ei ole vielä tullut perille."))
    if taken not in ANSWERS:
        raise Refused(_("Valitse, otettiinko asia huomioon."), field="taken", status=422)
    if not answer:
        raise Refused(_("Kerro, mikä muuttui tai miksi ei."), field="answer", status=422)
    if any(len(t.text) > LONGEST_POINT for t in answer.texts.values()):
        raise Refused(_("Teksti on liian pitkä."), field="answer", status=422)
    values = {"taken": taken, "answer": answer, "answered_on": clock.today()}
    if target is not None:
        values["target_kind"], values["target_id"] = _target(request, target)
    if not (changes := audit.apply_changes(point, values)):
        return point
    point.row_version += 1
    checked_save(point)
    open_points = StatementPoint.objects.filter(statement=point.statement_id, taken=Taken.OPEN).exists()
    if request.state == RequestState.GIVEN and not open_points:
        move(request, RequestState.ANSWERED)
    told = {"point": (None, point.position), "taken": changes.get("taken", (taken, taken))}
    if request.state == RequestState.PUBLISHED:
        index_statement(request)
    record(by=by, action="statement.answer", request=request, changes=told)
    return point


@transaction.atomic
def publish_statement(*, by: Actor, request: StatementRequest, row_version: int) -> StatementRequest:
    """Show the statement and the answers to everybody. Refused while a point waits for its answer."""
    request = locked_request(request)
    require(by, Permission.ASK_STATEMENTS, plan=request.plan)
    refuse_stale(request, row_version)
    if request.state == RequestState.GIVEN:
        raise Refused(_("Vastaa ensin kaikkiin kohtiin."))
    move(request, RequestState.PUBLISHED)
    index_statement(request)
    record(
        by=by,
        action="statement.publish",
        request=request,
        changes={"state": (RequestState.ANSWERED, request.state)},
    )
    return request


@transaction.atomic
def unpublish_statement(*, by: Actor, request: StatementRequest, row_version: int) -> StatementRequest:
    """Take it out of the public; the answers stay."""
    request = locked_request(request)
    require(by, Permission.ASK_STATEMENTS, plan=request.plan)
    refuse_stale(request, row_version)
    if request.state != RequestState.PUBLISHED:
        raise Refused(_("Lausuntoa ei ole julkaistu."))
    move(request, RequestState.ANSWERED)
    index_statement(request)
    record(
        by=by,
        action="statement.unpublish",
        request=request,
        changes={"state": (RequestState.PUBLISHED, request.state)},
    )
    return request


@transaction.atomic
def erase_point(*, by: Actor, point: StatementPoint) -> None:
    """Remove one point for good: its words tell of a person. The trail keeps that it was done, and no word of it."""
    point = (
        StatementPoint.objects.select_for_update(of=("self",)).select_related("statement").get(pk=point.pk)
    )
    request = locked_request(StatementRequest(pk=point.statement.request_id))
    require(by, Permission.ASK_STATEMENTS, plan=request.plan)
    if request.state not in STANDS:
        # Before the confirmation the words are for the council's adult alone.
        raise PermissionDenied
    record(by=by, action="statement.erase_point", request=request, changes={"point": (point.position, None)})
    left = point.statement.points.exclude(pk=point.pk)
    point.delete()
    if request.state == RequestState.GIVEN and not left.filter(taken=Taken.OPEN).exists():
        move(request, RequestState.ANSWERED)
    index_statement(request)


def signs_in(statement: Statement) -> list[Finding]:
    """What in the statement's words looks like personal data."""
    places = places_that_may_be_said(statement.request.plan)
    texts = [text.text for point in statement.points.all() for text in point.text.texts.values()]
    return [finding for text in texts for finding in signs(text, places=places)]


def _for_confirmation(by: Actor, request: StatementRequest, row_version: int) -> StatementRequest:
    request = locked_request(request)
    if request.organisation is not None:
        # The coordinator has every organisation's right to give statements, and no youth council's right to confirm.
        require_speaker(by, request)
    else:
        require(by, Permission.GIVE_STATEMENTS, plan=request.plan)
    refuse_stale(request, row_version)
    if request.state != RequestState.UNCONFIRMED:
        raise Refused(_("Mikään vastaus ei odota vahvistusta."))
    return request


def _store(statement: Statement, request: StatementRequest, said: Sequence[Said]) -> None:
    said = [Said(s.text.strip(), s.question) for s in said if s.text.strip()]
    if not said:
        raise Refused(_("Kirjoita ainakin yksi asia."), field="more", status=422)
    if len(said) > MOST_POINTS:
        raise Refused(
            _("Asioita on liian monta: enintään %(most)s.") % {"most": MOST_POINTS}, field="more", status=422
        )
    if statement.language not in request.languages:
        raise Refused(_("Valitse kieli luettelosta."), field="language", status=422)
    for one in said:
        if len(one.text) > LONGEST_POINT:
            raise Refused(_("Teksti on liian pitkä."), field="more", status=422)
        if one.question is not None and one.question.request_id != request.pk:
            raise Refused(_("Kysymys ei kuulu tähän pyyntöön."), status=422)
    if not request.may_become(RequestState.GIVEN) or request.state != RequestState.ASKED:
        raise Refused(_("Lausunto on jo annettu, tai pyyntö on päättynyt."))
    # What was sent back to be finished is replaced by what comes now.
    Statement.objects.filter(request=request).delete()
    checked_save(statement)
    for position, one in enumerate(said, 1):
        text = Translated.of(one.text, language=statement.language)
        checked_save(StatementPoint(statement=statement, position=position, question=one.question, text=text))


def _target(request: StatementRequest, target: str) -> tuple[str, str]:
    kind, _colon, key = target.partition(":")
    if kind == TargetKind.WHOLE and not key:
        return TargetKind.WHOLE, ""
    if request.version is None or target not in dict(targets(opened(request.version))):
        raise Refused(_("Tätä kohtaa ei ole versiossa."), field="target", status=422)
    return kind, key
