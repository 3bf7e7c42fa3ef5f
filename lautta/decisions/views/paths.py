"""Laying the way, planning a station, recording and correcting decisions, answering changes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lautta.common.problems import Refused
from lautta.decisions import presenters, rules
from lautta.decisions.actions import decisions as actions
from lautta.decisions.actions.amendments import answer_amendment
from lautta.decisions.actions.paths import lay_path, plan_station, remove_station
from lautta.decisions.forms.decisions import AnswerForm, CorrectForm, DecisionForm, ForceForm
from lautta.decisions.forms.paths import PathForm, StationForm
from lautta.decisions.freezing import opened
from lautta.decisions.models import Station
from lautta.decisions.presenters_assessed import at as links_at
from lautta.decisions.reading import (
    amendment_of,
    answered_amendments,
    bodies_of,
    decision_of,
    decisions_at,
    newer_before,
    open_amendments,
    station_of,
    version_of,
    way_of,
)
from lautta.decisions.targets import target_label
from lautta.decisions.views.board import tabs
from lautta.decisions.views.pages import address, crumb, page, posted
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.models import Plan

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_POST
@workspace
def path(request: WorkspaceRequest, version_id: str) -> HttpResponse:
    """Who handles the version, and what each is asked."""
    plan = request.plan
    demand(rules.may_freeze(request.standing))
    version = version_of(plan, version_id)
    on = set(version.stations.values_list("body_id", flat=True))
    form = PathForm(posted(request), bodies=bodies_of(plan), on=on)
    if request.method == "POST" and form.carry_out(lay_path, by=request.standing.actor(), version=version):
        messages.success(request, _("Päätöspolku on tallennettu."))
        return redirect("decisions:version", plan_id=plan.public_id, version_id=version_id)
    title = presenters.title_of(version)
    crumbs = (crumb(plan), (title, address(plan, "version", version_id=version_id)), (_("Päätöspolku"), None))
    return page(request, "decisions/path.html", {"form": form, "version": version}, *crumbs)


@GET_POST
@workspace
def station(request: WorkspaceRequest, station_id: str) -> HttpResponse:
    """One body's part: record what it decided, see what it decided before."""
    plan = request.plan
    found = station_of(plan, station_id)
    stop = next(s for s in way_of(found.version).stops if s.station.pk == found.pk)
    may_record, newer = rules.may_record(request.standing, found.body), newer_before(found)
    form, is_open = None, stop.is_open and newer is None and found.version.withdrawn_on is None
    if may_record and (is_open or request.method == "POST"):
        form = DecisionForm(posted(request), station=found, document=opened(found.version))
    if request.method == "POST":
        demand(may_record)
        by = request.standing.actor(found.body.organisation)
        if not form.asks_for_more and form.carry_out(actions.record_decision, by=by, station=found):
            messages.success(request, _("Päätös on kirjattu."))
            return redirect("decisions:version", plan_id=plan.public_id, version_id=found.version.public_id)
    decisions = decisions_at(found)
    context = {
        "station": found, "stop": stop, "mark": presenters.mark_of(stop), "form": form, "may_record": may_record,
        "decisions": decisions, "newer": newer, "links": links_at(request.standing, found),
        "asked_for_more": form is not None and form.asks_for_more,
        "may_plan": may_record and newer is None and (stop.decision is None or stop.is_open),
        "may_remove": rules.may_freeze(request.standing) and not decisions,
    }  # fmt: skip
    return page(request, "decisions/station.html", context, *_station_crumbs(plan, found))


def _station_crumbs(
    plan: Plan, found: Station, *more: tuple[str, str | None]
) -> list[tuple[str, str | None]]:
    version = found.version
    own = address(plan, "station", station_id=found.public_id) if more else None
    title = presenters.title_of(version), address(plan, "version", version_id=version.public_id)
    return [crumb(plan), title, (str(found.body.name), own), *more]


@GET_POST
@workspace
def station_plan(request: WorkspaceRequest, station_id: str) -> HttpResponse:
    """The meeting, the last day and the case number."""
    plan = request.plan
    found = station_of(plan, station_id)
    demand(rules.may_record(request.standing, found.body))
    form = StationForm(posted(request), station=found, meetings=found.body.meetings.standing().in_order())
    by = request.standing.actor(found.body.organisation)
    if request.method == "POST" and form.carry_out(plan_station, by=by, station=found):
        messages.success(request, _("Käsittelyn aika on tallennettu."))
        return redirect("decisions:version", plan_id=plan.public_id, version_id=found.version.public_id)
    crumbs = _station_crumbs(plan, found, (_("Käsittelyn aika"), None))
    return page(request, "decisions/station_plan.html", {"form": form, "station": found}, *crumbs)


