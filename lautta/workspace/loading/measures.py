"""measures.yaml or measures/*.yaml: measures year by year, with money, reports and statuses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lautta.common.translated import Translated
from lautta.indicators.definitions import definitions
from lautta.indicators.models import Indicator
from lautta.measures import actions
from lautta.measures.choices import (
    MoneyKind,
    ReportPeriod,
    Sector,
    ServiceTier,
    Status,
    TargetGroup,
    Timeliness,
    VulnerableGroup,
)
from lautta.measures.models import MeasureYear, Round, StatusChange
from lautta.organisations.permissions import Permission
from lautta.plans.models import JointIndicator
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.plan import PlanFile, read_mirrors
from lautta.workspace.loading.reading import Files, Row, first
from lautta.workspace.loading.rounds import RoundRow, RoundsFile
from lautta.workspace.loading.world import World

TIERS = {tier.name.lower(): tier.value for tier in ServiceTier}
# What stands for a funding code where the region has no codes.yaml.
FUNDING = {
    "own": {"fi": "oma talousarvio", "sv": "egen budget", "en": "own budget"},
    "state_grant": {"fi": "valtionavustus", "sv": "statsunderstöd", "en": "state grant"},
    "project": {"fi": "hankeraha", "sv": "projektmedel", "en": "project funding"},
    "foundation": {
        "fi": "säätiö tai lahjoitus",
        "sv": "stiftelse eller donation",
        "en": "foundation or donation",
    },
    "volunteer": {"fi": "talkootyö", "sv": "talkoarbete", "en": "volunteer work"},
}


@dataclass
class MoneyRow:
    kind: str
    tier: int | None
    amount: Decimal
    funding: str


@dataclass
class ReportRow:
    row: Row
    period: str
    done: Translated
    changed: Translated
    evidence: Translated
    status: str
    timeliness: str


@dataclass
class YearRow:
    row: Row
    year: int
    organisation: str
    content: Translated
    # None: as it was carried over or last reported.
    status: str | None
    timeliness: str | None
    reason: Translated
    person_years: Decimal
    money: list[MoneyRow]
    reports: list[ReportRow]


@dataclass
class SoughtRow:
    """One of the joint indicators in which the change should show."""

    definition: str
    direction: str
    is_first: bool


@dataclass
class MeasureRow:
    row: Row
    key: str
    organisation: str
    partners: list[str]
    goals: list[str]
    mirrors: dict[str, list[str]]
    content: dict[str, Any]
    published: bool
    indicators: list[SoughtRow] = field(default_factory=list)
    years: list[YearRow] = field(default_factory=list)


def read_measures(files: Files, known: RegionFile, plan: PlanFile, rounds: RoundsFile) -> list[MeasureRow]:
    """All measures in the order of their files."""
    names = ["measures.yaml"] if files.has("measures.yaml") else files.in_folder("measures")
    funding = _read_funding(files)
    found: dict[str, MeasureRow] = {}
    for name in names:
        top = files.read(name)
        illustrative = top.flag("illustrative")
        for row in top.rows("measures", required=True):
            key = row.new_key("key", found)
            found[key] = _read_measure(row, key, known, plan, rounds, funding, illustrative)
    return list(found.values())


def _read_funding(files: Files) -> dict[str, str]:
    """The words of each funding code in the region's language."""
    if not files.has("codes.yaml"):
        return {code: words[files.source] for code, words in FUNDING.items()}
    top = files.read("codes.yaml")
    # The other code lists are for readers: their codes are the rooms' own.
    top.skip(*top.data)
    row = top.child("funding")
    return {str(code): row.translated(code).shown(files.source).text for code in row.data}


def _read_measure(
    row: Row, key: str, known: RegionFile, plan: PlanFile, rounds: RoundsFile, funding: dict[str, str],
    illustrative: bool,
) -> MeasureRow:  # fmt: skip
    organisation = row.choice("organisation", known.organisations)
    responsible_title = first(row.translated("responsible_title", required=False))
    measure = MeasureRow(
        row,
        key,
        organisation=organisation,
        partners=row.choices("partners", known.organisations),
        goals=row.choices("goals", plan.numbers, required=True),
        mirrors=read_mirrors(row.child("mirrors", required=False)),
        content={
            "title": row.translated("title"),
            "change": row.translated("change"),
            "description": row.translated("description", required=False),
            "target_groups": row.choices("target_groups", TargetGroup.values, required=True),
            "vulnerable_groups": row.choices("vulnerable_groups", VulnerableGroup.values),
            "sectors": row.choices("sectors", Sector.values),
            "service_tier": TIERS.get(row.choice("service_tier", TIERS, required=False)),
            "responsible_title": responsible_title,
            "starts_on": row.date("start"),
            "ends_on": row.date("end", required=False),
            "is_illustrative": row.flag("illustrative", default=illustrative),
        },
        published=row.flag("published"),
        indicators=[
            SoughtRow(
                r.choice("definition", list(definitions())),
                r.choice("direction", Indicator.Direction.values, required=False),
                r.flag("first"),
            )
            for r in row.rows("indicators")
        ],
    )
    if sum(each.is_first for each in measure.indicators) > 1:
        row.wrong("indicators", "only one is looked at first")
    starts_on, ends_on = measure.content["starts_on"], measure.content["ends_on"]
    if starts_on and ends_on and ends_on < starts_on:
        row.wrong("end", "a measure cannot end before it begins")
    for r in row.rows("years", required=True):
        year = _read_year(r, organisation, known, rounds, funding)
        if measure.years and year.year <= measure.years[-1].year:
            r.wrong("year", "years go in order, each once")
        measure.years.append(year)
        organisation = year.organisation
    return measure


