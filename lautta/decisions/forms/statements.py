"""Forms of statements: asking, giving, answering a point."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.common.translated import Translated
from lautta.decisions.actions.asking import (
    LONGEST_BACKGROUND,
    LONGEST_MATTER,
    LONGEST_QUESTION,
    MOST_QUESTIONS,
)
from lautta.decisions.actions.statements import LONGEST_POINT, Said
from lautta.decisions.choices_statements import ANSWERS, CouncilKind, Taken
from lautta.decisions.forms.stale import ShowsStale
from lautta.decisions.models import StatementPoint, StatementQuestion, StatementRequest, Version
from lautta.organisations.models import Organisation
from lautta.plans.forms.base import ActionForm, DayField, OrganisationField
from lautta.plans.forms.languages import TextsMixin
from lautta.plans.models import Plan

LANGUAGE_NAMES = [("fi", _("suomeksi")), ("sv", _("ruotsiksi")), ("en", _("englanniksi"))]
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


class RequestForm(ShowsStale, TextsMixin, ActionForm):
    """`request` is None for a new one; of an existing one whom and on what is fixed."""

    council_kind = forms.ChoiceField(
        label=_("Keneltä pyydetään?"), choices=CouncilKind.choices, widget=forms.RadioSelect
    )
    organisation = OrganisationField(
        label=_("Organisaatio"), required=False, empty_label=_("Ei organisaatiota"),
        help_text=_("Organisaatio, jolta pyydetään, tai jonka ohjaaja vahvistaa nuorisovaltuuston vastauksen."),
    )  # fmt: skip
    version = forms.ChoiceField(label=_("Mistä versiosta?"), required=False)
    due = DayField(
        label=_("Määräpäivä"), help_text=_("Varaa neuvostolle aikaa kokoontua: vähintään kuukausi.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Millä kielillä voi vastata?"), choices=LANGUAGE_NAMES, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_names = {"questions": "question_1"}

    FIXED = ("council_kind", "organisation", "version")

    def __init__(
        self, data=None, *, plan: Plan, request: StatementRequest | None = None, initial: dict | None = None
    ):
        super().__init__(data, initial={**self._initial(plan, request), **(initial or {})})
        self.request = request
        self._versions = {v.public_id: v for v in plan.versions.standing().light().newest_first()}
        self.fields["organisation"].offer(
            Organisation.objects.filter(participations__plan=plan).order_by("sort_key")
        )
        self.fields["version"].choices = [
            ("", _("Vapaa asia, ei versiosta")),
            *((key, version_words(version)) for key, version in self._versions.items()),
        ]
        if request is not None:
            for name in self.FIXED:
                del self.fields[name]
        self._add_texts(request)

    def _add_texts(self, request: StatementRequest | None) -> None:
        self.add_text(
            "council_name", _("Millä nimellä lausunto annetaan?"), value=request and request.council_name, line=True,
            longest=LONGEST_MATTER, help_text=_("Esimerkiksi Kotkan nuorisovaltuusto. Tyhjä, jos organisaatio vastaa itse."),
        )  # fmt: skip
        self.add_text(
            "matter", _("Mistä lausuntoa pyydetään?"), value=request and request.matter, required=True, line=True,
            longest=LONGEST_MATTER, help_text=_("Yksi rivi, jonka jokainen ymmärtää."),
            error=_("Kirjoita, mistä lausuntoa pyydetään."),
        )  # fmt: skip
        self.add_text(
            "background", _("Mistä on kyse?"), value=request and request.background, rows=4, longest=LONGEST_BACKGROUND,
            help_text=_("Mitä päätetään, ketä se koskee ja mikä muuttuu. Kirjoita selkokielellä."),
        )  # fmt: skip
        stored = [q.text for q in request.questions.all()] if request else []
        for n in range(1, MOST_QUESTIONS + 1):
            value = stored[n - 1] if n <= len(stored) else None
            label = _("Kysymys %(n)s") % {"n": n}
            self.add_text(f"question_{n}", label, value=value, line=True, longest=LONGEST_QUESTION)

    @staticmethod
    def _initial(plan: Plan, request: StatementRequest | None) -> dict:
        if request is None:
            return {"council_kind": CouncilKind.YOUTH_COUNCIL, "languages": list(plan.region.languages)[:2]}
        return {"due": request.due, "languages": request.languages, "seen": request.row_version}

    def questions(self) -> list[Translated]:
        found = [self.text(f"question_{n}") for n in range(1, MOST_QUESTIONS + 1)]
        return [question for question in found if question]

    def values(self) -> dict:
        """For `ask_statement`, or for `update_request` of an existing one."""
        data = self.cleaned_data
        texts = {name: self.text(name) for name in ("council_name", "matter", "background")}
        common = {"due": data["due"], "languages": data["languages"], **texts}
        if self.request is not None:
            return {"row_version": data["seen"] or 0, "values": common, "questions": self.questions()}
        return {
            "council_kind": data["council_kind"], "organisation": data["organisation"],
            "version": self._versions.get(data["version"]), "questions": self.questions(), **common,
        }  # fmt: skip

    # --- as the page shows it ---

    def main_fields(self) -> list[forms.BoundField]:
        names = ["council_kind", "organisation", "council_name", "version", "matter", "due", "background"]
        return [self[name] for name in names if name in self.fields]

    def question_fields(self) -> list[forms.BoundField]:
        return [self[f"question_{n}"] for n in range(1, MOST_QUESTIONS + 1)]


class StatementForm(ActionForm):
    """What is answered: a field for each question, and one for everything else, where an empty line parts two things."""

    language = forms.ChoiceField(label=_("Millä kielellä vastaat?"), widget=forms.RadioSelect)
    field_names = {"text": "more"}

    def __init__(
        self, data=None, *, request: StatementRequest, language: str, initial: dict | None = None, **kwargs
    ):
        self._questions: list[StatementQuestion] = list(request.questions.all())
        offered = [pair for pair in LANGUAGE_NAMES if pair[0] in request.languages]
        first = language if language in request.languages else request.languages[0]
        super().__init__(
            data, initial={"language": first, **self.words_of(request), **(initial or {})}, **kwargs
        )
        self.fields["language"].choices = offered
        if len(offered) == 1:
            self.fields["language"].widget = forms.HiddenInput()
        area = {"rows": 4, "lang": first}
        for question in self._questions:
            self.fields[f"answer_{question.position}"] = forms.CharField(
                label=str(question.text), required=False, max_length=LONGEST_POINT, widget=forms.Textarea(attrs=area)
            )  # fmt: skip
        self.fields["more"] = forms.CharField(
            label=_("Mitä muuta haluatte sanoa?") if self._questions else _("Mitä haluatte sanoa?"),
            required=False, max_length=LONGEST_POINT * 5, widget=forms.Textarea(attrs=area),
            help_text=_("Jos asioita on monta, jätä niiden väliin tyhjä rivi. Jokainen saa oman vastauksen."),
        )  # fmt: skip

    @staticmethod
    def words_of(request: StatementRequest) -> dict[str, str]:
        """What was written before it was sent back to be finished."""
        if not hasattr(request, "statement"):
            return {}
        shown: dict[str, str] = {"language": request.statement.language}
        rest = []
        for point in request.statement.points.all():
            words = point.text.in_language(point.text.source) or ""
            if point.question is not None:
                shown[f"answer_{point.question.position}"] = words
            else:
                rest.append(words)
        return shown | {"more": "\n\n".join(rest)}

    def clean(self) -> dict:
        data = super().clean()
        if not self.errors and not self._said():
            self.add_error("more", _("Kirjoita ainakin yksi asia."))
        return data  # type: ignore[return-value]

    def _said(self) -> list[Said]:
        found = [
            Said(words, question)
            for question in self._questions
            if (words := self.cleaned_data.get(f"answer_{question.position}", "").strip())
        ]
        more = self.cleaned_data.get("more", "").replace("\r\n", "\n")
        return found + [Said(part.strip()) for part in _BLANK_LINE.split(more) if part.strip()]

    def values(self) -> dict:
        return {"language": self.cleaned_data["language"], "said": self._said()}

    def shown_fields(self) -> list[forms.BoundField]:
        names = [f"answer_{question.position}" for question in self._questions]
        language = [] if self["language"].is_hidden else ["language"]
        return [self[name] for name in [*language, *names, "more"]]


class AnswerForm(ShowsStale, TextsMixin, ActionForm):
    """What became of one point of a statement, or of one comment (without `places`)."""

    taken = forms.ChoiceField(
        label=_("Otettiinko tämä huomioon?"),
        choices=[(code.value, code.label) for code in ANSWERS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse, otettiinko asia huomioon.")},
    )
    target = forms.ChoiceField(
        label=_("Mitä kohtaa asia koskee?"),
        required=False,
        help_text=_("Kohta versiossa, josta lausunto on annettu."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, thing, places: Sequence[tuple[str, str]] = (), **kwargs):
        state = thing.taken if isinstance(thing, StatementPoint) else thing.state
        start = {"seen": thing.row_version, "taken": "" if state == Taken.OPEN else state}
        if places:
            start["target"] = f"{thing.target_kind}:{thing.target_id}"
        super().__init__(data, initial=start, **kwargs)
        if places:
            self.fields["target"].choices = places
        else:
            del self.fields["target"]
        self.add_text(
            "answer", _("Mikä muuttui, tai miksi ei?"), value=thing.answer, required=True, rows=4, longest=2_000,
            help_text=_("Vastaa niin, että se on helppo ymmärtää: mitä tehtiin, missä se näkyy, tai mikä esti."),
            error=_("Kerro, mikä muuttui tai miksi ei."),
        )  # fmt: skip

    def values(self) -> dict:
        data = self.cleaned_data
        found = {"row_version": data["seen"], "taken": data["taken"], "answer": self.text("answer")}
        return found | ({"target": data["target"]} if "target" in data else {})

    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("taken", "target", "answer") if name in self.fields]


class DecideForm(ActionForm):
    """The buttons of one request: confirm, send back, erase, publish, end, ask again."""

    checked = forms.BooleanField(label=_("Tarkistin: tekstistä ei tunnista ketään."), required=False)
    reason = forms.CharField(
        label=_("Miksi?"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    due = DayField(label=_("Uusi määräpäivä"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


def version_words(version: Version) -> str:
    """ "Osa II, vuoden ohjelma 2026, versio 3"."""
    year = f" {version.year}" if version.year else ""
    return str(
        _("%(kind)s%(year)s, versio %(number)s")
        % {"kind": version.get_kind_display(), "year": year, "number": version.number}
    )
