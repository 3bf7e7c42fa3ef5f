"""Forms of family centres, stepped services and promises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.common import clock
from lautta.common.models import User
from lautta.common.translated import Translated
from lautta.network.actions.processes import MOST_STEPS, MoveFacts, StepFacts
from lautta.network.forms.base import TextsForm, chips, radios
from lautta.network.models import CentreArea, Commitment, MeetingPlace, Process, Service, TaskCell
from lautta.organisations.models import Area, Organisation
from lautta.plans.forms.base import ActionForm, DayField

MOST_MOVES = 6


class AreaForm(TextsForm):
    """A family-centre area. One named part of a municipality a line; whole municipalities are ticked."""

    needed = ("name",)
    texts = {"name": (_("Alueen nimi"), 120, 0)}
    order = ("name", "municipalities", "parts", "coordinator", "contact")
    municipalities = chips(_("Kunnat"), required=False)
    parts = forms.CharField(
        label=_("Kuntien osat"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Jos alue on kunnan osa, kirjoita riville kunta ja osa: Kouvola: Elimäki."),
    )
    coordinator = forms.ChoiceField(
        label=_("Perhekeskuskoordinaattori"),
        required=False,
        help_text=_("Hän hoitaa hakemistoa tämän alueen kunnissa."),
    )
    contact = forms.CharField(
        label=_("Miten koordinaattorin tavoittaa"),
        required=False,
        max_length=200,
        help_text=_("Näkyy julkisesti. Tehtävä ja puhelin tai sähköposti."),
    )

    def __init__(
        self,
        data=None,
        *,
        municipalities: Iterable[Area],
        people: Iterable[User],
        area: CentreArea | None = None,
        **kwargs: Any,
    ):
        self._areas = {a.public_id: a for a in municipalities}
        self._people = {u.public_id: u for u in people}
        initial = {}
        if area is not None:
            rows = list(area.parts.all())
            initial = {
                "municipalities": [r.area.public_id for r in rows if not r.part],
                "parts": "\n".join(f"{r.area.name}: {r.part}" for r in rows if r.part),
                "coordinator": area.coordinator.public_id if area.coordinator else "",
                "contact": area.contact,
            }
        super().__init__(data, initial=initial, **kwargs)
        self.fields["municipalities"].choices = [(key, str(a.name)) for key, a in self._areas.items()]
        self.fields["coordinator"].choices = [
            ("", _("Ei vielä ketään")),
            *((k, u.name) for k, u in self._people.items()),
        ]
        self.add_texts(**({"name": area.name} if area else {}))

    def clean_parts(self) -> list[tuple[Area, str]]:
        named = {str(a.name).casefold(): a for a in self._areas.values()}
        found = []
        for line in filter(str.strip, self.cleaned_data["parts"].splitlines()):
            municipality, _colon, part = line.partition(":")
            area = named.get(municipality.strip().casefold())
            if area is None or not part.strip():
                raise forms.ValidationError(
                    _("Kirjoita rivi näin: Kouvola: Elimäki. Tarkista: %(line)s"), params={"line": line[:60]}
                )
            found.append((area, " ".join(part.split())[:80]))
        return found

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        whole = [(self._areas[key], "") for key in data["municipalities"]]
        return {
            "name": self.text("name"),
            "parts": [*whole, *data["parts"]],
            "coordinator": self._people.get(data["coordinator"]),
            "contact": data["contact"],
        }


class PlaceForm(TextsForm):
    needed = ("name",)
    texts = {"name": (_("Paikan nimi"), 120, 0), "opening": (_("Milloin auki"), 200, 0)}
    order = ("name", "kind", "municipality", "address", "phone", "opening")
    kind = radios(_("Mikä paikka"), MeetingPlace.Kind.choices, initial="meeting")
    municipality = forms.ChoiceField(label=_("Kunta"))
    address = forms.CharField(label=_("Käyntiosoite"), required=False, max_length=200)
    phone = forms.CharField(
        label=_("Puhelin"), required=False, max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def __init__(self, data=None, *, area: CentreArea, place: MeetingPlace | None = None, **kwargs: Any):
        self._areas = {p.area.public_id: p.area for p in area.parts.all()}
        initial = {}
        if place is not None:
            initial = {
                "kind": place.kind,
                "municipality": place.municipality.public_id,
                "address": place.address,
                "phone": place.phone,
            }
        super().__init__(data, initial=initial, **kwargs)
        self.fields["municipality"].choices = [(key, str(a.name)) for key, a in self._areas.items()]
        self.add_texts(**({"name": place.name, "opening": place.opening} if place else {}))

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "name": self.text("name"),
            "opening": self.text("opening"),
            "kind": data["kind"],
            "address": data["address"],
            "phone": data["phone"],
            "municipality": self._areas[data["municipality"]],
        }


class CellForm(TextsForm):
    texts = {
        "who": (_("Kuka hoitaa"), 200, 0),
        "what": (_("Mitä tehdään tai mitä puuttuu"), 500, 3),
        "plan_text": (_("Miten puute korjataan"), 500, 3),
    }
    order = ("state", "who", "what", "plan_text", "due_on")
    state = radios(_("Miten tehtävä on hoidossa"), TaskCell.State.choices)
    due_on = DayField(label=_("Mihin mennessä"), required=False)

    def __init__(self, data=None, *, cell: TaskCell | None = None, **kwargs: Any):
        super().__init__(data, initial={"state": cell.state, "due_on": cell.due_on} if cell else {}, **kwargs)
        self.add_texts(**({n: getattr(cell, n) for n in self.texts} if cell else {}))

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "state": data["state"],
            "due_on": data["due_on"],
            **{stem: self.text(stem) for stem in self.texts},
        }


class ProcessForm(TextsForm):
    """Steps and moves as numbered rows, in the language of the title; translations of them come by another way."""

    needed = ("title",)
    texts = {"title": (_("Nimi"), 120, 0), "summary": (_("Mistä on kyse"), 500, 2)}
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, process: Process | None = None, **kwargs: Any):
        self.process = process
        self.old_steps = {s.position: s for s in process.steps.all()} if process else {}
        self.old_moves = {(m.start, m.end): m for m in process.moves.all()} if process else {}
        super().__init__(data, initial={"version": process.version} if process else {"version": 0}, **kwargs)
        self.add_texts(**({"title": process.title, "summary": process.summary} if process else {}))
        for n in range(1, MOST_STEPS + 1):
            self._add_step(n, self.old_steps.get(n))
        moves = list(self.old_moves.values())
        for n in range(1, MOST_MOVES + 1):
            self._add_move(n, moves[n - 1] if n <= len(moves) else None)

    def _words(self, label: Any, most: int, standing: Translated | None) -> forms.CharField:
        initial = standing.in_language(standing.source) if standing else ""
        return forms.CharField(label=label, required=False, max_length=most, initial=initial)

    def _add_step(self, n: int, step) -> None:
        self.fields[f"step_{n}"] = self._words(_("Kuka tai mikä auttaa"), 120, step and step.title)
        self.fields[f"tier_{n}"] = forms.TypedChoiceField(
            label=_("Taso"),
            choices=Service.Tier.choices,
            coerce=int,
            required=False,
            initial=step.tier if step else min(n, 3),
        )
        self.fields[f"when_{n}"] = self._words(_("Milloin tämä on oikea porras"), 200, step and step.when)

    def _add_move(self, n: int, move) -> None:
        numbers = [("", "–"), *((str(i), str(i)) for i in range(1, MOST_STEPS + 1))]
        for name, label, initial in (
            (f"start_{n}", _("Portaalta"), move.start if move else ""),
            (f"end_{n}", _("Portaalle"), move.end if move else ""),
        ):
            self.fields[name] = forms.ChoiceField(
                label=label, choices=numbers, required=False, initial=initial
            )
        self.fields[f"hands_{n}"] = self._words(_("Kuka saattaa"), 200, move and move.hands_over)
        self.fields[f"stays_{n}"] = self._words(_("Kuka jää rinnalle"), 200, move and move.stays)
        self.fields[f"how_{n}"] = self._words(_("Miten"), 300, move and move.how)

    def step_rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{stem}_{n}"] for stem in ("step", "tier", "when")] for n in range(1, MOST_STEPS + 1)]

    def move_rows(self) -> list[list[forms.BoundField]]:
        stems = ("start", "end", "hands", "stays", "how")
        return [[self[f"{stem}_{n}"] for stem in stems] for n in range(1, MOST_MOVES + 1)]

    def main_fields(self) -> list[forms.BoundField]:
        return [self["title"], self["summary"]]

    def later_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.later]

    def _typed(self, name: str, before: Translated | None) -> Translated:
        """What was typed; a standing text keeps its translations."""
        words = self.cleaned_data.get(name, "")
        return (
            before.with_text(before.source, words)
            if before
            else Translated.of(words, language=self.main_language)
        )

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        steps: list[StepFacts] = []
        moves: list[MoveFacts] = []
        place: dict[int, int] = {}
        for n in range(1, MOST_STEPS + 1):
            if data.get(f"step_{n}"):
                old = self.old_steps.get(n)
                place[n] = len(steps) + 1
                steps.append(
                    StepFacts(
                        data.get(f"tier_{n}") or 1,
                        self._typed(f"step_{n}", old and old.title),
                        self._typed(f"when_{n}", old and old.when),
                    )
                )
        for n in range(1, MOST_MOVES + 1):
            if not (data.get(f"start_{n}") or data.get(f"end_{n}") or data.get(f"hands_{n}")):
                continue
            start, end = (place.get(int(data.get(f"{stem}_{n}") or 0), 0) for stem in ("start", "end"))
            was = self.old_moves.get((start, end))
            moves.append(
                MoveFacts(
                    start,
                    end,
                    self._typed(f"hands_{n}", was and was.hands_over),
                    self._typed(f"stays_{n}", was and was.stays),
                    self._typed(f"how_{n}", was and was.how),
                )
            )
        return {
            "title": self.text("title"),
            "summary": self.text("summary"),
            "steps": steps,
            "moves": moves,
            "version": data["version"] or 0,
        }


class CommitmentForm(TextsForm):
    needed = ("what",)
    texts = {"what": (_("Mitä lupaatte tehdä"), 500, 3)}
    order = ("what", "organisation", "made_on", "due_on", "owner")
    organisation = forms.ChoiceField(label=_("Kuka lupaa"))
    made_on = DayField(label=_("Milloin luvattu"))
    due_on = DayField(label=_("Mihin mennessä"))
    owner = forms.ChoiceField(
        label=_("Kuka huolehtii"), required=False, help_text=_("Häntä muistutetaan määräpäivästä.")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data=None,
        *,
        organisations: Iterable[Organisation],
        people: Iterable[User],
        commitment: Commitment | None = None,
        **kwargs: Any,
    ):
        self._organisations = {o.public_id: o for o in organisations}
        self._people = {u.public_id: u for u in people}
        self.commitment = commitment
        initial: dict[str, Any] = {"made_on": clock.today()}
        if commitment is not None:
            initial = {
                "due_on": commitment.due_on,
                "version": commitment.version,
                "owner": commitment.owner.public_id if commitment.owner else "",
            }
        super().__init__(data, initial=initial, **kwargs)
        self.fields["owner"].choices = [
            ("", _("Ei vielä ketään")),
            *((k, u.name) for k, u in self._people.items()),
        ]
        if commitment is not None:
            del self.fields["organisation"], self.fields["made_on"]
        else:
            self.fields["organisation"].choices = [
                (key, str(o.name)) for key, o in self._organisations.items()
            ]
        self.add_texts(**({"what": commitment.what} if commitment else {}))

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        values = {
            "what": self.text("what"),
            "due_on": data["due_on"],
            "owner": self._people.get(data["owner"]),
        }
        if self.commitment is not None:
            return values | {"version": data["version"] or 0}
        return values | {
            "organisation": self._organisations[data["organisation"]],
            "made_on": data["made_on"],
        }


class MoveForm(ActionForm):
    """Which state it comes to, with a reason where one is due."""

    state = forms.ChoiceField(choices=Commitment.State.choices, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Miksi? Syy näkyy julkisesti."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
