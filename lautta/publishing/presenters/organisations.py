"""Organisations and municipalities: who takes part, and what came before."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from lautta.measures.models import MeasureYear
from lautta.network.models import Commitment
from lautta.organisations.models import Area, Organisation
from lautta.plans.models import Participation
from lautta.publishing.links import measure_urls, municipality_url, organisation_url
from lautta.publishing.presenters.goals import GoalTree
from lautta.publishing.presenters.measures import list_item
from lautta.publishing.presenters.words import words


def with_what_hangs(participations: QuerySet[Participation]) -> QuerySet[Participation]:
    """With has_predecessors and has_promises, so that a page asks for neither where there is none."""
    promised = Commitment.objects.filter(plan=OuterRef("plan"), organisation=OuterRef("organisation"))
    before = Organisation.objects.filter(successor=OuterRef("organisation"))
    return participations.annotate(has_predecessors=Exists(before), has_promises=Exists(promised))


def is_over(participation: Participation, today: dt.date) -> bool:
    """The organisation has left the plan or has ended."""
    ends = (participation.ended_on, participation.organisation.ended_on)
    return any(end is not None and end < today for end in ends)


def by_kind(
    plan_id: str, participations: Iterable[Participation], counts: Mapping[int, int], today: dt.date
) -> list[dict]:
    """Kinds in their fixed order, each with its organisations by name; those that are over stand in a group
    of their own.

    `counts`: measures of the organisation's primary key in the year that is shown.
    """
    groups: dict[str, list[dict]] = {kind: [] for kind in Organisation.Kind.values}
    former = []
    for participation in participations:
        organisation = participation.organisation
        item = {
            "name": words(organisation.name),
            "url": organisation_url(plan_id, organisation),
            "count": counts.get(organisation.pk, 0),
            "is_illustrative": organisation.is_illustrative,
        }
        if is_over(participation, today):
            former.append(item)
        else:
            groups[organisation.kind].append(item)
    made = [{"label": kind_plural(kind), "items": items} for kind, items in groups.items() if items]
    if former:
        made.append({"label": _("Ennen mukana"), "items": former})
    return made


def kind_plural(kind: str) -> str:
    kinds = {
        "municipality": _("Kunnat"),
        "county": _("Hyvinvointialue ja kuntayhtymät"),
        "association": _("Järjestöt"),
        "parish": _("Seurakunnat"),
        "police": _("Poliisi"),
        "school": _("Oppilaitokset"),
        "employer": _("Työnantajat"),
        "other": _("Muut"),
    }
    return kinds.get(kind, kind)


def latest_evaluations(rows) -> list:
    """Of each year only the newest revision, newest year first. `rows` come with their round."""
    latest: dict[int, object] = {}
    for row in rows:
        kept = latest.get(row.round_id)
        if kept is None or row.number > kept.number:
            latest[row.round_id] = row
    return sorted(latest.values(), key=lambda row: -row.round.year)


def succession(plan_id: str, organisation: Organisation, predecessors, in_plan: set[int]) -> dict:
    """Who came before and who came after, with links where they take part in this plan."""

    def named(other: Organisation) -> dict:
        return {
            "name": words(other.name),
            "url": organisation_url(plan_id, other) if other.pk in in_plan else "",
        }

    return {
        "before": [named(o) | {"ended_on": o.ended_on} for o in predecessors],
        "after": named(organisation.successor) if organisation.successor else None,
    }


def with_main_goal(links: Iterable[tuple[int, int | None]], tree: GoalTree) -> Iterable[tuple[int, int]]:
    """(measure year, goal) → (measure year, its main goal), 0 when it has no public goal."""
    for measure_year, goal in links:
        node = tree.get(goal) if goal else None
        yield measure_year, node.main.pk if node else 0


def measures_by_goal(
    plan_id: str, first, totals, years: Iterable[MeasureYear], tree: GoalTree, list_url: str
) -> list[dict]:
    """The organisation's measures under each main goal, in the tree's order; `first` and `totals` by main
    goal.
    """
    by_pk = {year.pk: year for year in years}
    made = []
    address = measure_urls(plan_id)
    for root in [*tree.roots, None]:
        pks = first.get(root.pk if root else 0)
        if not pks:
            continue
        made.append(
            {
                "node": root,
                "total": totals[root.pk if root else 0],
                "url": f"{list_url}&goal={root.goal.public_id}" if root else list_url,
                "items": [
                    list_item(address, by_pk[pk], [root] if root else [], None) for pk in pks if pk in by_pk
                ],
            }
        )
    return made


def municipality_of(plan_id: str, organisation: Organisation) -> dict | None:
    """The municipality where the organisation works, when it works in one."""
    area = organisation.area
    if area is None or area.kind != Area.Kind.MUNICIPALITY:
        return None
    return {"name": words(area.name), "url": municipality_url(plan_id, area)}
