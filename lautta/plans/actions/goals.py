"""The goal tree."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.ids import new_public_id
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.choices import TargetGroup
from lautta.plans.conflicts import StaleForm, changed_since
from lautta.plans.goal_tree import arrange
from lautta.plans.models import Criterion, Goal, Plan
from lautta.plans.rules.structure import refuse_ended
from lautta.plans.search_entries import index_goal

EDITABLE = frozenset(
    {
        "number",
        "colour",
        "title",
        "description",
        "plain",
        "target_groups",
        "owner",
        "status",
        "is_illustrative",
        "predecessor",
    }
)
PARENT_KIND = {Goal.Kind.SUBGOAL: Goal.Kind.MAIN, Goal.Kind.MEANS: Goal.Kind.CROSS_CUTTING}
UNCHANGED = object()


@transaction.atomic
def create_goal(
    *,
    by: Actor,
    plan: Plan,
    kind: str,
    title: Translated,
    number: str = "",
    parent: Goal | None = None,
    position: int | None = None,
    colour: int | None = None,
    description: Translated | None = None,
    plain: Translated | None = None,
    target_groups: list[str] | tuple[str, ...] = (),
    owner: Organisation | None = None,
    status: str = Goal.Status.NOT_STARTED,
    is_illustrative: bool = False,
    predecessor: Goal | None = None,
    published: bool = False,
    public_id: str | None = None,
) -> Goal:
    """A goal, last among its siblings or at `position` (0 = first). A subgoal has its main goal's colour."""
    require(by, Permission.EDIT_PLAN, plan=plan)
    refuse_ended(by, plan)
    _locked(plan)
    goal = Goal(
        public_id=public_id or new_public_id(),
        plan=plan,
        kind=kind,
        number=number.strip(),
        parent=parent,
        title=title,
        colour=_colour(plan, kind, parent, colour),
        description=description or Translated(),
        plain=plain or Translated(),
        target_groups=list(target_groups),
        owner=owner,
        status=status,
        is_illustrative=is_illustrative,
        predecessor=predecessor,
        position=(plan.goals.order_by("-position").values_list("position", flat=True).first() or 0) + 1,
    )
    _refuse_odd(goal)
    checked_save(goal)
    audit.record(
        by=by, action="goal.create", target=goal, scope=plan.public_id,
        changes={"kind": (None, kind), "number": (None, goal.number), "title": (None, title)},
    )  # fmt: skip
    arrange(plan, goal, position)
    if published:
        publish_goal(by=by, goal=goal)
    return goal


@transaction.atomic
def update_goal(*, by: Actor, goal: Goal, seen: int, **values: Any) -> Goal:
    """Change fields (keys of EDITABLE) of the goal as it was at version `seen`.

    Raises StaleForm naming what others changed since, and saves nothing, when the goal has a newer version.
    """
    require(by, Permission.EDIT_PLAN, plan=goal.plan)
    refuse_ended(by, goal.plan)
    if unknown := values.keys() - EDITABLE:
        raise TypeError(f"unknown fields {sorted(unknown)}")
    goal = _fresh(goal)
    if goal.version != seen:
        raise StaleForm(changed=changed_since(goal, seen), version=goal.version)
    if goal.ended_at is not None:
        raise Refused(_("Tavoite on päättynyt, eikä sitä enää muuteta."))
    if "number" in values:
        values["number"] = values["number"].strip()
    changes = audit.apply_changes(goal, values)
    if not changes:
        return goal
    _refuse_odd(goal)
    bump_version(by=by, goal=goal)
    checked_save(goal, fields=changes)
    if "colour" in changes:
        goal.children.update(colour=goal.colour)
    audit.record(
        by=by, action="goal.update", target=goal, scope=goal.plan.public_id,
        changes={**changes, "version": (seen, goal.version)},
    )  # fmt: skip
    index_goal(goal)
    return goal


