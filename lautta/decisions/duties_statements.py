"""What waits for whom because of statements and comments: to give, to confirm, to answer, to publish, to comment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lautta.common.duties import Duty
from lautta.decisions.choices_statements import RequestState, Taken
from lautta.decisions.models import Circulation, PassageComment, StatementRequest
from lautta.organisations.permissions import Permission
from lautta.plans.models import Plan

# The council has done its part; it should not wait long for ours.
CONFIRM_DAYS = 10
ANSWER_DAYS = 30
PUBLISH_DAYS = 14

Owners = Callable[[Permission, int | None], Iterable[int]]


def of_statements(plan: Plan, owners: Owners) -> Iterator[Duty]:
    """Of requests that wait for somebody. One query."""
    waits = [RequestState.ASKED, RequestState.UNCONFIRMED, RequestState.GIVEN, RequestState.ANSWERED]
    rows = StatementRequest.objects.filter(plan=plan, state__in=waits).select_related(
        "organisation", "statement"
    )
    for request in rows.by_due():
        yield from _of_request(plan, request, owners)


def _of_request(plan: Plan, request: StatementRequest, owners: Owners) -> Iterator[Duty]:
    wanted = Permission.CONFIRM_STATEMENTS if request.is_youth_council else Permission.GIVE_STATEMENTS
    own = owners(wanted, request.organisation_id) if request.organisation_id else ()
    if request.state == RequestState.ASKED:
        title = _("Huolehdi, että neuvosto vastaa") if request.is_youth_council else _("Anna lausunto")
        for user in own:
            yield _duty(plan, request, "give", user, request.due, title)
        if request.organisation_id is None:
            for user in owners(Permission.ASK_STATEMENTS, None):
                yield _duty(plan, request, "collect", user, request.due, _("Hanki lausunto ja kirjaa se"))
    elif request.state == RequestState.UNCONFIRMED:
        # Of a link only the week is stored: the days count from its Monday.
        due = request.statement.given_on + dt.timedelta(days=CONFIRM_DAYS)
        confirmers = own if request.organisation_id else owners(Permission.ASK_STATEMENTS, None)
        for user in confirmers:
            yield _duty(plan, request, "confirm", user, due, _("Vahvista neuvoston vastaus"))
    else:
        given = request.statement.given_on
        published = request.state == RequestState.ANSWERED
        days = PUBLISH_DAYS + ANSWER_DAYS if published else ANSWER_DAYS
        title = _("Julkaise lausunto ja vastaukset") if published else _("Vastaa lausuntoon kohta kohdalta")
        for user in owners(Permission.ASK_STATEMENTS, None):
            deed = "publish" if published else "answer"
            yield _duty(plan, request, deed, user, given + dt.timedelta(days=days), title)


def _duty(plan: Plan, request: StatementRequest, deed: str, user: int, due: dt.date, title) -> Duty:
    return Duty(
        key=f"decisions:{deed}:{request.public_id}:{user}", owner=user, due=due, title=title,
        url_name="decisions:statement",
        url_kwargs={"plan_id": plan.public_id, "request_id": request.public_id}, kind="decisions",
        detail=format_lazy("{who}: {matter}", who=request.who, matter=request.matter), scope=plan.public_id,
    )  # fmt: skip


def of_comments(plan: Plan, owners: Owners, today: dt.date) -> Iterator[Duty]:
    """A draft that is open for comments, for the organisations that have not said anything yet; comments that wait for an answer,
    for those who answer. Three queries where anything circulates.
    """
    rounds = list(
        Circulation.objects.filter(version__plan=plan, version__withdrawn_on__isnull=True)
        .select_related("version")
        .defer("version__content")
        .order_by("closes_on")
    )
    if not rounds:
        return
    waiting: dict[int, int] = {}
    spoken: set[tuple[int, int]] = set()
    rows = PassageComment.objects.filter(version__in=[r.version_id for r in rounds])
    for version, organisation, state in rows.values_list("version_id", "organisation_id", "state"):
        spoken.add((version, organisation))
        if state == Taken.OPEN:
            waiting[version] = waiting.get(version, 0) + 1
    organisations = list(plan.participations.values_list("organisation_id", flat=True))
    for row in rounds:
        if row.opens_on <= today <= row.closes_on:
            silent = [o for o in organisations if (row.version_id, o) not in spoken]
            for user in sorted({user for o in silent for user in owners(Permission.COMMENT_VERSIONS, o)}):
                yield _of_draft(plan, row, "comment", user, row.closes_on, _("Lue luonnos ja kommentoi"))
        if (left := waiting.get(row.version_id, 0)) and today > row.closes_on:
            detail = format_lazy(
                ngettext_lazy("{n} kommentti odottaa vastausta", "{n} kommenttia odottaa vastausta", left),
                n=left,
            )
            due = row.closes_on + dt.timedelta(days=ANSWER_DAYS)
            for user in owners(Permission.FREEZE_VERSIONS, None):
                yield _of_draft(plan, row, "comments", user, due, _("Vastaa kommentteihin"), detail)


def _of_draft(plan: Plan, row: Circulation, deed: str, user: int, due: dt.date, title, detail=None) -> Duty:
    version = row.version
    said = format_lazy(_("{kind}, versio {number}"), kind=version.get_kind_display(), number=version.number)
    return Duty(
        key=f"decisions:{deed}:{version.public_id}:{user}", owner=user, due=due, title=title,
        url_name="decisions:comments" if deed == "comments" else "decisions:draft",
        url_kwargs={"plan_id": plan.public_id, "version_id": version.public_id}, kind="decisions",
        detail=detail or said, scope=plan.public_id,
    )  # fmt: skip
