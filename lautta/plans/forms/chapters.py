"""Forms of chapters: the text of one language, a new chapter, its end, removal of personal data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.plans.actions.chapters import MAX_BODY, MAX_PLAIN, MAX_TITLE, TOO_LONG
from lautta.plans.chapters.richtext import canonical, removed
from lautta.plans.chapters.typed import from_text, to_text
from lautta.plans.figures.codes import IndicatorCodes
from lautta.plans.forms.base import ActionForm, OrganisationField
from lautta.plans.models import Chapter, Source


@dataclass(frozen=True, slots=True)
class RichInput:
    """What came from the page: HTML from the editor, or easy text typed without one."""

    text: str
    is_html: bool

    def rich(self) -> str:
        """Canonical HTML."""
        return canonical(self.text) if self.is_html else from_text(self.text)


class RichText(forms.Textarea):
    """A text area with easy text in it, which the editor takes over when it can; `<name>_format` tells
    which it was."""

    template_name = "plans/widgets/rich_text.html"

    def __init__(self, attrs: dict[str, Any] | None = None, language: str = "fi"):
        super().__init__({"rows": 18, "autocomplete": "off", "data-rich-text": "", **(attrs or {})})
        self.language = language
        # Numbers of indicators (figures.codes.IndicatorCodes) that the writer can choose from.
        self.figures: list[IndicatorCodes] = []

    def value_from_datadict(self, data, files, name):
        if name not in data:
            return None
        return RichInput(data.get(name) or "", data.get(f"{name}_format") == "html")

    def use_required_attribute(self, initial):
        return False

    def get_context(self, name, value, attrs):
        rich = easy = ""
        if isinstance(value, RichInput) and len(value.text) > MAX_BODY:
            rich = easy = value.text
        elif isinstance(value, RichInput):
            rich = value.rich()
            easy = to_text(rich) if value.is_html else value.text
        elif value:
            rich = canonical(value)
            easy = to_text(rich)
        context = super().get_context(name, easy, {"lang": self.language, **(attrs or {})})
        too_long = isinstance(value, RichInput) and value.is_html and len(value.text) > MAX_BODY
        context["widget"].update(
            rich=canonical(rich) if too_long else rich,
            format="html" if too_long else "text",
            figures=self.figures,
        )
        return context


class RichTextField(forms.Field):
    """Cleans to canonical, sanitised HTML; `removed` then names what had to go."""

    widget = RichText

    def clean(self, value):
        self.removed: list[str] = []
        if value is None:
            value = RichInput("", False)
        if len(value.text) > MAX_BODY:
            raise ValidationError(TOO_LONG)
        if "\x00" in value.text:
            raise ValidationError(_("Tekstissä on merkki, jota ei voi tallentaa."))
        if value.is_html:
            self.removed = removed(value.text)
        return value.rich()

    def has_changed(self, initial, data):
        return True


PLAIN_HELP = _(
    "Kirjoita sama asia niin, että lapsikin ymmärtää: lyhyitä lauseita, tuttuja sanoja, "
    "yksi asia kerrallaan. "
    "Kerro ensin tärkein. Puhuttele lukijaa. Vältä lyhenteitä ja numeroita, joita ei ole pakko sanoa."
)


class ChapterTextForm(ActionForm):
    """One language's text of a chapter. `based_on` is the revision that the writer saw."""

    title = forms.CharField(
        label=_("Otsikko"), max_length=MAX_TITLE, error_messages={"required": _("Anna luvulle otsikko.")}
    )
    # A chapter may for a while be a title alone, but its text is no extra: the label must not call it
    # optional.
    body = RichTextField(label=_("Teksti"))
    plain = forms.CharField(
        label=_("Selkokielinen teksti"),
        required=False,
        max_length=MAX_PLAIN,
        help_text=PLAIN_HELP,
        widget=forms.Textarea(attrs={"rows": 6, "data-count": ""}),
    )
    is_up_to_date = forms.BooleanField(label=_("Käännös vastaa nyt alkutekstiä"), required=False)
    sources = forms.ModelMultipleChoiceField(
        label=_("Lähteet, joihin luku viittaa"),
        queryset=Source.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    based_on = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)
    source_seen = forms.IntegerField(min_value=0, max_value=10**6, required=False, widget=forms.HiddenInput)
    sources_seen = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, *args, sources, language: str, is_stale: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sources"].queryset = sources
        self.fields["body"].widget.language = language
        for name in ("title", "plain"):
            self.fields[name].widget.attrs["lang"] = language
        if not is_stale:
            del self.fields["is_up_to_date"]

    def offer_figures(self, figures: list[IndicatorCodes]) -> None:
        """Let the writer choose from these numbers."""
        self.fields["body"].widget.figures = figures

    def made_from(self) -> int | None:
        """The source revision that the translator says the text now answers to, None when nothing was
        said."""
        return self.cleaned_data.get("source_seen") if self.cleaned_data.get("is_up_to_date") else None

    def seen_sources(self) -> list[Source]:
        """Those that were ticked when the page was opened."""
        ids = set((self.cleaned_data.get("sources_seen") or "").split(","))
        return [source for source in self.fields["sources"].queryset if source.public_id in ids]