@transaction.atomic
def move_goal(*, by: Actor, goal: Goal, position: int, parent: Any = UNCHANGED) -> Goal:
    """Put the goal at `position` (0 = first) among its siblings, under another parent if given."""
    require(by, Permission.EDIT_PLAN, plan=goal.plan)
    refuse_ended(by, goal.plan)
    _locked(goal.plan)
    goal = _fresh(goal)
    changes: dict[str, tuple[Any, Any]] = {}
    if parent is not UNCHANGED and parent != goal.parent:
        changes = audit.apply_changes(goal, {"parent": parent})
        _refuse_odd(goal)
        goal.colour = _colour(goal.plan, goal.kind, parent, goal.colour)
        checked_save(goal, fields=["parent", "colour"])
    before = goal.position
    arrange(goal.plan, goal, position)
    if goal.position != before:
        changes["position"] = (before, goal.position)
    if changes:
        audit.record(by=by, action="goal.move", target=goal, scope=goal.plan.public_id, changes=changes)
    return goal


@transaction.atomic
def shift_goal(*, by: Actor, goal: Goal, step: int) -> Goal:
    """Change places with the sibling before (`step` −1) or after (1) that has not ended; at the edge
    nothing happens.
    """
    siblings = list(goal.plan.goals.filter(parent=goal.parent_id).in_order())
    places = [n for n, sibling in enumerate(siblings) if sibling.ended_at is None]
    here = next((n for n, place in enumerate(places) if siblings[place].pk == goal.pk), None)
    if here is None or not 0 <= here + step < len(places):
        require(by, Permission.EDIT_PLAN, plan=goal.plan)
        return goal
    return move_goal(by=by, goal=goal, position=places[here + step])


@transaction.atomic
def publish_goal(*, by: Actor, goal: Goal) -> Goal:
    """Show the goal in public. A subgoal or means waits for the goal above it."""
    require(by, Permission.PUBLISH_PLAN, plan=goal.plan)
    refuse_ended(by, goal.plan)
    goal = _fresh(goal)
    if goal.ended_at is not None:
        raise Refused(_("Tavoite on päättynyt, eikä sitä enää muuteta."))
    if goal.published_at is not None:
        return goal
    if goal.parent is not None and goal.parent.published_at is None:
        raise Refused(_("Julkaise ensin tavoite, johon tämä kuuluu."), status=422)
    goal.published_at = timezone.now()
    checked_save(goal, fields=["published_at"])
    audit.record(
        by=by,
        action="goal.publish",
        target=goal,
        scope=goal.plan.public_id,
        changes={"published_at": (None, goal.published_at)},
    )
    index_goal(goal)
    return goal


@transaction.atomic
def end_goal(*, by: Actor, goal: Goal, reason: str) -> Goal:
    """End the goal, with a reason that stays on record. Goals below it are ended first."""
    require(by, Permission.EDIT_PLAN, plan=goal.plan)
    refuse_ended(by, goal.plan)
    _locked(goal.plan)
    goal = _fresh(goal)
    reason = reason.strip()
    if goal.ended_at is not None:
        return goal
    if not reason:
        raise Refused(_("Kerro, miksi tavoite päättyy."), field="reason", status=422)
    if below := goal.children.current().count():
        raise Refused(
            ngettext(
                "Tavoitteen alla on vielä %(count)s tavoite. Päätä se ensin.",
                "Tavoitteen alla on vielä %(count)s tavoitetta. Päätä ne ensin.",
                below,
            )
            % {"count": below},
            field="reason",
        )
    goal.ended_at, goal.ended_reason = timezone.now(), reason
    checked_save(goal, fields=["ended_at", "ended_reason"])
    audit.record(
        by=by, action="goal.end", target=goal, scope=goal.plan.public_id,
        changes={"ended_at": (None, goal.ended_at), "ended_reason": ("", reason)},
    )  # fmt: skip
    index_goal(goal)
    return goal


