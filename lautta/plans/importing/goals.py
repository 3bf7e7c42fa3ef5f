"""Goals of a plan: by their chapter, by a label, by a table column, by a sentence that says so."""

from __future__ import annotations

import re

from .pieces import Piece
from .result import Goal
from .words import CROSS_CUTTING, GOAL_CHAPTER, GOAL_COLUMN, GOAL_LABEL, MEANS, NOT_GOAL_CHAPTER, SUBGOAL

_SENTENCE = re.compile(r"(?<=[.!?])(?:\s+)(?=[A-ZÅÄÖ”\"(\d])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:esim|ml|ym|mm|n|ks|vrt|ns|v|s|t\.ex|bl\.a|m\.fl|dvs|e\.g|i\.e|etc|no|nr)|\b[A-ZÅÄÖ])\.$", re.I
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text; a citation in brackets stays with the sentence before it."""
    found: list[str] = []
    for part in _SENTENCE.split(text):
        if found and (_ABBREVIATION.search(found[-1][-12:]) or part.startswith("(")):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return tuple(part.strip() for part in found if part.strip())


# A text with none of these says nothing about aims or means; looking for them is cheaper than
# parting sentences.
_SIGNS = (
    *("yhdistää", "läpileikkaa", "väline", "keino"),
    *("målet", "målen", "genomgående", "medel", "verktyg", "redskap"),
    *("goals are", " aim", "cross", "common goal", "overarching goal", "means", "tools"),
)


class Goals:
    def __init__(self) -> None:
        self.found: list[Goal] = []
        self._places: dict[tuple[str, str], int] = {}
        self.last: dict[str, int] = {}

    def add(self, kind: str, title: str, chapter: int | None, **more: object) -> int:
        """Index of the goal; one of the same kind and words is not added again."""
        title = title.strip().rstrip(".:").strip()
        key = kind, _folded(title)
        if key not in self._places:
            values = {
                "number": "",
                "description": "",
                "criteria": (),
                "parent": None,
                "certain": True,
                **more,
            }
            self._places[key] = self.last[kind] = len(self.found)
            self.found.append(Goal(kind=kind, title=title, chapter=chapter, **values))  # type: ignore[arg-type]
        return self._places[key]


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def is_goal_chapter(title: str) -> bool:
    return bool(GOAL_CHAPTER.search(title)) and not NOT_GOAL_CHAPTER.search(title)


def from_sentences(goals: Goals, text: str, chapter: int) -> None:
    """The cross-cutting aim and its means, where a sentence says which they are."""
    small = text.lower()
    if not any(sign in small for sign in _SIGNS):
        return
    aim: int | None = None
    for sentence in sentences(text):
        match = CROSS_CUTTING.match(sentence)
        if match:
            title = next(value for value in match.groups() if value)
            aim = goals.add("cross_cutting", _capital(title), chapter, description=sentence)
            continue
        match = MEANS.match(sentence)
        if match:
            for part in split_means(next(value for value in match.groups() if value)):
                goals.add("means", _capital(part), chapter, parent=_cross(goals, aim), description=sentence)


def _cross(goals: Goals, aim: int | None) -> int | None:
    return goals.last.get("cross_cutting") if aim is None else aim


def split_means(text: str) -> list[str]:
    """ "A ja B, C, D sekä E" → four: commas part, then the last conjunction;
    "A ja B" before a comma stays whole.
    """
    parts = [part.strip() for part in re.split(r",\s+", text.strip(" ,."))]
    if len(parts) == 1:
        split = re.split(r"\s+(?:sekä|samt|as well as)\s+", parts[0])
        return split if len(split) > 1 else re.split(r"\s+(?:ja|och|and)\s+", parts[0])
    last = re.split(r"\s+(?:sekä|samt|as well as)\s+", parts[-1], maxsplit=1)
    if len(last) == 1:
        last = re.split(r"\s+(?:ja|och|and)\s+", parts[-1])
        last = [" ja ".join(last[:-1]), last[-1]] if len(last) > 2 else last
    parts[-1:] = [re.sub(r"^(?:sekä|ja|och|samt|and)\s+", "", part) for part in last]
    return [part for part in parts if part]


def _capital(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:]


def from_label(goals: Goals, text: str, chapter: int, following: str = "") -> bool:
    """ "Tavoite 1: Lapset voivat hyvin"."""
    match = GOAL_LABEL.match(text)
    if not match or len(match["title"]) > 400:
        return False
    title, *rest = sentences(match["title"])
    description = " ".join([*rest, following]).strip()
    kind = "subgoal" if SUBGOAL.match(match["kind"]) else "main"
    number = match["number"] or ""
    goals.add(
        kind,
        title,
        chapter,
        number=number,
        description=description,
        criteria=sentences(description),
        parent=goals.last.get("main") if kind == "subgoal" else None,
    )
    return True


def from_table(goals: Goals, piece: Piece, chapter: int) -> None:
    """Each filled cell under "Tavoite" is a goal; the rest of its rows is its description."""
    columns = [index for index, cell in enumerate(piece.header) if GOAL_COLUMN.match(cell.strip())]
    if not columns or len(piece.header) < 2:
        return
    above: int | None = None
    for row in piece.rows:
        for depth, column in enumerate(columns):
            cell = row[column].strip() if column < len(row) else ""
            if not cell or not any(c.isalpha() for c in cell):
                continue
            match = re.match(r"^(?P<number>\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?P<title>\D.*)$", cell, re.S)
            number, title = (match["number"], match["title"]) if match else ("", cell)
            below = bool(depth) or bool(SUBGOAL.match(piece.header[column])) or number.count(".") > 0
            rest = "; ".join(
                f"{piece.header[i]}: {value}"
                for i, value in enumerate(row)
                if value and i not in columns and i < len(piece.header)
            )
            index = goals.add(
                "subgoal" if below else "main",
                title,
                chapter,
                number=number,
                description=rest,
                parent=above if below else None,
                certain=False,
            )
            if not below:
                above = index
