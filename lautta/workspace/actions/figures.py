"""Fetching figures, deciding on those that wait, and the yearly fetch: by the plan's coordinator or administrator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lautta.common import jobs
from lautta.common.actors import Actor
from lautta.common.audit import record
from lautta.common.models import Job
from lautta.common.problems import Refused
from lautta.common.text import fold
from lautta.common.translated import Translated
from lautta.indicators.actions import accept_held, refuse_held, set_schedule, start_fetch
from lautta.indicators.actions.catalogue import set_facts
from lautta.indicators.actions.population import start_population_fetch
from lautta.indicators.fetching_population import take_population_file
from lautta.indicators.files import take_file
from lautta.indicators.ingestors.population import Which
from lautta.indicators.ingestors.tables import FileMapping
from lautta.indicators.models import FetchEntry, FetchSchedule, Indicator, Vintage
from lautta.indicators.protecting import Limits
from lautta.organisations.permissions import Permission
from lautta.plans.access import require
from lautta.plans.models import Plan
from lautta.plans.standing import Standing
from lautta.workspace.figures import SOURCE, all_ids
from lautta.workspace.models import FiguresSeen

SUMMARISE = "figures_summaries"


def fetch_figures(*, by: Actor, plan: Plan, source_ids: Sequence[str]) -> Job:
    """Let the worker fetch these from Sotkanet. Refused when one is not among what the plan can fetch."""
    require(by, Permission.KEEP_FIGURES, plan=plan)
    known = set(all_ids(plan))
    if not source_ids or set(source_ids) - known:
        raise Refused(_("Valitse vähintään yksi mittari luettelosta."), field="ids", status=422)
    return start_fetch(by=by, source_ids=list(dict.fromkeys(source_ids)), scope=plan.public_id)


def fetch_people(*, by: Actor, plan: Plan) -> Job:
    """Let the worker fetch population by age and its official projection from Statistics Finland."""
    require(by, Permission.KEEP_FIGURES, plan=plan)
    return start_population_fetch(by=by, scope=plan.public_id)


@transaction.atomic
def take_people_file(*, by: Actor, plan: Plan, which: Which, filename: str, body: bytes) -> FetchEntry:
    """Take a file of population or of a projection in as the region's own; what pages say of it is reckoned behind the page.

    A file that does not hold gives a failed line and changes nothing else.
    """
    require(by, Permission.KEEP_FIGURES, plan=plan)
    entry = take_population_file(by=by, which=which, body=body, filename=filename, region=plan.region)
    if entry.outcome == FetchEntry.Outcome.NEW and entry.indicator is not None:
        summarise_later(by=by, plan=plan, indicator=entry.indicator)
    return entry


@transaction.atomic
def set_yearly_fetch(*, by: Actor, plan: Plan, month: int, day: int, is_active: bool) -> FetchSchedule:
    """One day a year for the installation: schedules of other days are put off, and what they fetched is fetched too."""
    require(by, Permission.KEEP_FIGURES, plan=plan)
    ids = all_ids(plan)
    for other in FetchSchedule.objects.select_for_update().filter(source=SOURCE):
        ids += other.source_ids
        if other.is_active and (other.month, other.day) != (month, day):
            set_schedule(
                by=by, source=SOURCE, month=other.month, day=other.day, source_ids=other.source_ids,
                base_address=other.base_address, is_active=False,
            )  # fmt: skip
    same = FetchSchedule.objects.filter(source=SOURCE, month=month, day=day).first()
    return set_schedule(
        by=by, source=SOURCE, month=month, day=day, source_ids=list(dict.fromkeys(ids)),
        base_address=same.base_address if same else "", is_active=is_active,
    )  # fmt: skip


@transaction.atomic
def accept_figures(*, by: Actor, plan: Plan, vintage: Vintage) -> None:
    """The waiting numbers come into use; what pages say of them is reckoned behind the page."""
    require(by, Permission.KEEP_FIGURES, plan=plan)
    accept_held(by=by, vintage=vintage)
    record(by=by, action="vintage.accept", target=vintage, scope=plan.public_id)
    summarise_later(by=by, plan=plan, indicator=vintage.indicator)


@transaction.atomic
def refuse_figures(*, by: Actor, plan: Plan, vintage: Vintage, reason: str) -> None:
    """The waiting numbers are never used; the reason stays in the plan's trail. Refused (422) without a reason."""
    require(by, Permission.KEEP_FIGURES, plan=plan)
    if not reason.strip():
        raise Refused(_("Kirjoita, miksi hylkäät tiedot."), field="reason", status=422)
    refuse_held(by=by, vintage=vintage)
    record(
        by=by, action="vintage.refuse", target=vintage, scope=plan.public_id,
        changes={"reason": (None, reason.strip()[:300])},
    )  # fmt: skip


