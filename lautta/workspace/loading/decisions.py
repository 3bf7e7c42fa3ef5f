"""decisions.yaml: bodies with their meeting days, and versions with what became of them, told in the order of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from lautta.common import clock
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.actions.amendments import answer_amendment
from lautta.decisions.actions.assessed import link_assessment
from lautta.decisions.actions.bodies import add_meetings, create_body
from lautta.decisions.actions.decisions import Asked, Facts, record_decision, set_legal_force
from lautta.decisions.actions.paths import lay_path
from lautta.decisions.actions.versions import freeze
from lautta.decisions.choices import OUTCOMES_OF, TIERS, BodyKind, StationKind, TargetKind, VersionKind
from lautta.decisions.models import Amendment, Body, Version
from lautta.measures.models import Round
from lautta.organisations.permissions import Permission
from lautta.plans.actions.goals import set_criteria
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.plan import PlanFile
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.rounds import RoundsFile
from lautta.workspace.loading.world import World

FILE = "decisions.yaml"


@dataclass
class BodyRow:
    row: Row
    key: str
    kind: str
    organisation: str
    name: Translated
    meetings: list[dt.date]


@dataclass
class ChangeRow:
    """A change that a body asked for, with the answer it got."""

    text: Translated
    goal: str
    accepted: bool | None
    answer: Translated


@dataclass
class DecisionRow:
    row: Row
    body: str
    day: dt.date
    outcome: str
    section: str
    wording: Translated
    legal_force: dt.date | None
    changes: list[ChangeRow]


@dataclass
class VersionRow:
    """`criterion`: what is added to a goal's target state before this version is frozen."""

    row: Row
    kind: str
    day: dt.date
    year: int | None
    period_end: int | None
    proposal: Translated
    summary: Translated
    reason: Translated
    due: dt.date | None
    goal: str
    criterion: Translated
    path: list[tuple[str, str]]
    decisions: list[DecisionRow]
    assessments: list[str]


@dataclass
class DecisionsFile:
    illustrative: bool = True
    bodies: dict[str, BodyRow] = field(default_factory=dict)
    versions: list[VersionRow] = field(default_factory=list)


def read_decisions(files: Files, known: RegionFile, plan: PlanFile, rounds: RoundsFile) -> DecisionsFile:
    """Empty when there is no decisions.yaml."""
    found = DecisionsFile()
    if not files.has(FILE):
        return found
    top = files.read(FILE)
    found.illustrative = top.flag("illustrative", default=True)
    for row in top.rows("bodies"):
        key = row.new_key("key", found.bodies)
        found.bodies[key] = BodyRow(
            row, key, row.choice("kind", BodyKind.values), row.choice("organisation", known.organisations, required=False),
            row.translated("name"), [day for day in row.sequence("meetings") if isinstance(day, dt.date)],
        )  # fmt: skip
    for row in top.rows("versions"):
        found.versions.append(_read_version(row, found, plan, rounds))
    return found


def _read_version(row: Row, found: DecisionsFile, plan: PlanFile, rounds: RoundsFile) -> VersionRow:
    path = [
        (
            r.choice("body", found.bodies),
            r.choice("asked", StationKind.values, required=False, default="decides"),
        )
        for r in row.rows("path")
    ]
    kind = row.choice("kind", VersionKind.values)
    year = row.year("year", required=False) if row.has("year") else None
    if year is not None and year not in rounds.rounds:
        row.wrong("year", f"there is no round of {year} in rounds.yaml")
    return VersionRow(
        row, kind, row.date("day"), year, row.year("period_end", required=False) if row.has("period_end") else None,
        row.translated("proposal"), row.translated("summary", required=False), row.translated("reason", required=False),
        row.date("due", required=False), row.choice("goal", plan.numbers, required=False),
        row.translated("criterion", required=False), path, [_read_decision(r, found, plan) for r in row.rows("decisions")],
        [str(key) for key in row.sequence("assessments")],
    )  # fmt: skip


