"""Freezing: a version is made once and never altered; it may be withdrawn, and one on the plan's time carried out."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.choices import HOLDS_PART_ONE, HOLDS_PART_TWO, ON_TIME, VersionKind
from lautta.decisions.freezing import SCHEMA, Drawn, digest, draw, dumped
from lautta.decisions.indexing import index_version
from lautta.decisions.models import Amendment, FrozenQuotation, Version
from lautta.decisions.path import standing, stops
from lautta.measures.models import Round
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.actions.plan import LAST_YEAR, set_phase, update_plan
from lautta.plans.checklist.reading import checklist_document
from lautta.plans.models import Plan
from lautta.plans.rules import structure

LONGEST = 4_000
# What differs between two freezings of the same text.
_OF_THE_DAY = ("frozen_on", "number", "previous", "cover", "checklist", "seal", "removed")


@transaction.atomic
def freeze(
    *,
    by: Actor,
    plan: Plan,
    kind: str,
    proposal: Translated,
    summary: Translated | None = None,
    round: Round | None = None,
    period_end: int | None = None,
    successor: Plan | None = None,
    reason: Translated | None = None,
    is_illustrative: bool = False,
) -> Version:
    """Freeze the plan of now. `proposal`: what bodies are asked to decide; `summary`: what changed, for the reader.

    A part II takes its `round`; an extension takes the new `period_end`, a succession the `successor`, both a `reason`.
    Accepted amendments that earlier versions gathered are tied to this one. Refused when nothing has changed since the last.
    """
    require(by, Permission.FREEZE_VERSIONS, plan=plan)
    # Two who freeze at once get two numbers, one after the other.
    plan = Plan.objects.select_for_update(of=("self",)).select_related("region__area").get(pk=plan.pk)
    if kind not in VersionKind.values:
        raise Refused(_("Valitse, mistä päätetään."), field="kind", status=422)
    if not proposal:
        raise Refused(
            _("Kirjoita päätösehdotus: mitä toimielimiltä pyydetään."), field="proposal", status=422
        )
    for name, text in (("proposal", proposal), ("summary", summary or Translated())):
        if any(len(t.text) > LONGEST for t in text.texts.values()):
            raise Refused(_("Teksti on liian pitkä."), field=name, status=422)
    if kind in HOLDS_PART_TWO:
        _refuse_no_round(plan, round)
    else:
        round = None
    time = _time(plan, kind, period_end, successor, reason)
    year = round.year if round else None
    previous = plan.versions.standing().of_kind(kind, year).newest_first().first()
    number = (plan.versions.aggregate(most=Max("number"))["most"] or 0) + 1
    drawn = draw(
        plan, kind=kind, round=round, proposal=proposal, summary=summary,
        previous=previous.sha256 if previous else "", number=number, time=time,
        checklist=None if kind in ON_TIME else checklist_document(plan, clock.today()),
    )  # fmt: skip
    _refuse_empty(drawn)
    if previous and _same(json.loads(previous.content), drawn.document):
        raise Refused(
            _("Mikään ei ole muuttunut version %(number)s jälkeen.") % {"number": previous.number}, status=422
        )
    version = _store(by, plan, drawn, kind, year, number, previous, is_illustrative)
    gathered = _gather(version)
    audit.record(
        by=by, action="version.freeze", target=version, scope=plan.public_id,
        changes={
            "kind": (None, kind), "year": (None, year), "sha256": (None, version.sha256), "amendments": (None, gathered)
        },
    )  # fmt: skip
    return version


def _store(
    by: Actor, plan: Plan, drawn: Drawn, kind: str, year: int | None, number: int, previous: Version | None,
    is_illustrative: bool,
) -> Version:  # fmt: skip
    content = dumped(drawn.document)
    version = Version(
        plan=plan, number=number, kind=kind, year=year, schema=SCHEMA, content=content, sha256=digest(content),
        previous=previous, frozen_on=clock.today(), created_by=by.user, is_illustrative=is_illustrative,
    )  # fmt: skip
    checked_save(version)
    FrozenQuotation.objects.bulk_create(
        FrozenQuotation(version=version, voice=q.voice, voice_key=q.voice.public_id, salt=q.salt, text=q.text)
        for q in drawn.quotations
    )
    return version


def _gather(version: Version) -> list[str]:
    """Tie accepted amendments of earlier versions of the same document to this one."""
    waiting = Amendment.objects.waiting_for_version().filter(
        decision__station__version__plan=version.plan_id,
        decision__station__version__kind=version.kind,
        decision__station__version__year=version.year,
        decision__corrected=False,
    )
    found = list(waiting.values_list("public_id", flat=True))
    Amendment.objects.filter(public_id__in=found).update(gathered_in=version)
    return found


def _refuse_no_round(plan: Plan, round: Round | None) -> None:
    if round is None or round.plan_id != plan.pk:
        raise Refused(_("Valitse vuosi, jonka ohjelmasta päätetään."), field="year", status=422)


def _time(
    plan: Plan, kind: str, period_end: int | None, successor: Plan | None, reason: Translated | None
) -> dict[str, Any]:
    if kind == VersionKind.EXTENSION:
        if period_end is None or not plan.period_end < period_end <= min(LAST_YEAR, plan.period_end + 4):
            raise Refused(
                _("Jatka vähintään vuodella ja enintään neljällä: %(first)s–%(last)s.")
                % {"first": plan.period_end + 1, "last": plan.period_end + 4},
                field="period_end",
                status=422,
            )
        _refuse_no_reason(reason)
        return {
            "period_start": plan.period_start, "former_end": plan.period_end, "period_end": period_end,
            "reason": reason.to_json() if reason else {},
        }  # fmt: skip
    if kind == VersionKind.SUCCESSION:
        if successor is None or successor.region_id != plan.region_id or successor.pk == plan.pk:
            raise Refused(_("Valitse suunnitelma, joka jatkaa tästä."), field="successor", status=422)
        _refuse_no_reason(reason)
        return {
            "successor": successor.public_id, "title": successor.title.to_json(),
            "period": [successor.period_start, successor.period_end], "reason": reason.to_json() if reason else {},
        }  # fmt: skip
    return {}


def _refuse_no_reason(reason: Translated | None) -> None:
    if not reason:
        raise Refused(_("Kerro, miksi."), field="reason", status=422)


def _refuse_empty(drawn: Drawn) -> None:
    document = drawn.document
    if document["kind"] in HOLDS_PART_ONE and not any(c["texts"] for c in document["part_one"]["chapters"]):
        raise Refused(_("Osassa I ei ole vielä yhtään tekstiä."), field="kind", status=422)
    if document["kind"] in HOLDS_PART_TWO and not document["part_two"]["measures"]:
        raise Refused(
            _("Yksikään organisaatio ei ole vielä julkaissut toimenpiteitä tälle vuodelle."),
            field="year",
            status=422,
        )


def _same(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """The same but for the day, the cover and the salts. A plan's time is part of the plan."""

    def bare(document: dict[str, Any]) -> dict[str, Any]:
        kept = {k: v for k, v in document.items() if k not in _OF_THE_DAY}
        if "quotations" in kept:
            kept["quotations"] = sorted(kept["quotations"])
        return kept

    return bare(old) == bare(json.loads(dumped(new)))


