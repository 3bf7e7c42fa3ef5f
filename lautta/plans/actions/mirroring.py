"""What goals answer to: items of frameworks, and other plans."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.ids import new_public_id
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.frameworks import frameworks
from lautta.plans.models import Goal, GoalMirroring, LinkedPlan, Plan
from lautta.plans.rules.structure import refuse_ended

LINKED_EDITABLE = frozenset({"kind", "title", "url", "years", "organisation"})


@transaction.atomic
def set_goal_mirroring(*, by: Actor, goal: Goal, framework: str, codes: Iterable[str]) -> list[str]:
    """The goal answers to exactly these items of the framework; returns their codes in the framework's order.

    Codes that a newer edition of the framework no longer has stay as they are until they are left out.
    """
    require(by, Permission.EDIT_PLAN, plan=goal.plan)
    refuse_ended(by, goal.plan)
    found = frameworks().get(framework)
    if found is None:
        raise Refused(_("Tuntematon viitekehys."), status=422)
    goal = Goal.objects.select_for_update(of=("self",)).select_related("plan").get(pk=goal.pk)
    before = set(goal.mirrorings.filter(framework=framework).values_list("code", flat=True))
    wanted = set(codes)
    if unknown := wanted - found.codes - before:
        raise Refused(
            _("Viitekehyksessä ei ole kohtaa %(code)s.") % {"code": ", ".join(sorted(unknown))},
            field="codes",
            status=422,
        )
    if wanted != before:
        goal.mirrorings.filter(framework=framework, code__in=before - wanted).delete()
        GoalMirroring.objects.bulk_create(
            GoalMirroring(goal=goal, framework=framework, code=code) for code in sorted(wanted - before)
        )
        audit.record(
            by=by, action="goal.mirror", target=goal, scope=goal.plan.public_id,
            changes={framework: (sorted(before), sorted(wanted))},
        )  # fmt: skip
    return [item.code for item in found.items if item.code in wanted]


@transaction.atomic
def link_plan(
    *,
    by: Actor,
    plan: Plan,
    kind: str,
    title: Translated,
    url: str = "",
    years: str = "",
    organisation: Organisation | None = None,
    goals: Iterable[Goal] = (),
    public_id: str | None = None,
) -> LinkedPlan:
    """Another plan that this one must agree with, and the goals that do."""
    require(by, Permission.EDIT_PLAN, plan=plan)
    refuse_ended(by, plan)
    linked = LinkedPlan(
        public_id=public_id or new_public_id(), plan=plan, kind=kind, title=title, url=url.strip(),
        years=years.strip(), organisation=organisation,
    )  # fmt: skip
    _refuse_odd(linked)
    checked_save(linked)
    audit.record(
        by=by, action="linked_plan.add", target=linked, scope=plan.public_id,
        changes={"kind": (None, kind), "title": (None, title)},
    )  # fmt: skip
    _set_goals(by, linked, goals)
    return linked


@transaction.atomic
def update_linked_plan(
    *, by: Actor, linked: LinkedPlan, goals: Iterable[Goal] | None = None, **values: Any
) -> LinkedPlan:
    """Change facts (keys of LINKED_EDITABLE) and, if given, the goals that agree with it."""
    require(by, Permission.EDIT_PLAN, plan=linked.plan)
    refuse_ended(by, linked.plan)
    if unknown := values.keys() - LINKED_EDITABLE:
        raise TypeError(f"unknown fields {sorted(unknown)}")
    linked = LinkedPlan.objects.select_for_update(of=("self",)).select_related("plan").get(pk=linked.pk)
    changes = audit.apply_changes(linked, values)
    if changes:
        _refuse_odd(linked)
        checked_save(linked, fields=changes)
        audit.record(
            by=by, action="linked_plan.update", target=linked, scope=linked.plan.public_id, changes=changes
        )
    if goals is not None:
        _set_goals(by, linked, goals)
    return linked


@transaction.atomic
def unlink_plan(*, by: Actor, linked: LinkedPlan) -> None:
    """Take the other plan off the list; the trail keeps its title."""
    require(by, Permission.EDIT_PLAN, plan=linked.plan)
    refuse_ended(by, linked.plan)
    audit.record(
        by=by, action="linked_plan.remove", target=linked, scope=linked.plan.public_id,
        changes={"title": (linked.title, None), "url": (linked.url, None)},
    )  # fmt: skip
    linked.delete()


def _set_goals(by: Actor, linked: LinkedPlan, goals: Iterable[Goal]) -> None:
    goals = list(goals)
    if any(goal.plan_id != linked.plan_id for goal in goals):
        raise Refused(_("Valitse tämän suunnitelman tavoitteita."), field="goals", status=422)
    before = sorted(linked.goals.values_list("public_id", flat=True))
    after = sorted(goal.public_id for goal in goals)
    if before != after:
        linked.goals.set(goals)
        audit.record(
            by=by,
            action="linked_plan.goals",
            target=linked,
            scope=linked.plan.public_id,
            changes={"goals": (before, after)},
        )


def _refuse_odd(linked: LinkedPlan) -> None:
    if not linked.title:
        raise Refused(_("Kirjoita suunnitelman nimi."), field="title", status=422)
    if linked.kind not in LinkedPlan.Kind.values:
        raise Refused(_("Valitse suunnitelman laji luettelosta."), field="kind", status=422)
    if linked.organisation and not linked.organisation.participations.filter(plan=linked.plan_id).exists():
        raise Refused(
            _("Valitse organisaatio, joka on mukana suunnitelmassa."), field="organisation", status=422
        )
