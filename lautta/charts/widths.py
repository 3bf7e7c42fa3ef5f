"""One chart drawn twice, for a wide and for a narrow window: text in an SVG shrinks with it, so one drawing cannot serve both."""

from collections.abc import Callable
from typing import Any

WIDE, NARROW = 640, 340


def for_both_widths(
    chart: Callable[..., str],
    *data: Any,
    key: str,
    css: str = "graph",
    wide: int = WIDE,
    narrow: int = NARROW,
    **options: Any,
) -> str:
    """The SVG of `chart(*data, **options)` at both widths; the page's classes `wide-only` and `narrow-only` hide the other,
    from sight and from screen readers. `key` gets -w and -n. For paper call the chart itself with its one width.
    """
    return chart(*data, key=f"{key}-w", css=f"{css} wide-only", width=wide, **options) + chart(
        *data, key=f"{key}-n", css=f"{css} narrow-only", width=narrow, **options
    )
