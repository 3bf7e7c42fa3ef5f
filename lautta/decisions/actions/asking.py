"""Asking for statements: the request with its questions, its withdrawal, and that none was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock, mail
from lautta.common.actors import Actor
from lautta.common.models import User
from lautta.common.problems import Refused
from lautta.common.translated import LANGUAGES, Translated
from lautta.decisions.choices_statements import CouncilKind, RequestState
from lautta.decisions.models import Statement, StatementQuestion, StatementRequest, Version
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import OWN_ORGANISATION, Permission, Role
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.conflicts import StaleForm
from lautta.plans.models import Plan, RoleAssignment

MOST_QUESTIONS = 5
LONGEST_QUESTION, LONGEST_MATTER, LONGEST_BACKGROUND = 300, 200, 4_000


@transaction.atomic
def ask_statement(
    *,
    by: Actor,
    plan: Plan,
    council_kind: str,
    matter: Translated,
    due: dt.date,
    version: Version | None = None,
    organisation: Organisation | None = None,
    council_name: Translated | None = None,
    background: Translated | None = None,
    questions: Sequence[Translated] = (),
    languages: Sequence[str] = ("fi",),
    asked_on: dt.date | None = None,
    is_illustrative: bool = False,
) -> StatementRequest:
    """Ask for a statement on a frozen version, or on a free matter without one. Those who may answer are told by mail.

    A youth council is asked through the organisation whose adult confirms its answer.
    """
    require(by, Permission.ASK_STATEMENTS, plan=plan)
    request = StatementRequest(
        plan=plan, version=version, matter=matter, background=background or Translated(), organisation=organisation,
        council_kind=council_kind, council_name=council_name or Translated(), asked_on=asked_on or clock.today(), due=due,
        languages=_languages(languages), is_illustrative=is_illustrative,
    )  # fmt: skip
    _refuse_bad(request, questions)
    checked_save(request)
    _set_questions(request, questions)
    changes = {"council_kind": (None, council_kind), "due": (None, due), "version": (None, version)}
    record(by=by, action="statement.ask", request=request, changes=changes)
    if not is_illustrative:
        _tell(request)
    return request


@transaction.atomic
def update_request(
    *, by: Actor, request: StatementRequest, row_version: int, values: dict[str, Any], questions: Sequence[Translated]
) -> StatementRequest:  # fmt: skip
    """Change what is asked, until somebody has answered. `values`: matter, background, council_name, due, languages."""
    if unknown := set(values) - {"matter", "background", "council_name", "due", "languages"}:
        raise ValueError(f"not editable: {sorted(unknown)}")
    request = locked_request(request)
    require(by, Permission.ASK_STATEMENTS, plan=request.plan)
    if request.row_version != row_version:
        raise StaleForm(changed=_stored(request), version=request.row_version)
    if request.state != RequestState.ASKED or hasattr(request, "statement"):
        raise Refused(_("Pyyntöä ei voi enää muuttaa: siihen on jo vastattu tai se on päättynyt."))
    if "languages" in values:
        values = values | {"languages": _languages(values["languages"])}
    changed = audit.apply_changes(request, values)
    _refuse_bad(request, questions)
    before = [q.text for q in request.questions.all()]
    if list(questions) != before:
        _set_questions(request, questions)
        changed["questions"] = (len(before), len(questions))
    if changed:
        request.row_version += 1
        checked_save(request)
        record(by=by, action="statement.update_request", request=request, changes=changed)
    return request


@transaction.atomic
def withdraw_request(
    *, by: Actor, request: StatementRequest, row_version: int, reason: str
) -> StatementRequest:
    """Nothing is asked any more. Refused once a statement has come."""
    return _end(by, "statement.withdraw", request, row_version, RequestState.WITHDRAWN, reason)


@transaction.atomic
def close_without(*, by: Actor, request: StatementRequest, row_version: int, reason: str) -> StatementRequest:
    """Say that no statement was given. It may be asked again (`ask_again`)."""
    return _end(by, "statement.not_given", request, row_version, RequestState.NOT_GIVEN, reason)


@transaction.atomic
def ask_again(*, by: Actor, request: StatementRequest, row_version: int, due: dt.date) -> StatementRequest:
    """Open a request that was closed without a statement, with a new due date."""
    request = locked_request(request)
    require(by, Permission.ASK_STATEMENTS, plan=request.plan)
    refuse_stale(request, row_version)
    if request.state != RequestState.NOT_GIVEN:
        raise Refused(_("Pyyntö ei ole päättynyt."))
    if due < clock.today():
        raise Refused(_("Määräpäivä on jo mennyt."), field="due", status=422)
    request.due, request.state_reason = due, ""
    request.link_hash, request.link_expires_on = "", None
    move(request, RequestState.ASKED)
    record(
        by=by,
        action="statement.ask",
        request=request,
        changes={"state": (RequestState.NOT_GIVEN, request.state), "due": (None, due)},
    )
    return request


def _end(
    by: Actor, action: str, request: StatementRequest, row_version: int, state: str, reason: str
) -> StatementRequest:
    request = locked_request(request)
    require(by, Permission.ASK_STATEMENTS, plan=request.plan)
    refuse_stale(request, row_version)
    if not reason.strip():
        raise Refused(_("Kerro, miksi."), field="reason", status=422)
    before = request.state
    request.state_reason = reason.strip()[:300]
    # Words that were sent back to be finished and never came again were nobody's statement.
    Statement.objects.filter(request=request).delete()
    move(request, state)
    record(
        by=by,
        action=action,
        request=request,
        changes={"state": (before, state), "reason": ("", request.state_reason)},
    )
    return request


# --- shared by the actions of statements ------------------------------------------------------------


def locked_request(request: StatementRequest) -> StatementRequest:
    return (
        StatementRequest.objects.select_for_update(of=("self",))
        .select_related("plan", "organisation")
        .get(pk=request.pk)
    )


def move(request: StatementRequest, state: str) -> None:
    """Change the state by the table of legal moves and save; Refused when it is no legal move."""
    if not request.may_become(state):
        raise Refused(
            _("Tätä ei voi tehdä nyt: %(state)s.") % {"state": str(request.get_state_display()).lower()}
        )
    request.state = state
    request.row_version += 1
    checked_save(request)


def require_speaker(by: Actor, request: StatementRequest) -> None:
    """PermissionDenied unless the actor speaks for whom was asked (rules.may_speak_for)."""
    if request.organisation is None:
        raise PermissionDenied(f"nobody speaks for {request.public_id}")
    wanted = Permission.CONFIRM_STATEMENTS if request.is_youth_council else Permission.GIVE_STATEMENTS
    require(by, wanted, plan=request.plan, organisation=request.organisation)


def speakers(request: StatementRequest) -> list[User]:
    """Who may answer for the organisation that was asked; nobody where no organisation was."""
    if request.organisation_id is None:
        return []
    wanted = Permission.CONFIRM_STATEMENTS if request.is_youth_council else Permission.GIVE_STATEMENTS
    roles = [role for role in Role if wanted in OWN_ORGANISATION.get(role, ())]
    held = RoleAssignment.objects.current(clock.today()).filter(
        plan=request.plan_id, role__in=roles, membership__organisation=request.organisation_id
    )
    return list(User.objects.filter(pk__in=held.values("membership__user"), is_active=True).order_by("pk"))


def _tell(request: StatementRequest) -> None:
    for person in speakers(request):
        if not person.wants_reminders:
            continue
        with translation.override(person.language):
            text = now(
                "Sinulta pyydetään lausuntoa: %(matter)s.\nVastaa viimeistään %(due)s.\n\n%(url)s\n"
            ) % {
                "matter": request.matter,
                "due": f"{request.due.day}.{request.due.month}.{request.due.year}",
                "url": settings.SITE_URL
                + reverse("decisions:statement", args=(request.plan.public_id, request.public_id)),
            }
            mail.queue(
                to=person, kind="statement_request", key=f"statement:{request.public_id}:{person.public_id}",
                subject=now("Lausuntopyyntö: %(matter)s") % {"matter": request.matter}, text=text,
                scope=request.plan.public_id,
            )  # fmt: skip


def _set_questions(request: StatementRequest, questions: Sequence[Translated]) -> None:
    request.questions.all().delete()
    for position, text in enumerate(questions, 1):
        checked_save(StatementQuestion(request=request, position=position, text=text))


def _languages(codes: Sequence[str]) -> list[str]:
    return [code for code in LANGUAGES if code in codes]


def _refuse_bad(request: StatementRequest, questions: Sequence[Translated]) -> None:
    plan = request.plan
    if request.council_kind not in CouncilKind.values:
        raise Refused(_("Valitse, keneltä lausuntoa pyydetään."), field="council_kind", status=422)
    if not request.matter:
        raise Refused(_("Kirjoita, mistä lausuntoa pyydetään."), field="matter", status=422)
    if request.council_kind == CouncilKind.YOUTH_COUNCIL and request.organisation is None:
        raise Refused(
            _("Valitse organisaatio, jonka ohjaaja vahvistaa nuorisovaltuuston vastauksen."),
            field="organisation",
            status=422,
        )
    if request.council_kind != CouncilKind.ORGANISATION and not request.council_name:
        raise Refused(_("Kirjoita nimi, jolla lausunto annetaan."), field="council_name", status=422)
    if request.organisation and not plan.participations.filter(organisation=request.organisation).exists():
        raise Refused(_("Organisaatio ei ole mukana tässä suunnitelmassa."), field="organisation", status=422)
    if request.version and request.version.plan_id != plan.pk:
        raise Refused(_("Versio ei kuulu tähän suunnitelmaan."), field="version", status=422)
    if request.version and request.version.withdrawn_on is not None:
        raise Refused(_("Versio on peruttu."), field="version", status=422)
    if not request.languages:
        raise Refused(_("Valitse ainakin yksi kieli."), field="languages", status=422)
    if len(questions) > MOST_QUESTIONS:
        raise Refused(_("Kysy enintään viisi kysymystä."), field="questions", status=422)
    _refuse_long(request, questions)


def _refuse_long(request: StatementRequest, questions: Sequence[Translated]) -> None:
    limits = [
        ("matter", request.matter, LONGEST_MATTER),
        ("council_name", request.council_name, LONGEST_MATTER),
        ("background", request.background, LONGEST_BACKGROUND),
        *(("questions", question, LONGEST_QUESTION) for question in questions),
    ]
    for field, text, longest in limits:
        if any(len(t.text) > longest for t in text.texts.values()):
            raise Refused(_("Teksti on liian pitkä."), field=field, status=422)
    if any(not question for question in questions):
        raise Refused(_("Kysymys on tyhjä."), field="questions", status=422)


def _stored(request: StatementRequest) -> dict[str, tuple[Any, Any]]:
    """What stands now, by the names of the form's fields."""
    questions = {f"question_{n}": (None, q.text) for n, q in enumerate(request.questions.all(), 1)}
    due = f"{request.due.day}.{request.due.month}.{request.due.year}"
    return {
        "matter": (None, request.matter), "background": (None, request.background), "due": (None, due), **questions,
    }  # fmt: skip


def refuse_stale(request: StatementRequest, row_version: int) -> None:
    if request.row_version != row_version:
        raise Refused(_("Joku muu tallensi tämän sillä välin. Katso tiedot ja tallenna uudelleen."))


def record(*, by: Actor, action: str, request: StatementRequest, changes: dict[str, Any]) -> None:
    audit.record(
        by=by, action=action, target=request, scope=request.plan.public_id,
        organisation=request.organisation.public_id if request.organisation else "", changes=changes,
    )  # fmt: skip
