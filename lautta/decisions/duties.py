"""What waits for whom in this room: decisions to record, legal force to mark, changes to answer, and the four-year look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lautta.common.duties import Duty
from lautta.decisions.choices import BINDING, NEEDS_LEGAL_FORCE
from lautta.decisions.duties_statements import of_comments, of_statements
from lautta.decisions.models import Version
from lautta.decisions.reading import Way, force_rows, open_amendments, ways
from lautta.organisations.permissions import OWN_ORGANISATION, PLAN_WIDE, Permission, Role
from lautta.plans.models import Plan, RoleAssignment
from lautta.plans.standing import Standing

# The usual time for appeal with its notice, after which somebody should look whether the decision has legal force.
APPEAL_DAYS = 37
ANSWER_DAYS = 30

Owners = Callable[[Permission, int | None], Iterable[int]]


def duties_of(standing: Standing, today: dt.date) -> list[Duty]:
    """One person's duties in one plan."""

    def owners(permission: Permission, organisation: int | None) -> list[int]:
        # Plan-wide rights over all organisations would make the coordinator do every secretary's work.
        if organisation is None:
            return [standing.user.pk] if standing.can(permission) else []
        held = standing.roles.get(organisation, frozenset())
        return [standing.user.pk] if any(permission in OWN_ORGANISATION.get(r, ()) for r in held) else []

    return _duties(standing.plan, owners, today)


def duties_of_plan(plan: Plan, today: dt.date) -> list[Duty]:
    """Everybody's duties in the plan, in a constant number of queries."""
    rows = RoleAssignment.objects.current(today).filter(plan=plan, membership__user__is_active=True)
    held = [
        (Role(role), organisation, user)
        for role, organisation, user in rows.values_list(
            "role", "membership__organisation_id", "membership__user_id"
        )
    ]

    def owners(permission: Permission, organisation: int | None) -> set[int]:
        if organisation is None:
            return {user for role, _org, user in held if permission in PLAN_WIDE.get(role, ())}
        return {
            user
            for role, org, user in held
            if org == organisation and permission in OWN_ORGANISATION.get(role, ())
        }

    return _duties(plan, owners, today)


def _duties(plan: Plan, owners: Owners, today: dt.date) -> list[Duty]:
    found = [*of_statements(plan, owners), *of_comments(plan, owners, today)]
    versions = list(plan.versions.standing().light().newest_first())
    if not versions:
        return found
    found += [duty for way in ways(versions) for duty in _of_way(way, plan, owners, today)]
    found += _of_amendments(plan, owners, today)
    found += _of_alarms(plan, owners, today)
    return found


def _of_way(way: Way, plan: Plan, owners: Owners, today: dt.date) -> Iterable[Duty]:
    for stop in way.stops:
        station, body = stop.station, stop.station.body
        if stop.is_open and way.newer is None:
            meeting = way.expected[station.pk].meeting if station.pk in way.expected else None
            due = meeting.held_on if meeting else station.due
            if due is None:
                continue
            for user in owners(Permission.RECORD_DECISIONS, body.organisation_id):
                yield _duty(
                    plan, f"decide:{station.public_id}", user, due, _("Kirjaa päätös"),
                    "decisions:station", station.public_id, _subject(way.version, body.name), "station_id",
                )  # fmt: skip
        decision = stop.decision
        if (
            decision is not None
            and decision.outcome in BINDING
            and stop.has_bound
            and decision.legal_force_on is None
            and body.kind in NEEDS_LEGAL_FORCE
        ):
            due = decision.decided_on + dt.timedelta(days=APPEAL_DAYS)
            if due > today + dt.timedelta(days=30):
                continue
            for user in owners(Permission.RECORD_DECISIONS, body.organisation_id):
                yield _duty(
                    plan, f"force:{decision.public_id}", user, due, _("Merkitse päätös lainvoimaiseksi"),
                    "decisions:station", station.public_id, _subject(way.version, body.name), "station_id",
                )  # fmt: skip


def _of_amendments(plan: Plan, owners: Owners, today: dt.date) -> Iterable[Duty]:
    days = list(open_amendments(plan).values_list("decision__decided_on", flat=True))
    if not days:
        return
    detail = format_lazy(
        ngettext_lazy("{n} muutos odottaa vastausta", "{n} muutosta odottaa vastausta", len(days)),
        n=len(days),
    )
    for user in owners(Permission.FREEZE_VERSIONS, None):
        yield Duty(
            key=f"decisions:{plan.public_id}:amendments:{user}",
            owner=user,
            due=min(days) + dt.timedelta(days=ANSWER_DAYS),
            title=_("Vastaa toimielinten muutoksiin"),
            url_name="decisions:amendments",
            url_kwargs={"plan_id": plan.public_id},
            kind="decisions",
            detail=detail,
            scope=plan.public_id,
        )


def _of_alarms(plan: Plan, owners: Owners, today: dt.date) -> Iterable[Duty]:
    near = [row for row in force_rows(plan) if row.alarm and row.alarm.is_near(today)]
    if not near:
        return
    due = min(row.alarm.due for row in near if row.alarm)
    for user in owners(Permission.FREEZE_VERSIONS, None):
        yield Duty(
            key=f"decisions:{plan.public_id}:four_years:{user}",
            owner=user,
            due=due,
            title=_("Suunnitelma on tarkistettava: neljä vuotta täyttyy"),
            url_name="decisions:board",
            url_kwargs={"plan_id": plan.public_id},
            kind="decisions",
            detail=", ".join(str(row.organisation.name) for row in near[:6]),
            scope=plan.public_id,
        )


def _duty(
    plan: Plan, key: str, user: int, due: dt.date, title, url_name: str, public_id: str, detail, parameter: str
) -> Duty:  # fmt: skip
    return Duty(
        key=f"decisions:{key}:{user}", owner=user, due=due, title=title, url_name=url_name,
        url_kwargs={"plan_id": plan.public_id, parameter: public_id}, kind="decisions", detail=detail, scope=plan.public_id,
    )  # fmt: skip


def _subject(version: Version, body) -> object:
    """ "Kaupunginvaltuusto: osa I, versio 3", in the language of whoever reads it."""
    return format_lazy(
        _("{body}: {kind}, versio {number}"),
        body=body,
        kind=version.get_kind_display(),
        number=version.number,
    )