@transaction.atomic
def propose_figures(*, by: Actor, plan: Plan, vintage: Vintage, accepts: bool, reason: str) -> None:
    """Tell the installation's keeper what the region would do; the decision is the keeper's. Refused (422) without a reason."""
    require(by, Permission.KEEP_FIGURES, plan=plan)
    if vintage.indicator.region_id not in (None, plan.region_id) or vintage.state != Vintage.State.WAITING:
        raise Refused(_("Näistä tiedoista on jo päätetty."))
    if not reason.strip():
        raise Refused(_("Kirjoita, miksi ehdotat tätä."), field="reason", status=422)
    record(
        by=by, action="vintage.propose", target=vintage, scope=plan.public_id,
        changes={"accept": (None, accepts), "reason": (None, reason.strip()[:300])},
    )  # fmt: skip


def summarise_later(*, by: Actor, plan: Plan, indicator: Indicator) -> Job:
    """Let the worker reckon what pages say of an indicator's numbers."""
    from lautta.workspace.tasks import summarise_figures

    require(by, Permission.KEEP_FIGURES, plan=plan)
    return jobs.start(
        by=by, scope=plan.public_id, kind=SUMMARISE, task=summarise_figures, input={"indicator": indicator.pk}
    )


@transaction.atomic
def take_own_file(
    *,
    by: Actor,
    plan: Plan,
    title: Translated,
    filename: str,
    body: bytes,
    mapping: FileMapping | None,
    kind: str,
    decimals: int,
    direction: str,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> FetchEntry:
    """Take a file in as the region's own indicator; the same Finnish title again makes its next vintage.

    What is under `limits` is hidden for good, with what would tell it. A file that does not hold gives a failed line and
    changes nothing else; one with less than before waits for a yes.
    """
    require(by, Permission.KEEP_FIGURES, plan=plan)
    entry = take_file(
        by=by, region=plan.region, name=fold(title.shown("fi").text)[:160], title=title, body=body,
        filename=filename, mapping=mapping, kind=kind, decimals=decimals, limits=limits,
    )  # fmt: skip
    if entry.outcome == FetchEntry.Outcome.FAILED or entry.indicator is None:
        return entry
    set_facts(
        by=by, indicator=entry.indicator, direction=direction, kind=kind, decimals=decimals,
        threshold=limits.threshold, least_respondents=limits.least_respondents,
    )  # fmt: skip
    if entry.outcome == FetchEntry.Outcome.NEW:
        summarise_later(by=by, plan=plan, indicator=entry.indicator)
    return entry


@transaction.atomic
def mark_moved_seen(*, by: Actor, plan: Plan, until: dt.datetime) -> FiguresSeen:
    """The person has looked at what moved before `until`; a later look is never made earlier."""
    if by.user is None or not isinstance(by.standing, Standing) or by.standing.plan.pk != plan.pk:
        raise PermissionDenied(f"no role in {plan.public_id}")
    until = min(until, timezone.now())
    row, is_new = FiguresSeen.objects.select_for_update().get_or_create(
        plan=plan, user=by.user, defaults={"seen_at": until}
    )
    if not is_new and row.seen_at >= until:
        return row
    row.seen_at = until
    row.save(update_fields=["seen_at"])
    record(by=by, action="indicator.look", target=plan, scope=plan.public_id)
    return row
