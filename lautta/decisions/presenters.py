"""Shaping for templates: a frozen document for reading, a way for looking at, the board of bodies × versions. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common.html import sanitise
from lautta.common.templatetags.look import number, plain_day
from lautta.common.translated import Translated
from lautta.decisions.choices import Outcome, VersionKind
from lautta.decisions.comparing import chapter_text
from lautta.decisions.freezing import Document
from lautta.decisions.freezing.opened import Quotation
from lautta.decisions.models import Body, Decision, Version
from lautta.decisions.path import State, Stop
from lautta.decisions.planning import Expected
from lautta.decisions.reading import Row as ForceRow
from lautta.decisions.reading import Way
from lautta.measures.choices import Status
from lautta.statistics.panel import Status as Cell
from lautta.voices.models import Voice

Words = str | Promise

OUTCOME_MARKS: dict[str, tuple[str, str]] = {
    Outcome.APPROVE: ("check", "pill-ok"),
    Outcome.APPROVE_WITH_CHANGES: ("edit", "pill-ok"),
    Outcome.COMMIT: ("people", "pill-ok"),
    Outcome.TAKE_NOTE: ("info", "pill-ok"),
    Outcome.TABLE: ("paused", "pill-under-way"),
    Outcome.RETURN: ("back", "pill-under-way"),
    Outcome.REJECT: ("cancelled", "pill-alert"),
}
STATE_WORDS: dict[State, Words] = {
    State.WAITING: _("Ei vielä käsiteltävänä"),
    State.STOPPED: _("Ei tule käsiteltäväksi"),
    State.BEFORE: _("Odottaa päätöstä"),
}


@dataclass(frozen=True)
class Mark:
    """A state in a word, an icon and a class."""

    word: Words
    icon: str
    css: str


def mark_of(stop: Stop) -> Mark:
    if stop.decision is not None:
        icon, css = OUTCOME_MARKS[stop.decision.outcome]
        return Mark(stop.decision.get_outcome_display(), icon, css)
    if stop.state == State.BEFORE:
        return Mark(STATE_WORDS[stop.state], "clock", "pill-under-way")
    if stop.state == State.STOPPED:
        return Mark(STATE_WORDS[stop.state], "cancelled", "pill-planned")
    return Mark(STATE_WORDS[State.WAITING], "planned", "pill-planned")


@dataclass(frozen=True)
class Step:
    """A station for the page. `note` tells of days in words; `is_late` when the day is past the due day."""

    stop: Stop
    mark: Mark
    note: str
    is_late: bool
    may_record: bool

    @property
    def station(self):
        return self.stop.station

    @property
    def decision(self) -> Decision | None:
        return self.stop.decision


@dataclass(frozen=True)
class Lane:
    """One organisation's steps in their order; the joint bodies have none."""

    title: Words
    steps: list[Step]

    @property
    def is_open(self) -> bool:
        """Somebody on the lane has yet to decide."""
        return any(not step.stop.is_done for step in self.steps)

    @property
    def is_late(self) -> bool:
        return any(step.is_late for step in self.steps)

    @property
    def summary(self) -> str:
        """ "1/2 käsitellyt", or where the last one left it once all have."""
        done = [step for step in self.steps if step.stop.is_done]
        if len(done) < len(self.steps):
            return now("%(n)s/%(of)s käsitellyt") % {"n": len(done), "of": len(self.steps)}
        last = self.steps[-1]
        return (
            f"{last.mark.word} {plain_day(last.decision.decided_on)}"
            if last.decision
            else str(last.mark.word)
        )


def lanes(way: Way, may_record: Callable[[Body], bool] = lambda _body: False) -> list[Lane]:
    """The way organisation by organisation. `may_record(body)` says whether the reader records for it: nobody in public."""
    made: dict[int | None, Lane] = {}
    for stop in way.stops:
        body = stop.station.body
        lane = made.setdefault(
            body.organisation_id,
            Lane(body.organisation.name if body.organisation else _("Yhteiset ryhmät"), []),
        )
        lane.steps.append(_step(stop, way.expected.get(stop.station.pk), may_record(body)))
    return list(made.values())


def _step(stop: Stop, expected: Expected | None, may_record: bool) -> Step:
    return Step(stop, mark_of(stop), _note(stop, expected), bool(expected and expected.is_late), may_record)


