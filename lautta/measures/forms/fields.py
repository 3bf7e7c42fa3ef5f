"""Fields that several forms of the room share."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from lautta.measures.checks import FIRST_YEAR, LAST_YEAR
from lautta.plans.models import Goal

_SPACES = str.maketrans("", "", " \t\u00a0\u202f\u2009€")


def parse_amount(text: str) -> Decimal | None:
    """ "12 000,50 €" → Decimal("12000.50"); None for anything that is not one plain number."""
    plain = str(text).translate(_SPACES).replace("\u2212", "-").replace(",", ".")
    if plain.count(".") > 1 or not plain or len(plain) > 20:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


class AmountField(forms.CharField):
    """A sum as people write it: spaces and either decimal sign."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        amount = parse_amount(text)
        if amount is None or amount < 0:
            raise ValidationError(_("Kirjoita luku, esimerkiksi 12 000,50."), code="invalid")
        return amount

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            whole = value == value.to_integral_value()
            return formats.number_format(value, 0 if whole else 2, use_l10n=True, force_grouping=False)
        return value


class DayField(forms.DateField):
    """A day by the device's own picker; also typed as 24.11.2026 where there is none."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y"])
        kwargs.setdefault("error_messages", {"invalid": _("Kirjoita päivä muodossa 24.11.2026.")})
        super().__init__(**kwargs)

    def validate(self, value):
        super().validate(value)
        if isinstance(value, dt.date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(_("Tarkista vuosi."), code="year")


class GoalCards(forms.CheckboxSelectMultiple):
    """Main goals as cards with their shape and colour; subgoals fold open under their own."""

    template_name = "measures/widgets/goals.html"

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["goal"] = getattr(value, "instance", None)
        return option

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        options = [option for _group, found, _index in context["widget"]["optgroups"] for option in found]
        cards: dict[int, dict] = {}
        for option in options:
            goal = option["goal"]
            if goal and goal.parent_id in cards:
                card = cards[goal.parent_id]
                card["subgoals"].append(option)
                card["open"] = card["open"] or option["selected"]
            elif goal:
                cards[goal.pk] = {"option": option, "goal": goal, "subgoals": [], "open": False}
        # Most measures advance a main goal, so those come first; the cross-cutting aim is chosen beside them.
        mains = sorted(cards.values(), key=lambda card: card["goal"].kind == Goal.Kind.CROSS_CUTTING)
        context["widget"]["cards"] = mains
        return context


class GoalsField(forms.ModelMultipleChoiceField):
    """At least one goal of the plan: main goals, subgoals, the cross-cutting aim."""

    widget = GoalCards

    def __init__(self, *, plan, chosen=(), **kwargs):
        """`chosen`: goals already tied, shown also after they have ended."""
        alive = plan.goals.exclude(kind=Goal.Kind.MEANS).filter(ended_at__isnull=True)
        queryset = (alive | plan.goals.filter(pk__in=[g.pk for g in chosen])).distinct().in_order()
        kwargs.setdefault("error_messages", {"required": _("Valitse ainakin yksi tavoite.")})
        super().__init__(queryset=queryset, to_field_name="public_id", **kwargs)

    def label_from_instance(self, goal: Goal) -> str:
        return f"{goal.number} {goal.title}".strip()
