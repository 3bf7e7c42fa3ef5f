"""Small helpers of presentation: icons, marks of goal, status, tier and time, numbers and dates.

Nothing here reads the database. Unknown values render as themselves or as nothing, never as an error, since
a page with a missing mark is better than no page.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lautta.common import clock

register = template.Library()

NO_VALUE = "–"
MINUS = "\u2212"


class Mark(NamedTuple):
    """A word with the icon and the CSS class that stand beside it."""

    word: Any
    icon: str
    css: str


STATUSES = {
    "planned": Mark(pgettext_lazy("status", "Suunnitteilla"), "planned", "pill-planned"),
    "under_way": Mark(pgettext_lazy("status", "Käynnissä"), "under-way", "pill-under-way"),
    "paused": Mark(pgettext_lazy("status", "Tauolla"), "paused", "pill-paused"),
    "done": Mark(pgettext_lazy("status", "Valmis"), "done", "pill-done"),
    "cancelled": Mark(pgettext_lazy("status", "Peruttu"), "cancelled", "pill-cancelled"),
}
TIMELINESS = {
    "on_time": Mark(pgettext_lazy("timeliness", "Aikataulussa"), "on-time", "timing-on-time"),
    "late": Mark(pgettext_lazy("timeliness", "Myöhässä"), "late", "timing-late"),
    "ahead": Mark(pgettext_lazy("timeliness", "Etuajassa"), "ahead", "timing-ahead"),
}
TIERS = {
    1: _("Kaikille yhteinen"),
    2: _("Varhainen tuki"),
    3: _("Tehostettu palvelu"),
    4: _("Korjaava palvelu"),
}
TIER_NAMES = {"universal": 1, "early": 2, "early_support": 2, "intensified": 3, "corrective": 4}
GOAL_SHAPES = {1: "shape-1", 2: "shape-2", 3: "shape-3"}
MESSAGE_MARKS = {
    "success": ("check", "alert-ok"),
    "error": ("alert", "alert-error"),
    "warning": ("alert", "alert-error"),
}


def _key(value: object) -> str:
    return str(getattr(value, "value", value) or "").replace("-", "_").lower()


# --- icons and marks ------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """`{% icon "calendar" %}`: decoration, silent to a screen reader; a named picture with `label`.

    The names are the symbols of static/lautta/icons.svg.
    """
    return _icon(name, str(label), css)


@lru_cache(maxsize=1024)
def _icon(name: str, label: str, css: str) -> SafeString:
    """Kept: a long page draws the same few a hundred times."""
    classes = f"icon {css}".strip()
    href = f"{static('lautta/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" width="24" height="24" role="img" aria-label="{}"><use href="{}"/></svg>',
            classes, label, href,
        )  # fmt: skip
    return format_html(
        '<svg class="{}" width="24" height="24" aria-hidden="true"><use href="{}"/></svg>', classes, href
    )


@register.filter
def goal_class(number: object) -> str:
    """1, 2, 3 → the class that gives a part its goal's colour; anything else → the cross-cutting sea."""
    digit = str(number).split(".")[-1] if "." in str(number) else str(number)
    return f"goal-{digit}" if digit in {"1", "2", "3"} else "goal-cross"


@register.simple_tag
def goal_mark(number: object = None) -> SafeString:
    """The goal's shape: circle, square, hexagon; a wave for what cuts across. Put the word beside it."""
    css = goal_class(number)
    shape = GOAL_SHAPES.get(int(css[-1])) if css[-1].isdigit() else "shape-wave"
    return icon(shape, css=f"goal-mark {css}")


@register.simple_tag
def status_pill(status: object, label: str = "") -> SafeString:
    """`{% status_pill measure.status %}`: planned, under_way, paused, done, cancelled."""
    mark = STATUSES.get(_key(status), Mark(str(status or ""), "planned", "pill-planned"))
    if not (label or mark.word):
        return SafeString("")
    return format_html('<span class="pill {}">{}{}</span>', mark.css, icon(mark.icon), label or mark.word)


