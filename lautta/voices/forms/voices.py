"""The voice form: what was said, by whom in what role, when and how it was heard."""

import datetime as dt
import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.common import clock
from lautta.common.translated import LANGUAGES, Translated
from lautta.organisations.models import Organisation
from lautta.plans.models import Plan
from lautta.voices.actions import LONGEST
from lautta.voices.models import Voice
from lautta.voices.personal import Finding, signs

LANGUAGE_NAMES = [("fi", _("suomeksi")), ("sv", _("ruotsiksi")), ("en", _("englanniksi"))]
_MONTH = re.compile(r"^(?:(\d{4})-(\d{1,2})|(\d{1,2})\s*[/.]\s*(\d{4}))$")


class MonthField(forms.Field):
    """A month: 2024-05 as a browser's month field gives it, or 5/2024 or 5.2024 as people type it."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "5/2024"})
    default_error_messages = {
        "invalid": _("Anna kuukausi muodossa 5/2024."),
        "future": _("Kuukausi on vasta tulossa. Milloin tämä kuultiin?"),
    }

    def prepare_value(self, value):
        return value.strftime("%Y-%m") if isinstance(value, dt.date) else value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        match = _MONTH.match(str(value).strip())
        if not match:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        year, month = int(match[1] or match[4]), int(match[2] or match[3])
        if not 1 <= month <= 12 or not 1990 <= year <= 2100:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        first = dt.date(year, month, 1)
        if first > clock.today():
            raise forms.ValidationError(self.error_messages["future"], code="future")
        return first


class VoiceForm(forms.Form):
    """`findings`: what looks like personal data in the texts; the person says that it has been looked at by
    `checked`.
    """

    text = forms.CharField(
        label=_("Mitä sanottiin?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Omin sanoin, niin kuin se sanottiin. "
            "Jätä pois nimet, paikat ja muu, mistä puhujan tai toisen tunnistaa."
        ),
        error_messages={"required": _("Kirjoita, mitä sanottiin.")},
    )
    language = forms.ChoiceField(
        label=_("Millä kielellä?"), choices=LANGUAGE_NAMES, widget=forms.RadioSelect, initial="fi"
    )
    speaker_role = forms.ChoiceField(
        label=_("Kuka puhui?"), choices=Voice.SpeakerRole.choices, help_text=_("Vain rooli, ei nimeä.")
    )
    age_group = forms.ChoiceField(label=_("Ikä"), choices=Voice.AgeGroup.choices, required=False)
    method = forms.ChoiceField(label=_("Miten kuultiin?"), choices=Voice.Method.choices)
    heard_month = MonthField(label=_("Milloin kuultiin?"), required=False, help_text=_("Kuukausi riittää."))
    goals = forms.MultipleChoiceField(
        label=_("Mihin tavoitteeseen tämä liittyy?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    organisation = forms.ChoiceField(
        label=_("Kuka kuuli?"), required=False, help_text=_("Organisaatio, joka toi äänen mukaan.")
    )
    chapter = forms.ChoiceField(
        label=_("Näytetäänkö suunnitelman luvussa?"),
        required=False,
        help_text=_("Ääni näkyy lainauksena luvun yhteydessä."),
    )
    in_fi = forms.CharField(
        label=_("Suomeksi"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    in_sv = forms.CharField(
        label=_("Ruotsiksi"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    in_en = forms.CharField(
        label=_("Englanniksi"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    checked = forms.BooleanField(label=_("Tarkistin: tekstistä ei tunnista ketään."), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    MAIN = ("text", "language", "speaker_role", "age_group", "method", "heard_month", "goals")
    LATER = ("organisation", "chapter", "in_fi", "in_sv", "in_en")

    def __init__(
        self,
        *args,
        plan: Plan,
        organisations: Iterable[Organisation],
        may_leave_out: bool,
        places=(),
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.places, self.findings = list(places), []  # type: ignore[var-annotated]
        self._goals = {g.public_id: g for g in plan.goals.current().in_order()}
        self._chapters = {c.public_id: c for c in plan.chapters.filter(ended_at__isnull=True).in_order()}
        self._organisations = {o.public_id: o for o in organisations}
        self.fields["goals"].choices = [(key, str(goal)) for key, goal in self._goals.items()]
        chapters = [
            (key, f"{_('Luku')} {c.number or c.get_kind_display()}") for key, c in self._chapters.items()
        ]
        self.fields["chapter"].choices = [("", _("Ei missään luvussa")), *chapters]
        nobody = [("", _("Ei mikään yksittäinen organisaatio"))] if may_leave_out else []
        self.fields["organisation"].choices = [
            *nobody,
            *((key, str(o.name)) for key, o in self._organisations.items()),
        ]
        self.fields["organisation"].required = not may_leave_out

    def main_fields(self) -> list[forms.BoundField]:
        names = list(self.MAIN)
        if self.fields["organisation"].required and len(self._organisations) > 1:
            names.append("organisation")
        return [self[name] for name in names]

    def later_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.LATER if self[name] not in self.main_fields()]

    @property
    def has_trouble_later(self) -> bool:
        return any(self[name].errors for name in self.LATER)

    def clean(self) -> dict:
        data = super().clean()
        if self.errors:
            return data  # type: ignore[return-value]
        self.findings = self._look(data)
        if self.findings and not data.get("checked"):
            self.add_error(
                "checked",
                _(
                    "Tarkista: tekstissä näyttää olevan henkilötietoja. "
                    "Muuta tekstiä tai merkitse tarkistetuksi."
                ),
            )
        return data  # type: ignore[return-value]

    def _look(self, data: dict) -> list[Finding]:
        texts = [data[name] for name in ("text", "in_fi", "in_sv", "in_en") if data.get(name)]
        return [finding for text in texts for finding in signs(text, places=self.places)]

    def values(self, former: Translated | None = None) -> dict:
        """For the actions. `former` is the text that stands: a translation is known by the source that it
        was made from.
        """
        data = self.cleaned_data
        text = self._text(former)
        return {
            "text": text,
            "speaker_role": data["speaker_role"],
            "age_group": data["age_group"],
            "method": data["method"],
            "heard_month": data["heard_month"],
            "goals": [self._goals[key] for key in data["goals"]],
            "chapter": self._chapters.get(data["chapter"]),
            "organisation": self._organisations.get(data["organisation"]),
        }

    def _text(self, former: Translated | None) -> Translated:
        data = self.cleaned_data
        source = data["language"]
        text = former if former is not None and former.source == source else Translated(source)
        text = text.with_text(source, data["text"])
        for language in LANGUAGES:
            words = data[f"in_{language}"]
            if language != source and words != (text.in_language(language) or ""):
                text = text.with_text(language, words)
        return text

    @staticmethod
    def initial_of(voice: Voice) -> dict:
        """What the form shows of a stored voice."""
        text = voice.text
        return {
            "text": text.in_language(text.source) or "",
            "language": text.source,
            **{
                f"in_{lang}": "" if lang == text.source else (text.in_language(lang) or "")
                for lang in LANGUAGES
            },
            "speaker_role": voice.speaker_role,
            "age_group": voice.age_group,
            "method": voice.method,
            "heard_month": voice.heard_month,
            "goals": [goal.public_id for goal in voice.goals.all()],
            "chapter": voice.chapter.public_id if voice.chapter else "",
            "organisation": voice.organisation.public_id if voice.organisation else "",
            "version": voice.version,
        }


class ModerationForm(forms.Form):
    """One of three: publish, leave unpublished with a reason, remove for good."""

    reason = forms.CharField(
        label=_("Miksi ääntä ei julkaista?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Syy näkyy vain työtilassa."),
    )
    checked = forms.BooleanField(label=_("Tarkistin: tekstistä ei tunnista ketään."), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
