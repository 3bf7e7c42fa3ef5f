"""Bringing a matter and doing something with it. Texts are written in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lautta.common.translated import LANGUAGES, Translated
from lautta.decisions.actions.matters import Sending
from lautta.decisions.models import Body, BodyMeeting
from lautta.decisions.tier_reading import day_words
from lautta.decisions.travel import Deed
from lautta.organisations.models import Organisation
from lautta.plans.forms.base import ActionForm, DayField

LONGEST = 4_000


def written(words: str) -> Translated:
    """A text of the page's own language."""
    code = (get_language() or "fi")[:2]
    return Translated.of(words.strip(), language=code if code in LANGUAGES else "fi")


def long_text(label, *, required: bool = True, help_text="", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )  # fmt: skip


def grouped(bodies: Iterable[Body]) -> list:
    """Choices of bodies by their kind."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for body in bodies:
        groups.setdefault(str(body.get_kind_display()), []).append((body.public_id, str(body.name)))
    return [("", _("Valitse")), *groups.items()]


class MatterForm(ActionForm):
    """`senders`: who the writer may send for; `takers`: every body that some sender may send to."""

    sender = forms.ChoiceField(label=_("Kuka lähettää?"))
    title = forms.CharField(
        label=_("Asia"), max_length=200, help_text=_("Lyhyesti: esimerkiksi Kohtaamispaikan aukioloajat.")
    )
    question = long_text(
        _("Mistä on kyse?"), help_text=_("Mitä on tapahtunut, ketä se koskee ja miksi asia on tärkeä.")
    )
    to = forms.ChoiceField(label=_("Kenelle?"))
    asked = long_text(
        _("Mitä pyydetään?"), rows=2, help_text=_("Esimerkiksi: päättäkää, kuka maksaa tilan vuokran.")
    )
    deadline = DayField(label=_("Mihin mennessä?"), required=False)

    def __init__(
        self, data=None, *, senders: Sequence[Body | Organisation], takers: Sequence[Body], **kwargs
    ):
        super().__init__(data, **kwargs)
        self.by_key: dict[str, Any] = {_key(s): s for s in senders}
        self.bodies = {b.public_id: b for b in takers}
        self.fields["sender"].choices = [(key, str(s.name)) for key, s in self.by_key.items()]  # type: ignore[attr-defined]
        self.fields["to"].choices = grouped(takers)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        sender = self.by_key[cleaned["sender"]]
        return {
            "title": written(cleaned["title"]),
            "question": written(cleaned["question"]),
            "sending": Sending(self.bodies[cleaned["to"]], written(cleaned["asked"]), cleaned["deadline"]),
            "from_body" if isinstance(sender, Body) else "from_organisation": sender,
        }


def _key(sender: Body | Organisation) -> str:
    return f"{'body' if isinstance(sender, Body) else 'organisation'}:{sender.public_id}"


ANSWER_LABELS = {
    Deed.DECIDE: _("Mitä päätettiin?"), Deed.ANSWER: _("Vastaus"), Deed.HAND_UP: _("Mitä ryhmä sanoo asiasta?"),
    Deed.HAND_DOWN: _("Mitä ryhmä sanoo asiasta?"), Deed.RETURN: _("Miksi asia palautetaan?"),
    Deed.WITHDRAW: _("Miksi asia perutaan?"),
}  # fmt: skip


class HandlingForm(ActionForm):
    """One deed, with the fields that it needs. `row_version` is the matter's as the writer saw it."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data=None,
        *,
        deed: Deed,
        row_version: int,
        takers: Sequence[Body],
        meetings: Sequence[BodyMeeting],
        suggestion: str = "",
        **kwargs,
    ):
        super().__init__(data, initial={"row_version": row_version, "answer": suggestion}, **kwargs)
        self.deed = deed
        self.bodies = {b.public_id: b for b in takers}
        self.meetings = {m.public_id: m for m in meetings}
        if deed != Deed.SEND_AGAIN:
            needed = deed not in {Deed.HAND_UP, Deed.HAND_DOWN}
            self.fields["answer"] = long_text(ANSWER_LABELS[deed], required=needed)
        if deed in {Deed.HAND_UP, Deed.HAND_DOWN, Deed.SEND_AGAIN}:
            self.fields["to"] = forms.ChoiceField(label=_("Kenelle?"), choices=grouped(takers))
            self.fields["asked"] = long_text(_("Mitä pyydetään?"), rows=2)
            self.fields["deadline"] = DayField(label=_("Mihin mennessä?"), required=False)
        if meetings:
            choices = [
                ("", pgettext_lazy("kokous", "Ei kokouksessa")),
                *((key, day_words(m)) for key, m in self.meetings.items()),
            ]
            self.fields["meeting"] = forms.ChoiceField(
                label=_("Missä kokouksessa asia käsiteltiin?"), choices=choices, required=False
            )

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        made = {
            "row_version": cleaned["row_version"],
            "deed": self.deed,
            "answer": written(cleaned.get("answer", "")),
        }
        if "to" in self.fields:
            asked = written(cleaned["asked"])
            made["sending"] = Sending(self.bodies[cleaned["to"]], asked, cleaned["deadline"])
        if cleaned.get("meeting"):
            made["meeting"] = self.meetings[cleaned["meeting"]]
        return made