class NewChapterForm(ActionForm):
    """A joint chapter or a section of one organisation; its text is written on the next page."""

    title = forms.CharField(
        label=_("Otsikko"), max_length=MAX_TITLE, error_messages={"required": _("Anna luvulle otsikko.")}
    )
    language = forms.ChoiceField(label=_("Alkukieli"), help_text=_("Kieli, jolla luku ensin kirjoitetaan."))
    number = forms.CharField(
        label=_("Numero"), max_length=12, required=False, help_text=_("Esimerkiksi 2 tai 2.1.")
    )
    kind = forms.ChoiceField(label=_("Luvun laji"), choices=Chapter.Kind.choices, initial=Chapter.Kind.OTHER)
    parent = forms.ModelChoiceField(
        label=_("Yläluku"), queryset=Chapter.objects.none(), to_field_name="public_id", required=False,
        empty_label=pgettext_lazy("yläluku", "Ei ylälukua: luku on päätasolla"),
    )  # fmt: skip
    organisation = OrganisationField(
        label=_("Kenen osuus"), required=False, empty_label=_("Yhteinen luku"),
        help_text=_(
            "Organisaation oma osuus kuuluu vain sille: sen vastuuhenkilö "
            "kirjoittaa ja julkaisee sen."
        ),
    )  # fmt: skip

    def __init__(
        self, *args, parents, titles: dict[int, str], organisations, may_be_joint: bool, languages, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages
        self.fields["parent"].queryset = parents
        self.fields["parent"].label_from_instance = lambda c: (
            f"{c.number} {titles.get(c.pk, '')}".strip() or str(c)
        )
        self.fields["organisation"].offer(organisations)
        if not may_be_joint:
            self.fields["organisation"].required = True
            self.fields["organisation"].empty_label = None


class EndChapterForm(ActionForm):
    reason = forms.CharField(
        label=_("Miksi luku päättyy?"), max_length=300,
        help_text=_(
            "Syy jää historiaan. Luku poistuu julkiselta sivulta ja hausta, "
            "mutta sen versiot säilyvät."
        ),
        error_messages={"required": _("Kerro, miksi luku päättyy.")},
    )  # fmt: skip


class RedactForm(ActionForm):
    passage = forms.CharField(
        label=_("Poistettava kohta"), max_length=500,
        help_text=_(
            "Kirjoita kohta sellaisena kuin se on tekstissä, esimerkiksi nimi. "
            "Kirjainkoolla ei ole väliä."
        ),
        error_messages={"required": _("Kirjoita kohta, joka poistetaan.")},
    )  # fmt: skip
    where = forms.ChoiceField(
        label=_("Mistä se poistetaan?"),
        choices=[("chapter", _("Tästä luvusta")), ("plan", _("Kaikista suunnitelman luvuista"))],
        initial="chapter",
        widget=forms.RadioSelect,
    )
