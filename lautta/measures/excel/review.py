"""Judging the rows of an upload against what stands: new, changed field by field, unchanged, or rejected cell by cell."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lautta.measures.choices import NEEDS_REASON, TRANSITIONS, Status
from lautta.measures.excel import cells
from lautta.measures.excel.cells import CellError
from lautta.measures.excel.columns import NEEDED, columns
from lautta.measures.excel.indicators import Pairs, sought_of
from lautta.measures.excel.reading import Upload
from lautta.measures.excel.vocabulary import goal_words, indicator_words
from lautta.measures.models import MeasureYear
from lautta.measures.sought import Sought
from lautta.plans.models import Goal, JointIndicator

TEXTS = ("title", "change", "description")
STATUS = ("status", "timeliness", "reason")
PAIRED = ("indicators", "directions", "first_indicator")


@dataclass(frozen=True, slots=True)
class Rejection:
    """One cell that will not do: `where` is sheet!cell as Excel says it."""

    row: int
    where: str
    column: str
    shown: str
    problem: str


@dataclass(slots=True)
class Row:
    """One row judged. `values` holds content for the actions, `status` the wish for the status."""

    number: int
    title: str = ""
    standing: MeasureYear | None = None
    values: dict[str, Any] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)
    rejected: bool = False

    @property
    def is_new(self) -> bool:
        return self.standing is None and not self.rejected


@dataclass(slots=True)
class Review:
    """What an upload would do."""

    rows: list[Row]
    rejections: list[Rejection]
    ignored: list[str]

    @property
    def new(self) -> list[Row]:
        return [r for r in self.rows if r.is_new]

    @property
    def changed(self) -> list[Row]:
        return [r for r in self.rows if not r.rejected and r.standing and r.changes]

    @property
    def unchanged(self) -> list[Row]:
        return [r for r in self.rows if not r.rejected and r.standing and not r.changes]

    @property
    def rejected(self) -> list[Row]:
        return [r for r in self.rows if r.rejected]


class _Judge:
    """Carries what every row is judged by."""

    def __init__(
        self, upload: Upload, standing: Mapping[str, MeasureYear], goals: Iterable[Goal], elsewhere: set[str],
        joint: Sequence[JointIndicator],
    ):  # fmt: skip
        self.upload, self.standing, self.elsewhere = upload, standing, elsewhere
        self.goals = goal_words(goals)
        self.directions = {j.indicator_id: j.direction for j in joint}
        held = (x.indicator for year in standing.values() for x in year.indicator_links.all())
        known = {i.pk: i for i in [*(j.indicator for j in joint), *held]}
        self.indicators = indicator_words(known.values())
        self.heads: dict[str, list[tuple[str, str]]] = {}
        self.numbers: dict[str, list[int]] = {}
        # The sheet's own order of columns; of repeated ones their numbers' order.
        for key in dict.fromkeys(head[1] for head in upload.heads):
            repeated = sorted(
                (number, letter, title) for letter, k, number, title in upload.heads if k == key
            )
            self.heads[key] = [(letter, title) for _number, letter, title in repeated]
            self.numbers[key] = [number for number, _letter, _title in repeated]
        self.rejections: list[Rejection] = []
        ids = [
            _text(row["cells"].get(letter, ""))
            for row in upload.rows
            for letter, _t in self.heads.get("id", [])
        ]
        self.twice = {key for key, count in Counter(ids).items() if key and count > 1}

    def judge(self, raw_row: dict[str, Any]) -> Row:
        row = Row(raw_row["row"])
        given = raw_row["cells"]
        before = len(self.rejections)
        self._identify(row, given)
        read = self._read(row, given)
        if len(self.rejections) == before:
            self._compare(row, read)
        row.title = str(read.get("title") or (row.standing.title if row.standing else "") or "–")
        row.rejected = len(self.rejections) > before
        return row

    def reject(
        self, number: int, key: str, problem: str, given: Any = "", letter: str = "", title: str = ""
    ) -> None:
        if not letter:
            letter, title = self.heads.get(key, [("A", "")])[0]
        where = f"{self.upload.sheet}!{letter}{number}"
        self.rejections.append(Rejection(number, where, title, cells.shown(given), problem))

    def _identify(self, row: Row, given: Mapping[str, Any]) -> None:
        letters = self.heads.get("id", [])
        raw = given.get(letters[0][0], "") if letters else ""
        key = _text(raw)
        if not key:
            return
        row.standing = self.standing.get(key)
        if key in self.twice:
            self.reject(row.number, "id", _("Sama tunnus on kahdella rivillä."), raw)
        elif row.standing is None and key in self.elsewhere:
            self.reject(row.number, "id", _("Tämä on toisen organisaation toimenpide."), raw)
        elif row.standing is None:
            self.reject(
                row.number,
                "id",
                _(
                    "Tällä tunnuksella ei ole toimenpidettä tällä kierroksella. Uudella rivillä tunnus on tyhjä."
                ),
                raw,
            )

    def _read(self, row: Row, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every column's value; a cell that will not do is rejected and left out."""
        read: dict[str, Any] = {}
        paired: dict[str, dict[int, Any]] = {}
        for key, places in self.heads.items():
            if key == "id":
                continue
            many: list[Any] = []
            failed = False
            for letter, title in places:
                raw = given.get(letter, "")
                try:
                    value = cells.value(key, raw, self.goals, self.indicators)
                except CellError as problem:
                    self.reject(row.number, key, str(problem), raw, letter, title)
                    failed = True
                    continue
                many.append(value)
            if failed:
                continue
            if key in PAIRED:
                paired[key] = dict(zip(self.numbers[key], many, strict=True))
            elif key in {"goals", "target_groups"}:
                read[key] = list(dict.fromkeys(v for v in many if v is not None))
            else:
                read[key] = many[0]
            if key in NEEDED and not read[key]:
                self.reject(row.number, key, _("Tämä on pakollinen."))
        if "indicators" in paired:
            read["indicators"] = self._sought(row, given, paired)
        start, end = read.get("starts_on"), read.get("ends_on")
        if start and end and end < start:
            self.reject(
                row.number,
                "ends_on",
                _("Toimenpide ei voi päättyä ennen kuin se alkaa."),
                {"day": end.isoformat()},
            )
        return read

    def _sought(
        self, row: Row, given: Mapping[str, Any], paired: Mapping[str, dict[int, Any]]
    ) -> list[Sought]:
        first = next(iter(paired.get("first_indicator", {}).values()), None)
        pairs = Pairs(
            paired["indicators"], paired.get("directions"), first, has_first="first_indicator" in paired
        )
        standing = sought_of(row.standing) if row.standing else []
        found = pairs.sought(standing, self.directions, set(self.directions))
        for key, number, problem in pairs.problems:
            letter, title = self.heads[key][self.numbers[key].index(number)]
            self.reject(row.number, key, problem, given.get(letter, ""), letter, title)
        return found

    def _compare(self, row: Row, read: dict[str, Any]) -> None:
        version = read.pop("version", None)
        wish = {name: read.pop(name) for name in STATUS if name in read}
        m = row.standing
        for name, after in read.items():
            before = _standing(m, name)
            if _same(before, after):
                continue
            row.values[name] = after
            if m:
                row.changes.append((name, before, after))
        self._status(row, wish)
        if m and row.changes and version != m.version:
            if version is None:
                self.reject(row.number, "version", _("Versio puuttuu. Lataa taulukko uudelleen."))
            else:
                self.reject(
                    row.number,
                    "version",
                    _(
                        "Toimenpidettä on muutettu Lautassa latauksen jälkeen. Lataa taulukko uudelleen ja tee muutos siihen."
                    ),
                    {"number": float(version)},
                )

    def _status(self, row: Row, wish: dict[str, Any]) -> None:
        """An empty status cell asks for nothing; a reason alone does not either."""
        m = row.standing
        before = Status(m.status) if m else Status.PLANNED
        after = Status(wish["status"]) if wish.get("status") else before
        timeliness = m.timeliness if m else ""
        wanted = wish["timeliness"] if wish.get("timeliness") else timeliness
        if after != before and after not in TRANSITIONS[before]:
            text = _("Tilasta ”%(before)s” ei voi siirtyä suoraan tilaan ”%(after)s”.")
            self.reject(
                row.number, "status", text % {"before": before.label, "after": after.label}, str(after.label)
            )
            return
        if after != before and after in NEEDS_REASON and not wish.get("reason"):
            self.reject(row.number, "reason", _("Kerro lyhyesti syy."))
            return
        if after != before or wanted != timeliness:
            row.status = {
                "status": after.value,
                "timeliness": str(wanted),
                "reason": wish.get("reason") or "",
            }
            if m and after != before:
                row.changes.append(("status", before.value, after.value))
            if m and wanted != timeliness:
                row.changes.append(("timeliness", timeliness, wanted))


