"""assessments.yaml: child impact assessments, from the memo slip to as far as each has come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from lautta.assessments import actions
from lautta.assessments.choices import (
    NOT_KNOWN,
    Directness,
    Duration,
    Extent,
    HearingMethod,
    Intention,
    Need,
    OtherAssessment,
    Reach,
    State,
)
from lautta.assessments.dimensions import CONVENTION, dimensions
from lautta.assessments.models import Assessment
from lautta.common.translated import Translated
from lautta.indicators.definitions import definitions
from lautta.indicators.models import Indicator
from lautta.measures.choices import VulnerableGroup
from lautta.organisations.permissions import Permission
from lautta.plans.choices import TargetGroup
from lautta.plans.frameworks import frameworks
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.world import World

FILE = "assessments.yaml"


@dataclass
class RatingRow:
    row: Row
    dimension: str
    alternative: int
    values: dict[str, Any]


@dataclass
class AssessmentRow:
    """`steps`: columns by step; `rows`: what hangs from the assessment."""

    row: Row
    key: str
    organisation: str
    measure: str
    memo: dict[str, Any]
    steps: dict[str, dict[str, Any]] = field(default_factory=dict)
    result: str = ""
    background: dict[str, Any] | None = None
    alternatives: list[tuple[Translated, Translated]] = field(default_factory=list)
    ratings: list[RatingRow] = field(default_factory=list)
    hearings: list[actions.HearingRow] = field(default_factory=list)
    not_heard_reason: Translated = field(default_factory=Translated)
    follow_ups: list[tuple[actions.FollowUpRow, dt.date | None, Translated]] = field(default_factory=list)
    proposed: int | None = None
    decided: int | None = None
    child_summary: Translated = field(default_factory=Translated)
    written_on: dt.date | None = None
    published_on: dt.date | None = None
    published: bool = False
    illustrative: bool = False


def read_assessments(
    files: Files, known: RegionFile, measures: list[str], voices: list[str]
) -> list[AssessmentRow]:
    """None when there is no assessments.yaml."""
    if not files.has(FILE):
        return []
    top = files.read(FILE)
    illustrative = top.flag("illustrative")
    found, keys = [], {}  # type: ignore[var-annotated]
    for row in top.rows("assessments"):
        key = row.new_key("key", keys)
        keys[key] = row
        made = AssessmentRow(
            row,
            key,
            organisation=row.choice("organisation", known.organisations),
            measure=row.choice("measure", measures, required=False),
            memo={
                "title": row.translated("title"), "decider": row.translated("decider"),
                "decision_day": row.date("decision_day", required=False),
                "target_groups": row.choices("target_groups", TargetGroup.values, required=True),
                "first_estimate": row.translated("first_estimate"), "need": row.choice("need", Need.values),
            },
            child_summary=row.translated("child_summary", required=False),
            written_on=row.date("written_on", required=False),
            published_on=row.date("published_on", required=False),
            published=row.flag("published"),
            illustrative=row.flag("illustrative", default=illustrative),
        )  # fmt: skip
        _read_screening(made)
        _read_assessing(made, voices)
        found.append(made)
    return found


def _read_screening(made: AssessmentRow) -> None:
    row = made.row.child("screening", required=False)
    if row is None:
        return
    made.steps["screening"] = {
        "change": row.translated("change", required=False),
        "reach": row.choice("reach", Reach.values, required=False),
        "directness": row.choice("directness", Directness.values, required=False),
        "duration": row.choice("duration", Duration.values, required=False),
        "vulnerable_groups": row.choices("vulnerable_groups", VulnerableGroup.values),
        "transition": row.flag("transition"),
        "dimensions": row.choices("dimensions", list(dimensions())),
        "known": row.translated("known", required=False),
        "stop_reason": row.translated("stop_reason", required=False),
    }
    made.result = row.choice("result", [State.SCREENED.value, State.ASSESSING.value], required=False)


def _read_assessing(made: AssessmentRow, voices: list[str]) -> None:
    row = made.row
    if extent := row.child("extent", required=False):
        made.steps["extent"] = {
            "extent": extent.choice("extent", Extent.values),
            "preparer_title": extent.text("preparer_title", required=False, most=160),
            "starts_on": extent.date("starts_on", required=False), "due_on": extent.date("due_on", required=False),
            "hearing_plan": extent.translated("hearing_plan", required=False),
            "combined_with": extent.choices("combined_with", OtherAssessment.values),
        }  # fmt: skip
    if background := row.child("background", required=False):
        articles = [item.code for item in frameworks()[CONVENTION].items]
        made.background = {
            "text": background.translated("text", required=False),
            "indicators": [
                (r.choice("definition", list(definitions())), r.translated("note", required=False))
                for r in background.rows("indicators")
            ],
            "voices": background.choices("voices", voices),
            "articles": background.choices("articles", articles),
        }
    for r in row.rows("alternatives"):
        made.alternatives.append((r.translated("title"), r.translated("description", required=False)))
    for r in row.rows("ratings"):
        dimension = r.choice("dimension", list(dimensions()))
        made.ratings += [_rating(v, dimension, len(made.alternatives)) for v in r.rows("values")]
    for r in row.rows("hearings"):
        texts = {
            n: r.translated(n, required=n in {"who", "said"})
            for n in ("who", "asked", "said", "changed", "not_changed")
        }
        made.hearings.append(
            actions.HearingRow(
                method=r.choice("method", HearingMethod.values), number=r.whole("number", required=False) or None,
                heard_on=r.date("heard_on", required=False), **texts,
            )
        )  # fmt: skip
    made.not_heard_reason = row.translated("not_heard_reason", required=False)
    if conflicts := row.child("conflicts", required=False):
        made.steps["conflicts"] = {
            name: conflicts.translated(name, required=False) for name in ("conflicts", "mitigation")
        }
    _read_ending(made)


def _read_ending(made: AssessmentRow) -> None:
    row, most = made.row, len(made.alternatives)
    if reasoning := row.child("reasoning", required=False):
        made.steps["reasoning"] = {
            n: reasoning.translated(n, required=False) for n in ("best_interests", "proposal")
        }
        made.proposed = reasoning.whole("proposed", most=most)
    for r in row.rows("follow_ups"):
        due = r.date("due_on") or dt.date.max
        planned = actions.FollowUpRow(due, r.translated("what"), r.text("who", most=160))
        made.follow_ups.append(
            (planned, r.date("done_on", required=False), r.translated("result", required=False))
        )
    if decision := row.child("decision", required=False):
        made.steps["decision"] = {
            "decided_on": decision.date("decided_on"), "decision": decision.translated("decision"),
            "case_number": decision.text("case_number", required=False, most=80),
        }  # fmt: skip
        made.decided = decision.whole("decided", most=most)


def _rating(row: Row, dimension: str, most: int) -> RatingRow:
    number = row.data.get("value")
    value: int | str = NOT_KNOWN if number == NOT_KNOWN else row.whole("value", least=-2, most=2)
    row.skip("value")
    known = [*TargetGroup.values, *VulnerableGroup.values]
    return RatingRow(
        row, dimension, row.whole("alternative", most=most),
        {
            "value": value, "sentence": row.translated("sentence"),
            "directness": row.choice("directness", Directness.values, required=False),
            "duration": row.choice("duration", Duration.values, required=False),
            "intention": row.choice("intention", Intention.values, required=False),
            "groups": row.choices("groups", known), "group_sentence": row.translated("group_sentence", required=False),
        },
    )  # fmt: skip


def load_assessments(found: list[AssessmentRow], world: World) -> int:
    """Each by its organisation's people, step by step, as the pages do. Returns how many."""
    for each in found:
        with each.row.blamed():
            assessment = world.assessments[each.key] = _Steps(each, world).walk()
        _date(each, assessment, world)
        if each.published:
            with each.row.blamed():
                public = actions.publish(
                    by=world.actor(Permission.PUBLISH_MEASURES, assessment.organisation),
                    assessment=assessment,
                )
            if each.published_on:
                world.happened(
                    public, "published_at", world.moment(each.published_on, f"public {each.row.place}")
                )
        world.settle()
    return len(found)