@register.simple_tag
def timing_mark(timeliness: object) -> SafeString:
    """`{% timing_mark "late" %}`: on_time, late, ahead; apart from the status, as both may hold."""
    mark = TIMELINESS.get(_key(timeliness))
    if mark is None:
        return SafeString("")
    return format_html('<span class="timing {}">{}{}</span>', mark.css, icon(mark.icon), mark.word)


@register.simple_tag
def tier_mark(tier: object) -> SafeString:
    """`{% tier_mark 2 %}` or by name (universal, early_support, intensified, corrective)."""
    key = _key(tier)
    number = TIER_NAMES.get(key) or (int(key) if key.isdigit() else 0)
    if number not in TIERS:
        return SafeString("")
    return format_html('<span class="tier">{}{}</span>', icon(f"tier-{number}"), TIERS[number])


@register.simple_tag
def trend_mark(direction: object, label: str = "") -> SafeString:
    """Up, down or level with a plain word; which is good depends on the indicator, so no colour."""
    words = {"up": _("Kasvanut"), "down": _("Vähentynyt"), "level": _("Ei selvää muutosta")}
    key = _key(direction)
    if key not in words:
        return SafeString("")
    return format_html('<span class="stat-note">{}{}</span>', icon(key), label or words[key])


@register.filter
def message_icon(message: object) -> str:
    """Icon name for a django.contrib.messages message."""
    return MESSAGE_MARKS.get(getattr(message, "level_tag", ""), ("info", ""))[0]


@register.filter
def message_class(message: object) -> str:
    """Alert class for a django.contrib.messages message."""
    return MESSAGE_MARKS.get(getattr(message, "level_tag", ""), ("info", ""))[1]


# --- numbers --------------------------------------------------------------------------------------


