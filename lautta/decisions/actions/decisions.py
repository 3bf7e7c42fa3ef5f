"""What bodies did: recorded once, corrected with a reason, and in the end of legal force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.actions.paths import locked_station
from lautta.decisions.choices import BINDING, OUTCOMES_OF, PASSING, Outcome, TargetKind
from lautta.decisions.freezing.opened import opened
from lautta.decisions.indexing import index_decision
from lautta.decisions.models import Amendment, Decision, Station
from lautta.decisions.path import State, stops
from lautta.decisions.reading import newer_before
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require

LONGEST = 6_000
MOST_AMENDMENTS = 40


@dataclass(frozen=True)
class Asked:
    """A change that a body asks for."""

    text: Translated
    target_kind: str = TargetKind.WHOLE
    target_id: str = ""


@dataclass(frozen=True)
class Facts:
    """What the minutes say."""

    outcome: str
    decided_on: dt.date
    section: str = ""
    case_number: str = ""
    minutes_url: str = ""
    wording: Translated = field(default_factory=Translated)
    dissent: Translated = field(default_factory=Translated)
    legal_force_on: dt.date | None = None
    amendments: Sequence[Asked] = ()


@transaction.atomic
def record_decision(*, by: Actor, station: Station, facts: Facts) -> Decision:
    """Record what the body did. One of two who record at once gets through; the other is told that it has been done."""
    station = locked_station(station)
    require(
        by, Permission.RECORD_DECISIONS, plan=station.version.plan, organisation=station.body.organisation
    )
    _refuse_out_of_turn(station)
    _check(station, facts)
    number = max((d.number for d in station.decisions.all()), default=0) + 1
    decision = _store(by, station, facts, number)
    _record(
        by,
        "decision.record",
        decision,
        station,
        {"outcome": (None, facts.outcome), "decided_on": (None, facts.decided_on)},
    )
    index_decision(decision)
    return decision


@transaction.atomic
def correct_decision(*, by: Actor, decision: Decision, facts: Facts, reason: str) -> Decision:
    """Replace what was recorded wrongly. Both rows stay; the new one says why. Refused when later bodies rest on the former."""
    station = locked_station(decision.station)
    require(
        by, Permission.RECORD_DECISIONS, plan=station.version.plan, organisation=station.body.organisation
    )
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.corrected:
        raise Refused(_("Joku muu on jo korjannut tämän kirjauksen."))
    if not reason.strip():
        raise Refused(_("Kerro, miksi kirjausta korjataan."), field="reason", status=422)
    newer = station.decisions.filter(corrected=False, number__gt=decision.number)
    if newer.exists():
        raise Refused(_("Toimielin on käsitellyt asian uudelleen tämän jälkeen. Korjaa uusin kirjaus."))
    rests = station.followers.filter(decisions__corrected=False).exists()
    if rests and facts.outcome not in PASSING:
        raise Refused(
            _("Seuraava toimielin on jo päättänyt tämän päätöksen pohjalta. Korjaa ensin sen kirjaus."),
            field="outcome",
            status=422,
        )
    if decision.amendments.filter(gathered_in__isnull=False).exists():
        raise Refused(_("Päätöksen muutokset ovat jo uudessa versiossa: kirjausta ei voi enää korjata."))
    _check(station, facts)
    decision.corrected = True
    checked_save(decision, fields=["corrected"])
    number = max(d.number for d in station.decisions.all()) + 1
    new = _store(by, station, facts, number, corrects=decision, reason=reason.strip()[:300])
    decision.assessment_links.update(decision=new)
    index_decision(decision)
    index_decision(new)
    _record(
        by, "decision.correct", new, station,
        {"outcome": (decision.outcome, new.outcome), "decided_on": (decision.decided_on, new.decided_on)},
    )  # fmt: skip
    return new


@transaction.atomic
def set_legal_force(*, by: Actor, decision: Decision, on: dt.date) -> Decision:
    """The time for appeal is over, or the court has spoken: the decision has legal force from the day."""
    station = locked_station(decision.station)
    require(
        by, Permission.RECORD_DECISIONS, plan=station.version.plan, organisation=station.body.organisation
    )
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.corrected or decision.outcome not in BINDING:
        raise Refused(_("Tämä kirjaus ei voi tulla lainvoimaiseksi."))
    if decision.legal_force_on is not None:
        raise Refused(_("Päätös on jo merkitty lainvoimaiseksi."))
    if on > clock.today():
        raise Refused(_("Päivä on vasta tulossa."), field="on", status=422)
    if on < decision.decided_on:
        raise Refused(
            _("Päätös ei voi tulla lainvoimaiseksi ennen kuin se on tehty."), field="on", status=422
        )
    decision.legal_force_on = on
    checked_save(decision, fields=["legal_force_on"])
    _record(by, "decision.force", decision, station, {"legal_force_on": (None, on)})
    return decision


def _store(
    by: Actor, station: Station, facts: Facts, number: int, corrects: Decision | None = None, reason: str = ""
) -> Decision:
    decision = Decision(
        station=station, number=number, outcome=facts.outcome, decided_on=facts.decided_on, section=facts.section.strip(),
        case_number=facts.case_number.strip() or station.case_number, minutes_url=facts.minutes_url.strip(),
        wording=facts.wording, dissent=facts.dissent, legal_force_on=facts.legal_force_on,
        corrects=corrects, correction_reason=reason, recorded_by=by.user,
    )  # fmt: skip
    checked_save(decision)
    for position, asked in enumerate(facts.amendments, start=1):
        checked_save(
            Amendment(
                decision=decision, position=position, text=asked.text,
                target_kind=asked.target_kind, target_id=asked.target_id,
            )
        )  # fmt: skip
    return decision


def _refuse_out_of_turn(station: Station) -> None:
    """With the reason: withdrawn, decided already, or not before this body yet."""
    if station.version.withdrawn_on is not None:
        raise Refused(_("Versio on peruttu: siitä ei enää päätetä."))
    newer = newer_before(station)
    if newer is not None:
        raise Refused(
            _("Tästä on jo uudempi versio %(number)s saman toimielimen käsiteltävänä: kirjaa päätös siihen.")
            % {"number": newer.number}
        )
    stop = next(s for s in stops(station.version.stations.with_content()) if s.station.pk == station.pk)
    if stop.state in {State.PASSED, State.REJECTED}:
        raise Refused(
            _("%(body)s on jo päättänyt tästä: %(outcome)s. Jos kirjaus on väärin, korjaa se.")
            % {"body": station.body.name, "outcome": stop.decision.get_outcome_display() if stop.decision else ""}
        )  # fmt: skip
    if stop.state == State.STOPPED:
        raise Refused(_("Asia on hylätty aiemmassa vaiheessa: se ei tule tämän toimielimen käsiteltäväksi."))
    if stop.state == State.WAITING and stop.waits_for is not None:
        raise Refused(
            _("Asia ei ole vielä tämän toimielimen käsiteltävänä. Ensin sen käsittelee %(body)s.")
            % {"body": stop.waits_for.body.name}
        )


def _check(station: Station, facts: Facts) -> None:
    if facts.outcome not in OUTCOMES_OF[station.kind]:
        raise Refused(_("Tämä toimielin ei voi päättää näin."), field="outcome", status=422)
    _check_days(station, facts)
    if facts.outcome == Outcome.APPROVE_WITH_CHANGES and not facts.amendments:
        raise Refused(_("Kirjaa, mitä muutoksia toimielin teki."), field="amendments", status=422)
    if facts.amendments and facts.outcome not in {Outcome.APPROVE_WITH_CHANGES, Outcome.RETURN}:
        raise Refused(
            _("Muutoksia voi kirjata, kun toimielin hyväksyi muutoksin tai palautti asian."),
            field="amendments",
            status=422,
        )
    if len(facts.amendments) > MOST_AMENDMENTS:
        raise Refused(_("Muutoksia on liikaa yhteen päätökseen."), field="amendments", status=422)
    if facts.outcome in {Outcome.RETURN, Outcome.REJECT} and not facts.wording:
        raise Refused(_("Kirjoita, miksi asia palautettiin tai hylättiin."), field="wording", status=422)
    for name in ("wording", "dissent"):
        if any(len(t.text) > LONGEST for t in getattr(facts, name).texts.values()):
            raise Refused(_("Teksti on liian pitkä."), field=name, status=422)
    _check_targets(station, facts)


def _check_days(station: Station, facts: Facts) -> None:
    if facts.decided_on > clock.today():
        raise Refused(
            _("Päivä on vasta tulossa. Kirjaa päätös, kun se on tehty."), field="decided_on", status=422
        )
    if facts.decided_on < station.version.frozen_on:
        raise Refused(
            _("Päivä on ennen kuin versio jäädytettiin. Tarkista päivä."), field="decided_on", status=422
        )
    if station.after is not None:
        before = station.after.decisions.standing().order_by("-number").first()
        if before is not None and facts.decided_on < before.decided_on:
            raise Refused(
                _("%(body)s päätti vasta tämän päivän jälkeen. Tarkista päivä.")
                % {"body": station.after.body.name},
                field="decided_on",
                status=422,
            )
    if facts.legal_force_on is not None:
        if facts.outcome not in BINDING:
            raise Refused(_("Tämä kirjaus ei voi tulla lainvoimaiseksi."), field="legal_force_on", status=422)
        if facts.legal_force_on > clock.today():
            raise Refused(_("Päivä on vasta tulossa."), field="legal_force_on", status=422)


def _check_targets(station: Station, facts: Facts) -> None:
    """An amendment is about something that the version holds."""
    if not any(asked.target_id for asked in facts.amendments):
        return
    document = opened(station.version)
    held = {
        TargetKind.CHAPTER: {c["id"] for c in document.chapters},
        TargetKind.GOAL: {g["id"] for g in document.goals},
        TargetKind.MEASURE: {m["id"] for m in document.measures},
        TargetKind.INDICATOR: {i["id"] for i in document.indicators},
        TargetKind.WHOLE: {""},
    }
    for asked in facts.amendments:
        if asked.target_id not in held.get(TargetKind(asked.target_kind), set()):
            raise Refused(_("Valitse kohta, joka on tässä versiossa."), field="amendments", status=422)


def _record(
    by: Actor, action: str, decision: Decision, station: Station, changes: dict[str, tuple[Any, Any]]
) -> None:
    organisation = station.body.organisation
    audit.record(
        by=by, action=action, target=decision, scope=station.version.plan.public_id,
        organisation=organisation.public_id if organisation else "", changes=changes,
    )  # fmt: skip
