"""Forms of the pages of figures."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.common.translated import Translated
from lautta.indicators.ingestors.tables import FileMapping
from lautta.indicators.models import Indicator
from lautta.indicators.models.catalogue import MULTIPLIERS
from lautta.indicators.protecting import Limits
from lautta.plans.models import Plan
from lautta.workspace.figures import choices, joint_ids, other_joint
from lautta.workspace.figures_files import COLUMNS, Sent

MOST_BYTES_OF_PEOPLE = 5_000_000


class FetchForm(forms.Form):
    """What to fetch, tick boxes by theme."""

    ids = forms.MultipleChoiceField(
        label=_("Mitä haetaan"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, plan: Plan, **kwargs):
        super().__init__(*args, **kwargs)
        groups = choices(plan)
        if rest := other_joint(plan):
            groups.append((_("Muut yhteiset mittarit"), rest))
        self.groups = groups
        self.fields["ids"].choices = [row for _theme, rows in groups for row in rows]  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial["ids"] = joint_ids(plan)

    @property
    def grouped(self):
        """[(theme, [(value, title, ticked)])] for the page."""
        ticked = set(self["ids"].value() or ())
        return [
            (theme, [(value, title, value in ticked) for value, title in rows]) for theme, rows in self.groups
        ]


class ScheduleForm(forms.Form):
    """The yearly fetch."""

    day = forms.IntegerField(label=_("Päivä"), min_value=1, max_value=28, help_text=_("Päivä 1–28."))
    month = forms.IntegerField(label=_("Kuukausi"), min_value=1, max_value=12)
    is_active = forms.BooleanField(label=_("Hae tiedot joka vuosi"), required=False)


class RefuseForm(forms.Form):
    """Why waiting numbers are not used."""

    reason = forms.CharField(
        label=_("Miksi hylkäät tiedot"),
        max_length=300,
        help_text=_("Perustelu jää muutoslokiin. Älä kirjoita kenenkään nimeä."),
    )


class ProposeForm(forms.Form):
    """What the region would do with waiting numbers, to the installation's keeper."""

    reason = forms.CharField(
        label=_("Perustelu ylläpitäjälle"), max_length=300,
        help_text=_("Perustelu jää muutoslokiin. Älä kirjoita kenenkään nimeä."),
    )  # fmt: skip


class FigureFileForm(forms.Form):
    """A file of one's own."""

    file = forms.FileField(
        label=_("Tiedosto"),
        help_text=_(
            "Excel (.xlsx), csv tai JSON-stat, enintään 1 Mt. Yksi rivi jokaisesta alueesta ja vuodesta."
        ),
    )


class PeopleFileForm(forms.Form):
    """Population by single years of age, or a projection of it."""

    which = forms.ChoiceField(
        label=_("Mitä tiedostossa on"),
        choices=[("observed", _("Laskettu väestö")), ("projection", _("Virallinen ennuste"))],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("Tiedosto"),
        help_text=_(
            "Excel (.xlsx), csv tai JSON-stat, enintään 5 Mt. Sarakkeet: kunta, vuosi, ikä ja väestö, halutessasi sukupuoli. "
            "Iät yksivuotisina, 0–17 tai enemmän."
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES_OF_PEOPLE:
            raise forms.ValidationError(_("Tiedosto on liian suuri (enintään 5 Mt)."))
        return file


class MappingForm(forms.Form):
    """Which column is what, and what the number is."""

    packed = forms.CharField(widget=forms.HiddenInput, strip=False)
    filename = forms.CharField(widget=forms.HiddenInput, max_length=200)
    title_fi = forms.CharField(label=_("Nimi suomeksi"), max_length=150)
    title_sv = forms.CharField(label=_("Nimi ruotsiksi"), max_length=150, required=False)
    title_en = forms.CharField(label=_("Nimi englanniksi"), max_length=150, required=False)
    kind = forms.ChoiceField(label=_("Yksikkö"), choices=Indicator.Kind.choices)
    decimals = forms.IntegerField(label=_("Desimaaleja"), min_value=0, max_value=6, initial=1)
    direction = forms.ChoiceField(label=_("Suunta"), choices=Indicator.Direction.choices)
    threshold = forms.IntegerField(
        label=_("Salaa, kun tapauksia on vähemmän kuin"), min_value=1, max_value=1000, initial=5,
        help_text=_("Yleensä 5. Lautta salaa myös ne luvut, joista pienen luvun voisi laskea."),
    )  # fmt: skip
    least_respondents = forms.IntegerField(
        label=_("Salaa, kun vastaajia on vähemmän kuin"), min_value=0, max_value=1000, initial=0, required=False,
        help_text=_("Kyselyissä. Vastaajien määrä luetaan nimittäjän sarakkeesta. 0 = ei rajaa."),
    )  # fmt: skip
    area = forms.ChoiceField(label=_("Alueen sarake"))
    year = forms.ChoiceField(label=_("Vuoden sarake"))
    gender = forms.ChoiceField(label=_("Sukupuolen sarake"), required=False)
    value = forms.ChoiceField(label=_("Arvon sarake"), required=False)
    numerator = forms.ChoiceField(label=_("Osoittajan sarake"), required=False)
    denominator = forms.ChoiceField(label=_("Nimittäjän sarake"), required=False)

    def __init__(self, *args, sent: Sent, **kwargs):
        super().__init__(*args, **kwargs)
        self.sent = sent
        for name in COLUMNS:
            if not sent.is_table:
                del self.fields[name]
                continue
            self.fields[name].choices = [("", _("ei ole")), *((c, c) for c in sent.columns)]  # type: ignore[attr-defined]

    def clean(self):
        given = super().clean() or {}
        if self.sent.is_table and not (
            given.get("value") or (given.get("numerator") and given.get("denominator"))
        ):
            self.add_error("value", _("Valitse arvon sarake, tai sekä osoittaja että nimittäjä."))
        return given

    @property
    def mapping(self) -> FileMapping | None:
        """None for JSON-stat."""
        if not self.sent.is_table:
            return None
        columns = {name: self.cleaned_data.get(name) or "" for name in COLUMNS}
        return FileMapping(**columns, multiplier=MULTIPLIERS.get(self.cleaned_data["kind"], 1.0))

    def clean_least_respondents(self):
        return self.cleaned_data["least_respondents"] or 0

    @property
    def limits(self) -> Limits:
        return Limits(self.cleaned_data["threshold"], self.cleaned_data["least_respondents"])

    @property
    def title(self) -> Translated:
        given = self.cleaned_data
        return Translated.of(given["title_fi"], sv=given["title_sv"], en=given["title_en"])
