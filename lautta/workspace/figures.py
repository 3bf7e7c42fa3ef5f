"""Reading for the pages of figures: what there is to fetch, what came of it, and what waits."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from lautta.common.models import AuditEntry
from lautta.indicators.actions.population import newest
from lautta.indicators.definitions import THEME_NAMES, Definition, definitions, wanted_ids
from lautta.indicators.models import FetchEntry, FetchSchedule, SourceArea, Vintage
from lautta.indicators.problem_words import sentence
from lautta.plans.models import Plan

SOURCE = "sotkanet"
# As many names of what is missing as a person reads.
NAMED = 12


def joint_ids(plan: Plan) -> list[str]:
    """Sotkanet's ids of the plan's joint indicators."""
    return list(
        plan.joint_indicators.in_order()
        .filter(indicator__source=SOURCE)
        .values_list("indicator__source_id", flat=True)
    )


def defined() -> list[Definition]:
    """Definitions that are of Sotkanet, in the order of themes."""
    return [d for d in definitions().values() if d.source == SOURCE]


def choices(plan: Plan) -> list[tuple[Promise, list[tuple[str, str]]]]:
    """[(theme, [(source's id, title)])] of what may be fetched; what is joint without a definition stands last."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for definition in defined():
        groups.setdefault(definition.theme, []).append((definition.source_id, str(definition.title)))
    return [(THEME_NAMES[theme], rows) for theme, rows in groups.items()]  # type: ignore[index]


def other_joint(plan: Plan) -> list[tuple[str, str]]:
    """[(source's id, title)] of joint indicators of Sotkanet that have no definition."""
    known = {d.source_id for d in defined()}
    rows = plan.joint_indicators.in_order().filter(indicator__source=SOURCE).select_related("indicator")
    return [
        (j.indicator.source_id, str(j.indicator.title)) for j in rows if j.indicator.source_id not in known
    ]


def all_ids(plan: Plan) -> list[str]:
    """Everything that the plan can fetch."""
    return list(dict.fromkeys([*wanted_ids(), *joint_ids(plan)]))


def lines(plan: Plan) -> QuerySet[FetchEntry]:
    """What came of each fetch, newest first: of public sources, and of the region's own files."""
    return (
        FetchEntry.objects.filter(
            Q(fetch__source__in=("sotkanet", "statfin"))
            # A file of another region that did not hold has no indicator: its name is that region's own.
            | Q(fetch__source="population", fetch__base_address__startswith="http")
            | Q(fetch__source="population", indicator__region__isnull=True, indicator__isnull=False)
            | Q(indicator__region=plan.region_id)
        )
        .exclude(Q(source_id="regions") & ~Q(outcome=FetchEntry.Outcome.FAILED))
        .exclude(Q(indicator__region__isnull=False) & ~Q(indicator__region=plan.region_id))
        .select_related("indicator", "fetch")
        .order_by("-pk")
    )


def say_problems(entries: Iterable[FetchEntry]) -> None:
    """Give each line `name` and `said`: what it is of and what went wrong, in the reader's words."""
    names = {d.source_id: str(d.title) for d in defined()}
    for entry in entries:
        title = str(entry.indicator.title) if entry.indicator else names.get(entry.source_id, "")
        entry.name = title or entry.source_id  # type: ignore[attr-defined]
        entry.said = sentence(entry.problem) if entry.problem else ""  # type: ignore[attr-defined]


def schedule() -> FetchSchedule | None:
    """The yearly fetch of the installation: the active one, else the newest."""
    return FetchSchedule.objects.filter(source=SOURCE).order_by("-is_active", "-pk").first()


def people_in_use(plan: Plan) -> list[Vintage]:
    """The counted population and the projection that the plan's pages rest on, those that there are."""
    return [v for which in ("observed", "projection") if (v := newest(which, plan.region)) is not None]


def waiting(plan: Plan) -> QuerySet[Vintage]:
    """Vintages that wait for a yes, oldest first."""
    seen = Q(indicator__region__isnull=True) | Q(indicator__region=plan.region_id)
    return Vintage.objects.waiting().filter(seen).select_related("indicator")


def proposals(plan: Plan, vintage: Vintage) -> list[AuditEntry]:
    """What the plan's keepers of figures have proposed of a waiting vintage, newest first."""
    rows = AuditEntry.objects.filter(
        scope=plan.public_id, action="vintage.propose", object_id=vintage.public_id
    )
    return list(rows.order_by("-pk")[:5])


def tell_what_is_missing(vintages: Iterable[Vintage]) -> None:
    """Give each vintage `reasons`, `lost_areas` and `lost_years` (at most a dozen names) and how many more. Two queries."""
    vintages = list(vintages)
    axes = dict(
        Vintage.objects.current()
        .filter(indicator__in=[v.indicator_id for v in vintages])
        .values_list("indicator_id", "dimensions")
    )
    lost = {}
    for vintage in vintages:
        before, now = dict(axes.get(vintage.indicator_id, [])), dict(vintage.dimensions)
        lost[vintage.pk] = [
            [x for x in before.get(n, []) if x not in set(now.get(n, []))] for n in ("area", "year")
        ]
    codes = {code for areas, _ in lost.values() for code in areas[:NAMED]}
    names = {area.code: str(area.name) for area in SourceArea.objects.of_codes(codes)}
    for vintage in vintages:
        areas, years = lost[vintage.pk]
        # What is lost is named below: the bare counts may have grown although some were lost.
        named = {"fewer_areas": areas, "fewer_years": years}
        vintage.reasons = [sentence(r) for r in vintage.held_because if not named.get(r.get("code"))]
        vintage.lost_areas = [names.get(code, code) for code in areas[:NAMED]]
        vintage.more_areas = max(0, len(areas) - NAMED)
        vintage.lost_years = [str(year) for year in years]
