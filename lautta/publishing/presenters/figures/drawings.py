"""Charts of a page: the same numbers as its tables, drawn."""

from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lautta import charts
from lautta.indicators.forecasts import AreaForecast
from lautta.indicators.models import Indicator, Note
from lautta.indicators.summaries import AreaSummary
from lautta.publishing.presenters.figures.words import unit, writer
from lautta.statistics.comparison import Verdict
from lautta.statistics.panel import Status


def style(indicator: Indicator) -> charts.Style:
    return charts.Style(number=writer(indicator), suppressed=_("ei näytetä"), missing=_("ei tietoa"))


def points(summary: AreaSummary, *, intervals: bool = True) -> list[charts.Point]:
    ends = zip(summary.lows, summary.highs, strict=True) if intervals and summary.lows else None
    pairs = list(ends) if ends else [(None, None)] * len(summary.years)
    return [
        charts.Point(year, value, low, high, suppressed=status == Status.SUPPRESSED)
        for year, value, status, (low, high) in zip(
            summary.years, summary.values, summary.statuses, pairs, strict=True
        )
        if status != Status.MISSING
    ]


def spark(indicator: Indicator, summary: AreaSummary, name: str, key: str) -> SafeString:
    """A small line for a table's cell; the numbers stand beside."""
    years = [y for y, s in zip(summary.years, summary.statuses, strict=True) if s <= Status.ZERO][-12:]
    shown = [p for p in points(summary, intervals=False) if years and p.year >= years[0]]
    title = _("%(indicator)s, %(area)s") % {"indicator": indicator.title, "area": name}
    described = (
        _("Vuodet %(first)s–%(last)s.") % {"first": years[0], "last": years[-1]} if years else _("Ei lukuja.")
    )
    series = charts.Series(name, shown, every=indicator.years_between)
    return mark_safe(
        charts.spark(series, key=key, title=title, description=described, style=style(indicator))
    )


def over_years(
    indicator: Indicator,
    name: str,
    summary: AreaSummary,
    others: Sequence[tuple[str, AreaSummary | Mapping[int, float]]],
    notes: Sequence[Note],
    target: tuple[int, float] | None = None,
    ahead: AreaForecast | None = None,
) -> SafeString:
    """The area's years with their interval, beside at most four others. A break in the series cuts the line."""
    lines = [charts.Series(label, _others(other), every=indicator.years_between) for label, other in others]
    title = _("%(indicator)s: %(area)s vuosittain") % {"indicator": indicator.title, "area": name}
    first, last = summary.years[0] if summary.years else "", summary.year or ""
    described = _("Viivakaavio vuosilta %(first)s–%(last)s. Samat luvut ovat kaavion alla taulukossa.") % {
        "first": first, "last": last,
    }  # fmt: skip
    marks = [
        charts.Note(note.year, str(note.text), breaks=note.cuts_series)
        for note in notes
        if summary.years and summary.years[0] < note.year <= summary.years[-1]
    ]
    aim = charts.Target(target[0], target[1], _("tavoite")) if target else None
    return mark_safe(
        charts.for_both_widths(
            charts.line, charts.Series(name, points(summary), every=indicator.years_between), key="years",
            css="graph graph-line", title=title, description=described, others=lines[:4], notes=marks, target=aim,
            unit=unit(indicator), band_label=_("luottamusväli 95 %"), style=style(indicator), forecast=_fan(ahead),
            from_zero=all((v or 0) >= 0 for v in summary.values),
        )
    )  # fmt: skip


def _fan(ahead: AreaForecast | None) -> charts.Forecast | None:
    if ahead is None:
        return None
    rows = zip(ahead.years, ahead.point, ahead.inner, ahead.outer, strict=True)
    fan = [charts.FanPoint(year, value, tuple(inner), tuple(outer)) for year, value, inner, outer in rows]
    return charts.Forecast(_("ennuste"), fan)


def _others(other: AreaSummary | Mapping[int, float]) -> list[charts.Point]:
    if isinstance(other, AreaSummary):
        return points(other, intervals=False)
    return [charts.Point(year, value) for year, value in sorted(other.items())]


def places(
    indicator: Indicator,
    rows: Sequence[tuple[str, AreaSummary]],
    own: str,
    reference: float | None,
    label: str,
) -> SafeString:
    """Municipalities of the region beside each other, each with its interval: no rank where it would be noise."""
    drawn = [
        charts.Row(
            name, summary.value, summary.low, summary.high, suppressed=summary.status == Status.SUPPRESSED,
            own=summary.area == own, differs=summary.against_country in (Verdict.HIGHER, Verdict.LOWER),
        )
        for name, summary in rows
    ]  # fmt: skip
    title = _("%(indicator)s: alueen kunnat") % {"indicator": indicator.title}
    described = _("Kunnat luottamusväleineen. Samat luvut ovat vieressä taulukossa.")
    return mark_safe(
        charts.for_both_widths(
            charts.caterpillar, drawn, key="places", css="graph graph-caterpillar", title=title, description=described,
            reference=reference, reference_label=label, differs_label=_("eroaa selvästi"), same_label=_("ei selvää eroa"),
            unit=unit(indicator), style=style(indicator),
        )
    )  # fmt: skip
