"""A series over years with its interval, comparisons, target, notes and forecast."""

from collections.abc import Sequence

from .line_parts import draw
from .line_plan import FanPoint, Forecast, Note, Plan, Target
from .points import Series
from .style import Style
from .svg import drawing

__all__ = ["FanPoint", "Forecast", "Note", "Target", "line"]


def line(
    main: Series,
    *,
    key: str,
    title: str,
    description: str,
    others: Sequence[Series] = (),
    target: Target | None = None,
    notes: Sequence[Note] = (),
    forecast: Forecast | None = None,
    from_zero: bool = True,
    unit: str = "",
    band_label: str = "",
    style: Style = Style(),  # noqa: B008
    width: int = 640,
    height: int | None = None,
    css: str = "graph graph-line",
) -> str:
    """SVG of `main` with at most four `others` (ValueError beyond).

    Values are in one unit, named by `unit` over the axis. Missing and suppressed years break a line; a suppressed one
    leaves a hollow tick under the axis. `from_zero` includes 0. `height` is that of the plot itself, without words over and
    under it, and grows when the labels beside it need more.
    """
    if len(others) > 4:
        raise ValueError("A line chart bears four comparisons at most.")
    plan = Plan(
        main,
        others,
        target,
        notes,
        forecast,
        from_zero=from_zero,
        unit=unit,
        style=style,
        width=width,
        height=height,
    )
    body, foot = draw(plan, band_label)
    return drawing(
        body, key=key, title=title, description=description, width=width, height=foot, style=style, css=css
    )