def _read_year(
    row: Row, organisation: str, known: RegionFile, rounds: RoundsFile, funding: dict[str, str]
) -> YearRow:
    # What the review decided waits for its room.
    row.skip("review")
    year = row.year("year")
    if year and year not in rounds.rounds:
        row.wrong("year", f"there is no round of {year} in rounds.yaml")
    money = [
        MoneyRow(
            kind=r.choice("kind", MoneyKind.values),
            tier=TIERS.get(r.choice("tier", TIERS, required=False)),
            amount=Decimal(str(r.number("amount"))),
            funding=funding.get(r.choice("funding", funding, required=False), ""),
        )
        for r in row.rows("money")
    ]
    reports = [
        ReportRow(
            r, r.choice("period", ReportPeriod.values), r.translated("done"),
            r.translated("changed", required=False), r.translated("evidence", required=False),
            r.choice("status", Status.values), r.choice("timeliness", Timeliness.values, required=False),
        )
        for r in row.rows("reports")
    ]  # fmt: skip
    return YearRow(
        row,
        year,
        organisation=row.choice("organisation", known.organisations, required=False) or organisation,
        content=row.translated("content", required=False),
        status=row.choice("status", Status.values, required=False) or None,
        timeliness=row.choice("timeliness", Timeliness.values, required=False) or None,
        reason=row.translated("reason", required=False),
        person_years=Decimal(str(row.number("person_years", required=False, most=10_000))),
        money=money,
        reports=reports,
    )


@dataclass
class Loaded:
    """A measure's newest year so far."""

    year: MeasureYear
    organisation: str


def load_measures_of(
    found: list[MeasureRow], round_row: RoundRow, round: Round, so_far: dict[str, Loaded], world: World
) -> None:
    """Every measure's content, money and publishing in one round. `so_far` goes from round to round."""
    here = [(m, y) for m in found for y in m.years if y.year == round.year]
    days = {}
    for measure, year in here:
        with year.row.blamed(measure.row):
            made, when = _content(measure, year, round_row, round, so_far, world)
        so_far[measure.key] = Loaded(made, year.organisation)
        days[made.pk] = when
    _date_status_changes(round, days, world)
    for measure, year in here:
        with year.row.blamed():
            _resources(measure, year, so_far[measure.key], world)
            if measure.published:
                _publish(measure, year, round_row, so_far[measure.key], world)


def load_reports_of(
    found: list[MeasureRow], round_row: RoundRow, round: Round, so_far: dict[str, Loaded], world: World
) -> None:
    """What was told of the year, as it happened: all springs, then all autumns, then how the year ended."""
    here = [(m, y, so_far[m.key].year) for m in found for y in m.years if y.year == round.year]
    for period in ReportPeriod.values:
        days = {}
        for measure, year, made in here:
            for report in year.reports:
                if report.period == period:
                    when = world.moment(
                        round_row.due(period), f"{measure.key} {year.year} {period}", spread=15
                    )
                    _report(measure, year, report, made, when, world)
                    days[made.pk] = when
        _date_status_changes(round, days, world)
    days = {}
    for measure, year, made in here:
        if _end_status(year, made, world):
            due = round_row.due(ReportPeriod.AUTUMN)
            days[made.pk] = world.moment(due, f"{measure.key} {year.year} {ReportPeriod.AUTUMN}", spread=15)
    _date_status_changes(round, days, world)


def _date_status_changes(round: Round, days: dict[int, dt.datetime], world: World) -> None:
    """Date the changes that the last step has added. `days` by the measure year's primary key."""
    for change in StatusChange.objects.filter(measure_year__round=round, measure_year__in=days):
        if not world.is_dated(change):
            world.happened(change, "at", days[change.measure_year_id])


def _content(
    measure: MeasureRow,
    year: YearRow,
    round_row: RoundRow,
    round: Round,
    so_far: dict[str, Loaded],
    world: World,
) -> tuple[MeasureYear, dt.datetime]:
    organisation = world.organisations[year.organisation]
    by = world.actor(Permission.EDIT_MEASURES, organisation)
    content = {**measure.content, "description": _described(measure.content["description"], year.content)}
    when = world.moment(round_row.deadline, f"{measure.key} {year.year}", spread=30)
    earlier = so_far.get(measure.key)
    if earlier is None:
        made = actions.create_measure(
            by=by, plan=world.plan, round=round, organisation=organisation,
            goals=[world.goals[n] for n in measure.goals],
            partners=[world.organisations[k] for k in measure.partners], **content,
        )  # fmt: skip
        world.happened(made.measure, "created_at", when)
    else:
        if earlier.organisation != year.organisation:
            _hand_over(measure, year, earlier, world)
        [made] = actions.carry_over(
            by=by, round=round, organisation=organisation, measure_years=[earlier.year]
        )
        if news := {name: value for name, value in content.items() if getattr(made, name) != value}:
            made = actions.update_measure(by=by, measure_year=made, **news)
    world.happened(made, "updated_at", when)
    return made, when


