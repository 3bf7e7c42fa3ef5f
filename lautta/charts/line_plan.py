"""What stands in a line chart, and where: cleaned data, scales, labels and their room."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .labels import EndLabel, label_lines, note_rows
from .lettering import width_of
from .points import Series
from .scale import Scale, axis, ends, finite
from .style import Style
from .svg import SIZE

Interval = tuple[float, float]


@dataclass(frozen=True)
class Target:
    """Where the value should be in `year`."""

    year: int
    value: float
    label: str


@dataclass(frozen=True)
class Note:
    """Something that happened at `at` (a year, or a part of one). With `breaks` the years before and from `at` on are not
    comparable: the line is cut and the note stands half a year earlier."""

    at: float
    label: str
    breaks: bool = False

    @property
    def place(self) -> float:
        return self.at - 0.5 if self.breaks else self.at


@dataclass(frozen=True)
class FanPoint:
    """A forecast for one year; `inner` and `outer` are (lower, upper) of its two intervals."""

    year: int
    value: float
    inner: Interval | None = None
    outer: Interval | None = None


@dataclass(frozen=True)
class Forecast:
    label: str
    points: Sequence[FanPoint]


class Plan:
    """A line chart's data without what is no number, and all its measures, worked out once and read by its parts."""

    def __init__(
        self,
        main: Series,
        others: Sequence[Series],
        target: Target | None,
        notes: Sequence[Note],
        forecast: Forecast | None,
        *,
        from_zero: bool,
        unit: str,
        style: Style,
        width: int,
        height: int | None,
    ):
        self.all, self.unit, self.style, self.width, self.palette = (
            [main, *others],
            unit,
            style,
            width,
            style.palette,
        )
        self.main = main
        self.fan = _clean_fan(forecast)
        self.target = None
        if target and (value := finite(target.value)) is not None:
            self.target = replace(target, value=value)
        self.years = [p.year for s in self.all for p in s.points] + [p.year for p in self.fan]
        self.years += [self.target.year] if self.target else []
        first, last = min(self.years, default=0), max(self.years, default=0)
        # A note outside the drawn years, or at no number, has no place.
        self.notes = sorted((n for n in notes if self.years and first <= n.at <= last), key=lambda n: n.at)
        self.breaks = [n.at for n in self.notes if n.breaks]
        values = self._values()
        self.empty = not values
        self.marks = axis(values, style.number, from_zero=from_zero, most=5 if width >= 480 else 4)
        self.labels = self._labels(forecast.label if forecast else "")
        self._measure(first, last, height)

    def _values(self) -> list[float]:
        found = [p.known for s in self.all for p in s.points if p.known is not None]
        found += [end for p in self.main.points if p.interval for end in p.interval]
        found += [self.target.value] if self.target else []
        for p in self.fan:
            found += [p.value, *(p.inner or ()), *(p.outer or ())]
        return found

    def colour(self, index: int) -> str:
        return self.palette.accent if index == 0 else self.palette.compare[index - 1]

    def _labels(self, forecast_label: str) -> list[EndLabel]:
        found = []

        def add(year: int, value: float, words: str, colour: str, bold: bool = False) -> None:
            # A number is never broken between its thousands.
            number = self.style.number(value).replace(" ", "\u00a0")
            found.append(EndLabel(year, value, f"{words} {number}".strip(), colour, bold))

        for index, series in enumerate(self.all):
            point = series.last
            if point and point.known is not None:
                add(point.year, point.known, series.label, self.colour(index), index == 0)
        if self.fan:
            add(self.fan[-1].year, self.fan[-1].value, forecast_label, self.palette.accent)
        if self.target:
            add(self.target.year, self.target.value, self.target.label, self.palette.target)
        return found

    def _measure(self, first: int, last: int, height: int | None) -> None:
        wide = self.width >= 480
        self.left = (
            0.0 if self.empty else min(self.width * 0.3, max(width_of(label) for _, label in self.marks) + 10)
        )
        self.column = label_lines(self.labels, self.width * (0.28 if wide else 0.31))
        right = self.width - self.column - (18 if self.labels else 10)
        # Room for the first year's name, which stands under its middle.
        self.x = Scale(first, last, max(self.left + 6, 18), right)
        head = SIZE + 10 if self.unit else 8
        places = [(self.x(n.place), n.label) for n in self.notes]
        self.note_parts, note_height = note_rows(places, head, self.left, self.width - 4, self.palette)
        self.top = head + note_height + 6
        self.withheld = [(i, s) for i, s in enumerate(self.all) if s.withheld]
        asked = height or (100 if self.empty else round(self.width * (0.4 if wide else 0.6)))
        self.bottom = self.top + max(asked, sum(label.height for label in self.labels), 100)
        self.foot = self.bottom + 26 + 11 * len(self.withheld)
        self.y = Scale(self.marks[0][0], self.marks[-1][0], self.bottom, self.top)


def _clean_fan(forecast: Forecast | None) -> list[FanPoint]:
    found = []
    for point in sorted(forecast.points if forecast else (), key=lambda p: p.year):
        if (value := finite(point.value)) is not None:
            inner, outer = (ends(*pair) if pair else None for pair in (point.inner, point.outer))
            found.append(FanPoint(point.year, value, inner, outer))
    return found
