"""The form of a hearing: the matter, who was heard and how, what they said, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.organisations.models import Organisation
from lautta.plans.forms.base import DayField
from lautta.plans.forms.languages import TextsMixin
from lautta.plans.models import Plan
from lautta.voices.actions.hearings import LONGEST, LONGEST_MATTER, Facts, Heard
from lautta.voices.models import Hearing, Voice
from lautta.voices.personal import Finding, signs

ROWS = 4
_LINK = re.compile(r"^(version|chapter|goal|measure|assessment):([a-z0-9]{6,16})$")


class HearingForm(TextsMixin, forms.Form):
    """`findings`: what looks like personal data; the person says by `checked` that it has been looked at. `link`: what the
    matter is about, given by the page that leads here.
    """

    heard_on = DayField(label=_("Milloin kuultiin?"))
    heard_until = DayField(
        label=_("Viimeinen päivä"), required=False, help_text=_("Vain jos kuuleminen kesti monta päivää.")
    )
    method = forms.ChoiceField(label=_("Miten kuultiin?"), choices=Hearing.Method.choices)
    link = forms.ChoiceField(label=_("Mihin asia liittyy?"), required=False)
    organisation = forms.ChoiceField(
        label=_("Kuka kuuli?"), help_text=_("Organisaatio, joka järjesti kuulemisen.")
    )
    checked = forms.BooleanField(label=_("Tarkistin: tekstistä ei tunnista ketään."), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data=None,
        *,
        plan: Plan,
        organisations: Iterable[Organisation],
        may_leave_out: bool,
        hearing: Hearing | None = None,
        places: Iterable[str] = (),
        link: str = "",
        initial: dict | None = None,
    ):
        super().__init__(data, initial={**self._initial(hearing), **(initial or {})})
        self.places = list(places)
        self.findings: list[Finding] = []
        self._organisations = {o.public_id: o for o in organisations}
        nobody = [("", _("Ei mikään yksittäinen organisaatio"))] if may_leave_out else []
        self.fields["organisation"].choices = [
            *nobody,
            *((key, str(o.name)) for key, o in self._organisations.items()),
        ]
        self.fields["organisation"].required = not may_leave_out
        self._offer_links(plan, hearing, link)
        self._add_texts(hearing)
        for n in range(1, ROWS + 1):
            self._add_group(n)

    def _offer_links(self, plan: Plan, hearing: Hearing | None, link: str) -> None:
        goals = [(f"goal:{g.public_id}", str(g)) for g in plan.goals.current().in_order()]
        chapters = [
            (f"chapter:{c.public_id}", f"{_('Luku')} {c.number or c.get_kind_display()}")
            for c in plan.chapters.living().in_order()
        ]
        choices = [("", Hearing.LinkKind.NONE.label), *goals, *chapters]
        stored = f"{hearing.link_kind}:{hearing.link_key}" if hearing and hearing.link_kind else ""
        known = {code for code, _label in choices}
        for code in (stored, link):
            if (match := _LINK.match(code)) and code not in known:
                choices.append((code, Hearing.LinkKind(match[1]).label))
                known.add(code)
        self.fields["link"].choices = choices
        self.initial["link"] = stored or (link if link in known else "")

    def _add_texts(self, hearing: Hearing | None) -> None:
        def now(name: str):
            return getattr(hearing, name) if hearing else None

        self.add_text(
            "matter", _("Mistä asiasta kuultiin?"), value=now("matter"), required=True, line=True,
            longest=LONGEST_MATTER, help_text=_("Asia tai päätös, jota valmisteltiin."),
            error=_("Kirjoita, mistä asiasta kuultiin."),
        )  # fmt: skip
        self.add_text(
            "how", _("Miten kysyttiin?"), value=now("how"), rows=2, longest=LONGEST,
            help_text=_("Mitä kysyttiin, ja miten lapset ja nuoret saivat vastata."),
        )  # fmt: skip
        self.add_text(
            "said", _("Mitä he sanoivat?"), value=now("said"), required=True, rows=4, longest=LONGEST,
            help_text=_("Myös se, mistä oltiin eri mieltä. Jätä pois nimet, paikat ja muu, mistä jonkun tunnistaa."),
            error=_("Kirjoita, mitä kuultiin."),
        )  # fmt: skip
        self.add_text(
            "changed", _("Mikä muuttui?"), value=now("changed"), rows=3, longest=LONGEST,
            help_text=_("Voit täydentää tämän myöhemmin. Julkaisuun tarvitaan tämä tai seuraava."),
        )  # fmt: skip
        self.add_text(
            "why_not", _("Mikä ei muuttunut, ja miksi?"), value=now("why_not"), rows=3, longest=LONGEST
        )

    def _add_group(self, n: int) -> None:
        first = n == 1
        roles = Voice.SpeakerRole.choices if first else [("", _("Ei muita")), *Voice.SpeakerRole.choices]
        self.fields[f"role_{n}"] = forms.ChoiceField(
            label=_("Keitä kuultiin?"), choices=roles, required=first
        )
        self.fields[f"age_{n}"] = forms.ChoiceField(
            label=_("Ikä"), choices=Voice.AgeGroup.choices, required=False
        )
        self.fields[f"number_{n}"] = forms.IntegerField(
            label=_("Montako?"), required=False, min_value=1, max_value=1_000_000
        )

    def clean(self) -> dict:
        data = super().clean()
        if self.errors:
            return data  # type: ignore[return-value]
        names = [*self._texts, *(f.name for f in self.in_other_languages())]
        self.findings = [
            finding for name in names if data.get(name) for finding in signs(data[name], places=self.places)
        ]
        if self.findings and not data.get("checked"):
            self.add_error(
                "checked",
                _(
                    "Tarkista: tekstissä näyttää olevan henkilötietoja. "
                    "Muuta tekstiä tai merkitse tarkistetuksi."
                ),
            )
        return data  # type: ignore[return-value]

    def facts(self) -> Facts:
        """For the actions."""
        data = self.cleaned_data
        kind, _colon, key = data["link"].partition(":")
        groups = [
            Heard(data[f"role_{n}"], data[f"age_{n}"], data[f"number_{n}"])
            for n in range(1, ROWS + 1)
            if data[f"role_{n}"]
        ]
        return Facts(
            **{name: self.text(name) for name in self._texts},
            heard_on=data["heard_on"],
            heard_until=data["heard_until"],
            method=data["method"],
            groups=groups,
            link_kind=kind,
            link_key=key,
            organisation=self._organisations.get(data["organisation"]),
        )

    # --- as the page shows it ---

    def groups(self) -> list[list[forms.BoundField]]:
        return [[self[f"{name}_{n}"] for name in ("role", "age", "number")] for n in range(1, ROWS + 1)]

    @staticmethod
    def _initial(hearing: Hearing | None) -> dict:
        if hearing is None:
            return {}
        shown = {
            "heard_on": hearing.heard_on,
            "heard_until": hearing.heard_until,
            "method": hearing.method,
            "organisation": hearing.organisation.public_id if hearing.organisation else "",
            "version": hearing.version,
        }
        for n, group in enumerate(hearing.groups.all(), 1):
            shown |= {f"role_{n}": group.role, f"age_{n}": group.age_group, f"number_{n}": group.number}
        return shown


class HearingDecisionForm(forms.Form):
    """One of four: publish, leave unpublished with a reason, forget the former words, remove for good."""

    reason = forms.CharField(
        label=_("Miksi kuulemista ei julkaista?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Syy näkyy vain työtilassa."),
    )
    checked = forms.BooleanField(label=_("Tarkistin: tekstistä ei tunnista ketään."), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