@require_POST
@workspace
def station_remove(request: WorkspaceRequest, station_id: str) -> HttpResponse:
    """Take the body off the way."""
    demand(rules.may_freeze(request.standing))
    found = station_of(request.plan, station_id)
    try:
        remove_station(by=request.standing.actor(), station=found)
        messages.success(request, _("Toimielin on otettu pois polulta."))
    except Refused as problem:
        messages.error(request, problem.message)
    return redirect("decisions:version", plan_id=request.plan.public_id, version_id=found.version.public_id)


@GET_POST
@workspace
def correct(request: WorkspaceRequest, decision_id: str) -> HttpResponse:
    """Replace what was recorded wrongly; both stay."""
    plan = request.plan
    decision = decision_of(plan, decision_id)
    found = decision.station
    demand(rules.may_record(request.standing, found.body))
    form = CorrectForm(posted(request), station=found, document=opened(found.version), decision=decision)
    by = request.standing.actor(found.body.organisation)
    asked = form.asks_for_more
    if (
        request.method == "POST"
        and not asked
        and form.carry_out(actions.correct_decision, by=by, decision=decision)
    ):
        messages.success(request, _("Kirjaus on korjattu. Aiempi jää näkyviin."))
        return redirect("decisions:station", plan_id=plan.public_id, station_id=found.public_id)
    context = {"form": form, "station": found, "decision": decision, "asked_for_more": asked}
    crumbs = _station_crumbs(plan, found, (_("Korjaa kirjaus"), None))
    return page(request, "decisions/correct.html", context, *crumbs)


@GET_POST
@workspace
def force(request: WorkspaceRequest, decision_id: str) -> HttpResponse:
    """The decision has legal force from a day."""
    plan = request.plan
    decision = decision_of(plan, decision_id)
    found = decision.station
    demand(rules.may_record(request.standing, found.body))
    form = ForceForm(posted(request))
    by = request.standing.actor(found.body.organisation)
    if request.method == "POST" and form.carry_out(actions.set_legal_force, by=by, decision=decision):
        messages.success(request, _("Päätös on merkitty lainvoimaiseksi."))
        return redirect("decisions:station", plan_id=plan.public_id, station_id=found.public_id)
    crumbs = _station_crumbs(plan, found, (_("Lainvoima"), None))
    return page(
        request, "decisions/force.html", {"form": form, "station": found, "decision": decision}, *crumbs
    )


@require_safe
@workspace
def amendments(request: WorkspaceRequest) -> HttpResponse:
    """Changes that bodies asked for: what waits for an answer, and what has been answered."""
    plan = request.plan
    answered = answered_amendments(plan)
    context = {
        "waiting": open_amendments(plan), "answered": answered[:60], "tabs": tabs(plan, "amendments"),
        "may_answer": rules.may_freeze(request.standing),
    }  # fmt: skip
    return page(request, "decisions/amendments.html", context)


@GET_POST
@workspace
def amendment(request: WorkspaceRequest, amendment_id: str) -> HttpResponse:
    """Answer one change."""
    plan = request.plan
    demand(rules.may_freeze(request.standing))
    found = amendment_of(plan, amendment_id)
    initial: dict[str, Any] = {"seen": found.row_version}
    if found.state != "open":
        initial |= {"accepted": "yes" if found.state == "accepted" else "no", "answer": str(found.answer)}
    form = AnswerForm(posted(request), initial=initial)
    by = request.standing.actor()
    if request.method == "POST" and form.carry_out(answer_amendment, by=by, amendment=found):
        messages.success(request, _("Vastaus on tallennettu."))
        return redirect("decisions:amendments", plan_id=plan.public_id)
    place = target_label(opened(found.decision.station.version), found.target_kind, found.target_id)
    crumbs = (crumb(plan), (_("Muutokset"), address(plan, "amendments")), (_("Vastaa"), None))
    return page(
        request, "decisions/amendment.html", {"form": form, "amendment": found, "place": place}, *crumbs
    )
