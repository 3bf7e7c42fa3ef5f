"""What every drawn value shares: it may be missing or withheld, and may have an interval."""

from .scale import ends, finite


class Shown:
    """`value`, `lower`, `upper` and `suppressed` of a point, a row, a bar or a count."""

    value: float | None
    lower: float | None
    upper: float | None
    suppressed: bool

    @property
    def known(self) -> float | None:
        """The value if it may and can be shown."""
        return None if self.suppressed else finite(self.value)

    @property
    def interval(self) -> tuple[float, float] | None:
        """(lower, upper) in order, if both are known and the value is shown."""
        return None if self.known is None else ends(self.lower, self.upper)
