"""measures.yaml or measures/*.yaml: measures year by year, with money, reports and statuses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lautta.common.translated import Translated
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
from lautta.measures.models import MeasureYear, Round
from lautta.organisations.permissions import Permission
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.plan import PlanFile, read_mirrors
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.rounds import RoundRow, RoundsFile
from lautta.workspace.loading.world import World

TIERS = {tier.name.lower(): tier.value for tier in ServiceTier}
# What stands for a funding code where the region has no codes.yaml.
FUNDING = {
    "own": {"fi": "oma talousarvio", "sv": "egen budget", "en": "own budget"},
    "state_grant": {"fi": "valtionavustus", "sv": "statsunderstöd", "en": "state grant"},
    "project": {"fi": "hankeraha", "sv": "projektmedel", "en": "project funding"},
    "foundation": {"fi": "säätiö tai lahjoitus", "sv": "stiftelse eller donation", "en": "foundation or donation"},
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
    status: str
    timeliness: str
    reason: Translated
    person_years: Decimal
    money: list[MoneyRow]
    reports: list[ReportRow]


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
    responsible_title = row.translated("responsible_title", required=False).shown(row.files.source).text
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
    )
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
            r, r.choice("period", ReportPeriod.values), r.translated("done"), r.translated("changed", required=False),
            r.translated("evidence", required=False), r.choice("status", Status.values),
            r.choice("timeliness", Timeliness.values, required=False),
        )
        for r in row.rows("reports")
    ]  # fmt: skip
    return YearRow(
        row,
        year,
        organisation=row.choice("organisation", known.organisations, required=False) or organisation,
        content=row.translated("content", required=False),
        status=row.choice("status", Status.values, required=False, default=Status.PLANNED),
        timeliness=row.choice("timeliness", Timeliness.values, required=False),
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
    """Every measure's content, money, publishing, reports and statuses of one round. `so_far` is carried from round to round."""
    here = [(m, y) for m in found for y in m.years if y.year == round.year]
    for measure, year in here:
        with year.row.blamed():
            so_far[measure.key] = Loaded(_content(measure, year, round_row, round, so_far, world), year.organisation)
    for measure, year in here:
        with year.row.blamed():
            _resources(measure, year, so_far[measure.key], world)
            if measure.published:
                _publish(measure, year, round_row, so_far[measure.key], world)


def load_reports_of(
    found: list[MeasureRow], round_row: RoundRow, round: Round, so_far: dict[str, Loaded], world: World
) -> None:
    """What was told of the year: spring before autumn, as it happened."""
    for measure in found:
        for year in measure.years:
            if year.year == round.year:
                _reports(measure, year, round_row, so_far[measure.key].year, world)


def _content(
    measure: MeasureRow, year: YearRow, round_row: RoundRow, round: Round, so_far: dict[str, Loaded], world: World
) -> MeasureYear:
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
        [made] = actions.carry_over(by=by, round=round, organisation=organisation, measure_years=[earlier.year])
        if news := {name: value for name, value in content.items() if getattr(made, name) != value}:
            made = actions.update_measure(by=by, measure_year=made, **news)
    for change in made.status_changes.all():
        world.happened(change, "at", when)
    world.happened(made, "updated_at", when)
    return made


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
            actions.Amount(organisation, year.year, m.kind, m.amount, tier=m.tier, funding=m.funding) for m in year.money
        ]
        loaded.year = actions.set_money(by=by, measure_year=loaded.year, rows=rows)
    if year.person_years:
        tier = measure.content["service_tier"]
        rows = [actions.Amount(organisation, year.year, MoneyKind.BUDGET, year.person_years, tier=tier)]
        loaded.year = actions.set_person_years(by=by, measure_year=loaded.year, rows=rows)
    if measure.mirrors and loaded.year.carried_from_id is None:
        items = [(framework, code) for framework, codes in measure.mirrors.items() for code in codes]
        loaded.year = actions.set_mirrorings(by=by, measure_year=loaded.year, items=items)


def _publish(measure: MeasureRow, year: YearRow, round_row: RoundRow, loaded: Loaded, world: World) -> None:
    by = world.actor(Permission.PUBLISH_MEASURES, world.organisations[year.organisation])
    loaded.year = actions.publish_measure(by=by, measure_year=loaded.year)
    when = world.moment(round_row.deadline, f"{measure.key} {year.year}", spread=30)
    world.happened(loaded.year, "published_at", when + dt.timedelta(days=3))


def _reports(measure: MeasureRow, year: YearRow, round_row: RoundRow, made: MeasureYear, world: World) -> None:
    by = world.actor(Permission.REPORT, world.organisations[year.organisation])
    reports = sorted(year.reports, key=lambda r: r.period != ReportPeriod.SPRING)
    reason = year.reason.shown(year.reason.source).text
    for report in reports:
        last = report is reports[-1] and report.status == year.status
        language = report.done.source
        when = world.moment(round_row.due(report.period), f"{measure.key} {year.year} {report.period}", spread=15)
        with report.row.blamed():
            written = actions.submit_report(
                by=by, measure_year=made, period=report.period, done=report.done.in_language(language) or "",
                changed=report.changed.in_language(language) or "", evidence=report.evidence.in_language(language) or "",
                status=report.status, timeliness=report.timeliness, reason=reason if last else "", language=language,
                is_illustrative=measure.content["is_illustrative"],
            )  # fmt: skip
        world.happened(written, "created_at", when)
        _status_changed(made, when, world)
    newest = reports[-1] if reports else None
    if newest is None or (newest.status, newest.timeliness) != (year.status, year.timeliness):
        with year.row.blamed():
            made.refresh_from_db(fields=["status", "timeliness"])
            actions.change_status(
                by=by, measure_year=made, status=year.status, timeliness=year.timeliness, reason=reason
            )
        due = round_row.due(ReportPeriod.AUTUMN)
        _status_changed(made, world.moment(due, f"{measure.key} {year.year} status", spread=10), world)


def _status_changed(made: MeasureYear, when: dt.datetime, world: World) -> None:
    """Date the changes that this step has added: those that have no date yet."""
    for change in made.status_changes.all():
        if not world.is_dated(change):
            world.happened(change, "at", when)
