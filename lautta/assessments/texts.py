"""Every text of an assessment that people have written, under one key each: what the translation page goes through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lautta.assessments.dimensions import dimensions
from lautta.assessments.models import Assessment, Rating
from lautta.common.translated import Translated

LABELS: dict[str, str | Promise] = {
    "title": _("Mitä päätetään"),
    "decider": _("Kuka päättää"),
    "first_estimate": _("Ensiarvio"),
    "change": _("Mitä lapsen arjessa muuttuisi"),
    "known": _("Mitä tiedetään jo"),
    "stop_reason": _("Miksi arviointi päättyi tähän"),
    "hearing_plan": _("Miten lapsia kuullaan"),
    "background": _("Lähtötiedot"),
    "not_heard_reason": _("Miksi ketään ei kuultu"),
    "conflicts": _("Ristiriidat"),
    "mitigation": _("Haittojen lieventäminen"),
    "best_interests": _("Lapsen etu"),
    "proposal": _("Ehdotuksen perustelu"),
    "decision": _("Mitä päätettiin"),
    "child_summary": _("Tiivistelmä lapsille"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One text: `row` holds it in the column `name`."""

    key: str
    label: str
    row: models.Model
    name: str

    @property
    def text(self) -> Translated:
        return getattr(self.row, self.name)


def places(assessment: Assessment) -> Iterator[Place]:
    """In the order of the steps; empty ones too. Five queries."""
    for name, label in LABELS.items():
        yield Place(name, str(label), assessment, name)
    rated = Rating.objects.filter(alternative__assessment=assessment).select_related("alternative")
    for a in assessment.alternatives.in_order():
        yield from _rows(
            "alternative", a.public_id, a, f"{a.code}:", title=_("nimi"), description=_("kuvaus")
        )
    for h in assessment.hearings.in_order():
        yield from _rows(
            "hearing", h.public_id, h, f"{_('Kuuleminen')}:", who=_("ketä kuultiin"), asked=_("miten kysyttiin"),
            said=_("mitä he sanoivat"), changed=_("mitä siitä seurasi"), not_changed=_("mikä ei muuttunut"),
        )  # fmt: skip
    order = list(dimensions())
    for r in sorted(
        rated,
        key=lambda r: (order.index(r.dimension) if r.dimension in order else 99, r.alternative.position),
    ):
        title = dimensions()[r.dimension].title if r.dimension in dimensions() else r.dimension
        where = f"{title}, {r.alternative.code}:"
        key = f"{r.alternative.public_id}-{r.dimension}"
        yield from _rows("rating", key, r, where, sentence=_("lause"), group_sentence=_("lapsiryhmät"))
    for link in assessment.indicator_links.select_related("indicator").order_by("pk"):
        yield from _rows(
            "indicator",
            link.indicator.public_id,
            link,
            f"{link.indicator.title}:",
            note=_("mitä luku kertoo"),
        )
    for f in assessment.follow_ups.order_by("due_on", "pk"):
        yield from _rows(
            "follow_up",
            f.public_id,
            f,
            f"{_('Seuranta')}:",
            what=_("mitä katsotaan"),
            result=_("mitä nähtiin"),
        )


def _rows(kind: str, key: str, row: models.Model, where: str, **columns: Any) -> Iterator[Place]:
    for name, label in columns.items():
        yield Place(f"{kind}:{key}:{name}", f"{where} {label}", row, name)


def untranslated(assessment: Assessment, language: str) -> int:
    """How many texts are missing or stale in the language."""
    return sum(
        bool(p.text) and (not p.text.in_language(language) or p.text.is_stale(language))
        for p in places(assessment)
    )
