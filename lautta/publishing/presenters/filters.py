"""Filters as links: which measures a choice of filters leaves, and how many each further choice would
leave.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

ALL = "all"
# A facet with more choices shows the commonest; the page must stay light however many take part.
MOST_CHOICES = 20


@dataclass(frozen=True, slots=True)
class Column:
    """One facet of every row: what each row holds, and to which codes each thing held belongs.

    A list has thousands of rows but few different things: all work but one look-up a row is done once for each of those.
    """

    held: Sequence[Hashable]
    codes: Mapping[Hashable, frozenset[str]]

    @classmethod
    def of(cls, held: Sequence[Hashable], codes_of: Callable[[Any], Iterable[str]]) -> "Column":
        return cls(held, {thing: frozenset(codes_of(thing)) for thing in set(held)})

    def having(self, code: str) -> list[bool]:
        """For each row, whether it belongs to the code."""
        right = {thing for thing, codes in self.codes.items() if code in codes}
        return [thing in right for thing in self.held]

    def tally(self, rows: Iterable[int]) -> Counter:
        """How many of the rows belong to each code."""
        found: Counter = Counter()
        for thing, n in Counter(map(self.held.__getitem__, rows)).items():
            for code in self.codes[thing]:
                found[code] += n
        return found


@dataclass(frozen=True)
class Facet:
    """A question that the list can be limited by. `choices`: (code, label) in their order."""

    code: str
    label: str
    choices: list[tuple[str, str]]
    default: str = ""


@dataclass(frozen=True)
class Narrowed:
    """Places of the rows left, in the order they came, and for each facet how many rows each of its codes would leave."""

    rows: list[int]
    tallies: Mapping[str, Counter]


def chosen(query: Mapping[str, str], facets: Iterable[Facet]) -> dict[str, str]:
    """The known choices of a query string; what is unknown is left out, defaults are filled in."""
    picked = {}
    for facet in facets:
        code = query.get(facet.code, "")
        if code not in {c for c, _ in facet.choices}:
            code = facet.default
        if code:
            picked[facet.code] = code
    return picked


def narrow(columns: Mapping[str, Column], choices: Mapping[str, str]) -> Narrowed:
    """A row that fails one facet alone still counts for that facet's other choices."""
    passed = {facet: columns[facet].having(code) for facet, code in choices.items()}
    size = len(next(iter(columns.values())).held) if columns else 0
    failures = [0] * size
    for right in passed.values():
        failures = [n + (not fine) for n, fine in zip(failures, right, strict=True)]
    left = [row for row, n in enumerate(failures) if not n]
    near = [row for row, n in enumerate(failures) if n == 1]
    tallies = {}
    for facet, column in columns.items():
        also = [row for row in near if not passed[facet][row]] if facet in passed else []
        tallies[facet] = column.tally([*left, *also])
    return Narrowed(left, tallies)


@dataclass(frozen=True)
class Links:
    """Addresses of the list under other choices. Defaults are left unsaid, so that one view has one
    address.
    """

    path: str
    facets: list[Facet]
    choices: Mapping[str, str]
    sort: str = ""
    default_sort: str = "goal"

    def __call__(self, **changes: str) -> str:
        return self._address({**self.choices, **changes}, self.sort)

    def sorted_by(self, sort: str) -> str:
        return self._address(self.choices, sort)

    def sorts(self, orders: Iterable[tuple[str, str]]) -> list[dict]:
        """The same list in each order."""
        return [
            {"label": label, "url": self.sorted_by(code), "current": code == self.sort}
            for code, label in orders
        ]

    def clear(self) -> str:
        return self._address({}, self.sort)

    def _address(self, wanted: Mapping[str, str], sort: str) -> str:
        defaults = {facet.code: facet.default for facet in self.facets} | {"sort": self.default_sort}
        asked = {
            code: value
            for code, value in {**wanted, "sort": sort}.items()
            if value and value != defaults.get(code)
        }
        return f"{self.path}?{urlencode(asked)}" if asked else self.path


def groups(
    facets: list[Facet], choices: Mapping[str, str], narrowed: Narrowed, link: Links, open_first: int = 0
) -> list[dict]:
    """For components/filters.html. A choice that would leave nothing is not offered, unless it is the one
    made.
    """
    made = []  # type: ignore[var-annotated]
    for facet in facets:
        tally, current = narrowed.tallies[facet.code], choices.get(facet.code, "")
        offered = [(c, label) for c, label in facet.choices if tally[c] or c == current]
        if len(offered) > MOST_CHOICES:
            commonest = {
                c for c, _ in sorted(offered, key=lambda o: (-tally[o[0]], o[0] != current))[:MOST_CHOICES]
            }
            offered = [o for o in offered if o[0] in commonest or o[0] == current]
        items = [
            {
                "label": label,
                "url": link(**{facet.code: facet.default if c == current else c}),
                "current": c == current,
                "tally": tally[c],
            }
            for c, label in offered
        ]
        if items:
            limited = bool(current) and current != facet.default
            made.append({"label": facet.label, "open": limited or len(made) < open_first, "choices": items})
    return made


def chips(facets: list[Facet], choices: Mapping[str, str], link: Links) -> list[dict[str, str]]:
    """What limits the list beyond its defaults, each with the address without it."""
    made = []
    for facet in facets:
        current = choices.get(facet.code, "")
        if current and current != facet.default:
            label = dict(facet.choices)[current]
            made.append(
                {"label": f"{facet.label}: {label}", "remove_url": link(**{facet.code: facet.default})}
            )
    return made


def first_of_each(
    pairs: Iterable[tuple[int, Hashable]], most: int
) -> tuple[dict[Hashable, list[int]], Counter]:
    """The first `most` rows of each group, and how many each group has in all. `pairs`: (row, group) in the
    wanted order.
    """
    first: dict[Hashable, list[int]] = {}
    totals: Counter = Counter()
    seen = set()
    for row, group in pairs:
        if (row, group) in seen:
            continue
        seen.add((row, group))
        totals[group] += 1
        if totals[group] <= most:
            first.setdefault(group, []).append(row)
    return first, totals
