"""Forms of the goal tree: one content language at a time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations.models import Organisation
from lautta.plans.choices import TargetGroup
from lautta.plans.conflicts import StaleForm
from lautta.plans.forms.base import ActionForm, OrganisationField
from lautta.plans.models import Goal, Plan

TEXTS = ("title", "description", "plain")
COLOURS = [("1", _("Vihreä, ympyrä")), ("2", _("Violetti, neliö")), ("3", _("Oranssi, kuusikulmio"))]


class GoalForm(ActionForm):
    """A goal in one content language. `goal` is None for a new one, whose kind is chosen before the form
    opens.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Nimi"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    number = forms.CharField(
        label=_("Numero"),
        max_length=12,
        required=False,
        help_text=_("Esimerkiksi 4.1. Numero on suunnitelmassa vain kerran."),
    )
    parent = forms.ModelChoiceField(
        label=_("Kuuluu tavoitteeseen"),
        queryset=Goal.objects.none(),
        to_field_name="public_id",
        empty_label=None,
    )
    description = forms.CharField(
        label=_("Kuvaus"),
        widget=forms.Textarea,
        required=False,
        max_length=8000,
        help_text=_("Mitä tavoitteella tarkoitetaan ja miksi se on valittu."),
    )
    plain = forms.CharField(
        label=_("Selkokielellä"), widget=forms.Textarea, required=False, max_length=2000,
        help_text=_("Lyhyesti ja helposti, myös lapsille. Tämä näkyy lasten sivulla."),
    )  # fmt: skip
    status = forms.ChoiceField(label=_("Tila"), choices=Goal.Status.choices)
    owner = OrganisationField(
        label=_("Vastuuorganisaatio"), required=False, empty_label=_("Ei vielä valittu"),
        help_text=_("Kuka huolehtii siitä, että tavoite etenee."),
    )  # fmt: skip
    target_groups = forms.MultipleChoiceField(
        label=_("Kenelle"), choices=TargetGroup.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    colour = forms.ChoiceField(label=_("Väri ja muoto"), choices=COLOURS, widget=forms.RadioSelect)
    predecessor = forms.ModelChoiceField(
        label=_("Jatkaa aiempaa tavoitetta"),
        queryset=Goal.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Ei jatka aiempaa"),
    )
    is_illustrative = forms.BooleanField(
        label=_("Esimerkki: ei alkuperäisestä suunnitelmasta"), required=False
    )

    def __init__(
        self, data=None, *, plan: Plan, kind: str, language: str, goal: Goal | None = None, **kwargs
    ):
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {**self._initial(goal, language), **kwargs["initial"]}
        super().__init__(data, **kwargs)
        self.plan, self.kind, self.goal, self.language = plan, kind, goal, language
        self.conflicts: list[dict[str, Any]] = []
        self.taken: list[Any] = []
        for name in TEXTS:
            self.fields[name].widget.attrs["lang"] = language
        self._fit_kind()

    def _initial(self, goal: Goal | None, language: str) -> dict[str, Any]:
        if goal is None:
            return {"status": Goal.Status.NOT_STARTED, "colour": "1"}
        return {
            **{name: getattr(goal, name).in_language(language) or "" for name in TEXTS},
            "seen": goal.version,
            "number": goal.number,
            "status": goal.status,
            "colour": str(goal.colour),
            "owner": goal.owner and goal.owner.public_id,
            "target_groups": goal.target_groups,
            "predecessor": goal.predecessor and goal.predecessor.public_id,
            "is_illustrative": goal.is_illustrative,
        }

    def _fit_kind(self) -> None:
        """Leave out what this kind of goal does not have."""
        left_out = set()
        if self.kind != Goal.Kind.MAIN:
            left_out.add("colour")
        above = {Goal.Kind.SUBGOAL: Goal.Kind.MAIN, Goal.Kind.MEANS: Goal.Kind.CROSS_CUTTING}.get(self.kind)  # type: ignore[call-overload]
        if above is None or self.goal is not None:
            left_out.add("parent")
        else:
            self.fields["parent"].queryset = self.plan.goals.current().filter(kind=above).in_order()
        if self.plan.predecessor_id is None:
            left_out.add("predecessor")
        else:
            self.fields["predecessor"].queryset = self.plan.predecessor.goals.filter(  # type: ignore[misc]
                kind=self.kind
            ).in_order()
        # A translator writes the words alone; the facts are the same in every language.
        if self.goal is not None and self.goal.title and self.language != self.goal.title.source:
            left_out |= self.fields.keys() - {*TEXTS, "seen"}
            self.fields["title"].required = False
        for name in left_out & self.fields.keys():
            del self.fields[name]
        if "owner" in self.fields:
            self.fields["owner"].offer(Organisation.objects.of_plan(self.plan))

    @property
    def is_translation(self) -> bool:
        """True when only the words of another language than the source are edited."""
        return "status" not in self.fields

    def clean_title(self) -> str:
        """One line, however wide the box it was typed in."""
        return " ".join(self.cleaned_data["title"].split())

    def values(self) -> dict[str, Any]:
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        for name in TEXTS:
            before = getattr(self.goal, name) if self.goal else Translated(source=self.language)
            values[name] = before.with_text(self.language, values[name].replace("\r\n", "\n"))
        if "colour" in values:
            values["colour"] = int(values["colour"])
        if self.goal is not None:
            seen = self.cleaned_data.get("seen")
            values["seen"] = self.goal.version if seen is None else seen
        return values

    def refuse(self, problem: Refused) -> None:
        super().refuse(problem)
        if isinstance(problem, StaleForm):
            self._show_conflict(problem)

    def _show_conflict(self, stale: StaleForm) -> None:
        """What the person did not touch follows the newest; what both changed stands side by side; all
        typed stays.
        """
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(stale.version)
        for name, (then, now) in stale.changed.items():
            if name not in self.fields:
                self.taken.append(FIELD_LABELS.get(name, name))
                continue
            typed = self.cleaned_data.get(name)
            if name in TEXTS:
                then, now = (
                    value.get(self.language, "") if isinstance(value, dict) else "" for value in (then, now)
                )
                typed = (typed or "").replace("\r\n", "\n")
            else:
                typed = self._as_in_trail(name, typed)
            if then == now or typed == now:
                continue
            label = self.fields[name].label
            if typed == then:
                self._put(name, now)
                self.taken.append(label)
            else:
                self.conflicts.append({"label": label, "now": self._shown(name, now)})

    def _as_in_trail(self, name: str, value: Any) -> Any:
        if name == "colour":
            return int(value)
        return value.public_id if hasattr(value, "public_id") else value

    def _put(self, name: str, value: Any) -> None:
        key = self.add_prefix(name)
        if isinstance(value, list):
            self.data.setlist(key, [str(v) for v in value])
        elif isinstance(value, bool):
            self.data.pop(key, None)
            if value:
                self.data[key] = "on"
        else:
            self.data[key] = "" if value is None else str(value)

    def _shown(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if name == "target_groups":
            return ", ".join(str(dict(field.choices)[v]) for v in value if v in dict(field.choices)) or "–"
        if isinstance(field, forms.ModelChoiceField):
            found = field.queryset.filter(public_id=value).first() if value else None
            return str(found or "–")
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(str(value), value))
        if isinstance(field, forms.BooleanField):
            return str(_("Kyllä") if value else _("Ei"))
        return str(value or "–")


FIELD_LABELS = {
    "number": _("Numero"),
    "status": _("Tila"),
    "owner": _("Vastuuorganisaatio"),
    "target_groups": _("Kenelle"),
    "colour": _("Väri ja muoto"),
    "criteria": _("Kriteerit"),
}


class EndGoalForm(ActionForm):
    """Why the goal ends; the reason stays on record."""

    reason = forms.CharField(
        label=_("Miksi tavoite päättyy?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Syy jää näkyviin tavoitteen historiaan."),
    )  # fmt: skip


class CriteriaForm(ActionForm):
    """The target state, sentence by sentence, in one language. Rows come and go without scripts: see
    `press`.
    """

    MOST = 40

    def __init__(self, data=None, *, goal: Goal, language: str, **kwargs):
        super().__init__(data, **kwargs)
        self.goal, self.language = goal, language
        self.fields["seen"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=goal.version
        )
        self.stored = {c.public_id: c.text for c in goal.criteria.all()}
        if data is not None:
            ids, texts = data.getlist("id"), data.getlist("text")
            self.rows = [
                {"id": public_id, "text": text[:2000]}
                for public_id, text in zip(ids[: self.MOST], texts[: self.MOST], strict=False)
            ]
        else:
            self.rows = [
                {"id": key, "text": text.in_language(language) or ""} for key, text in self.stored.items()
            ]
            if not self.rows:
                self.rows = [{"id": "", "text": ""}]
        self._number()

    def _number(self) -> None:
        for index, row in enumerate(self.rows):
            source = self.stored.get(row["id"])
            row["source"] = source.shown(source.source) if source and source.source != self.language else None
            row["number"], row["first"], row["last"] = index + 1, index == 0, index == len(self.rows) - 1

    def press(self) -> bool:
        """Carry out a row button (add, up-2, down-2, remove-2); True when one was pressed and nothing is
        to be saved.
        """
        button = self.data.get("press", "")
        name, _sign, number = button.partition("-")
        index = int(number) - 1 if number.isdigit() else -1
        if name == "add" and len(self.rows) < self.MOST:
            self.rows.append({"id": "", "text": ""})
        elif name == "remove" and 0 <= index < len(self.rows):
            del self.rows[index]
        elif name == "up" and 0 < index < len(self.rows):
            self.rows[index - 1], self.rows[index] = self.rows[index], self.rows[index - 1]
        elif name == "down" and 0 <= index < len(self.rows) - 1:
            self.rows[index + 1], self.rows[index] = self.rows[index], self.rows[index + 1]
        elif not button:
            return False
        self._number()
        return True

    def values(self) -> dict[str, Any]:
        criteria = []
        for row in self.rows:
            before = self.stored.get(row["id"], Translated(source=self.language))
            words = row["text"].replace("\r\n", "\n").strip()
            if not words and not row["id"]:
                continue
            if not words and before.source == self.language:
                # An emptied sentence is a removed one; its translations would have nothing to stand for.
                continue
            criteria.append((row["id"] or None, before.with_text(self.language, words)))
        return {"criteria": criteria, "seen": self.cleaned_data.get("seen")}

    def refuse(self, problem: Refused) -> None:
        super().refuse(problem)
        if isinstance(problem, StaleForm):
            self._show_conflict(problem)

    def _show_conflict(self, stale: StaleForm) -> None:
        """Beside each row what is stored now where it differs; rows that another person added come to the
        end.
        """
        self.data = self.data.copy()
        self.data["seen"] = str(stale.version)
        for row in self.rows:
            if row["id"] and row["id"] not in self.stored:
                row["id"], row["note"] = "", _("Toinen poisti tämän. Jos jätät rivin, se palaa.")
            elif row["id"]:
                now = self.stored[row["id"]].in_language(self.language) or ""
                if now != row["text"].strip():
                    row["note"] = _("Nyt tallennettuna: %(text)s") % {"text": now or "–"}
        here = {row["id"] for row in self.rows}
        for key, text in self.stored.items():
            if key not in here:
                words = text.in_language(self.language) or ""
                self.rows.append(
                    {"id": key, "text": words, "note": _("Toinen lisäsi tämän, tai poistit sen itse.")}
                )
        self._number()
