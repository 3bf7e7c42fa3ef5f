"""The order of the goal tree."""

from lautta.plans.models import Goal, Plan


def arrange(plan: Plan, goal: Goal, position: int | None) -> None:
    """Put the goal at `position` among its siblings and number the whole tree depth first, so that one
    column gives every page the same order. The caller holds the plan's lock.
    """
    rows = {
        g.pk: g for g in plan.goals.only("pk", "parent_id", "position", "plan_id").order_by("position", "pk")
    }
    below: dict[int | None, list[Goal]] = {}
    for row in rows.values():
        below.setdefault(row.parent_id, []).append(row)
    siblings = below[goal.parent_id]
    if position is not None:
        siblings.remove(rows[goal.pk])
        siblings.insert(max(0, min(position, len(siblings))), rows[goal.pk])
    moved, counter, stack = [], 0, list(reversed(below.get(None, [])))
    while stack:
        row = stack.pop()
        counter += 1
        if row.position != counter:
            row.position = counter
            moved.append(row)
        stack.extend(reversed(below.get(row.pk, [])))
    Goal.objects.bulk_update(moved, ["position"], batch_size=500)
    goal.position = rows[goal.pk].position
