"""What waits for whom in this room: unfinished assessments with a day, agreed follow-ups, results not yet published."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from lautta.assessments.choices import PUBLISHABLE, State
from lautta.assessments.models import Assessment, FollowUp, Publication, StateChange
from lautta.common.duties import Duty
from lautta.organisations.permissions import OWN_ORGANISATION, Permission
from lautta.plans.models import Plan, RoleAssignment
from lautta.plans.standing import Standing

# A stopped screening is public within two weeks.
PUBLISH_WITHIN = dt.timedelta(days=14)
# {organisation: people} of those who hold a permission there.
Holders = Mapping[int, list[int]]


def duties_of(standing: Standing, today: dt.date) -> list[Duty]:
    """One person's duties in one plan."""

    def holders(permission: Permission) -> Holders:
        own = [
            pk
            for pk, roles in standing.roles.items()
            if any(permission in OWN_ORGANISATION.get(role, ()) for role in roles)
        ]
        return {pk: [standing.user.pk] for pk in own}

    return _duties(
        standing.plan, holders(Permission.EDIT_MEASURES), holders(Permission.PUBLISH_MEASURES), today
    )


def duties_of_plan(plan: Plan, today: dt.date) -> list[Duty]:
    """Everybody's duties in the plan, in a constant number of queries."""
    rows = RoleAssignment.objects.filter(
        plan=plan,
        ended_on__isnull=True,
        started_on__lte=today,
        membership__ended_on__isnull=True,
        membership__user__is_active=True,
    ).values_list("role", "membership__organisation_id", "membership__user_id")

    def holders(permission: Permission) -> Holders:
        found: dict[int, set[int]] = defaultdict(set)
        for role, organisation, user in all_rows:
            if any(permission in may for held, may in OWN_ORGANISATION.items() if held.value == role):
                found[organisation].add(user)
        return {pk: sorted(users) for pk, users in found.items()}

    all_rows = list(rows)
    return _duties(plan, holders(Permission.EDIT_MEASURES), holders(Permission.PUBLISH_MEASURES), today)


def _duties(plan: Plan, editors: Holders, publishers: Holders, today: dt.date) -> list[Duty]:
    if plan.phase == Plan.Phase.ENDED or not (editors or publishers):
        return []
    return [
        *_unfinished(plan, editors),
        *_follow_ups(plan, editors),
        *_unpublished(plan, publishers),
    ]


def _owners(people: list[int], prepared_by: int | None, still_there: bool) -> list[int]:
    """The one who prepares, as long as they may; else everybody who could. `people` may be one person alone."""
    return [user for user in people if user == prepared_by] if still_there else people


def _preparing_role(plan: Plan, prefix: str = "") -> QuerySet[RoleAssignment]:
    """A role by which the preparer still edits for the organisation; asked of the database, since a page knows one person."""
    editing = [role.value for role, may in OWN_ORGANISATION.items() if Permission.EDIT_MEASURES in may]
    return RoleAssignment.objects.filter(
        plan=plan,
        role__in=editing,
        ended_on__isnull=True,
        membership__ended_on__isnull=True,
        membership__user__is_active=True,
        membership__user=OuterRef(f"{prefix}prepared_by"),
        membership__organisation=OuterRef(f"{prefix}organisation"),
    )


def _unfinished(plan: Plan, editors: Holders) -> Iterator[Duty]:
    rows = (
        plan.assessments.unfinished()
        .filter(organisation__in=list(editors))
        .annotate(preparer_is_there=Exists(_preparing_role(plan)))
        .only("plan", "public_id", "title", "organisation", "prepared_by", "due_on", "decision_day", "state")
    )
    for row in rows:
        due = row.decision_day if row.state == State.PROPOSED else row.due_on or row.decision_day
        if due is None:
            continue
        title = (
            _("Kirjaa päätös ja seuranta")
            if row.state == State.PROPOSED
            else _("Tee vaikutusten arviointi valmiiksi")
        )
        for owner in _owners(editors[row.organisation_id], row.prepared_by_id, row.preparer_is_there):
            yield _duty(plan, row, f"{row.state}:{owner}", owner, due, title)


def _follow_ups(plan: Plan, editors: Holders) -> Iterator[Duty]:
    rows = (
        FollowUp.objects.filter(
            assessment__plan=plan,
            assessment__state=State.DECIDED,
            assessment__organisation__in=list(editors),
            done_on__isnull=True,
        )
        .select_related("assessment")
        .annotate(preparer_is_there=Exists(_preparing_role(plan, "assessment__")))
    )
    for row in rows:
        a = row.assessment
        for owner in _owners(editors[a.organisation_id], a.prepared_by_id, row.preparer_is_there):
            yield Duty(
                key=f"assessment_follow_up:{row.public_id}:{owner}",
                owner=owner,
                due=row.due_on,
                title=_("Katso, kävikö niin kuin arvioitiin"),
                detail=lazystr(a.title),
                url_name="assessments:follow_up_done",
                url_kwargs={
                    "plan_id": plan.public_id,
                    "assessment_id": a.public_id,
                    "follow_up_id": row.public_id,
                },
                kind="assessment",
                scope=plan.public_id,
            )


def _unpublished(plan: Plan, publishers: Holders) -> Iterator[Duty]:
    """A result that nobody has published, and one that has moved on since it was."""
    public = Publication.objects.current().filter(assessment=OuterRef("pk"), state=OuterRef("state"))
    stopped = StateChange.objects.filter(assessment__plan=plan).values("assessment").annotate(at=Max("at"))
    rows = list(
        plan.assessments.filter(state__in=sorted(PUBLISHABLE), organisation__in=list(publishers))
        .annotate(is_public=Exists(public))
        .filter(is_public=False)
    )
    if not rows:
        return
    when = dict(
        stopped.filter(assessment__in=rows, state__in=sorted(PUBLISHABLE)).values_list("assessment", "at")
    )
    for row in rows:
        due = when[row.pk].date() + PUBLISH_WITHIN if row.pk in when else row.updated_at.date()
        for owner in publishers[row.organisation_id]:
            yield _duty(plan, row, f"publish:{owner}", owner, due, _("Julkaise vaikutusten arviointi"))


def _duty(plan: Plan, row: Assessment, key: str, owner: int, due: dt.date, title) -> Duty:
    return Duty(
        key=f"assessment:{row.public_id}:{key}",
        owner=owner,
        due=due,
        title=title,
        detail=lazystr(row.title),
        url_name="assessments:detail",
        url_kwargs={"plan_id": plan.public_id, "assessment_id": row.public_id},
        kind="assessment",
        scope=plan.public_id,
    )
