"""Which items of a framework a goal answers to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.plans.forms.base import ActionForm
from lautta.plans.frameworks import Framework
from lautta.plans.models import Goal


class MirroringForm(ActionForm):
    """Checkboxes in the framework's own groups. Codes that the framework no longer has can be left out
    here.
    """

    codes = forms.MultipleChoiceField(label=_("Kohdat"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data=None, *, goal: Goal, framework: Framework, **kwargs):
        chosen = [m.code for m in goal.mirrorings.all() if m.framework == framework.code]
        super().__init__(data, initial={"codes": chosen}, **kwargs)
        groups = [
            (
                str(group.title) or str(_("Kohdat")),
                [(item.code, f"{item.code} {item.title}") for item in group.items],
            )
            for group in framework.groups
        ]
        if gone := sorted(set(chosen) - framework.codes):
            groups.append((str(_("Poistunut viitekehyksestä")), [(code, code) for code in gone]))
        self.fields["codes"].choices = groups if len(groups) > 1 else groups[0][1]
