"""Cells of a panel as a plan may show them: what is under the indicator's threshold of cases is not shown."""

from __future__ import annotations

from lautta.indicators.models import Indicator
from lautta.indicators.panels import Cell, IndicatorPanel
from lautta.statistics.panel import Status


def status_of(cell: Cell, indicator: Indicator) -> Status:
    """The cell's status; SUPPRESSED also when the number of cases is known and too small to be shown."""
    cases = cell.value if indicator.kind == Indicator.Kind.COUNT else cell.numerator
    if cell.status == Status.VALUE and cases is not None and 0 < cases < indicator.threshold:
        return Status.SUPPRESSED
    return cell.status


def can_be_shown(cell: Cell | None, indicator: Indicator) -> bool:
    """True for a number, zero included."""
    return cell is not None and status_of(cell, indicator) <= Status.ZERO


def latest_shown(
    panel: IndicatorPanel | None, area: str, indicator: Indicator, gender: str = "total"
) -> Cell | None:
    """The newest number of the area that may be shown, or None."""
    series = panel.series(area, gender) if panel else None
    if series is None:
        return None
    cells = (series.cell(at) for at in reversed(range(len(series.years))))
    return next((cell for cell in cells if can_be_shown(cell, indicator)), None)
