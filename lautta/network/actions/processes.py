"""Writes of the stepped services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.text import sort_key
from lautta.common.translated import Translated
from lautta.network.models import Move, Process, Step
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.models import Plan

MOST_STEPS, MOST_MOVES = 6, 12
EMPTY = Translated()


@dataclass(frozen=True)
class StepFacts:
    tier: int
    title: Translated
    when: Translated = EMPTY


@dataclass(frozen=True)
class MoveFacts:
    """From the step of one number to that of another, counted from 1."""

    start: int
    end: int
    hands_over: Translated
    stays: Translated = EMPTY
    how: Translated = EMPTY


@transaction.atomic
def save_process(
    *, by: Actor, plan: Plan, process: Process | None, version: int, title: Translated, summary: Translated,
    steps: Sequence[StepFacts], moves: Sequence[MoveFacts], is_illustrative: bool = False,
) -> Process:  # fmt: skip
    """Make or replace a stepped process as a whole. Steps go from lighter to heavier; there is a way up and a way back."""
    require(by, Permission.KEEP_DIRECTORY, plan=plan)
    if process is not None:
        process = Process.objects.select_for_update(of=("self",)).get(pk=process.pk, plan=plan)
        if process.version != version:
            raise Refused(_("Joku muu tallensi tämän sillä välin. Katso tiedot ja tallenna uudelleen."))
    _refuse_bad(title, steps, moves)
    made = process or Process(plan=plan, is_illustrative=is_illustrative)
    changed = audit.apply_changes(
        made, {"title": title, "summary": summary, "sort_key": sort_key(title.shown("fi").text)}
    )
    if process is not None:
        made.version += 1
        process.steps.all().delete()
        process.moves.all().delete()
        if made.is_published:
            _refuse_one_way(steps, moves)
    checked_save(made)
    for number, step in enumerate(steps, 1):
        checked_save(Step(process=made, position=number, tier=step.tier, title=step.title, when=step.when))
    for move in moves:
        checked_save(
            Move(
                process=made,
                start=move.start,
                end=move.end,
                hands_over=move.hands_over,
                stays=move.stays,
                how=move.how,
            )
        )
    audit.record(by=by, action="process.save", target=made, scope=plan.public_id, changes=changed)
    return made


@transaction.atomic
def publish_process(*, by: Actor, process: Process, shown: bool) -> Process:
    """Show it to everybody or take it out of sight. Refused while a step has no way back to lighter support."""
    require(by, Permission.KEEP_DIRECTORY, plan=process.plan)
    process = Process.objects.select_for_update(of=("self",)).select_related("plan").get(pk=process.pk)
    if shown:
        _refuse_one_way(list(process.steps.all()), list(process.moves.all()))
    process.is_published = shown
    process.version += 1
    checked_save(process)
    audit.record(
        by=by, action="process.publish", target=process, scope=process.plan.public_id,
        changes={"is_published": (not shown, shown)},
    )  # fmt: skip
    return process


@transaction.atomic
def drop_process(*, by: Actor, process: Process) -> None:
    require(by, Permission.KEEP_DIRECTORY, plan=process.plan)
    audit.record(
        by=by, action="process.drop", target=process, scope=process.plan.public_id,
        changes={"title": (process.title, None)},
    )  # fmt: skip
    Process.objects.filter(pk=process.pk).delete()


def _refuse_bad(title: Translated, steps: Sequence[StepFacts], moves: Sequence[MoveFacts]) -> None:
    if not title:
        raise Refused(_("Kirjoita nimi."), field="title", status=422)
    if not 2 <= len(steps) <= MOST_STEPS:
        raise Refused(_("Portaita on vähintään kaksi ja enintään kuusi."), field="step_1", status=422)
    if [s.tier for s in steps] != sorted(s.tier for s in steps):
        raise Refused(_("Järjestä portaat kevyimmästä vahvimpaan."), field="tier_1", status=422)
    seen = set()
    for n, move in enumerate(moves, 1):
        if not (1 <= move.start <= len(steps) and 1 <= move.end <= len(steps)) or move.start == move.end:
            raise Refused(_("Siirtymä kulkee kahden eri portaan välillä."), field=f"start_{n}", status=422)
        if (move.start, move.end) in seen:
            raise Refused(_("Sama siirtymä on kahdesti."), field=f"start_{n}", status=422)
        if not move.hands_over:
            raise Refused(_("Kirjoita, kuka saattaa perheen seuraavalle."), field=f"hands_{n}", status=422)
        seen.add((move.start, move.end))


def _refuse_one_way(steps: Sequence, moves: Sequence) -> None:
    up = {m.end for m in moves if m.end > m.start}
    down = {m.start for m in moves if m.end < m.start}
    for number in range(2, len(steps) + 1):
        if number not in up or number not in down:
            raise Refused(
                _("Portaalle %(n)s puuttuu tie ylös tai takaisin kevyempään tukeen.") % {"n": number},
                status=422,
            )