def _described(description: Translated, addition: Translated) -> Translated:
    """What the measure is and, in its own paragraph, what is new this year."""
    if not addition:
        return description
    texts = {code: t.text for code, t in description.texts.items()}
    for code, added in addition.texts.items():
        texts[code] = f"{texts[code]}\n\n{added.text}" if code in texts else added.text
    return Translated.from_mapping(texts, source=addition.source)


def _hand_over(measure: MeasureRow, year: YearRow, earlier: Loaded, world: World) -> None:
    former, to = world.organisations[earlier.organisation], world.organisations[year.organisation]
    by = world.actor(Permission.EDIT_MEASURES, former)
    actions.hand_over(by=by, measure=earlier.year.measure, to=to, first_year=year.year)
    row = earlier.year.measure.handovers.order_by("-pk").first()
    if row is not None:
        world.happened(row, "at", world.moment(dt.date(year.year, 1, 9), measure.key))


def _resources(measure: MeasureRow, year: YearRow, loaded: Loaded, world: World) -> None:
    organisation = world.organisations[year.organisation]
    by = world.actor(Permission.EDIT_MEASURES, organisation)
    if year.money:
        rows = [
            actions.Amount(organisation, year.year, m.kind, m.amount, tier=m.tier, funding=m.funding)
            for m in year.money
        ]
        loaded.year = actions.set_money(by=by, measure_year=loaded.year, rows=rows)
    if year.person_years:
        tier = measure.content["service_tier"]
        rows = [actions.Amount(organisation, year.year, MoneyKind.BUDGET, year.person_years, tier=tier)]
        loaded.year = actions.set_person_years(by=by, measure_year=loaded.year, rows=rows)
    if measure.mirrors and loaded.year.carried_from_id is None:
        items = [(framework, code) for framework, codes in measure.mirrors.items() for code in codes]
        loaded.year = actions.set_mirrorings(by=by, measure_year=loaded.year, items=items)
    if measure.indicators and loaded.year.carried_from_id is None:
        loaded.year = actions.set_indicators(by=by, measure_year=loaded.year, rows=_sought(measure, world))


def _sought(measure: MeasureRow, world: World) -> list[actions.Sought]:
    """What the measure names; what the plan does not follow (nothing was fetched) is passed over."""
    joint_ones = JointIndicator.objects.filter(plan=world.plan).with_content()
    followed = {joint.indicator.definition: joint for joint in joint_ones}
    return [
        actions.Sought(joint.indicator, each.direction or joint.direction, is_primary=each.is_first)
        for each in measure.indicators
        if (joint := followed.get(each.definition))
    ]


def _publish(measure: MeasureRow, year: YearRow, round_row: RoundRow, loaded: Loaded, world: World) -> None:
    by = world.actor(Permission.PUBLISH_MEASURES, world.organisations[year.organisation])
    loaded.year = actions.publish_measure(by=by, measure_year=loaded.year)
    when = world.moment(round_row.deadline, f"{measure.key} {year.year}", spread=30)
    world.happened(loaded.year, "published_at", when + dt.timedelta(hours=1))


def _report(
    measure: MeasureRow, year: YearRow, report: ReportRow, made: MeasureYear, when: dt.datetime, world: World
) -> None:
    # The year's reason goes with the report that brings the year to its end.
    last = report is max(year.reports, key=lambda r: r.period != ReportPeriod.SPRING) and report.status == (
        year.status or report.status
    )
    with report.row.blamed():
        written = actions.submit_report(
            by=world.actor(Permission.REPORT, world.organisations[year.organisation]), measure_year=made,
            period=report.period, done=first(report.done), changed=first(report.changed),
            evidence=first(report.evidence), status=report.status, timeliness=report.timeliness,
            reason=first(year.reason) if last else "", language=report.done.source,
            is_illustrative=measure.content["is_illustrative"],
        )  # fmt: skip
    made.status, made.timeliness = written.status, written.timeliness
    world.happened(written, "created_at", when)


def _end_status(year: YearRow, made: MeasureYear, world: World) -> bool:
    """The year's own status, where the reports have not brought it there. True when something changed."""
    status, timeliness = year.status or made.status, year.timeliness or made.timeliness
    if (made.status, made.timeliness) == (status, timeliness):
        return False
    by = world.actor(Permission.REPORT, world.organisations[year.organisation])
    with year.row.blamed():
        changed = actions.change_status(
            by=by, measure_year=made, status=status, timeliness=timeliness, reason=first(year.reason)
        )
    return changed is not None