def _note(stop: Stop, expected: Expected | None) -> str:
    if stop.decision is not None and expected is None:
        return _decided_words(stop.decision)
    if stop.state == State.STOPPED:
        return ""
    words = []
    if stop.decision is not None:
        words.append(_decided_words(stop.decision))
    if expected is not None:
        if expected.meeting is not None:
            words.append(now("Kokous %(day)s") % {"day": plain_day(expected.meeting.held_on)})
        if expected.chosen_is_too_early:
            words.append(now("Kokous on ennen kuin asia on valmis: valitse toinen"))
        elif expected.lacks_days:
            words.append(now("Kokouspäivä puuttuu"))
    if stop.station.due:
        words.append(now("viimeistään %(day)s") % {"day": plain_day(stop.station.due)})
    return " · ".join(words)


def _decided_words(decision: Decision) -> str:
    words = [plain_day(decision.decided_on)]
    if decision.section:
        words.append(decision.section if "§" in decision.section else f"§ {decision.section}")
    if decision.case_number:
        words.append(decision.case_number)
    return ", ".join(words)


def title_of(version: Version) -> str:
    """ "Osa II 2024, versio 3"."""
    kind = VersionKind(version.kind)
    name = {
        VersionKind.PART_ONE: now("Osa I"),
        VersionKind.PART_TWO: now("Osa II %(year)s") % {"year": version.year},
        VersionKind.WHOLE: now("Osat I ja II %(year)s") % {"year": version.year},
        VersionKind.EXTENSION: now("Voimassaolon jatko"),
        VersionKind.SUCCESSION: now("Siirtyminen seuraavaan suunnitelmaan"),
    }[kind]
    return now("%(name)s, versio %(number)s") % {"name": name, "number": version.number}


def force_summary(rows: Sequence[ForceRow], own: Collection[int] = ()) -> dict[str, Any]:
    """In how many organisations each part is in force now; `own`: keys of those whose rows a phone shows unfolded."""
    return {
        "all": len(rows),
        "part_one": sum(row.part_one_now is not None for row in rows),
        "part_two": sum(row.part_two_now is not None for row in rows),
        "own": [row for row in rows if row.organisation.pk in own],
    }


@dataclass(frozen=True)
class Row:
    """One body across versions: a mark and a day for each, or None where the version does not pass it."""

    body: Body
    cells: list[tuple[Mark, Stop] | None]


def matrix(ways: Sequence[Way]) -> list[Row]:
    """Bodies × the versions of `ways`, bodies in order of their organisations."""
    bodies: dict[int, Body] = {}
    found: dict[tuple[int, int], Stop] = {}
    for n, way in enumerate(ways):
        for stop in way.stops:
            bodies[stop.station.body_id] = stop.station.body
            found[stop.station.body_id, n] = stop
    order = sorted(
        bodies.values(),
        key=lambda b: (
            b.organisation.sort_key if b.organisation else "",
            b.organisation_id or 0,
            b.position,
            b.pk,
        ),
    )
    return [
        Row(
            body,
            [_cell(found.get((body.pk, n))) for n in range(len(ways))],
        )
        for body in order
    ]


def _cell(stop: Stop | None) -> tuple[Mark, Stop] | None:
    return None if stop is None else (mark_of(stop), stop)


# --- a document for reading -------------------------------------------------------------------------


@dataclass(frozen=True)
class ChapterShown:
    """`level` is the heading's; `body` clean HTML whose own headings begin one below it."""

    key: str
    label: str
    level: int
    language: str
    body: SafeString
    plain: str
    quotations: list[Quotation]
    organisation: Translated | None = None


@dataclass(frozen=True)
class GoalShown:
    row: Mapping[str, Any]
    label: str
    description: Translated
    plain: Translated
    owner: Translated | None
    criteria: list[Translated]
    quotations: list[Quotation]
    below: list[GoalShown] = field(default_factory=list)

    @property
    def colour(self) -> int:
        return self.row["colour"]


@dataclass(frozen=True)
class IndicatorShown:
    title: Translated
    baseline: str
    value: str
    target: str
    is_illustrative: bool


@dataclass(frozen=True)
class MeasureShown:
    title: Translated
    change: Translated
    status: Words
    goals: str


@dataclass(frozen=True)
class MeasureGroup:
    organisation: Translated
    measures: list[MeasureShown]