def _rounded(value: float | Decimal, places: int) -> Decimal:
    """Half away from zero, as people round: 8.46 → 8.5, 0.25 → 0.3."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) if exact.is_finite() else exact


@register.filter
def number(value: Any, decimals: int | str | None = None) -> str:
    """23711 → 23 711 with a no-break space; `|number:1` fixes the decimals. None → an en dash, never zero."""
    if value is None or value == "":
        return NO_VALUE
    if not isinstance(value, int | float | Decimal):
        return str(value)
    places = int(decimals) if decimals not in (None, "") else (None if not isinstance(value, float) else 1)
    text = _quick(value, places)
    if text is None:
        if places is not None and not isinstance(value, int):
            value = _rounded(value, places)  # Django cuts the digits that do not fit
        text = formats.number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
    return text.replace("-", MINUS, 1) if text.startswith("-") else text


@cache
def _separators(language: str | None) -> dict[int, str]:
    """The signs between digits of Python's own notation, as the reader's language has them."""
    signs = ("THOUSAND_SEPARATOR", "DECIMAL_SEPARATOR")
    thousands, point = (formats.get_format(sign, language, use_l10n=True) for sign in signs)
    return str.maketrans({",": thousands, ".": point})


def _quick(value: float | Decimal, places: int | None) -> str | None:
    """What the slow way would write of a usual number, in a tenth of its time: a page of figures writes hundreds. None for any
    other, and for one so near to the middle of two that rounding it is a matter of exact decimals.
    """
    if type(value) is int and not places:
        written = f"{value:,}"
    elif type(value) is float and places is not None and -1e9 < value < 1e9:
        size = abs(value) * 10**places
        if abs(size % 1 - 0.5) < 1e-6:
            return None
        written = f"{value if size >= 0.5 else 0.0:,.{places}f}"
    else:
        return None
    return written.translate(_separators(get_language()))


@register.filter
def signed(value: Any, decimals: int | str | None = None) -> str:
    """3 → +3, -2 → −2 (a true minus), 0 → 0."""
    text = number(value, decimals)
    return f"+{text}" if isinstance(value, int | float | Decimal) and value > 0 else text


@register.filter
def percent(value: Any, decimals: int | str = 0) -> str:
    """12.4 → 12 % (the value is already a percentage); `|percent:1` → 12,4 %."""
    text = number(value, decimals)
    return text if text == NO_VALUE else f"{text}\xa0%"


@register.filter
def euros(value: Any) -> str:
    """48000 → 48 000 €."""
    text = number(value, 0)
    return text if text == NO_VALUE else f"{text}\xa0€"


@register.filter
def unlocalized(value: Any) -> str:
    """A number as an attribute of markup needs it: point as the decimal sign, no grouping."""
    return "0" if value is None else str(value)


# --- dates ----------------------------------------------------------------------------------------


def _local(value: datetime.date | datetime.datetime) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def _plain(value: datetime.date) -> str:
    return f"{value.day}.{value.month}.{value.year}"


@register.filter
def day(value: datetime.date | datetime.datetime | None) -> SafeString | str:
    """A date as `<time datetime="2026-11-24">24.11.2026</time>`; None → en dash."""
    if not isinstance(value, datetime.date):
        return NO_VALUE
    date = _local(value)
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), _plain(date))


def plain_day(value: datetime.date) -> str:
    """24.11.2026, for a sentence that is put together in Python."""
    return str(_plain(value))


@register.filter
def day_and_time(value: datetime.datetime | None) -> SafeString | str:
    """A moment in the region's zone: 24.11.2026 14.05."""
    if not isinstance(value, datetime.datetime):
        return day(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    text = f"{_plain(local.date())} {local.hour}.{local.minute:02d}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), text)


@register.simple_tag
def period(start: Any = None, end: Any = None) -> str:
    """Years (2026–2027) or dates (1.1.–31.12.2026; the year is said once when it is the same)."""
    if isinstance(start, datetime.date) and isinstance(end, datetime.date):
        first, last = _local(start), _local(end)
        if first == last:
            return _plain(first)
        if first.year == last.year:
            return f"{first.day}.{first.month}.–{_plain(last)}"
        return f"{_plain(first)}–{_plain(last)}"
    ends = [_plain(_local(v)) if isinstance(v, datetime.date) else str(v or "") for v in (start, end)]
    if ends[0] == ends[1]:
        return ends[0]
    return "–".join(ends)


@register.filter
def until(value: datetime.date | datetime.datetime | None, today: datetime.date | None = None) -> str:
    """How far a deadline is, in words: tänään, huomenna, 5 päivän päästä, 2 päivää myöhässä."""
    if not isinstance(value, datetime.date):
        return ""
    days = (_local(value) - (today or clock.today())).days
    if days == 0:
        return gettext("tänään")
    if days == 1:
        return gettext("huomenna")
    if days > 1:
        return ngettext("%(days)s päivän päästä", "%(days)s päivän päästä", days) % {"days": days}
    return ngettext("%(days)s päivä myöhässä", "%(days)s päivää myöhässä", -days) % {"days": -days}


# --- forms ----------------------------------------------------------------------------------------


@register.filter
def is_single_checkbox(field: BoundField) -> bool:
    """A lone yes/no box, whose label stands after it."""
    widget = field.field.widget
    return isinstance(widget, CheckboxInput) and not isinstance(widget, CheckboxSelectMultiple)


@register.filter
def is_choice_list(field: BoundField) -> bool:
    """Radios or checkboxes shown as a list of large targets."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def field_class(field: BoundField) -> str:
    """`field`, its kind, and whether it has an error."""
    kind = field.widget_type
    kinds = {"date": "date", "number": "number", "datetime": "date"}
    if field.field.__class__.__name__ == "DateField":
        kind = "date"
    classes = ["field", f"field-{kinds.get(kind, kind)}"]
    if field.errors:
        classes.append("field-error")
    return " ".join(classes)


@register.filter
def first_input_id(field: BoundField) -> str:
    """Where a link of the error summary leads: the field, or the first choice of its list."""
    own = field.id_for_label or field.auto_id
    if is_choice_list(field) and field.auto_id:
        return f"{field.auto_id}_0"
    return own


@register.simple_tag
def page_window(page: Any, around: int = 1) -> list[int | None]:
    """Page numbers to show: the ends, the current and its neighbours; None stands for a gap."""
    last, here = page.paginator.num_pages, page.number
    wanted = sorted({1, last, *range(max(1, here - around), min(last, here + around) + 1)})
    return list(_with_gaps(wanted))


def _with_gaps(numbers: Iterable[int]) -> Iterable[int | None]:
    before = 0
    for n in numbers:
        if n - before == 2:
            yield n - 1
        elif n - before > 2:
            yield None
        yield n
        before = n
