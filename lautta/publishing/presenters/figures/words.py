"""Numbers with their units, and verdicts in words that do not claim more than the numbers do."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lautta.common.templatetags.look import NO_VALUE, number
from lautta.indicators.models import Indicator
from lautta.indicators.summaries import AreaSummary
from lautta.statistics import comparison, trend
from lautta.statistics.panel import Status

Direction = Indicator.Direction


UNITS: dict[str, str] = {
    Indicator.Kind.PERCENTAGE: "%",
    Indicator.Kind.PER_1000: "/ 1\xa0000",
    Indicator.Kind.PER_10000: "/ 10\xa0000",
    Indicator.Kind.PER_100000: "/ 100\xa0000",
    Indicator.Kind.EURO: "€",
}


def unit(indicator: Indicator) -> str:
    """The unit after a number: "%", "/ 1 000", "€", or the source's own word."""
    return UNITS.get(indicator.kind) or str(indicator.unit).strip()


def writer(indicator: Indicator) -> Callable[[float], str]:
    """How the indicator's numbers are written in the reader's language, without the unit."""
    decimals = indicator.decimals
    return lambda value: number(float(value), decimals)


def value_words(indicator: Indicator, value: float | None, status: int = Status.VALUE) -> str:
    """ "8,4 %"; a withheld or missing number in words, never as zero."""
    if status == Status.SUPPRESSED:
        return _("ei näytetä")
    if value is None or status == Status.MISSING:
        return NO_VALUE
    tail = unit(indicator)
    return f"{number(value, indicator.decimals)}\xa0{tail}" if tail else number(value, indicator.decimals)


def range_words(
    indicator: Indicator, low: float | None, high: float | None, status: int = Status.VALUE
) -> str:
    """ "7,1–9,8"; "" where the number is not shown or its interval unknown."""
    if low is None or high is None or status > Status.ZERO:
        return ""
    write = writer(indicator)
    return f"{write(low)}–{write(high)}"


def difference_words(indicator: Indicator, value: float | None) -> str:
    """A change: in percentage points where the number is a percentage."""
    if value is None:
        return NO_VALUE
    size = number(abs(value), indicator.decimals)
    if indicator.kind == Indicator.Kind.PERCENTAGE:
        return _("%(size)s prosenttiyksikköä") % {"size": size}
    tail = unit(indicator)
    return f"{size}\xa0{tail}" if tail else size


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict: its words, an icon that says the same, and whether it is good news ("good", "bad") or neither ("")."""

    words: str
    icon: str
    tone: str = ""


def tone(direction: str, went_up: bool) -> str:
    """Whether more of it is good news."""
    if direction == Direction.NEITHER:
        return ""
    return "good" if went_up == (direction == Direction.LARGER) else "bad"


def compared(indicator: Indicator, verdict: int) -> Said:
    """Against a region or the country."""
    kinds = comparison.Verdict
    if verdict == kinds.HIGHER:
        return Said(_("selvästi korkeampi"), "up", tone(indicator.direction, True))
    if verdict == kinds.LOWER:
        return Said(_("selvästi matalampi"), "down", tone(indicator.direction, False))
    if verdict == kinds.NO_CLEAR_DIFFERENCE:
        return Said(_("ei selvää eroa"), "level")
    if verdict == kinds.TOO_SMALL_TO_TELL:
        return Said(_("liian pieni joukko"), "info")
    return Said(_("ei vertailua"), "info")


def moved(indicator: Indicator, verdict: int) -> Said:
    """Over the last years."""
    kinds = trend.Verdict
    if verdict == kinds.UP:
        return Said(_("kasvanut"), "up", tone(indicator.direction, True))
    if verdict == kinds.DOWN:
        return Said(_("vähentynyt"), "down", tone(indicator.direction, False))
    if verdict == kinds.NO_CLEAR_CHANGE:
        return Said(_("ei selvää muutosta"), "level")
    return Said(_("suunta ei selviä"), "info")


def reference_name(summary: AreaSummary) -> str:
    """What "the country" is in the summary: Finland's own number or the middle municipality."""
    return _("kuntien keskimmäinen") if summary.is_median else _("koko maa")


def trend_sentence(indicator: Indicator, summary: AreaSummary) -> str:
    """What the years tell, and what could not have been seen."""
    if summary.trend_from is None or summary.year is None:
        return _("Lukuja on liian vähän, jotta suunta näkyisi.")
    facts = {
        "start": summary.trend_from,
        "end": summary.year,
        "change": difference_words(indicator, summary.change),
        "least": difference_words(indicator, summary.detectable),
    }
    kinds = trend.Verdict
    if summary.trend == kinds.UP:
        return _("Vuosina %(start)s–%(end)s kasvua noin %(change)s. Se on enemmän kuin sattuma.") % facts
    if summary.trend == kinds.DOWN:
        return _("Vuosina %(start)s–%(end)s vähennystä noin %(change)s. Se on enemmän kuin sattuma.") % facts
    if summary.detectable is None:
        return _("Lukuja on liian vähän, jotta suunta näkyisi.")
    return (
        _(
            "Vuosina %(start)s–%(end)s ei selvää muutosta. Vasta noin %(least)s tai enemmän erottuisi sattumasta."
        )
        % facts
    )


def chance_words(chance: float, target: str, year: int) -> str:
    """A chance as people say one: in tenths, and never certain."""
    facts = {"target": target, "year": year, "tenths": min(9, max(1, round(chance * 10)))}
    if chance < 0.05:
        return _("Tavoite %(target)s vuonna %(year)s toteutuu tällä menolla tuskin.") % facts
    if chance > 0.95:
        return _("Tavoite %(target)s vuonna %(year)s toteutuu tällä menolla lähes varmasti.") % facts
    return (
        _("Tavoite %(target)s vuonna %(year)s toteutuu tällä menolla noin %(tenths)s kerralla kymmenestä.")
        % facts
    )
