"""Forms of the pages of figures."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.plans.models import Plan
from lautta.workspace.figures import choices, joint_ids, other_joint


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
