"""What is looked at after the decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from lautta.assessments import rules
from lautta.assessments.actions.content import _opened, _parted
from lautta.assessments.checks import day, line, sentence
from lautta.assessments.choices import State
from lautta.assessments.models import Assessment, FollowUp
from lautta.assessments.writing import locked, write
from lautta.common import clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations.saving import checked_save


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    due_on: dt.date
    what: Translated
    who: str
    public_id: str = ""


@transaction.atomic
def set_follow_ups(
    *, by: Actor, assessment: Assessment, version: int, rows: Iterable[FollowUpRow]
) -> Assessment:
    """The agreed follow-ups as they are to be. One that has been done is neither changed nor left out."""
    current = _opened(by, assessment, version, "follow_up")
    standing = {f.public_id: f for f in current.follow_ups.order_by("due_on", "pk")}
    given, new = _parted(rows, standing)
    before = [str(f.due_on) for f in standing.values()]
    for key, follow_up in standing.items():
        if key not in given and follow_up.done_on is None:
            follow_up.delete()
    for row in [*given.values(), *new]:
        follow_up = standing.get(row.public_id) or FollowUp(assessment=current)
        if follow_up.done_on is not None:
            continue
        follow_up.due_on, follow_up.what = day(row.due_on, "due_on"), row.what
        follow_up.who = line(row.who, "who", 160)
        if not follow_up.who:
            raise Refused(_("Kerro, kuka katsoo."), field="who", status=422)
        sentence(follow_up.what, "what", required=True, most=600)
        checked_save(follow_up)
    after = [str(f.due_on) for f in current.follow_ups.order_by("due_on", "pk")]
    return write(by, current, "assessment.update", {"follow_ups": (before, after)})


@transaction.atomic
def finish_follow_up(
    *, by: Actor, follow_up: FollowUp, result: Translated, done_on: dt.date | None = None
) -> FollowUp:
    """Tell what was seen. Refused before the decision, for a day to come, and for one that is done already."""
    current = locked(by, follow_up.assessment)
    follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if current.state != State.DECIDED:
        raise Refused(_("Seurataan vasta, kun päätös on tehty."))
    if follow_up.done_on is not None:
        raise Refused(_("Tämä seuranta on jo tehty."))
    done_on = done_on or clock.today()
    if done_on > clock.today():
        raise Refused(_("Päivä on vasta tulossa."), field="done_on", status=422)
    rules.refuse_closed(current, "follow_up")
    follow_up.done_on = day(done_on, "done_on")
    follow_up.result = sentence(result, "result", required=True)
    checked_save(follow_up)
    write(by, current, "assessment.update", {"follow_ups": (None, [str(done_on)])})
    return follow_up
