"""An organisation's part of a round: emphases, measures carried over, the answer; and reminding those that are silent."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lautta.common import clock, mail
from lautta.common.actors import Actor
from lautta.common.audit import record
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.measures.checks import ChangedMeanwhile, require_taking_part_now, text
from lautta.measures.choices import Status
from lautta.measures.models import (
    Measure,
    MeasureGoal,
    MeasureIndicator,
    MeasureMirroring,
    MeasureYear,
    OrganisationEmphasis,
    Round,
    RoundAnswer,
    StatusChange,
)
from lautta.measures.reminders import key_of, people_to_remind, reminder
from lautta.measures.rules import EDITING, require_phase
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.access import require


def _lock(round: Round) -> Round:
    """Answers of one round are written one at a time: two people of an organisation may press at once."""
    locked = Round.objects.select_for_update().get(pk=round.pk)
    locked.plan = round.plan
    return locked


def _open_to(by: Actor, round: Round, organisation: Organisation) -> Round:
    require(by, Permission.EDIT_MEASURES, plan=round.plan, organisation=organisation)
    current = _lock(round)
    require_phase(by, current, EDITING)
    require_taking_part_now(round.plan, organisation)
    return current


def _names(round: Round, organisation: Organisation) -> dict[str, str]:
    return {"scope": round.plan.public_id, "organisation": organisation.public_id}


@transaction.atomic
def set_emphasis(
    *, by: Actor, round: Round, organisation: Organisation, text: Translated, version: int | None = None
) -> OrganisationEmphasis:
    """What the organisation stresses this year. `version` is the one seen (0 for none yet); None writes over whatever stands."""
    _open_to(by, round, organisation)
    clean = _checked(text)
    row = OrganisationEmphasis.objects.filter(round=round, organisation=organisation).first()
    before, standing_version = (row.text, row.version) if row else (Translated(), 0)
    if row and before == clean:
        return row
    if version is not None and version != standing_version:
        raise ChangedMeanwhile(row, ["text"])
    if row is None:
        row = OrganisationEmphasis.objects.create(round=round, organisation=organisation, text=clean)
    else:
        OrganisationEmphasis.objects.filter(pk=row.pk).update(text=clean, version=F("version") + 1)
        row.text, row.version = clean, row.version + 1
    record(
        by=by,
        action="emphasis.set",
        target=row,
        changes={"text": (before, clean)},
        **_names(round, organisation),
    )
    return row


def _checked(value: Translated) -> Translated:
    return text(value, "text")


@transaction.atomic
def answer_round(
    *, by: Actor, round: Round, organisation: Organisation, nothing_new: bool = False
) -> RoundAnswer:
    """The organisation's measures are ready, or (`nothing_new`) it has none this year. Answering twice changes nothing."""
    current = _open_to(by, round, organisation)
    standing = RoundAnswer.objects.filter(
        round=current, organisation=organisation, withdrawn_at__isnull=True
    ).first()
    if standing:
        return standing
    count = MeasureYear.objects.filter(round=current, measure__organisation=organisation).count()
    if nothing_new and count:
        raise Refused(
            _("Kierroksella on jo teidän toimenpiteitänne (%(count)s). Valitse ”Olemme valmiit”.")
            % {"count": count}
        )
    if not nothing_new and not count:
        raise Refused(_("Lisää ensin toimenpide tai kerro, ettei teillä ole uutta tänä vuonna."))
    made = RoundAnswer.objects.create(
        round=current, organisation=organisation, by=by.user, nothing_new=nothing_new
    )
    changes = {"nothing_new": (None, nothing_new)}
    record(by=by, action="round.answer", target=made, changes=changes, **_names(round, organisation))
    return made


@transaction.atomic
def withdraw_answer(*, by: Actor, round: Round, organisation: Organisation) -> None:
    """Not ready after all. The answer's row stays, with the time of its withdrawal."""
    current = _open_to(by, round, organisation)
    answer = RoundAnswer.objects.filter(
        round=current, organisation=organisation, withdrawn_at__isnull=True
    ).first()
    if answer is None:
        return
    now = timezone.now()
    RoundAnswer.objects.filter(pk=answer.pk).update(withdrawn_at=now)
    record(
        by=by,
        action="round.withdraw",
        target=answer,
        changes={"withdrawn_at": (None, now)},
        **_names(round, organisation),
    )


