"""What waits for the people of groups: matters to deal with, and follow-ups of what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lautta.common.duties import Duty
from lautta.decisions.models import AgendaItem, Body, BodyMember, MatterStep
from lautta.decisions.travel import MatterState
from lautta.organisations.permissions import OWN_ORGANISATION, Permission, Role
from lautta.plans.models import Plan, RoleAssignment
from lautta.plans.standing import Standing

# A matter without a deadline is looked at within this time.
USUAL_DAYS = 30


def duties_of(standing: Standing, today: dt.date) -> list[Duty]:
    """One person's duties in one plan."""
    return [duty for duty in duties_of_plan(standing.plan, today) if duty.owner == standing.user.pk]


def duties_of_plan(plan: Plan, today: dt.date) -> list[Duty]:
    """Everybody's: the group's chair and secretary, where it has none its organisation's decision secretary, else the coordinator;
    what is late is told to the coordinator too. A constant number of queries.
    """
    steps = list(
        MatterStep.objects.open()
        .filter(matter__plan=plan)
        .select_related("matter", "to_body")
        .order_by("deadline", "pk")
    )
    items = list(
        AgendaItem.objects.to_follow_up().filter(meeting__body__plan=plan).select_related("meeting__body")
    )
    waiting = plan.matters.filter(state=MatterState.RETURNED, created_by__isnull=False)
    returned = list(waiting.annotate(returned_on=Max("steps__answered_on")))
    if not (steps or items or returned):
        return []
    owners = _Owners(plan, today)
    found = [duty for step in steps for duty in _of_step(plan, step, owners, today)]
    found += [duty for item in items for duty in _of_item(plan, item, owners, today)]
    for matter in returned:
        due = matter.returned_on + dt.timedelta(days=USUAL_DAYS)
        owner: int = matter.created_by_id  # type: ignore[assignment]
        duty = Duty(
            key=f"decisions:matter:{matter.public_id}:returned:{owner}", owner=owner, due=due,
            title=_("Täydennä palautettu asia"), url_name="decisions:matter",
            url_kwargs={"plan_id": plan.public_id, "matter_id": matter.public_id}, kind="decisions",
            detail=str(matter.title), scope=plan.public_id,
        )  # fmt: skip
        found.append(duty)
    return found


class _Owners:
    """Who acts for each body; two queries."""

    def __init__(self, plan: Plan, today: dt.date):
        self.leaders: dict[int, set[int]] = {}
        seats = BodyMember.objects.leading(today).filter(body__plan=plan)
        for body, user in seats.values_list("body_id", "membership__user_id"):
            self.leaders.setdefault(body, set()).add(user)  # type: ignore[arg-type]
        self.coordinators: set[int] = set()
        self.secretaries: dict[int, set[int]] = {}
        roles = RoleAssignment.objects.current(today).filter(plan=plan, membership__user__is_active=True)
        for role, organisation, user in roles.values_list(
            "role", "membership__organisation_id", "membership__user_id"
        ):
            if role == Role.COORDINATOR:
                self.coordinators.add(user)
            if Permission.RECORD_DECISIONS in OWN_ORGANISATION.get(Role(role), ()):
                self.secretaries.setdefault(organisation, set()).add(user)

    def of(self, body: Body) -> set[int]:
        own = self.leaders.get(body.pk) or self.secretaries.get(body.organisation_id or 0)
        return own or self.coordinators


def _of_step(plan: Plan, step: MatterStep, owners: _Owners, today: dt.date) -> Iterable[Duty]:
    due = step.deadline or step.sent_on + dt.timedelta(days=USUAL_DAYS)
    acting = owners.of(step.to_body)
    late = owners.coordinators - acting if step.is_late(today) else set()
    detail = format_lazy("{body}: {title}", body=step.to_body.name, title=step.matter.title)
    for users, title in ((acting, _("Käsittele asia")), (late, _("Asia on myöhässä: muistuta ryhmää"))):
        for user in users:
            yield Duty(
                key=f"decisions:matter:{step.public_id}:{user}", owner=user, due=due, title=title, url_name="decisions:matter",
                url_kwargs={"plan_id": plan.public_id, "matter_id": step.matter.public_id}, kind="decisions", detail=detail,
                scope=plan.public_id,
            )  # fmt: skip


def _of_item(plan: Plan, item: AgendaItem, owners: _Owners, today: dt.date) -> Iterable[Duty]:
    body = item.meeting.body
    acting = owners.of(body)
    late = owners.coordinators - acting if item.is_late(today) else set()
    detail = format_lazy("{body}: {title}", body=body.name, title=item.title)
    for user in acting | late:
        yield Duty(
            key=f"decisions:follow_up:{item.public_id}:{user}", owner=user, due=item.follow_up_on,  # type: ignore[arg-type]
            title=_("Katso, miten päätös on toteutunut"), url_name="decisions:group",
            url_kwargs={"plan_id": plan.public_id, "body_id": body.public_id}, kind="decisions", detail=detail,
            scope=plan.public_id,
        )  # fmt: skip