def review(
    upload: Upload,
    standing: Mapping[str, MeasureYear],
    goals: Iterable[Goal],
    elsewhere: Iterable[str] = (),
    joint: Sequence[JointIndicator] = (),
) -> Review:
    """Judge every row.

    `standing`: {public id: the year in this round, goals and indicators prefetched} of the organisation; `elsewhere`:
    public ids of the plan's other measures; `goals` and `joint`: those that may be chosen.
    """
    judge = _Judge(upload, standing, list(goals), set(elsewhere), joint)
    for place in upload.merged:
        text = _("Solut on yhdistetty. Pura yhdistäminen: yksi tieto yhdessä solussa.")
        judge.rejections.append(Rejection(0, f"{upload.sheet}!{place}", "", "", text))
    rows = [judge.judge(row) for row in upload.rows]
    return Review(rows, judge.rejections, list(upload.ignored))


def _text(raw: Any) -> str:
    return raw.strip() if isinstance(raw, str) else cells.shown(raw)


def _standing(m: MeasureYear | None, name: str) -> Any:
    if m is None:
        return None
    if name in TEXTS:
        text = getattr(m, name)
        return text.in_language(text.source) or ""
    if name == "goals":
        return sorted(m.goals.all(), key=lambda g: (g.position, g.pk))
    if name == "indicators":
        return sought_of(m)
    return getattr(m, name)


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, list) and isinstance(after, list):
        return {_key(v) for v in before} == {_key(v) for v in after}
    if isinstance(before, str) and isinstance(after, str):
        return before.split() == after.split()
    return (before or None) == (after or None)


def _key(value: Any) -> Any:
    return value.key if isinstance(value, Sought) else getattr(value, "pk", value)


def headings() -> dict[str, str]:
    """{key: heading in the active language} for the page that shows changes."""
    return {c.key: str(c.label) for c in columns(1, 1)}


def day_text(value: dt.date) -> str:
    return f"{value.day}.{value.month}.{value.year}"
