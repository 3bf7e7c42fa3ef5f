"""The steps of an assessment in their order: what each asks, which fields it holds, and in which states it is open."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.assessments.choices import State

_BEGINNING = frozenset({State.MEMO, State.SCREENING, State.ASSESSING})
_SCREENING = frozenset({State.SCREENING, State.ASSESSING})
_ASSESSING = frozenset({State.ASSESSING})
_AFTER = frozenset({State.PROPOSED, State.DECIDED})


@dataclass(frozen=True, slots=True)
class Step:
    """`fields`: columns of the assessment; `rows`: names under which the trail tells of its rows."""

    code: str
    label: str | Promise
    asks: str | Promise
    fields: tuple[str, ...]
    states: frozenset[str]
    rows: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset({*self.fields, *self.rows})


STEPS: dict[str, Step] = {
    step.code: step
    for step in (
        Step(
            "memo", pgettext_lazy("arvioinnin vaihe", "Muistilappu"),
            _("Mitä päätetään, ja koskeeko se lapsia tai nuoria? Tähän menee minuutti."),
            ("title", "decider", "decision_day", "target_groups", "first_estimate"), _BEGINNING,
        ),
        Step(
            "screening", pgettext_lazy("arvioinnin vaihe", "Seulonta"),
            _("Kenen arkeen päätös osuu ja kuinka syvälle? Lopuksi päätät, tarvitaanko varsinainen arviointi."),
            ("change", "reach", "directness", "duration", "vulnerable_groups", "transition", "dimensions", "known",
             "stop_reason"), _SCREENING,
        ),
        Step(
            "extent", _("Laajuus ja aikataulu"),
            _("Kuinka laajasti arvioidaan, kuka valmistelee, ja milloin arvioinnin pitää olla valmis?"),
            ("extent", "preparer_title", "starts_on", "due_on", "hearing_plan", "combined_with"), _ASSESSING,
        ),
        Step(
            "background", _("Lähtötiedot"),
            _("Mitä lasten tilanteesta tiedetään? Poimi mittarit ja äänet luettelosta."),
            ("background", "articles"), _ASSESSING, ("indicators", "voices"),
        ),
        Step(
            "alternatives", _("Vaihtoehdot"),
            _("Mistä valitaan? VE0 eli ”ei tehdä mitään” on aina mukana: siihen muita verrataan."),
            (), _ASSESSING, ("alternatives",),
        ),
        Step(
            "hearings", _("Kuuleminen"),
            _("Keitä kuultiin, miten kysyttiin, mitä he sanoivat ja mitä siitä seurasi?"),
            ("not_heard_reason",), _ASSESSING, ("hearings",),
        ),
        Step(
            "ratings", pgettext_lazy("arvioinnin vaihe", "Vertailu"),
            _("Yksi arvio ja yksi lause jokaisesta vaihtoehdosta, yksi elämänalue kerrallaan."),
            (), _ASSESSING, ("ratings",),
        ),
        Step(
            "conflicts", _("Ristiriidat ja haittojen lieventäminen"),
            _("Missä edut törmäävät, ja mitä tehdään, jotta haitta jää pieneksi?"),
            ("conflicts", "mitigation"), _ASSESSING,
        ),
        Step(
            "reasoning", _("Lapsen etu ja ehdotus"),
            _("Mikä vaihtoehto on lapsille paras ja miksi? Jos ehdotat muuta, kerro, mikä painoi enemmän."),
            ("best_interests", "proposed", "proposal"), _ASSESSING,
        ),
        Step(
            "decision", pgettext_lazy("arvioinnin vaihe", "Päätös"),
            _("Mitä päätettiin, ja miten arviointi näkyi päätöksessä?"),
            ("decided_on", "decided", "decision", "case_number"), _AFTER,
        ),
        Step(
            "follow_up", pgettext_lazy("arvioinnin vaihe", "Seuranta"),
            _("Milloin katsotaan, kävikö niin kuin arvioitiin? Nämä palaavat tehtävinä oikeana päivänä."),
            (), _ASSESSING | _AFTER, ("follow_ups",),
        ),
        Step(
            "summary", _("Tiivistelmä lapsille"),
            _("Muutama lyhyt lause: mitä päätetään, mitä lapset sanoivat ja mitä siitä seurasi."),
            ("child_summary",), frozenset(State) - {State.DROPPED},
        ),
    )
}  # fmt: skip

# A memo slip and a screening ask for no more steps than their own.
SHORT = ("memo", "screening")
_SHORT_STATES = frozenset({State.MEMO, State.NOT_NEEDED, State.SCREENING, State.SCREENED})


def steps_of(state: str) -> list[Step]:
    """The steps that are shown in a state; of the last ones only what belongs there."""
    if state in _SHORT_STATES:
        return [STEPS[code] for code in (*SHORT, "summary")]
    return list(STEPS.values())
