"""What moved since the last release, of the plan's joint indicators: from what is stored of each vintage, nothing reckoned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lautta.common.templatetags.look import NO_VALUE, number
from lautta.indicators.actions.results import parameters_sha256
from lautta.indicators.areas import code_of_area
from lautta.indicators.models import Indicator, StoredResult, Vintage
from lautta.indicators.summaries import METHOD, AreaSummary
from lautta.indicators.summary_reading import summaries_of
from lautta.organisations.models import Organisation
from lautta.plans.models import JointIndicator, Plan
from lautta.statistics import comparison, trend
from lautta.statistics.panel import Status

UNITS = {
    Indicator.Kind.PERCENTAGE: "%",
    Indicator.Kind.PER_1000: "/ 1\xa0000",
    Indicator.Kind.PER_10000: "/ 10\xa0000",
    Indicator.Kind.PER_100000: "/ 100\xa0000",
    Indicator.Kind.EURO: "€",
}
CLEAR_TREND = (trend.Verdict.UP, trend.Verdict.DOWN)
CLEAR_PLACE = (comparison.Verdict.HIGHER, comparison.Verdict.LOWER)


@dataclass(frozen=True, slots=True)
class Move:
    """One joint indicator that clearly moved, in words. `corrected`: what the last release said of the same year."""

    joint: JointIndicator
    year: int
    new: str
    year_before: int | None
    old: str
    said: tuple[str, ...]
    judged: str
    corrected: str = ""


def moves(plan: Plan, owners: Iterable[Organisation] | None = None) -> list[Move]:
    """Of the region's own area, in the plan's order; only those that `owners` answer for, when given. Three queries."""
    rows = plan.joint_indicators.in_order().with_content()
    if owners is not None:
        rows = rows.filter(owner__in=list(owners))
    joint = list(rows)
    area = code_of_area(plan.region.area)
    now = summaries_of([j.indicator_id for j in joint], [area])
    before = _last_release([j.indicator_id for j in joint], area)
    found = (
        move_of(j, now[j.indicator_id, area], before.get(j.indicator_id))
        for j in joint
        if (j.indicator_id, area) in now
    )
    return [move for move in found if move]


def _last_release(indicators: list[int], area: str) -> dict[int, AreaSummary]:
    """{indicator: summary} from the newest past vintage that was ever shown: those never shown have no summaries."""
    rows = (
        StoredResult.objects.filter(
            method=METHOD, parameters_sha256=parameters_sha256({"area": area}), vintage__state=Vintage.State.PAST,
            vintage__indicator__in=indicators,
        )
        .order_by("vintage__number", "pk")
        .values_list("vintage__indicator_id", "payload")
    )  # fmt: skip
    return {indicator: AreaSummary(**payload) for indicator, payload in rows}


def move_of(joint: JointIndicator, now: AreaSummary, before: AreaSummary | None) -> Move | None:
    """None unless a verdict is clear and is news: a new year, another verdict than the last release's, or no release before."""
    if now.year is None:
        return None
    news = before is None or before.year is None or now.year > before.year
    said, judged = [], ""
    if now.trend in CLEAR_TREND and (news or before is None or now.trend != before.trend):
        up = now.trend == trend.Verdict.UP
        said.append(_trend_words(up, now.trend_from))
        judged = _judgement(joint.direction, up)
    if now.against_country in CLEAR_PLACE and before and now.against_country != before.against_country:
        higher = now.against_country == comparison.Verdict.HIGHER
        said.append(
            _("nyt selvästi korkeampi kuin koko maassa")
            if higher
            else _("nyt selvästi matalampi kuin koko maassa")
        )
        judged = judged or _judgement(joint.direction, higher)
    if not said:
        return None
    year_before, old = _year_before(joint.indicator, now)
    return Move(
        joint, now.year, written(joint.indicator, now.value, now.status), year_before, old, tuple(said), judged,
        _correction(joint.indicator, now, before),
    )  # fmt: skip


def _trend_words(up: bool, since: int | None) -> str:
    if since is None:
        return _("selvästi noussut") if up else _("selvästi laskenut")
    words = _("selvästi noussut vuodesta %(year)s") if up else _("selvästi laskenut vuodesta %(year)s")
    return words % {"year": since}


def _judgement(direction: str, up: bool) -> str:
    if direction == Indicator.Direction.NEITHER:
        return _("suunta ei ole hyvä eikä huono")
    good = up == (direction == Indicator.Direction.LARGER)
    return _("hyvään suuntaan") if good else _("huonoon suuntaan")


def _year_before(indicator: Indicator, now: AreaSummary) -> tuple[int | None, str]:
    """The nearest earlier year of which the source says something, and what."""
    rows = [
        (year, value, status)
        for year, value, status in zip(now.years, now.values, now.statuses, strict=True)
        if now.year is not None and year < now.year and status != Status.MISSING
    ]
    if not rows:
        return None, NO_VALUE
    year, value, status = rows[-1]
    return year, written(indicator, value, status)


def _correction(indicator: Indicator, now: AreaSummary, before: AreaSummary | None) -> str:
    if before is None or before.year != now.year:
        return ""
    was = written(indicator, before.value, before.status)
    return was if was != written(indicator, now.value, now.status) else ""


def written(indicator: Indicator, value: float | None, status: int) -> str:
    """A number with its unit; a withheld one in words and a missing one as a dash, never as zero."""
    if status == Status.SUPPRESSED:
        return _("ei näytetä")
    if value is None or status == Status.MISSING:
        return NO_VALUE
    tail = UNITS.get(indicator.kind) or str(indicator.unit).strip()  # type: ignore[call-overload]
    return f"{number(value, indicator.decimals)}\xa0{tail}" if tail else number(value, indicator.decimals)