def chapters(document: Document, top: int = 3) -> list[ChapterShown]:
    """In order; a subchapter's heading is one level below its chapter's."""
    known = {row["id"] for row in document.chapters}
    made = []
    for row in document.chapters:
        text = chapter_text(row)
        if not text:
            continue
        level = top + (row["parent"] in known)
        language = next(code for code, held in row["texts"].items() if held is text)
        made.append(
            ChapterShown(
                row["id"], f"{row['number']} {text['title']}".strip(), level, language,
                with_levels(text["body"], level + 1), text["plain"], document.quotations(row["quotations"]),
                document.organisations.get(row["organisation"] or ""),
            )
        )  # fmt: skip
    return made


def with_levels(html: str, top: int) -> SafeString:
    """Sanitised once more on its way out; the text's own headings begin at level `top`."""
    html = sanitise(html)
    for level in (4, 3, 2):
        new = min(6, level + top - 2)
        html = html.replace(f"<h{level}>", f"<h{new}>").replace(f"</h{level}>", f"</h{new}>")
    # A wide table scrolls in a frame of its own, by keyboard too.
    html = html.replace("<table>", '<div class="table-wrap" tabindex="0"><table>')
    return mark_safe(html.replace("</table>", "</table></div>"))


def goals(document: Document) -> list[GoalShown]:
    """From the top, each with those below it."""
    made: dict[str, GoalShown] = {}
    tops: list[GoalShown] = []
    for row in document.goals:
        shown = GoalShown(
            row, f"{row['number']} {Translated.from_json(row['title'])}".strip(), Translated.from_json(row["description"]),
            Translated.from_json(row["plain"]), document.organisations.get(row["owner"] or ""),
            [Translated.from_json(c["text"]) for c in row["criteria"]], document.quotations(row["quotations"]),
        )  # fmt: skip
        made[row["id"]] = shown
        parent = made.get(row["parent"] or "")
        (parent.below if parent else tops).append(shown)
    return tops


def indicators(document: Document) -> list[IndicatorShown]:
    return [
        IndicatorShown(
            Translated.from_json(row["title"]), _point(row, "baseline"), _value(row), _point(row, "target"),
            row["illustrative"],
        )
        for row in document.indicators
    ]  # fmt: skip


def _point(row: Mapping[str, Any], name: str) -> str:
    point = row[name]
    return f"{number(point['value'], row['decimals'])} ({point['year']})" if point else ""


def _value(row: Mapping[str, Any]) -> str:
    """A number that is hidden and one that is not there are told apart, and neither is zero."""
    if row["status"] == Cell.SUPPRESSED:
        return now("salattu, liian pieni")
    return _point(row, "value") or now("ei tietoa")


def measure_groups(document: Document) -> list[MeasureGroup]:
    """By organisation, in the order of the document's organisations."""
    numbers = {g["id"]: g["number"] or str(Translated.from_json(g["title"])) for g in document.goals}
    statuses = dict(Status.choices)
    made: dict[str, MeasureGroup] = {}
    for row in document.measures:
        group = made.setdefault(
            row["organisation"],
            MeasureGroup(document.organisations.get(row["organisation"], Translated()), []),
        )
        group.measures.append(
            MeasureShown(
                Translated.from_json(row["title"]), Translated.from_json(row["change"]),
                statuses.get(row["status"], row["status"]), ", ".join(numbers.get(g, "") for g in row["goals"]).strip(", "),
            )
        )  # fmt: skip
    order = list(document.organisations)
    return [made[key] for key in sorted(made, key=lambda k: order.index(k) if k in order else len(order))]


ROLES = dict(Voice.SpeakerRole.choices)
AGES = {code: words for code, words in Voice.AgeGroup.choices if code}


def speaker(quotation: Quotation) -> str:
    """ "Koululainen, 7–12 v"."""
    return ", ".join(
        str(w) for w in (ROLES.get(quotation.role, quotation.role), AGES.get(quotation.age_group)) if w
    )


def document_context(document: Document) -> dict[str, Any]:
    """For decisions/parts/document.html."""
    return {
        "document": document,
        "chapters": chapters(document),
        "goals": goals(document),
        "indicators": indicators(document),
        "measure_groups": measure_groups(document),
        "time_reason": Translated.from_json(document.time.get("reason")) if document.time else None,
        "successor_title": Translated.from_json(document.time.get("title")) if document.time else None,
    }


FATES = {
    "added": pgettext_lazy("muutos", "Uusi"),
    "removed": pgettext_lazy("muutos", "Poistettu"),
    "changed": pgettext_lazy("muutos", "Muuttunut"),
}
