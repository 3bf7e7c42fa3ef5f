"""Measures: the rows of their list, and one measure's page over its years."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.measures.choices import MoneyKind, ReportPeriod, ServiceTier, Status, TargetGroup, VulnerableGroup
from lautta.measures.models import MeasureYear
from lautta.organisations.models import Area, Organisation
from lautta.publishing.links import measure_url, organisation_url
from lautta.publishing.presenters.filters import ALL, Facet, Row
from lautta.publishing.presenters.goals import GoalTree, Node
from lautta.publishing.presenters.words import in_language, listed, shortened, words

COLUMNS = (
    "pk", "measure_id", "round__year", "organisation_then", "status", "service_tier", "target_groups",
    "sort_key", "updated_at",
)  # fmt: skip
FACETS = ("goal", "organisation", "municipality", "year", "status", "tier", "group")


def goals_by_year(links: Iterable[tuple[int, int]], tree: GoalTree) -> dict[int, list[Node]]:
    """(measure year, goal) pairs → the public goals of each measure year, in the tree's order."""
    places = {node.pk: place for place, node in enumerate(tree)}
    found: dict[int, list[Node]] = defaultdict(list)
    for measure_year, goal in links:
        if node := tree.get(goal):
            found[measure_year].append(node)
    for nodes in found.values():
        nodes.sort(key=lambda node: places[node.pk])
    return found


def filter_rows(
    columns: Iterable[tuple], goals: Mapping[int, list[Node]], organisations: Mapping[int, Organisation]
) -> list[Row]:
    """Rows for `filters.narrow`. The newest year of each measure also belongs to the year "all".

    `organisations`: those of the plan by primary key, with their areas.
    """
    columns = list(columns)
    newest: dict[int, int] = {}
    for _pk, measure, year, *_rest in columns:
        newest[measure] = max(year, newest.get(measure, 0))
    rows = []
    for pk, measure, year, organisation_pk, status, tier, groups, title_key, updated in columns:
        nodes = goals.get(pk, [])
        organisation = organisations.get(organisation_pk)
        area = organisation.area if organisation else None
        values = {
            "goal": frozenset(above.goal.public_id for node in nodes for above in node.path()),
            "organisation": frozenset([organisation.public_id] if organisation else []),
            "municipality": frozenset([area.public_id] if area else []),
            "year": frozenset([str(year), ALL] if year == newest[measure] else [str(year)]),
            "status": frozenset([status]),
            "tier": frozenset([str(tier)] if tier else []),
            "group": frozenset(groups),
        }
        first = (nodes[0].main.goal.position, nodes[0].goal.position) if nodes else (10**6, 0)
        keys = {
            "goal": (*first, title_key, pk),
            "organisation": (organisation.sort_key if organisation else "", title_key, pk),
            "title": (title_key, pk),
            "updated": (-updated.timestamp(), title_key, pk),
        }
        rows.append(Row(pk, values, keys))
    return rows


def default_year(years: Iterable[int], today: int) -> str:
    """The newest year that has begun, else the newest; "" when there is none."""
    years = list(years)
    begun = [year for year in years if year <= today]
    return str(max(begun or years)) if years else ""


def facets(
    tree: GoalTree, organisations: Iterable[Organisation], rows: Iterable[Row], today: int, goal: str = ""
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
    years = sorted({int(code) for row in rows for code in row.values["year"] if code != ALL}, reverse=True)
    year_choices = [(str(year), str(year)) for year in years]
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
        ("goal", _("Tavoitteen mukaan")),
        ("organisation", _("Tekijän mukaan")),
        ("title", _("Nimen mukaan")),
        ("updated", _("Viimeksi päivitetyt")),
    ]


def list_item(plan_id: str, year: MeasureYear, nodes: list[Node], organisation: Organisation | None) -> dict:
    """One row of a list. `year` comes with its measure; `organisation` is who answered for it that year."""
    return {
        "title": words(year.title),
        "url": measure_url(plan_id, year.measure.public_id, year.title),
        "change": shortened(year.change, 150),
        "organisation": words(organisation.name) if organisation else "",
        "status": year.status,
        "status_label": year.get_status_display(),
        "timeliness": year.timeliness,
        "timeliness_label": year.get_timeliness_display() if year.timeliness else "",
        "goals": nodes,
        "colour": nodes[0].colour if nodes else 0,
        "is_illustrative": year.is_illustrative,
    }


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
            (_("Kenelle"), plain(listed(year.target_groups, TargetGroup))),
            (_("Keistä pidetään erityistä huolta"), plain(listed(year.vulnerable_groups, VulnerableGroup))),
        )
        if texts
    ]