@transaction.atomic
def carry_over(
    *, by: Actor, round: Round, organisation: Organisation, measure_years: Sequence[MeasureYear]
) -> list[MeasureYear]:
    """Last year's content as drafts of this round, same measures. Returns the new ones; those already here are left alone.

    Euros, person-years and reports belong to their year and are not copied. A goal that has ended gives way to its
    continuation in the plan, or drops out. What was under way goes on under way; all else starts as planned.
    """
    current = _open_to(by, round, organisation)
    wanted = list(
        MeasureYear.objects.filter(pk__in=[m.pk for m in measure_years])
        .select_related("measure", "round")
        .prefetch_related("goals__continued_as", "partners", "mirrorings", "indicator_links")
        .in_order()
    )
    if any(
        m.measure.organisation_id != organisation.pk or m.measure.plan_id != round.plan_id for m in wanted
    ):
        raise Refused(_("Voit siirtää vain oman organisaatiosi toimenpiteitä."))
    if any(m.round.year >= current.year for m in wanted):
        raise Refused(_("Toimenpide siirretään aiemmasta vuodesta myöhempään."))
    if ended := [m for m in wanted if m.measure.ended_on]:
        raise Refused(_("Toimenpide on päätetty: %(title)s.") % {"title": ended[0].title})
    # The measures' rows are locked so that a second press of the button finds the first one's work.
    measures = {m.measure_id: m for m in wanted}
    list(Measure.objects.select_for_update().filter(pk__in=measures).order_by("pk"))
    here = set(
        MeasureYear.objects.filter(round=current, measure__in=measures).values_list("measure_id", flat=True)
    )
    new = [_copy(old, current) for pk, old in measures.items() if pk not in here]
    MeasureYear.objects.bulk_create(new)
    sources = {m.pk: m for m in measures.values()}
    MeasureGoal.objects.bulk_create(
        MeasureGoal(measure_year=m, goal_id=pk) for m in new for pk in _goals_now(sources[m.carried_from_id])
    )
    MeasureYear.partners.through.objects.bulk_create(
        MeasureYear.partners.through(measureyear_id=m.pk, organisation_id=o.pk)
        for m in new
        for o in sources[m.carried_from_id].partners.all()
    )
    MeasureMirroring.objects.bulk_create(
        MeasureMirroring(measure_year=m, framework=x.framework, code=x.code)
        for m in new
        for x in sources[m.carried_from_id].mirrorings.all()
    )
    MeasureIndicator.objects.bulk_create(
        MeasureIndicator(
            measure_year=m, indicator_id=x.indicator_id, direction=x.direction, is_primary=x.is_primary
        )
        for m in new
        for x in sources[m.carried_from_id].indicator_links.all()
    )
    StatusChange.objects.bulk_create(StatusChange(measure_year=m, status=m.status, by=by.user) for m in new)
    for m in new:
        changes = {"round": (sources[m.carried_from_id].round.year, current.year), "version": (0, 1)}
        record(by=by, action="measure.carry_over", target=m, changes=changes, **_names(round, organisation))
    return new


def _copy(old: MeasureYear, round: Round) -> MeasureYear:
    same = (
        "measure", "title", "sort_key", "change", "description", "target_groups", "vulnerable_groups", "sectors",
        "service_tier", "starts_on", "responsible_id", "responsible_title", "other_partners", "is_illustrative",
    )  # fmt: skip
    new = MeasureYear(**{name: getattr(old, name) for name in same}, round=round, carried_from=old)
    new.ends_on = old.ends_on if old.ends_on and old.ends_on.year >= round.year else None
    new.status = Status.UNDER_WAY if old.status == Status.UNDER_WAY else Status.PLANNED
    return new


def _goals_now(old: MeasureYear) -> list[int]:
    found: dict[int, None] = {}
    for goal in old.goals.all():
        alive = (
            [goal]
            if goal.ended_at is None
            else [g for g in goal.continued_as.all() if g.plan_id == goal.plan_id and g.ended_at is None]
        )
        found.update({g.pk: None for g in alive})
    return list(found)


@transaction.atomic
def remind_missing(*, by: Actor, round: Round) -> int:
    """Queue one mail to each person whose organisation has not answered; at most one a day. Returns how many were queued."""
    require(by, Permission.MANAGE_ROUNDS, plan=round.plan)
    current = _lock(round)
    if current.state != Round.State.OPEN:
        raise Refused(_("Muistutuksen voi lähettää, kun kierros on auki."))
    today = clock.today()
    queued = 0
    for person, organisations in people_to_remind(current, today):
        with translation.override(person.language):
            subject, body = reminder(current, organisations)
        queued += mail.queue(
            to=person,
            kind="round_missing",
            key=key_of(round, person, today),
            subject=subject,
            text=body,
            scope=round.plan.public_id,
        )
    record(
        by=by,
        action="round.remind",
        target=current,
        scope=round.plan.public_id,
        changes={"queued": (None, queued)},
    )
    return queued
