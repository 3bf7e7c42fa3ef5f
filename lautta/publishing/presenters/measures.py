"""Measures: the rows of their list, and one measure's page over its years."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.common.templatetags.look import goal_class
from lautta.measures.choices import (
    MoneyKind,
    ReportPeriod,
    ServiceTier,
    Status,
    TargetGroup,
    Timeliness,
    VulnerableGroup,
)
from lautta.measures.models import MeasureYear
from lautta.organisations.models import Area, Organisation
from lautta.publishing.links import measure_urls, organisation_url
from lautta.publishing.presenters.filters import ALL, Column, Facet
from lautta.publishing.presenters.goals import GoalTree, Node
from lautta.publishing.presenters.words import in_language, label, shortened, words
from lautta.publishing.presenters.words import listed as words_of

SHOWN = ("title", "change", "status", "timeliness", "is_illustrative", "measure__public_id")
GOAL, ORGANISATION, TITLE, UPDATED = "goal", "organisation", "title", "updated"


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list needs to know of every published measure year, by its place in the list."""

    pks: Sequence[int]
    goals: Sequence[tuple[int, ...]]
    organisations: Sequence[int]
    years: Sequence[int]
    columns: Mapping[str, Column]


def goals_by_year(links: Iterable[tuple[int, int]], tree: GoalTree) -> dict[int, tuple[int, ...]]:
    """(measure year, goal) pairs → primary keys of the public goals of each measure year, in the tree's order."""
    order = list(tree)
    places = {node.pk: place for place, node in enumerate(order)}
    found: dict[int, list[int]] = defaultdict(list)
    for measure_year, goal in links:
        if goal in places:
            found[measure_year].append(places[goal])
    # Thousands of years share a few sets of goals: each is put in order once.
    known: dict[tuple[int, ...], tuple[int, ...]] = {}
    made = {}
    for pk, at in found.items():
        key = tuple(at)
        if (goals := known.get(key)) is None:
            goals = known[key] = tuple(order[n].pk for n in sorted(at))
        made[pk] = goals
    return made


def listed(
    rows: Sequence[tuple],
    goals: Mapping[int, tuple[int, ...]],
    tree: GoalTree,
    organisations: Mapping[int, Organisation],
) -> Listed:
    """From the rows of `MeasureYearQuerySet.for_filters`. The newest year of each measure also belongs to the year "all".

    `organisations`: those of the plan by primary key, with their areas.
    """
    pks, measures, years, answering, statuses, tiers, groups = zip(*rows, strict=True) if rows else [()] * 7
    newest: dict[int, int] = {}
    for measure, year in zip(measures, years, strict=True):
        newest[measure] = max(year, newest.get(measure, 0))
    of_rows = [goals.get(pk, ()) for pk in pks]

    def branch(keys: tuple[int, ...]) -> set[str]:
        return {above.goal.public_id for node in tree.nodes(keys) for above in node.path()}

    def municipality(pk: int) -> list[str]:
        area = organisations[pk].area if pk in organisations else None
        return [area.public_id] if area else []

    columns = {
        GOAL: Column.of(of_rows, branch),
        ORGANISATION: Column.of(
            answering, lambda pk: [organisations[pk].public_id] if pk in organisations else []
        ),
        "municipality": Column.of(answering, municipality),
        "year": Column.of(
            [(year, newest[measure] == year) for measure, year in zip(measures, years, strict=True)],
            lambda held: [str(held[0]), ALL] if held[1] else [str(held[0])],
        ),
        "status": Column.of(statuses, lambda status: [status]),
        "tier": Column.of(tiers, lambda tier: [str(tier)] if tier else []),
        "group": Column.of(groups, json.loads),
    }
    return Listed(pks, of_rows, answering, sorted(set(years)), columns)


def in_order(
    places: Iterable[int],
    order: str,
    found: Listed,
    tree: GoalTree,
    organisations: Mapping[int, Organisation],
) -> list[int]:
    """The rows by goal or by who answers; rows come in the order that `for_filters` gave them and keep it within each."""
    if order == GOAL:
        rank = {node.pk: (node.main.goal.position, node.goal.position) for node in tree}
        last = (10**6, 0)
        return sorted(places, key=lambda n: rank[found.goals[n][0]] if found.goals[n] else last)
    if order == ORGANISATION:
        names = {pk: organisation.sort_key for pk, organisation in organisations.items()}
        return sorted(places, key=lambda n: names.get(found.organisations[n], ""))
    return list(places)


def default_year(years: Iterable[int], today: int) -> str:
    """The newest year that has begun, else the newest; "" when there is none."""
    years = list(years)
    begun = [year for year in years if year <= today]
    return str(max(begun or years)) if years else ""


def facets(
    tree: GoalTree, organisations: Iterable[Organisation], years: Sequence[int], today: int, goal: str = ""
) -> list[Facet]:
    """The seven questions; municipalities are those of the organisations' areas. Subgoals are offered once
    their main goal, or one of its branch, has been chosen.
    """
    picked = tree.find(goal)
    goals: list[tuple[str, str]] = []
    for root in tree.roots:
        goals.append((root.goal.public_id, root.label))
        if picked and picked.main is root:
            goals += [(node.goal.public_id, f"– {node.label}") for node in root.branch()[1:]]
    organisations = list(organisations)
    areas = {o.area for o in organisations if o.area and o.area.kind == Area.Kind.MUNICIPALITY}
    municipalities = sorted(areas, key=lambda area: area.sort_key)
    year_choices = [(str(year), str(year)) for year in sorted(years, reverse=True)]
    if len(years) > 1:
        year_choices.append((ALL, _("Kaikki vuodet")))
    return [
        Facet("goal", _("Tavoite"), goals),
        Facet("organisation", _("Organisaatio"), [(o.public_id, str(o.name)) for o in organisations]),
        Facet("municipality", _("Kunta"), [(a.public_id, str(a.name)) for a in municipalities]),
        Facet("year", _("Vuosi"), year_choices, default=default_year(years, today)),
        Facet("status", _("Tila"), [(s.value, str(s.label)) for s in Status]),
        Facet("tier", _("Palvelutaso"), [(str(t.value), str(t.label)) for t in ServiceTier]),
        Facet("group", _("Kenelle"), [(g.value, str(g.label)) for g in TargetGroup]),
    ]


