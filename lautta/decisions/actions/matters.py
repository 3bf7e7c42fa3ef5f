"""Matters between the tiers: brought, handed up or down, answered, returned, withdrawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions import travel
from lautta.decisions.leading import demand_lead, demand_standing, may_act_as_sender, may_bring_for
from lautta.decisions.models import Body, BodyMeeting, Matter, MatterStep
from lautta.decisions.travel import Deed, MatterState
from lautta.organisations.models import Organisation
from lautta.organisations.saving import checked_save
from lautta.plans.models import Plan

LONGEST = 4_000
MOST_STEPS = 200


@dataclass(frozen=True)
class Sending:
    """To whom, by when, and what is asked."""

    to: Body | None = None
    asked: Translated = field(default_factory=Translated)
    deadline: dt.date | None = None


@transaction.atomic
def bring_matter(
    *,
    by: Actor,
    plan: Plan,
    title: Translated,
    question: Translated,
    sending: Sending,
    from_body: Body | None = None,
    from_organisation: Organisation | None = None,
    on: dt.date | None = None,
    is_illustrative: bool = False,
) -> Matter:
    """A new matter with its first step. It comes from a body, or from an organisation that is none."""
    on = _day(on, None)
    if (from_body is None) == (from_organisation is None):
        raise Refused(_("Valitse, kuka asian lähettää."), field="sender", status=422)
    if from_body is not None:
        _refuse_strange(plan, from_body, "sender")
        demand_lead(by, plan, from_body)
    else:
        standing = demand_standing(by, plan)
        if not plan.participations.filter(organisation=from_organisation).exists():
            raise Refused(_("Organisaatio ei ole mukana tässä suunnitelmassa."), field="sender", status=422)
        if standing is not None and not may_bring_for(standing, from_organisation):  # type: ignore[arg-type]
            raise PermissionDenied("may_bring_for")
    if not title:
        raise Refused(_("Anna asialle nimi."), field="title", status=422)
    _refuse_long(title=title, question=question, asked=sending.asked)
    _refuse_wrong_entrance(plan, from_body, sending.to)
    matter = Matter(
        plan=plan, title=title, question=question, from_body=from_body, from_organisation=from_organisation,
        is_illustrative=is_illustrative, created_by=by.user,
    )  # fmt: skip
    checked_save(matter)
    _send(matter, None, sending, on, 1)
    _record(by, "matter.add", matter, {"to": (None, sending.to.public_id)})  # type: ignore[union-attr]
    return matter


@transaction.atomic
def handle_matter(
    *,
    by: Actor,
    matter: Matter,
    row_version: int,
    deed: str,
    answer: Translated | None = None,
    sending: Sending | None = None,
    meeting: BodyMeeting | None = None,
    on: dt.date | None = None,
) -> Matter:
    """What the body that has the matter does with it; or what the first sender does (withdraws, sends again).

    409 when somebody was faster or the state does not allow the deed; 422 beside the field for what is missing.
    """
    matter = (
        Matter.objects.select_for_update(of=("self",))
        .select_related("plan", "from_body", "from_organisation")
        .get(pk=matter.pk)
    )
    step = matter.steps.open().select_related("to_body", "from_body").first()
    _demand(by, matter, step, deed)
    if matter.row_version != row_version:
        raise Refused(_("Joku muu käsitteli asiaa sillä välin. Katso tilanne ja yritä uudelleen."))
    _refuse_illegal(matter, deed)
    answer, sending = answer or Translated(), sending or Sending()
    on = _day(on, step.sent_on if step else None)
    _refuse_long(answer=answer, asked=sending.asked)
    _check(matter, step, deed, answer, sending, meeting)
    if step is not None:
        _end(step, deed, answer, on, meeting)
    before, matter.state = matter.state, _next_state(matter, step, deed)
    _go_on(matter, step, deed, answer, sending, on)
    matter.row_version += 1
    checked_save(matter, fields=["state", "row_version"])
    _record(
        by, f"matter.{_AUDIT[Deed(deed)]}", matter, {"state": (before, matter.state), "deed": (None, deed)}
    )
    return matter


_AUDIT = {
    Deed.DECIDE: "decide", Deed.ANSWER: "answer", Deed.HAND_UP: "hand_on", Deed.HAND_DOWN: "hand_on",
    Deed.RETURN: "return", Deed.WITHDRAW: "withdraw", Deed.SEND_AGAIN: "send",
}  # fmt: skip


def _demand(by: Actor, matter: Matter, step: MatterStep | None, deed: str) -> None:
    standing = demand_standing(by, matter.plan)
    if deed in travel.OF_BODY and step is not None:
        demand_lead(by, matter.plan, step.to_body)
    elif standing is not None and not may_act_as_sender(standing, matter):
        raise PermissionDenied(f"may_act_as_sender {matter.public_id}")


def _refuse_illegal(matter: Matter, deed: str) -> None:
    if deed not in Deed.values:
        raise Refused(_("Valitse, mitä asialle tehdään."), field="deed", status=422)
    if (MatterState(matter.state), Deed(deed)) not in travel.TRANSITIONS:
        state = MatterState(matter.state).label
        raise Refused(_("Tätä ei voi enää tehdä. Asian tila on: %(state)s.") % {"state": state}, field="deed")


def _check(
    matter: Matter,
    step: MatterStep | None,
    deed: str,
    answer: Translated,
    sending: Sending,
    meeting: BodyMeeting | None,
) -> None:
    if deed in {Deed.DECIDE, Deed.ANSWER} and not answer:
        raise Refused(_("Kirjoita päätös tai vastaus."), field="answer", status=422)
    if deed in {Deed.RETURN, Deed.WITHDRAW} and not answer:
        raise Refused(_("Kerro syy."), field="answer", status=422)
    if meeting is not None and (step is None or meeting.body_id != step.to_body_id or meeting.cancelled):
        raise Refused(_("Valitse tämän toimielimen kokous."), field="meeting", status=422)
    if deed == Deed.SEND_AGAIN:
        _refuse_wrong_entrance(matter.plan, matter.from_body, sending.to)
    if deed in {Deed.HAND_UP, Deed.HAND_DOWN}:
        _refuse_wrong_taker(step.to_body, deed, sending.to)  # type: ignore[union-attr]
    if step is not None and step.number >= MOST_STEPS:
        raise Refused(_("Asia on kulkenut liian monta kertaa. Päätä siitä tai palauta se."))


def _refuse_wrong_taker(giver: Body, deed: str, taker: Body | None) -> None:
    if taker is None:
        raise Refused(_("Valitse, kenelle asia menee."), field="to", status=422)
    _refuse_strange(giver.plan, taker, "to")
    same = giver.organisation_id is not None and giver.organisation_id == taker.organisation_id
    if not travel.may_hand(deed, giver.kind, taker.kind, same_organisation=same):
        raise Refused(
            _("%(giver)s ei voi antaa asiaa tänne: %(taker)s.") % {"giver": giver.name, "taker": taker.name},
            field="to",
            status=422,
        )


def _refuse_wrong_entrance(plan: Plan, sender: Body | None, to: Body | None) -> None:
    if to is None:
        raise Refused(_("Valitse, kenelle asia menee."), field="to", status=422)
    _refuse_strange(plan, to, "to")
    if sender is None:
        allowed = to.kind in travel.ENTRANCES
    else:
        same = sender.organisation_id is not None and sender.organisation_id == to.organisation_id
        deeds = (Deed.HAND_UP, Deed.HAND_DOWN)
        allowed = any(travel.may_hand(d, sender.kind, to.kind, same_organisation=same) for d in deeds)
    if not allowed:
        raise Refused(_("Asiaa ei voi lähettää tänne: %(to)s.") % {"to": to.name}, field="to", status=422)


def _refuse_strange(plan: Plan, body: Body, name: str) -> None:
    if body.plan_id != plan.pk:
        raise Refused(_("Toimielin ei kuulu tähän suunnitelmaan."), field=name, status=422)
    if body.ended_on is not None and body.ended_on <= clock.today():
        raise Refused(_("Toimielintä ei enää ole."), field=name, status=422)


def _refuse_long(**texts: Translated) -> None:
    for name, text in texts.items():
        if any(len(t.text) > LONGEST for t in text.texts.values()):
            raise Refused(
                _("Lyhennä tekstiä: enintään %(n)s merkkiä.") % {"n": LONGEST}, field=name, status=422
            )


def _day(on: dt.date | None, earliest: dt.date | None) -> dt.date:
    today = clock.today()
    on = on or max(today, earliest or today)
    if on > today and (earliest is None or on > earliest):
        raise Refused(_("Päivä on vasta tulossa."), field="on", status=422)
    if earliest is not None and on < earliest:
        raise Refused(_("Vastaus ei voi olla ennen lähettämistä."), field="on", status=422)
    return on


def _end(step: MatterStep, deed: str, answer: Translated, on: dt.date, meeting: BodyMeeting | None) -> None:
    step.outcome, step.answer = travel.OUTCOME_OF[Deed(deed)], answer
    step.answered_on, step.handled_in = on, meeting
    checked_save(step, fields=["outcome", "answer", "answered_on", "handled_in"])


def _sent_by(matter: Matter, step: MatterStep) -> Body | None:
    """The body that the step came from; None for an organisation."""
    return step.from_body or matter.from_body


def _next_state(matter: Matter, step: MatterStep | None, deed: str) -> MatterState:
    states = travel.TRANSITIONS[MatterState(matter.state), Deed(deed)]
    if len(states) == 1:
        return next(iter(states))
    # A return: to a body it stays under way, to an organisation it waits for the sender.
    back_to_body = step is not None and _sent_by(matter, step) is not None
    return MatterState.UNDER_WAY if back_to_body else MatterState.RETURNED


def _go_on(
    matter: Matter, step: MatterStep | None, deed: str, answer: Translated, sending: Sending, on: dt.date
) -> None:
    """The step that the deed opens, if any."""
    if matter.state != MatterState.UNDER_WAY:
        return
    number = (step.number if step else matter.steps.count()) + 1
    giver = step.to_body if step else None
    if deed == Deed.RETURN:
        back = _sent_by(matter, step) if step else None
        _send(matter, giver, Sending(back, answer, None), on, number)
    else:
        _send(matter, giver, sending, on, number)


def _send(matter: Matter, giver: Body | None, sending: Sending, on: dt.date, number: int) -> None:
    step = MatterStep(
        matter=matter, number=number, from_body=giver, to_body=sending.to, sent_on=on, deadline=sending.deadline,
        asked=sending.asked,
    )  # fmt: skip
    checked_save(step)


def _record(by: Actor, action: str, matter: Matter, changes: dict[str, tuple]) -> None:
    organisation = matter.from_organisation or (matter.from_body.organisation if matter.from_body else None)
    audit.record(
        by=by, action=action, target=matter, scope=matter.plan.public_id,
        organisation=organisation.public_id if organisation else "", changes=changes,
    )  # fmt: skip