@transaction.atomic
def set_criteria(
    *, by: Actor, goal: Goal, criteria: Sequence[tuple[str | None, Translated]], seen: int | None = None
) -> list[Criterion]:
    """Replace the target state: (public id or None for a new one, text) in order. Those left out are removed.

    A kept id keeps its row. With `seen`, StaleForm when the goal has a newer version.
    """
    require(by, Permission.EDIT_PLAN, plan=goal.plan)
    refuse_ended(by, goal.plan)
    goal = _fresh(goal)
    if seen is not None and goal.version != seen:
        raise StaleForm(changed=changed_since(goal, seen), version=goal.version)
    if goal.ended_at is not None:
        raise Refused(_("Tavoite on päättynyt, eikä sitä enää muuteta."))
    existing = {c.public_id: c for c in goal.criteria.all()}
    ids = [public_id for public_id, _text in criteria if public_id]
    if set(ids) - existing.keys() or len(ids) != len(set(ids)):
        raise Refused(_("Osa kriteereistä on poistettu sillä välin. Avaa sivu uudelleen."), field="criteria")
    if any(not text for _id, text in criteria):
        raise Refused(_("Kirjoita kriteeri tai poista tyhjä rivi."), field="criteria", status=422)
    before = [c.text for c in existing.values()]
    after = [text for _id, text in criteria]
    if before == after and ids == list(existing):
        return list(existing.values())
    goal.criteria.exclude(public_id__in=ids).delete()
    rows = []
    for position, (public_id, text) in enumerate(criteria, 1):
        row = existing[public_id] if public_id else Criterion(goal=goal)
        row.position, row.text = position, text
        checked_save(row)
        rows.append(row)
    version = goal.version
    bump_version(by=by, goal=goal)
    audit.record(
        by=by, action="goal.criteria", target=goal, scope=goal.plan.public_id,
        changes={"criteria": (before, after), "version": (version, goal.version)},
    )  # fmt: skip
    index_goal(goal)
    return rows


def bump_version(*, by: Actor, goal: Goal) -> None:
    """Take the next version, in the caller's transaction, if nobody else has; raises StaleForm otherwise."""
    if not Goal.objects.filter(pk=goal.pk, version=goal.version).update(version=F("version") + 1):
        newest = Goal.objects.get(pk=goal.pk)
        raise StaleForm(changed=changed_since(newest, goal.version), version=newest.version)
    goal.version += 1


def _fresh(goal: Goal) -> Goal:
    return (
        Goal.objects.select_for_update(of=("self",)).select_related("plan", "parent", "owner").get(pk=goal.pk)
    )


def _locked(plan: Plan) -> Plan:
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _colour(plan: Plan, kind: str, parent: Goal | None, wanted: int | None) -> int:
    """0 for what cuts across, the main goal's for a subgoal; a main goal without a wish gets 1, 2, 3, 1 …"""
    if kind in {Goal.Kind.CROSS_CUTTING, Goal.Kind.MEANS}:
        return 0
    if kind == Goal.Kind.SUBGOAL and parent is not None:
        return parent.colour
    return wanted if wanted is not None else plan.goals.main().count() % 3 + 1


def _refuse_odd(goal: Goal) -> None:
    """What neither a column nor a constraint can say."""
    if not goal.title:
        raise Refused(_("Kirjoita tavoitteen nimi."), field="title", status=422)
    if goal.kind not in Goal.Kind.values:
        raise Refused(_("Valitse tavoitteen laji luettelosta."), field="kind", status=422)
    parent_kind = PARENT_KIND.get(Goal.Kind(goal.kind))
    parent = goal.parent
    fits = parent is None if parent_kind is None else parent is not None and parent.kind == parent_kind
    if not fits or (parent is not None and parent.plan_id != goal.plan_id):
        raise Refused(
            _("Alatavoite kuuluu päätavoitteeseen ja väline läpileikkaavaan tavoitteeseen."),
            field="parent",
            status=422,
        )
    if parent is not None and parent.ended_at is not None and goal.ended_at is None:
        raise Refused(_("Tavoite, johon tämä kuuluisi, on päättynyt."), field="parent", status=422)
    if set(goal.target_groups) - set(TargetGroup.values):
        raise Refused(_("Valitse kohderyhmät luettelosta."), field="target_groups", status=422)
    if goal.status not in Goal.Status.values:
        raise Refused(_("Valitse tila luettelosta."), field="status", status=422)
    if goal.owner is not None and not goal.owner.participations.filter(plan=goal.plan_id).exists():
        raise Refused(_("Vastuuorganisaation on oltava mukana suunnitelmassa."), field="owner", status=422)
    if goal.predecessor is not None and goal.predecessor.plan.region_id != goal.plan.region_id:
        raise Refused(
            _("Edeltävä tavoite on saman alueen aiemmasta suunnitelmasta."), field="predecessor", status=422
        )