def sorts() -> list[tuple[str, str]]:
    return [
        (GOAL, _("Tavoitteen mukaan")),
        (ORGANISATION, _("Tekijän mukaan")),
        (TITLE, _("Nimen mukaan")),
        (UPDATED, _("Viimeksi päivitetyt")),
    ]


def list_item(
    url: Callable[..., str], year: MeasureYear, nodes: list[Node], organisation: Organisation | None
) -> dict:
    """One row of a list. `url`: links.measure_urls of the plan; `year` comes with its measure; `organisation` is who answered
    for it that year.
    """
    return {
        "title": words(year.title),
        "url": url(year.measure.public_id, year.title),
        "change": shortened(year.change, 150),
        "organisation": words(organisation.name) if organisation else "",
        "status": year.status,
        "status_label": label(Status, year.status),
        "timeliness": year.timeliness,
        "timeliness_label": label(Timeliness, year.timeliness) if year.timeliness else "",
        "goals": [node.numbered for node in nodes if node.numbered],
        "css": goal_class(nodes[0].colour) if nodes else "",
        "is_illustrative": year.is_illustrative,
    }


def list_items(
    plan_id: str,
    places: Iterable[int],
    found: Listed,
    tree: GoalTree,
    organisations: Mapping[int, Organisation],
) -> list[dict]:
    """The rows of one page, in one query. A row that was withdrawn meanwhile is left out."""
    wanted = {found.pks[n]: n for n in places}
    # Not narrowed by the plan once more: SQLite would then walk the whole plan to find a hundred rows by their keys.
    shown = MeasureYear.objects.public().select_related("measure").only(*SHOWN).in_bulk(list(wanted))
    url = measure_urls(plan_id)
    return [
        list_item(
            url,
            shown[pk],
            tree.nodes(found.goals[n]),
            organisations.get(found.organisations[n]),
        )
        for pk, n in wanted.items()
        if pk in shown
    ]


def money_by_year(rows) -> list[dict]:
    """Sums a year of what was planned and what was used; None where nothing was said, never zero."""
    sums: dict[tuple[int, str], Decimal] = {}
    for row in rows:
        sums[row.year, row.kind] = sums.get((row.year, row.kind), Decimal(0)) + row.amount
    years = sorted({year for year, _kind in sums}, reverse=True)
    return [
        {
            "year": year,
            "budget": sums.get((year, MoneyKind.BUDGET)),
            "spent": sums.get((year, MoneyKind.SPENT)),
        }
        for year in years
    ]


def timeline(years: Iterable[MeasureYear]) -> list[dict]:
    """Reports of all years, newest year and report first. `years` come with their round and public reports
    (`public_reports`).
    """
    items = []
    for year in years:
        for report in year.public_reports:
            period = ReportPeriod(report.period).label
            items.append(
                {
                    "date": report.created_at,
                    "order": (year.round.year, report.created_at, report.pk),
                    "title": pgettext("raportin otsikko", "%(period)s %(year)s")
                    % {"period": period, "year": year.round.year},
                    "status": report.status,
                    "timeliness": report.timeliness,
                    "done": in_language(report.done, report.language),
                    "changed": in_language(report.changed, report.language),
                    "evidence": in_language(report.evidence, report.language),
                    "language": report.language,
                    "corrects": report.corrects_id is not None,
                    "is_illustrative": report.is_illustrative,
                }
            )
    return sorted(items, key=lambda item: item["order"], reverse=True)


def other_years(years: list[MeasureYear], shown: MeasureYear, url: str) -> list[dict]:
    """Every published year of the measure, each with its address; the newest has the plain one."""
    return [
        {
            "label": str(year.round.year),
            "url": url if year is years[0] else f"{url}?year={year.round.year}",
            "current": year is shown,
        }
        for year in years
    ]


def facts(plan_id: str, year: MeasureYear, organisations: Mapping[int, Organisation]) -> list[dict]:
    """Who and for whom. `organisations`: those that have a page in this plan, by primary key."""

    def named(organisation) -> dict:
        url = organisation_url(plan_id, organisation) if organisation.pk in organisations else ""
        return {"text": words(organisation.name), "url": url}

    def plain(texts: Iterable[object]) -> list[dict]:
        return [{"text": text, "url": ""} for text in texts if text]

    return [
        {"term": term, "texts": texts}
        for term, texts in (
            (
                _("Kuka vastaa"),
                [
                    named(organisations.get(year.organisation_then, year.measure.organisation)),
                    *plain([year.responsible_title]),
                ],
            ),
            (_("Ketkä ovat mukana"), [*map(named, year.partners.all()), *plain([year.other_partners])]),
            (_("Kenelle"), plain(words_of(year.target_groups, TargetGroup))),
            (_("Keistä pidetään erityistä huolta"), plain(words_of(year.vulnerable_groups, VulnerableGroup))),
        )
        if texts
    ]
