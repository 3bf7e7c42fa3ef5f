"""Observations over years, and where their line breaks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .shown import Shown


@dataclass(frozen=True)
class Point(Shown):
    """One year's value. None is missing; `suppressed` is withheld, whatever stands in `value`; 0 is a value.

    `lower` and `upper` are the ends of its interval, in the value's unit.
    """

    year: int
    value: float | None
    lower: float | None = None
    upper: float | None = None
    suppressed: bool = False


@dataclass(frozen=True)
class Series:
    """A named row of points. `every` is the number of years between observations, 2 for a survey every second year:
    a longer step than that is a gap."""

    label: str
    points: Sequence[Point]
    every: int = 1

    @property
    def ordered(self) -> list[Point]:
        return sorted(self.points, key=lambda p: p.year)

    def runs(self, breaks: Iterable[float] = ()) -> Iterator[list[Point]]:
        """Stretches of known points with nothing missing between; a break at y parts years < y from years ≥ y."""
        cuts = list(breaks)
        run: list[Point] = []
        for point in self.ordered:
            gap = bool(run) and (
                point.year - run[-1].year > self.every or any(run[-1].year < c <= point.year for c in cuts)
            )
            if run and (gap or point.known is None):
                yield run
                run = []
            if point.known is not None:
                run.append(point)
        if run:
            yield run

    @property
    def last(self) -> Point | None:
        """The newest known point."""
        return next((p for p in reversed(self.ordered) if p.known is not None), None)

    @property
    def withheld(self) -> list[Point]:
        return [p for p in self.ordered if p.suppressed]
