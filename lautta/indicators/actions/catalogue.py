"""What people write of indicators: facts that a source does not give, and notes of years."""

from __future__ import annotations

from django.db import transaction

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.translated import Translated
from lautta.indicators.access import require_indicator_keeper
from lautta.indicators.models import Indicator, Note
from lautta.organisations.saving import checked_save

EDITABLE = frozenset({"direction", "respondents", "threshold", "least_respondents", "kind", "decimals"})


@transaction.atomic
def set_facts(*, by: Actor, indicator: Indicator, **values: object) -> Indicator:
    """Change facts that the source does not say; ValueError for another field. What a person sets, a fetch leaves."""
    require_indicator_keeper(by, indicator.region)
    if unknown := set(values) - EDITABLE:
        raise ValueError(f"not editable: {sorted(unknown)}")
    changes = audit.apply_changes(indicator, values)
    if changes:
        checked_save(indicator, fields=list(changes))
        audit.record(by=by, action="indicator.set_facts", target=indicator, changes=changes)
    return indicator


@transaction.atomic
def add_note(
    *, by: Actor, indicator: Indicator | None, year: int, text: Translated, kind: str = Note.Kind.OTHER
) -> Note:
    """A note of a year: a break, a change of the law, or another. Without an indicator it is of all, and the system's."""
    require_indicator_keeper(by, indicator.region if indicator else None)
    note = Note(indicator=indicator, kind=kind, year=year, text=text)
    checked_save(note)
    audit.record(by=by, action="note.add", target=note, changes={"year": (None, year), "kind": (None, kind)})
    return note


@transaction.atomic
def remove_note(*, by: Actor, note: Note) -> None:
    """The note was wrong; the audit trail keeps what it said."""
    require_indicator_keeper(by, note.indicator.region if note.indicator else None)
    audit.record(
        by=by, action="note.remove", target=note,
        changes={"year": (note.year, None), "text": (note.text, None)},
    )  # fmt: skip
    note.delete()
