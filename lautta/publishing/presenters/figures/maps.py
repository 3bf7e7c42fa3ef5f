"""Maps of municipalities: drawn from their outlines where these have been fetched, else as a schematic map of equal tiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lautta import charts, indicators
from lautta.charts.outlines import Outlines
from lautta.indicators import boundaries
from lautta.indicators.models import Indicator
from lautta.indicators.summaries import AllAreas, AreaSummary
from lautta.publishing.presenters.figures.drawings import style
from lautta.publishing.presenters.figures.words import unit
from lautta.statistics.panel import Status

TILES = Path(indicators.__file__).with_name("data") / "tiles.yaml"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map, whose outlines they are ("" for tiles), and whether it is made of tiles."""

    svg: SafeString
    source: str
    is_tiles: bool


@cache
def tiles() -> dict[str, tuple[int, int]]:
    """{code: (column, row)} of the schematic map of the country."""
    return {code: (x, y) for code, (x, y) in yaml.safe_load(TILES.read_text("utf-8"))["tiles"].items()}


@cache
def region_tiles(codes: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """The region's own part of it, drawn together."""
    known = {code: (float(x), -float(y)) for code, (x, y) in tiles().items() if code in codes}
    return dict(charts.tile_places(known, degrees=False)) if known else {}


def _style(indicator: Indicator, every: AllAreas) -> charts.Style:
    """Zero has a paint of its own where nothing is below it."""
    none = _("nolla") if not (every.value < 0).any() else ""
    return replace(style(indicator), zero=none)


def _breaks(every: AllAreas) -> tuple[float, ...]:
    return charts.quantile_breaks([float(v) for v in every.value])


def region_map(
    indicator: Indicator,
    names: Mapping[str, str],
    found: Mapping[str, AreaSummary],
    every: AllAreas,
    own: str,
) -> Drawing | None:
    """The region's municipalities in the classes of the whole country's fifths; None where they have no place on a map."""
    readings = {
        code: charts.Reading(
            name,
            found[code].value if code in found else None,
            suppressed=code in found and found[code].status == Status.SUPPRESSED,
            own=code == own,
        )
        for code, name in names.items()
    }
    title = _("%(indicator)s kartalla") % {"indicator": indicator.title}
    drawn = boundaries.newest()
    lines = boundaries.drawn_areas(names, drawn) if drawn and names else None
    options = {"key": "map", "title": title, "unit": unit(indicator), "style": _style(indicator, every)}
    if lines is not None and drawn is not None:
        described = _(
            "Kunnat rajoineen. Luokat ovat koko maan kuntien viidennekset. Samat luvut ovat taulukossa."
        )
        svg = charts.for_both_widths(
            charts.choropleth, lines, readings, _breaks(every), css="graph graph-map", description=described,
            height=460, **options,
        )  # fmt: skip
        return Drawing(mark_safe(svg), drawn.source, False)
    cells = region_tiles(tuple(names))
    if not cells:
        return None
    described = _(
        "Kaaviomainen kartta: kukin kunta on yhtä suuri ruutu. Luokat ovat koko maan kuntien viidennekset."
    )
    svg = charts.for_both_widths(
        charts.tile_map, cells, {c: r for c, r in readings.items() if c in cells}, _breaks(every),
        css="graph graph-tiles", description=described, **options,
    )  # fmt: skip
    return Drawing(mark_safe(svg), "", True)


def country_map(
    indicator: Indicator, names: Mapping[str, str], every: AllAreas, own: frozenset[str] | set[str]
) -> Drawing:
    """Every municipality of the country, drawn once for all widths (two would double a page); `own` have thick edges.

    Outlines are those of the whole country as stored, so that no reader waits for their simplifying.
    """
    readings = {
        code: charts.Reading(
            names.get(code, code), float(value), suppressed=status == Status.SUPPRESSED, own=code in own
        )
        for code, value, status in zip(every.areas, every.value, every.status, strict=True)
    }
    drawn = boundaries.newest()
    lines: Outlines | None = boundaries.drawn_country(drawn) if drawn else None
    options = {
        "key": "country", "title": _("%(indicator)s koko maan kartalla") % {"indicator": indicator.title},
        "unit": unit(indicator), "style": _style(indicator, every), "width": 340,
    }  # fmt: skip
    if lines is not None and drawn is not None:
        described = _("Kunnat rajoineen, oman alueen kunnat paksulla reunalla. Samat luvut ovat taulukossa.")
        svg = charts.choropleth(
            lines,
            readings,
            _breaks(every),
            css="graph graph-map graph-country",
            description=described,
            **options,
        )
        return Drawing(mark_safe(svg), drawn.source, False)
    described = _(
        "Kaaviomainen kartta: kukin kunta on yhtä suuri ruutu, oman alueen kunnat paksulla reunalla."
    )
    cells = tiles()
    svg = charts.tile_map(
        cells,
        readings,
        _breaks(every),
        css="graph graph-tiles graph-country",
        description=described,
        **options,
    )
    return Drawing(mark_safe(svg), "", True)
