"""The coordinator's part of a round: making, opening, closing, reopening."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from lautta.common.actors import Actor
from lautta.common.audit import apply_changes, record
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.measures.checks import FIRST_YEAR, LAST_YEAR, ChangedMeanwhile, text
from lautta.measures.models import Round, RoundStateChange
from lautta.measures.models.rounds import ROUND_TRANSITIONS
from lautta.organisations.permissions import Permission
from lautta.plans.access import require
from lautta.plans.models import Plan

ROUND_FIELDS = ("opens_on", "deadline", "evaluation_deadline", "emphases", "guidance")


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    for name in ("emphases", "guidance"):
        if name in values:
            values[name] = text(values[name] or Translated(), name)
    return values


def _check_dates(opens_on: dt.date | None, deadline: dt.date, evaluation_deadline: dt.date | None) -> None:
    if opens_on and deadline < opens_on:
        raise Refused(_("Määräaika ei voi olla ennen avaamista."), field="deadline", status=422)
    if evaluation_deadline and evaluation_deadline < deadline:
        raise Refused(
            _("Arvioinnin määräaika ei voi olla ennen toimenpiteiden määräaikaa."),
            field="evaluation_deadline",
            status=422,
        )


@transaction.atomic
def create_round(
    *,
    by: Actor,
    plan: Plan,
    year: int,
    deadline: dt.date,
    opens_on: dt.date | None = None,
    evaluation_deadline: dt.date | None = None,
    emphases: Translated | None = None,
    guidance: Translated | None = None,
) -> Round:
    """A planned round of one year; Refused when the plan has that year's round already."""
    require(by, Permission.MANAGE_ROUNDS, plan=plan)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(_("Tarkista vuosi."), field="year", status=422)
    _check_dates(opens_on, deadline, evaluation_deadline)
    values = _clean({"emphases": emphases, "guidance": guidance})
    try:
        with transaction.atomic():
            made = Round.objects.create(
                plan=plan,
                year=year,
                opens_on=opens_on,
                deadline=deadline,
                evaluation_deadline=evaluation_deadline,
                **values,
            )
    except IntegrityError:
        raise Refused(_("Vuoden %(year)s kierros on jo olemassa.") % {"year": year}, field="year") from None
    changes = {name: (None, getattr(made, name)) for name in ("year", *ROUND_FIELDS)}
    record(by=by, action="round.create", target=made, scope=plan.public_id, changes=changes)
    return made


@transaction.atomic
def update_round(*, by: Actor, round: Round, version: int | None = None, **values: Any) -> Round:
    """Change dates and texts. `version` is the one the writer saw (default: that of `round`)."""
    require(by, Permission.MANAGE_ROUNDS, plan=round.plan)
    if unknown := set(values) - set(ROUND_FIELDS):
        raise TypeError(f"not fields of a round: {sorted(unknown)}")
    seen = round.version if version is None else version
    current = Round.objects.select_for_update().get(pk=round.pk)
    current.plan = round.plan
    if current.version != seen:
        differing = [n for n, v in values.items() if getattr(current, n) != v]
        raise ChangedMeanwhile(current, differing)
    changes = apply_changes(current, _clean(values))
    _check_dates(current.opens_on, current.deadline, current.evaluation_deadline)
    if changes:
        news = {name: after for name, (_before, after) in changes.items()}
        Round.objects.filter(pk=round.pk, version=seen).update(version=F("version") + 1, **news)
        current.version = seen + 1
        record(by=by, action="round.update", target=current, scope=round.plan.public_id, changes=changes)
    return current


def open_round(*, by: Actor, round: Round) -> Round:
    """From planned to open: the organisations may give their measures."""
    return _move(by, round, Round.State.OPEN, "round.open", only_from=Round.State.PLANNED)


def close_round(*, by: Actor, round: Round) -> Round:
    """From open to closed: after this only reports, statuses and evaluations."""
    return _move(by, round, Round.State.CLOSED, "round.close")


def reopen_round(*, by: Actor, round: Round, reason: str) -> Round:
    """From closed back to open, with a reason."""
    if not reason.strip():
        raise Refused(_("Kirjoita, miksi avaat kierroksen uudelleen."), field="reason", status=422)
    return _move(
        by, round, Round.State.OPEN, "round.reopen", only_from=Round.State.CLOSED, reason=reason.strip()
    )


@transaction.atomic
def _move(
    by: Actor, round: Round, to: str, action: str, *, only_from: str | None = None, reason: str = ""
) -> Round:
    require(by, Permission.MANAGE_ROUNDS, plan=round.plan)
    if len(reason) > 300:
        raise Refused(
            _("Teksti on liian pitkä: enintään %(most)s merkkiä.") % {"most": 300}, field="reason", status=422
        )
    current = Round.objects.select_for_update().get(pk=round.pk)
    before = Round.State(current.state)
    if to not in ROUND_TRANSITIONS[before] or (only_from and before != only_from):
        raise Refused(
            _("Kierroksen tila on nyt ”%(state)s”, joten tätä ei voi tehdä. Päivitä sivu.")
            % {"state": before.label}
        )
    Round.objects.filter(pk=round.pk).update(state=to)
    RoundStateChange.objects.create(round=current, state=to, reason=reason, by=by.user)
    current.state, current.plan = to, round.plan
    record(
        by=by,
        action=action,
        target=current,
        scope=round.plan.public_id,
        changes={"state": (before.value, str(to))},
    )
    return current