class _Steps:
    """One assessment on its way; every action takes the version that the one before left."""

    def __init__(self, found: AssessmentRow, world: World):
        self.found, self.world = found, world
        organisation = world.organisations[found.organisation]
        self.by = world.actor(Permission.EDIT_MEASURES, organisation)
        self.assessment: Assessment = actions.write_memo(
            by=self.by, plan=world.plan, organisation=organisation, is_illustrative=found.illustrative,
            measure=world.measures.get(found.measure), **found.memo,
        )  # fmt: skip

    def do(self, action: Any, **values: Any) -> None:
        self.assessment = action(
            by=self.by, assessment=self.assessment, version=self.assessment.version, **values
        )

    def save(self, step: str, **more: Any) -> None:
        if step in self.found.steps:
            self.do(actions.save_step, step=step, values={**self.found.steps[step], **more})

    def go(self, state: str) -> None:
        self.assessment = actions.move(by=self.by, assessment=self.assessment, state=state)

    def walk(self) -> Assessment:
        found = self.found
        self.save("screening")
        if found.result:
            self.go(found.result)
        if found.result == State.ASSESSING:
            self._assess()
        if found.child_summary:
            self.do(actions.save_step, step="summary", values={"child_summary": found.child_summary})
        return self.assessment

    def _assess(self) -> None:
        found = self.found
        self.save("extent")
        if found.background:
            self._background(found.background)
        baseline = self.assessment.alternatives.get(position=0)
        texts = found.alternatives or [(baseline.title, baseline.description)]
        rows = [actions.AlternativeRow(*texts[0], public_id=baseline.public_id)]
        self.do(actions.set_alternatives, rows=rows + [actions.AlternativeRow(*t) for t in texts[1:]])
        places = {a.position: a for a in self.assessment.alternatives.in_order()}
        for dimension in dict.fromkeys(r.dimension for r in found.ratings):
            mine = [r for r in found.ratings if r.dimension == dimension]
            rated = [actions.RatingRow(places[r.alternative], **r.values) for r in mine]
            self.do(actions.set_ratings, dimension=dimension, rows=rated)
        self.do(actions.set_hearings, rows=found.hearings, not_heard_reason=found.not_heard_reason)
        self.save("conflicts")
        if found.proposed is not None:
            self.save("reasoning", proposed=places[found.proposed])
        if found.follow_ups:
            self.do(actions.set_follow_ups, rows=[row for row, _done, _result in found.follow_ups])
        if found.proposed is not None:
            self.go(State.PROPOSED)
        if found.decided is not None:
            self.save("decision", decided=places[found.decided])
            self.go(State.DECIDED)
            self._follow()

    def _background(self, background: dict[str, Any]) -> None:
        picks = []
        for code, note in background["indicators"]:
            d = definitions()[code]
            # What the catalogue does not have (nothing was fetched) is passed over.
            if indicator := Indicator.objects.public().filter(source=d.source, source_id=d.source_id).first():
                picks.append(actions.IndicatorPick(indicator, note))
        voices = [self.world.voices[key] for key in background["voices"]]
        self.do(
            actions.set_background, background=background["text"], articles=background["articles"],
            indicators=picks, voices=voices,
        )  # fmt: skip

    def _follow(self) -> None:
        for planned, done_on, result in self.found.follow_ups:
            if done_on is not None:
                follow_up = self.assessment.follow_ups.get(due_on=planned.due_on)
                actions.finish_follow_up(by=self.by, follow_up=follow_up, result=result, done_on=done_on)
        self.assessment.refresh_from_db()


def _date(found: AssessmentRow, assessment: Assessment, world: World) -> None:
    """When it went from state to state, as far as the file tells."""
    extent, decision = found.steps.get("extent", {}), found.steps.get("decision", {})
    days = {
        State.MEMO: found.written_on, State.SCREENING: found.written_on, State.NOT_NEEDED: found.written_on,
        State.SCREENED: found.published_on, State.ASSESSING: extent.get("starts_on"),
        State.PROPOSED: extent.get("due_on"), State.DECIDED: decision.get("decided_on"),
    }  # fmt: skip
    for change in assessment.state_changes.all():
        if day := days.get(State(change.state)):
            world.happened(change, "at", world.moment(day, f"{found.row.place} {change.state}"))
    world.settle()
