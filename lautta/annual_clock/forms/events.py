"""An event with its rule."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.annual_clock.choices import Concerns, EventKind, LaneChoice, OffHoliday, Repeat
from lautta.annual_clock.models import ClockEvent
from lautta.common import clock
from lautta.common.translated import Translated
from lautta.decisions.forms.fields import own_language
from lautta.organisations.models import Organisation
from lautta.plans.forms.base import ActionForm, DayField, NamesMixin, OrganisationField
from lautta.plans.standing import Standing

NTH = [
    (1, _("ensimmäinen")),
    (2, _("toinen")),
    (3, _("kolmas")),
    (4, _("neljäs")),
    (5, _("viides")),
    (-1, _("viimeinen")),
]
NUMBER = {"inputmode": "numeric"}


class TimeOfDay(forms.TimeField):
    """Wall time: 9.30, 09:30, 9."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H:%M:%S", "%H"], required=False, **kwargs)


class EventForm(NamesMixin, ActionForm):
    """`anchor` and `serving` name an event or a body as "event:<id>" or "body:<id>"."""

    stem = "title"
    stem_label = _("Tapahtuman nimi")
    field_names = {
        "title": "title_fi", "relative_to": "anchor", "relative_body": "anchor", "offset": "offset_count", "days": "ends_on",
    }  # fmt: skip

    lane = forms.ChoiceField(
        label=_("Kaista"),
        choices=LaneChoice.choices,
        widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
    )
    kind = forms.ChoiceField(label=pgettext_lazy("tapahtuma", "Laji"), choices=EventKind.choices)
    organisation = OrganisationField(
        label=_("Kenen tapahtuma"), required=False, empty_label=_("Koko suunnitelman")
    )
    starts_on = DayField(
        label=_("Päivä"), help_text=_("Toistuvalla tapahtumalla ensimmäinen mahdollinen päivä.")
    )
    ends_on = DayField(
        label=_("Viimeinen päivä"), required=False, help_text=_("Jos tapahtuma kestää monta päivää.")
    )
    starts_at = TimeOfDay(
        label=_("Alkaa kello"), help_text=_("Jätä tyhjäksi, jos tapahtuma kestää koko päivän.")
    )
    ends_at = TimeOfDay(label=_("Päättyy kello"))
    repeat = forms.ChoiceField(label=_("Toistuu"), choices=Repeat.choices, initial=Repeat.ONCE)
    nth = forms.TypedChoiceField(label=_("Monesko"), choices=NTH, coerce=int, required=False, empty_value=0)
    weekday = forms.TypedChoiceField(
        label=_("Viikonpäivä"), choices=list(WEEKDAYS.items()), coerce=int, required=False, empty_value=0
    )
    month = forms.TypedChoiceField(
        label=_("Kuukausi"),
        choices=[(0, _("Joka kuukausi")), *MONTHS.items()],
        coerce=int,
        required=False,
        empty_value=0,
    )
    interval = forms.IntegerField(
        label=_("Monenko viikon välein"),
        min_value=1,
        max_value=52,
        required=False,
        widget=forms.NumberInput(attrs=NUMBER),
    )
    offset_count = forms.IntegerField(
        label=_("Kuinka paljon"),
        min_value=0,
        max_value=366,
        required=False,
        widget=forms.NumberInput(attrs=NUMBER),
    )
    offset_unit = forms.ChoiceField(
        label=_("Yksikkö"), choices=[("weeks", _("viikkoa")), ("days", _("päivää"))], required=False
    )
    offset_side = forms.ChoiceField(
        label=_("Kumpaan suuntaan"), choices=[("before", _("ennen")), ("after", _("jälkeen"))], required=False
    )
    anchor = forms.ChoiceField(label=_("Minkä tapahtuman tai kokouksen"), required=False)
    repeat_until = DayField(label=_("Toistuu viimeistään"), required=False)
    off_holiday = forms.ChoiceField(
        label=_("Jos päivä on pyhä tai viikonloppu"), choices=OffHoliday.choices, required=False
    )
    serving = forms.ChoiceField(
        label=_("Mikä tarvitsee tätä"),
        required=False,
        help_text=_(
            "Esimerkiksi kokous, jossa raportti käsitellään. Vuosikello varoittaa, jos tämä valmistuu liian myöhään."
        ),
    )
    concerns = forms.MultipleChoiceField(
        label=_("Ketä koskee"), choices=Concerns.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    partners = forms.ModelMultipleChoiceField(
        label=_("Mukana olevat organisaatiot"),
        queryset=Organisation.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    place = forms.CharField(label=_("Paikka"), max_length=200, required=False)
    description = forms.CharField(
        label=_("Kuvaus"), max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    source = forms.CharField(
        label=_("Mistä päivät ovat peräisin"),
        max_length=300,
        required=False,
        help_text=_("Esimerkiksi kunnan päätös koulun työajoista."),
    )
    is_public = forms.BooleanField(label=_("Näytä julkisessa vuosikellossa"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    FIRST = ("lane", "kind", "organisation", "starts_on", "ends_on", "starts_at", "ends_at")
    RULE = (
        "repeat",
        "nth",
        "weekday",
        "month",
        "interval",
        "offset_count",
        "offset_unit",
        "offset_side",
        "anchor",
        "repeat_until",
        "off_holiday",
    )
    MORE = ("serving", "concerns", "partners", "place", "description", "source")

    def __init__(
        self,
        data=None,
        *,
        standing: Standing,
        organisations: list[Organisation],
        may_be_joint: bool,
        event: ClockEvent | None = None,
        **kwargs,
    ):
        self.event, self.standing, self.plan = event, standing, standing.plan
        super().__init__(
            data, initial={**(self._told(event) if event else {}), **kwargs.pop("initial", {})}, **kwargs
        )
        self.fields["organisation"].offer(
            Organisation.objects.filter(pk__in=[o.pk for o in organisations]).in_name_order()
        )
        if not may_be_joint:
            self.fields["organisation"].required, self.fields["organisation"].empty_label = True, None
        self.fields["partners"].queryset = Organisation.objects.of_plan(self.plan)
        self.fields["anchor"].choices = self.fields["serving"].choices = self._offered()
        self.add_names(event.title if event else None)
        self.order_fields([name for name in self.fields if name.startswith("title_")])

    def _offered(self) -> list:
        """Events that the person may see and bodies of the plan, by public id; what the event already hangs on stays."""
        events = self.plan.clock_events.standing().visible_to(self.standing)
        if self.event:
            kept = [pk for pk in (self.event.relative_to_id, self.event.serves_id) if pk]
            events = (events | self.plan.clock_events.filter(pk__in=kept)).exclude(pk=self.event.pk)
        self._events = {f"event:{e.public_id}": e for e in events.in_order()}
        bodies = self.plan.bodies.active(clock.today()).with_organisation().in_order()
        self._bodies = {f"body:{b.public_id}": b for b in bodies}
        return [
            ("", _("Ei mikään")),
            (
                _("Toimielinten kokoukset"),
                [
                    (key, f"{b.name} ({b.organisation.name})" if b.organisation else str(b.name))
                    for key, b in self._bodies.items()
                ],
            ),
            (_("Tapahtumat"), [(key, str(e.title)) for key, e in self._events.items()]),
        ]

    @staticmethod
    def _told(event: ClockEvent) -> dict[str, Any]:
        """The stored event as the form asks it."""
        weeks, days = divmod(abs(event.offset), 7)
        anchor = event.relative_to or event.relative_body
        serving = event.serves or event.serves_body
        same = (
            "lane",
            "kind",
            "starts_on",
            "starts_at",
            "ends_at",
            "repeat",
            "nth",
            "weekday",
            "month",
            "interval",
            "repeat_until",
            "off_holiday",
            "concerns",
            "source",
            "is_public",
        )
        return {
            **{name: getattr(event, name) for name in same},
            "organisation": event.organisation and event.organisation.public_id,
            "ends_on": event.starts_on + dt.timedelta(days=event.days - 1) if event.days > 1 else None,
            "offset_count": abs(event.offset) if days else weeks,
            "offset_unit": "days" if days else "weeks",
            "offset_side": "after" if event.offset > 0 else "before",
            "anchor": f"{'event' if event.relative_to else 'body'}:{anchor.public_id}" if anchor else "",
            "serving": f"{'event' if event.serves else 'body'}:{serving.public_id}" if serving else "",
            "partners": [o.public_id for o in event.partners.all()],
            "place": str(event.place),
            "description": str(event.description),
            "seen": event.version,
        }

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("Tapahtuma ei voi päättyä ennen kuin se alkaa."))
        if cleaned.get("repeat") == Repeat.RELATIVE and not cleaned.get("anchor"):
            self.add_error("anchor", _("Valitse tapahtuma tai toimielin, josta päivät lasketaan."))
        if cleaned.get("repeat") == Repeat.RELATIVE and cleaned.get("offset_count") is None:
            self.add_error("offset_count", _("Anna päivien tai viikkojen määrä."))
        return cleaned

    def values(self) -> dict[str, Any]:
        v = self.cleaned_data
        offset = (v["offset_count"] or 0) * (7 if v["offset_unit"] != "days" else 1)
        same = (
            "lane",
            "kind",
            "organisation",
            "starts_on",
            "starts_at",
            "ends_at",
            "repeat",
            "nth",
            "weekday",
            "month",
            "repeat_until",
            "off_holiday",
            "concerns",
            "source",
            "is_public",
        )
        values = {name: v[name] for name in same} | {
            "title": self.names(),
            "days": ((v["ends_on"] - v["starts_on"]).days + 1) if v["ends_on"] else 1,
            "interval": v["interval"] or 1,
            "offset": offset if v["offset_side"] == "after" else -offset,
            "relative_to": self._events.get(v["anchor"]),
            "relative_body": self._bodies.get(v["anchor"]),
            "serves": self._events.get(v["serving"]),
            "serves_body": self._bodies.get(v["serving"]),
            "partners": list(v["partners"]),
            "place": self._in_own("place"),
            "description": self._in_own("description"),
        }
        if self.event is not None:
            values["version"] = v["seen"] or 0
        return values

    def _in_own(self, name: str) -> Translated:
        """What the reader saw stays as it was; what they wrote is in the language of the page."""
        before: Translated = getattr(self.event, name) if self.event else Translated()
        words = self.cleaned_data[name].strip()
        return before if words == str(before) else before.with_text(own_language(), words)

    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("title_")] + [
            self[name] for name in self.FIRST
        ]

    def rule_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.RULE]

    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    @property
    def opens_rule(self) -> bool:
        """Whether the rule's part is shown at once."""
        return self["repeat"].value() not in (None, Repeat.ONCE) or any(
            self[name].errors for name in self.RULE
        )

    @property
    def opens_more(self) -> bool:
        return any(self[name].errors for name in self.MORE)


class MoveForm(ActionForm):
    """Where one occurrence goes; `confirmed` once the person has seen what moves with it."""

    field_names = {"to": "to"}
    own_day = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    to = DayField(label=_("Uusi päivä"), required=False)
    cancel = forms.BooleanField(label=_("Peru tämä kerta"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("to") and not cleaned.get("cancel") and "to" not in self.errors:
            self.add_error("to", _("Anna uusi päivä tai peru kerta."))
        return cleaned

    def values(self) -> dict[str, Any]:
        v = self.cleaned_data
        return {"own_day": v["own_day"], "to": None if v["cancel"] else v["to"], "version": v["seen"]}
