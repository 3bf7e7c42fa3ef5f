"""A small line without words, for a cell of a table or a card."""

from .points import Series
from .scale import Scale, extent, finite
from .style import Style
from .svg import drawing, line, marker, tag, trace


def spark(
    series: Series,
    *,
    key: str,
    title: str,
    description: str,
    target: float | None = None,
    from_zero: bool = False,
    style: Style = Style(),  # noqa: B008
    width: int = 120,
    height: int = 32,
    css: str = "graph graph-spark",
) -> str:
    """SVG with the line, its interval as a band, the last point as a dot, and `target` as a dashed line.

    The number itself stands in the text beside: the drawing has none. Suppressed years are small hollow dots at the foot.
    """
    palette, aim = style.palette, finite(target)
    known, stretches = [p.known for p in series.points], list(series.runs())
    years = [p.year for p in series.points]
    ends = [end for p in series.points if p.interval for end in p.interval]
    low, high = extent([*known, *ends, aim], from_zero=from_zero)
    x = Scale(min(years, default=0), max(years, default=0), 4, width - 5)
    y = Scale(low, high, height - 5, 5)
    parts = []
    for run in stretches if ends else ():
        band = [(p.year, *p.interval) for p in run if p.interval]
        if len(band) > 1:
            edge = [(x(t), y(b)) for t, _, b in band] + [(x(t), y(a)) for t, a, _ in reversed(band)]
            parts.append(tag("path", d=trace(edge) + "z", fill=palette.accent, fill_opacity="0.15"))
    if aim is not None:
        parts.append(line(4, y(aim), width - 5, y(aim), stroke=palette.target, stroke_dasharray="5 3"))
    if not stretches:
        parts.append(line(4, height / 2, width - 5, height / 2, stroke=palette.edge, stroke_dasharray="1 4"))
    runs = [[(x(p.year), y(p.known or 0)) for p in run] for run in stretches]
    path = "".join(trace(run) for run in runs if len(run) > 1)
    if path:
        parts.append(
            tag(
                "path", d=path, fill="none", stroke=palette.accent, stroke_width=1.75, stroke_linejoin="round"
            )
        )
    parts += [marker("circle", *run[0], 1.5, fill=palette.accent) for run in runs if len(run) == 1]
    parts += [
        marker("circle", x(p.year), height - 3, 1.6, fill="none", stroke=palette.muted)
        for p in series.withheld
    ]
    if runs:
        parts.append(marker("circle", *runs[-1][-1], 2.75, fill=palette.accent))
    return drawing(
        "".join(parts),
        key=key, title=title, description=description, width=width, height=height, style=style, css=css, sized=True,
    )  # fmt: skip