def _read_decision(row: Row, found: DecisionsFile, plan: PlanFile) -> DecisionRow:
    changes = [
        ChangeRow(
            r.translated("text"), r.choice("goal", plan.numbers, required=False),
            r.flag("accepted") if r.has("accepted") else None, r.translated("answer", required=False),
        )
        for r in row.rows("changes")
    ]  # fmt: skip
    outcomes = sorted({o.value for held in OUTCOMES_OF.values() for o in held})
    return DecisionRow(
        row, row.choice("body", found.bodies), row.date("day"), row.choice("outcome", outcomes),
        row.text("section", required=False, most=20), row.translated("wording", required=False),
        row.date("legal_force", required=False), changes,
    )  # fmt: skip


def load_decisions(found: DecisionsFile, world: World) -> int:
    """Everything on its own day; what has not come yet by the world's last day is left out. Returns the number of versions."""
    bodies = {key: _body(row, found, world) for key, row in found.bodies.items()}
    versions = 0
    for row in found.versions:
        if row.day <= world.last_day:
            _version(row, found, bodies, world)
            versions += 1
    return versions


def _body(row: BodyRow, found: DecisionsFile, world: World) -> Body:
    organisation = world.organisations[row.organisation] if row.organisation else None
    by = world.actor(Permission.RECORD_DECISIONS, organisation)
    with row.row.blamed():
        # A group of the three tiers may have come from tiers.yaml already.
        body = Body.objects.filter(
            plan=world.plan, kind=row.kind, organisation=organisation, kind__in=TIERS
        ).first()
        body = body or create_body(
            by=by, plan=world.plan, kind=row.kind, name=row.name, organisation=organisation, is_illustrative=found.illustrative
        )  # fmt: skip
        if row.meetings:
            add_meetings(by=by, body=body, days=row.meetings)
    return body


def _version(row: VersionRow, found: DecisionsFile, bodies: Mapping[str, Body], world: World) -> None:
    by = world.actor(Permission.FREEZE_VERSIONS)
    with clock.as_of(row.day), row.row.blamed():
        if row.goal and row.criterion:
            goal = world.goals[row.goal]
            held = [(c.public_id, c.text) for c in goal.criteria.order_by("position", "pk")]
            set_criteria(
                by=world.actor(Permission.EDIT_PLAN), goal=goal, criteria=[*held, (None, row.criterion)]
            )
        version = freeze(
            by=by, plan=world.plan, kind=row.kind, proposal=row.proposal, summary=row.summary, reason=row.reason,
            round=Round.objects.filter(plan=world.plan, year=row.year or 0).first(), period_end=row.period_end,
            is_illustrative=found.illustrative,
        )  # fmt: skip
        for key in row.assessments:
            if key not in world.assessments:
                raise Refused(f"no assessment {key} in assessments.yaml")
            link_assessment(by=by, version=version, assessment=world.assessments[key])
        lay_path(by=by, version=version, bodies=[(bodies[key], kind) for key, kind in row.path], due=row.due)
    for each in sorted(row.decisions, key=lambda d: d.day):
        if each.day <= world.last_day:
            _decide(each, version, bodies, world)


def _decide(row: DecisionRow, version: Version, bodies: Mapping[str, Body], world: World) -> None:
    body = bodies[row.body]
    by = world.actor(Permission.RECORD_DECISIONS, body.organisation)
    asked = [
        Asked(
            c.text,
            TargetKind.GOAL if c.goal else TargetKind.WHOLE,
            world.goals[c.goal].public_id if c.goal else "",
        )
        for c in row.changes
    ]
    with clock.as_of(row.day), row.row.blamed():
        facts = Facts(row.outcome, row.day, section=row.section, wording=row.wording, amendments=asked)
        decision = record_decision(by=by, station=version.stations.get(body=body), facts=facts)
        _answer(row, list(decision.amendments.order_by("position")), world)
    if row.legal_force and row.legal_force <= world.last_day:
        with clock.as_of(row.legal_force), row.row.blamed():
            set_legal_force(by=by, decision=decision, on=row.legal_force)


def _answer(row: DecisionRow, amendments: list[Amendment], world: World) -> None:
    for change, amendment in zip(row.changes, amendments, strict=True):
        if change.accepted is not None:
            answer_amendment(
                by=world.actor(Permission.FREEZE_VERSIONS), amendment=amendment, row_version=amendment.row_version,
                accepted=change.accepted, answer=change.answer,
            )  # fmt: skip
