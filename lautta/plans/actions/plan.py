"""The plan itself: its texts, period, phase, publication and organiser."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.ids import new_public_id
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations.access import is_system
from lautta.organisations.models import Organisation, Region
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.models import OrganiserPeriod, Plan
from lautta.plans.rules import structure as rules

EDITABLE = frozenset({"title", "purpose", "plain", "period_start", "period_end", "is_illustrative"})
FIRST_YEAR, LAST_YEAR = 1990, 2100


@transaction.atomic
def create_plan(
    *,
    by: Actor,
    region: Region,
    title: Translated,
    period_start: int,
    period_end: int,
    purpose: Translated | None = None,
    plain: Translated | None = None,
    is_illustrative: bool = False,
    predecessor: Plan | None = None,
    public_id: str | None = None,
) -> Plan:
    """A plan in preparation. The system makes a region's first plan; a successor is made by who may publish
    the former.
    """
    if not is_system(by):
        if predecessor is None or predecessor.region_id != region.pk:
            raise PermissionDenied("create_plan")
        require(by, Permission.PUBLISH_PLAN, plan=predecessor)
    _refuse_untitled(title)
    plan = Plan(
        public_id=public_id or new_public_id(), region=region, title=title, purpose=purpose or Translated(),
        plain=plain or Translated(), period_start=period_start, period_end=period_end,
        is_illustrative=is_illustrative, predecessor=predecessor,
    )  # fmt: skip
    _refuse_odd_years(plan)
    checked_save(plan)
    audit.record(
        by=by,
        action="plan.create",
        target=plan,
        scope=plan.public_id,
        changes={
            "title": (None, title),
            "period_start": (None, period_start),
            "period_end": (None, period_end),
        },
    )
    return plan


@transaction.atomic
def update_plan(*, by: Actor, plan: Plan, **values: Any) -> Plan:
    """Change texts or the period (keys of EDITABLE)."""
    require(by, Permission.EDIT_PLAN, plan=plan)
    if unknown := values.keys() - EDITABLE:
        raise TypeError(f"unknown fields {sorted(unknown)}")
    plan = _locked(plan)
    changes = audit.apply_changes(plan, values)
    if not changes:
        return plan
    _refuse_untitled(plan.title)
    _refuse_odd_years(plan)
    checked_save(plan, fields=changes)
    audit.record(by=by, action="plan.update", target=plan, scope=plan.public_id, changes=changes)
    return plan


@transaction.atomic
def set_phase(*, by: Actor, plan: Plan, phase: str) -> Plan:
    """Move to the next phase by the table of transitions (drafting → in_force → ended)."""
    require(by, Permission.PUBLISH_PLAN, plan=plan)
    plan = _locked(plan)
    if plan.phase == phase:
        return plan
    if phase not in rules.next_phases(plan):
        raise Refused(_("Suunnitelma ei voi siirtyä tähän vaiheeseen."), field="phase", status=422)
    if phase == Plan.Phase.IN_FORCE and not plan.organiser_periods.filter(ended_on__isnull=True).exists():
        raise Refused(_("Valitse ensin, kenellä on järjestämisvastuu."), field="phase", status=422)
    changes = audit.apply_changes(plan, {"phase": phase})
    checked_save(plan, fields=["phase"])
    audit.record(by=by, action="plan.phase", target=plan, scope=plan.public_id, changes=changes)
    return plan


@transaction.atomic
def publish_plan(*, by: Actor, plan: Plan) -> Plan:
    """Open the plan's public site. Publishing again changes nothing."""
    require(by, Permission.PUBLISH_PLAN, plan=plan)
    plan = _locked(plan)
    if plan.published_at is not None:
        return plan
    if not plan.purpose:
        raise Refused(
            _("Kirjoita ensin, mikä suunnitelma on: se on julkisen etusivun ensimmäinen lause."), status=422
        )
    plan.published_at = timezone.now()
    checked_save(plan, fields=["published_at"])
    audit.record(
        by=by,
        action="plan.publish",
        target=plan,
        scope=plan.public_id,
        changes={"published_at": (None, plan.published_at)},
    )
    return plan


@transaction.atomic
def set_organiser(
    *, by: Actor, plan: Plan, organisation: Organisation, started_on: dt.date
) -> OrganiserPeriod:
    """The organisation is accountable from `started_on`; the former one's period ends the day before and
    stays on record.
    """
    require(by, Permission.PUBLISH_PLAN, plan=plan)
    plan = _locked(plan)
    if not organisation.participations.filter(plan=plan).exists():
        raise Refused(_("Järjestäjän on oltava mukana suunnitelmassa."), field="organisation", status=422)
    if organisation.ended_on and organisation.ended_on < started_on:
        raise Refused(_("Organisaatio on päättynyt ennen tätä päivää."), field="organisation", status=422)
    former = plan.organiser_periods.select_related("organisation").filter(ended_on__isnull=True).first()
    if former is not None:
        if former.organisation_id == organisation.pk:
            raise Refused(_("Järjestämisvastuu on jo tällä organisaatiolla."), field="organisation")
        if started_on <= former.started_on:
            raise Refused(
                _("Uusi vastuu voi alkaa vasta nykyisen alun jälkeen."), field="started_on", status=422
            )
        former.ended_on = started_on - dt.timedelta(days=1)
        checked_save(former, fields=["ended_on"])
    elif plan.organiser_periods.filter(ended_on__gte=started_on).exists():
        raise Refused(_("Tähän aikaan vastuu oli jo toisella."), field="started_on", status=422)
    period = OrganiserPeriod(plan=plan, organisation=organisation, started_on=started_on)
    checked_save(period)
    audit.record(
        by=by,
        action="plan.organiser",
        target=plan,
        scope=plan.public_id,
        organisation=organisation.public_id,
        changes={
            "organiser": (former and former.organisation, organisation),
            "started_on": (None, started_on),
        },
    )
    return period


def _locked(plan: Plan) -> Plan:
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _refuse_untitled(title: Translated) -> None:
    if not title:
        raise Refused(_("Kirjoita suunnitelman nimi."), field="title", status=422)


def _refuse_odd_years(plan: Plan) -> None:
    for name in ("period_start", "period_end"):
        if not FIRST_YEAR <= getattr(plan, name) <= LAST_YEAR:
            raise Refused(_("Tarkista vuosi: se on neljä numeroa, esimerkiksi 2027."), field=name, status=422)
    if plan.period_end < plan.period_start:
        raise Refused(_("Viimeinen vuosi ei voi olla ennen ensimmäistä."), field="period_end", status=422)
