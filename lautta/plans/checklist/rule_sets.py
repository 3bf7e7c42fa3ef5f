"""Rule sets of the statutory checklist: data files in plans/data/checklists, one set of rules with its years a file.

A file holds `checklist` {key, valid {from, to}, jointly, review_years, title, who, to_check (each fi, sv, en), law {title, url},
guide {title, url}, checked_by_lawyer} and `items` [{code, title, plain, binds [kinds of organisation], facts, indicators}].
An item that means the same keeps its code from one set to the next: marks are kept by code. A file that does not hold
together stops the program: see `load`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from lautta.common.translated import LANGUAGES, Translated
from lautta.organisations.models import Organisation
from lautta.plans.models import Plan

FOLDER = Path(__file__).parents[1] / "data" / "checklists"
_CODE_LENGTH = 40
# What can be counted of an item; see checklist.evidence.
FACTS = frozenset(
    {
        "chapters_current_state",
        "chapters_partnership",
        "joint_indicators",
        "measures",
        "money",
        "person_years",
        "reports",
    }
)


class RuleSetError(ValueError):
    """The data file cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the plan must hold. `binds`: kinds of organisation; `indicators`: codes of definitions that tell of it."""

    code: str
    title: Translated
    plain: Translated
    binds: frozenset[str]
    facts: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one time. `jointly`: those who are bound answer together, not each for its own part."""

    key: str
    starts: dt.date
    ends: dt.date | None
    jointly: bool
    review_years: int
    title: Translated
    who: Translated
    to_check: Translated
    law_title: str
    law_url: str
    guide_title: str
    guide_url: str
    checked_by_lawyer: bool
    items: tuple[Item, ...]

    def holds_on(self, day: dt.date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def item(self, code: str) -> Item | None:
        return next((item for item in self.items if item.code == code), None)


@cache
def rule_sets() -> tuple[RuleSet, ...]:
    """Every rule set, oldest first. RuleSetError when two hold on the same day."""
    found = sorted(
        (load(yaml.safe_load(path.read_text("utf-8")), path.name) for path in FOLDER.glob("*.yaml")),
        key=lambda r: r.starts,
    )
    for before, after in pairwise(found):
        if before.ends is None or before.ends >= after.starts:
            raise RuleSetError(f"{before.key} and {after.key} hold on the same day")
    return tuple(found)


def rule_set_on(day: dt.date) -> RuleSet | None:
    return next((r for r in rule_sets() if r.holds_on(day)), None)


def rule_sets_of(plan: Plan) -> list[RuleSet]:
    """Those that hold at some time of the plan's period, oldest first."""
    first, last = dt.date(plan.period_start, 1, 1), dt.date(plan.period_end, 12, 31)
    return [r for r in rule_sets() if r.starts <= last and (r.ends is None or r.ends >= first)]


def item_codes() -> frozenset[str]:
    return frozenset(item.code for r in rule_sets() for item in r.items)


def load(data: Any, name: str) -> RuleSet:
    """Read one file's content. RuleSetError on a missing part or language, an unknown kind or fact, a code used twice."""
    head = data.get("checklist") if isinstance(data, dict) else None
    if not isinstance(head, dict) or not head.get("key"):
        raise RuleSetError(f"{name}: no checklist with a key")
    valid = head.get("valid") or {}
    starts, ends = valid.get("from"), valid.get("to")
    if not isinstance(starts, dt.date) or not (
        ends is None or (isinstance(ends, dt.date) and ends >= starts)
    ):
        raise RuleSetError(f"{name}: valid needs a first day, and a last day after it or null")
    law, guide = head.get("law") or {}, head.get("guide") or {}
    if not law.get("title") or not law.get("url"):
        raise RuleSetError(f"{name}: the law is named with its title and address")
    rows = data.get("items")
    items = tuple(_item(row, name) for row in rows) if isinstance(rows, list) else ()
    codes = [item.code for item in items]
    if not codes or len(set(codes)) != len(codes):
        raise RuleSetError(f"{name}: items with codes of their own are needed")
    return RuleSet(
        key=str(head["key"]), starts=starts, ends=ends, jointly=bool(head.get("jointly")),
        review_years=int(head.get("review_years") or 4), title=_words(head, "title", name), who=_words(head, "who", name),
        to_check=_words(head, "to_check", name), law_title=str(law["title"]), law_url=str(law["url"]),
        guide_title=str(guide.get("title") or ""), guide_url=str(guide.get("url") or ""),
        checked_by_lawyer=bool(head.get("checked_by_lawyer")), items=items,
    )  # fmt: skip


def _item(row: Any, name: str) -> Item:
    code = str(row.get("code") or "") if isinstance(row, dict) else ""
    if not code or len(code) > _CODE_LENGTH:
        raise RuleSetError(f"{name}: an item needs a code of 1–{_CODE_LENGTH} characters: {row!r}")
    binds, facts = frozenset(row.get("binds") or ()), tuple(row.get("facts") or ())
    if not binds or not binds <= set(Organisation.Kind.values):
        raise RuleSetError(f"{name}: {code} binds kinds of organisation: {sorted(binds)}")
    if not set(facts) <= FACTS:
        raise RuleSetError(f"{name}: {code} has unknown facts {sorted(set(facts) - FACTS)}")
    where = f"{name}: {code}"
    return Item(
        code, _words(row, "title", where), _words(row, "plain", where), binds, facts, tuple(row.get("indicators") or ())
    )  # fmt: skip


def _words(row: dict[str, Any], key: str, where: str) -> Translated:
    words = row.get(key)
    if not isinstance(words, dict) or any(not str(words.get(c) or "").strip() for c in LANGUAGES):
        raise RuleSetError(f"{where}: {key} in {', '.join(LANGUAGES)} is needed")
    return Translated.of(words["fi"], sv=words["sv"], en=words["en"])
