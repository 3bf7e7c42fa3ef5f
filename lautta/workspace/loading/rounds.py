"""rounds.yaml: yearly rounds, the organisations' emphases and evaluations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from lautta.common.translated import Translated
from lautta.measures import actions
from lautta.measures.models import MeasureYear, Round
from lautta.organisations.permissions import Permission
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.reading import Files, Row, first
from lautta.workspace.loading.world import World


@dataclass
class EmphasisRow:
    row: Row
    organisation: str
    text: Translated


@dataclass
class EvaluationRow:
    row: Row
    organisation: str
    succeeded: Translated
    difficult: Translated
    next_year: Translated


@dataclass
class RoundRow:
    row: Row
    year: int
    state: str
    emphasis: Translated
    guidance: Translated
    opens_on: dt.date | None
    deadline: dt.date | None
    spring_due: dt.date | None
    autumn_due: dt.date | None
    evaluation_due: dt.date | None
    closed_on: dt.date | None
    illustrative: bool
    emphases: list[EmphasisRow] = field(default_factory=list)
    evaluations: list[EvaluationRow] = field(default_factory=list)

    def due(self, period: str) -> dt.date:
        """By when a period's report is wanted; without a date in the file the end of May or of October."""
        if period == "spring":
            return self.spring_due or dt.date(self.year, 5, 31)
        return self.autumn_due or dt.date(self.year, 10, 31)


@dataclass
class RoundsFile:
    rounds: dict[int, RoundRow] = field(default_factory=dict)
    shown_as_of: dt.date | None = None


def read_rounds(files: Files, known: RegionFile) -> RoundsFile:
    """Rounds by year; none when there is no rounds.yaml."""
    found = RoundsFile()
    if not files.has("rounds.yaml"):
        return found
    top = files.read("rounds.yaml")
    illustrative = top.flag("illustrative")
    found.shown_as_of = top.date("shown_as_of", required=False)
    for row in top.rows("rounds"):
        row.skip("title", "emphases_due")
        made = RoundRow(
            row,
            year=row.year("year"),
            state=row.choice("state", Round.State.values),
            emphasis=row.translated("emphasis", required=False),
            guidance=row.translated("guidance", required=False),
            opens_on=row.date("opens", required=False),
            deadline=row.date("measures_due"),
            spring_due=row.date("spring_reports_due", required=False),
            autumn_due=row.date("autumn_reports_due", required=False),
            evaluation_due=row.date("evaluation_due", required=False),
            closed_on=row.date("closed", required=False),
            illustrative=illustrative,
        )
        if made.year in found.rounds:
            row.wrong("year", f"the round of {made.year} is given twice")
        for r in row.rows("emphases"):
            made.emphases.append(
                EmphasisRow(r, r.choice("organisation", known.organisations), r.translated("text"))
            )
        for r in row.rows("evaluations"):
            made.evaluations.append(
                EvaluationRow(
                    r, r.choice("organisation", known.organisations), r.translated("succeeded"),
                    r.translated("difficult", required=False), r.translated("next_year", required=False),
                )
            )  # fmt: skip
        found.rounds[made.year] = made
    return found


def load_round(found: RoundRow, world: World) -> Round:
    """The round, opened when the file says so, with the organisations' emphases."""
    by = world.actor(Permission.MANAGE_ROUNDS)
    with found.row.blamed():
        made = actions.create_round(
            by=by, plan=world.plan, year=found.year, deadline=found.deadline, opens_on=found.opens_on,
            evaluation_deadline=found.evaluation_due, emphases=found.emphasis, guidance=found.guidance,
        )  # fmt: skip
        if found.state != Round.State.PLANNED:
            made = actions.open_round(by=by, round=made)
            if found.opens_on:
                change = made.state_changes.get()
                world.happened(change, "at", world.moment(found.opens_on, f"open {found.year}"))
    for emphasis in found.emphases:
        organisation = world.organisations[emphasis.organisation]
        with emphasis.row.blamed():
            actions.set_emphasis(
                by=world.actor(Permission.EDIT_MEASURES, organisation), round=made, organisation=organisation,
                text=emphasis.text,
            )  # fmt: skip
    return made


def answer(found: RoundRow, round: Round, world: World) -> None:
    """Organisations that have published something of the round have answered it."""
    if found.state == Round.State.PLANNED:
        return
    ready = set(
        MeasureYear.objects.public().filter(round=round).values_list("measure__organisation_id", flat=True)
    )
    for key, organisation in world.organisations.items():
        if organisation.pk not in ready:
            continue
        by = world.actor(Permission.EDIT_MEASURES, organisation)
        with found.row.blamed():
            made = actions.answer_round(by=by, round=round, organisation=organisation)
        world.happened(made, "answered_at", world.moment(found.deadline, f"{key} {found.year}", spread=12))


def evaluate(found: RoundRow, round: Round, world: World) -> None:
    """The organisations' evaluations of the year, and the round's closing."""
    for e in found.evaluations:
        organisation = world.organisations[e.organisation]
        with e.row.blamed():
            made = actions.evaluate_year(
                by=world.actor(Permission.EVALUATE_YEAR, organisation), round=round,
                organisation=organisation, succeeded=first(e.succeeded), difficult=first(e.difficult),
                next_year=first(e.next_year), language=e.succeeded.source,
                is_illustrative=found.illustrative,
            )  # fmt: skip
        due = found.evaluation_due or dt.date(found.year + 1, 1, 31)
        world.happened(made, "created_at", world.moment(due, f"{e.organisation} {found.year}", spread=20))
    if found.state == Round.State.CLOSED:
        with found.row.blamed():
            actions.close_round(by=world.actor(Permission.MANAGE_ROUNDS), round=round)
        if found.closed_on:
            change = round.state_changes.order_by("-pk").first()
            world.happened(change, "at", world.moment(found.closed_on, f"close {found.year}"))
