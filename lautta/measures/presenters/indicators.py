"""A measure's indicators in words, and how large a change would have to be before it shows."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lautta.common.templatetags.look import number
from lautta.indicators.areas import code_of_area
from lautta.indicators.models import Indicator
from lautta.indicators.summaries import AreaSummary
from lautta.indicators.summary_reading import summaries_of
from lautta.measures.models import MeasureYear
from lautta.organisations.models import Area
from lautta.plans.figures.numbers import value_words


def chosen_words(measure_year: MeasureYear) -> str:
    """Titles with their directions, the one looked at first in front."""
    links = sorted(measure_year.indicator_links.all(), key=lambda x: (not x.is_primary, x.pk))
    return "; ".join(f"{x.indicator.title} ({str(x.get_direction_display()).lower()})" for x in links)


def smallest_changes(measure_year: MeasureYear, indicators: Sequence[Indicator]) -> dict[int, str]:
    """{indicator's key: the smallest change that would show, in words; "" when no summary tells}. One query."""
    area, region = measure_year.measure.organisation.area, measure_year.measure.plan.region.area
    region_code = code_of_area(region)
    own = code_of_area(area) if area and area.kind == Area.Kind.MUNICIPALITY else region_code
    found = summaries_of(indicators, list({own, region_code}))
    return {i.pk: _sentence(i, found.get((i.pk, own)), found.get((i.pk, region_code))) for i in indicators}


def _sentence(indicator: Indicator, own: AreaSummary | None, region: AreaSummary | None) -> str:
    if own is not None and own.detectable is not None:
        # A change as large as the number itself is none that a municipality could bring about.
        too_small = own.value is not None and own.detectable >= abs(own.value)
        said = _("Vasta noin %(size)s muutos näkyisi tässä luvussa.") % {"size": _size(indicator, own)}
        if not too_small or region is None or region is own:
            return said
    elif region is None or region.detectable is None:
        return ""
    else:
        said = _("Oman kunnan luvusta ei voi sanoa, kuinka suuri muutos siinä näkyisi.")
    if region.detectable is None or (own is not None and own.area == region.area):
        return said
    return f"{said} " + _("Maakunnan luvussa näkyisi noin %(size)s muutos: katso mieluummin sitä.") % {
        "size": _size(indicator, region)
    }


def _size(indicator: Indicator, summary: AreaSummary) -> str:
    size = abs(summary.detectable or 0)
    if indicator.kind == Indicator.Kind.PERCENTAGE:
        return _("%(size)s prosenttiyksikön") % {"size": number(size, indicator.decimals)}
    return value_words(size, indicator)
