"""Charts as SVG text: data in, string out. No Django; palette and font are arguments, so that page and paper can differ.

What a page needs is exported here; `docs/charts.md` has an example of each.
"""

from .bars import Bar, BarGroup, Row, caterpillar, grouped_bars
from .classes import quantile_breaks
from .clock import ClockMark, clock
from .comparison import Compared, Scored, comparison
from .funnel import Limit, Place, funnel
from .gaps import Pair, gaps
from .line import FanPoint, Forecast, Note, Target, line
from .map import choropleth
from .outlines import Outlines, centroids, outlines
from .paints import Reading
from .places import tile_places
from .points import Point, Series
from .population import AgeGroup, Count, population
from .spark import spark
from .style import PAGE, PAPER, Palette, Style
from .tiles import tile_map
from .widths import for_both_widths

__all__ = [
    "PAGE",
    "PAPER",
    "AgeGroup",
    "Bar",
    "BarGroup",
    "ClockMark",
    "Compared",
    "Count",
    "FanPoint",
    "Forecast",
    "Limit",
    "Note",
    "Outlines",
    "Pair",
    "Palette",
    "Place",
    "Point",
    "Reading",
    "Row",
    "Scored",
    "Series",
    "Style",
    "Target",
    "caterpillar",
    "centroids",
    "choropleth",
    "clock",
    "comparison",
    "for_both_widths",
    "funnel",
    "gaps",
    "grouped_bars",
    "line",
    "outlines",
    "population",
    "quantile_breaks",
    "spark",
    "tile_map",
    "tile_places",
]  # fmt: skip
