"""Numbers to places: finite values, round ticks, and a scale that bears empty, single and huge data."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Far beyond any statistic; nearer to the end of floats a difference would overflow.
LIMIT = 1e100


def finite(value: object) -> float | None:
    """The value as a float within ±1e100; None for None, NaN and infinities, which are not observations."""
    if value is None:
        return None
    if type(value) is float and -LIMIT < value < LIMIT:  # nearly all of them; NaN is in no range
        return value
    try:
        number = float(value)  # type: ignore[arg-type]
    except OverflowError:
        return LIMIT if value > 0 else -LIMIT  # type: ignore[operator]
    if not math.isfinite(number):
        return None
    return max(-LIMIT, min(LIMIT, number))


def ends(lower: object, upper: object) -> tuple[float, float] | None:
    """(lower, upper) of an interval, in order; None when either is not an observation."""
    low, high = finite(lower), finite(upper)
    return None if low is None or high is None else (min(low, high), max(low, high))


@dataclass(frozen=True)
class Scale:
    """Linear from [low, high] to [start, end]; when low = high everything stands in the middle."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high <= self.low:
            return (self.start + self.end) / 2
        share = (value - self.low) / (self.high - self.low)
        return self.start + max(-1.0, min(2.0, share)) * (self.end - self.start)


def _round_steps(span: float, most: int) -> float:
    """The smallest of 1, 2, 5 × 10ⁿ that cuts span into at most `most` parts."""
    raw = span / max(1, most)
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (1, 2, 5, 10):
        if factor * power >= raw * (1 - 1e-9):
            return factor * power
    return 10 * power


def extent(values: Iterable[float | None], *, from_zero: bool) -> tuple[float, float]:
    """Lowest and highest, never equal; (0, 1) of nothing. A span too small to tell from rounding is widened."""
    known = [v for v in values if v is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    largest = max(abs(low), abs(high))
    if high - low <= max(largest * 1e-9, 1e-9):
        pad = max(largest * 0.1, 1e-6) if largest > 1e-6 else 1.0
        high += pad
        if low < 0 or (not from_zero and low > 0):
            low -= pad
    return low, high


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers, the first at or under low and the last at or over high."""
    step = _round_steps(high - low, most)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [i * step if step >= 1 else i / round(1 / step) for i in range(first, max(last, first + 1) + 1)]


def axis(
    values: Iterable[float | None],
    number: Callable[[float], str],
    *,
    from_zero: bool,
    most: int = 5,
) -> list[tuple[float, str]]:
    """Ticks with their labels: as many as `most` parts, fewer when rounding in `number` would write two alike."""
    low, high = extent(values, from_zero=from_zero)
    marks: list[tuple[float, str]] = []
    for parts in range(most, 0, -1):
        marks = [(t, number(t)) for t in ticks(low, high, parts)]
        if len({label for _, label in marks}) == len(marks):
            break
    return marks


def year_ticks(years: Iterable[int], most: int) -> list[int]:
    """At most `most` years to name, at least one of any, evenly enough that names of like width do not meet.

    All that are observed when there is room; of a survey every second year or rarer only observed ones, the newest among
    them; else round years.
    """
    known = sorted(set(years))
    if len(known) < 2:
        return known
    first, last = known[0], known[-1]
    closest = min(b - a for a, b in pairwise(known))
    if (last - first) // closest < most:
        return known
    if closest > 1:
        named = [last]
        for year in reversed(known):
            if most > 1 and (named[-1] - year) * (most - 1) >= last - first:
                named.append(year)
        return named[::-1]
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if (last - first) // step <= most:
                inside = list(range(-(-first // step) * step, last + 1, step))
                if len(inside) <= most:
                    return inside or [first]
        power *= 10


def spread(centres: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Centres moved as little as possible (least squares) so that boxes of these heights do not overlap.

    They keep their order and stay within [low, high] when they fit there together; else they run over at `high`.
    """
    order = sorted(range(len(centres)), key=lambda i: (centres[i], i))
    starts: list[float] = []
    run = 0.0
    for i in order:
        starts.append(run)
        run += heights[i]
    # Without the room taken by those before it, each box wants one place; these must not decrease: pool violators.
    pools: list[list[float]] = []
    for place, i in enumerate(order):
        pools.append([centres[i] - heights[i] / 2 - starts[place], 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            value, count = pools.pop()
            before, n = pools[-1]
            pools[-1] = [(before * n + value * count) / (n + count), n + count]
    wanted = [value for value, count in pools for _ in range(int(count))]
    result = [0.0] * len(centres)
    for place, i in enumerate(order):
        top = max(low, min(high - run, wanted[place]))
        result[i] = top + starts[place] + heights[i] / 2
    return result