@transaction.atomic
def withdraw(*, by: Actor, version: Version, reason: str) -> Version:
    """Take a version off its way. Refused once somebody has bound itself to it: then only a new version helps."""
    version = _locked(version)
    require(by, Permission.FREEZE_VERSIONS, plan=version.plan)
    if version.withdrawn_on is not None:
        raise Refused(_("Versio on jo peruttu."))
    if not reason.strip():
        raise Refused(_("Kerro, miksi versio perutaan."), field="reason", status=422)
    if standing(stops(version.stations.with_content())).bound:
        raise Refused(_("Joku on jo päättänyt tästä versiosta. Tee uusi versio sen sijaan."))
    version.withdrawn_on, version.withdrawn_reason = clock.today(), reason.strip()[:300]
    checked_save(version, fields=["withdrawn_on", "withdrawn_reason"])
    index_version(version)
    audit.record(
        by=by, action="version.withdraw", target=version, scope=version.plan.public_id,
        changes={"withdrawn_on": (None, version.withdrawn_on), "withdrawn_reason": ("", version.withdrawn_reason)},
    )  # fmt: skip
    return version


@transaction.atomic
def carry_out(*, by: Actor, version: Version) -> Version:
    """An extension or succession takes effect in the plan, once every body that decides has bound itself to it."""
    version = _locked(version)
    require(by, Permission.FREEZE_VERSIONS, plan=version.plan)
    if version.kind not in {VersionKind.EXTENSION, VersionKind.SUCCESSION} or version.withdrawn_on:
        raise Refused(_("Tällä versiolla ei ole toteutettavaa."))
    if version.carried_out_on is not None:
        raise Refused(_("Päätös on jo toteutettu."))
    if not standing(stops(version.stations.with_content())).is_everywhere:
        raise Refused(_("Kaikki päättäjät eivät ole vielä hyväksyneet tätä."))
    time = json.loads(version.content)["time"]
    if version.kind == VersionKind.EXTENSION:
        update_plan(by=by, plan=version.plan, period_end=max(version.plan.period_end, time["period_end"]))
    else:
        _succeed(by, version.plan, time["successor"])
    version.carried_out_on = clock.today()
    checked_save(version, fields=["carried_out_on"])
    audit.record(
        by=by, action="version.carry_out", target=version, scope=version.plan.public_id,
        changes={"carried_out_on": (None, version.carried_out_on)},
    )  # fmt: skip
    return version


def _succeed(by: Actor, plan: Plan, successor_id: str) -> None:
    """The plan ends; its successor knows whom it follows."""
    successor = Plan.objects.filter(public_id=successor_id, region=plan.region_id).first()
    if successor is None:
        raise Refused(_("Seuraavaa suunnitelmaa ei enää ole."))
    if successor.predecessor_id is None:
        successor.predecessor = plan
        checked_save(successor, fields=["predecessor"])
    if Plan.Phase.ENDED in structure.next_phases(plan):
        set_phase(by=by, plan=plan, phase=Plan.Phase.ENDED)


def _locked(version: Version) -> Version:
    return (
        Version.objects.select_for_update(of=("self",))
        .select_related("plan__region__area")
        .get(pk=version.pk)
    )
