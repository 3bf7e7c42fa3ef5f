"""Taking the rows of a calendar file in: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.annual_clock.actions.events import create_event
from lautta.annual_clock.importing import Row
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.access import require
from lautta.plans.models import Plan


@transaction.atomic
def import_events(
    *, by: Actor, plan: Plan, rows: Sequence[Row], organisation: Organisation | None, lane: str, kind: str, language: str,
    is_public: bool = False, leave_out_bad: bool = False,
) -> tuple[int, int]:  # fmt: skip
    """(how many were taken in, how many were there already). Nothing is saved while a row is bad, unless bad ones are to be
    left out; nothing is saved either when one refuses on the way.
    """
    require(by, Permission.KEEP_CLOCK, plan=plan, organisation=organisation)
    bad = [row for row in rows if row.problem]
    if bad and not leave_out_bad:
        raise Refused(_("Tiedostossa on rivejä, joita ei voi tuoda. Mitään ei tallennettu."), status=422)
    there = set(plan.clock_events.standing().exclude(ics_uid="").values_list("ics_uid", flat=True))
    made = skipped = 0
    for row in rows:
        if row.problem:
            continue
        if row.uid and row.uid in there:
            skipped += 1
            continue
        values: dict[str, Any] = dict(row.values)
        for name in ("description", "place"):
            values[name] = Translated.of(values[name], language=language)
        try:
            create_event(
                by=by, plan=plan, title=Translated.of(row.title, language=language), organisation=organisation, lane=lane,
                kind=kind, is_public=is_public, ics_uid=row.uid, exceptions=dict(row.exceptions), **values,
            )  # fmt: skip
        except Refused as problem:
            raise Refused(
                _("Rivi %(n)s, %(title)s: %(why)s Mitään ei tallennettu.")
                % {"n": row.number, "title": row.title, "why": problem.message},
                status=422,
            ) from problem
        made += 1
    return made, skipped
