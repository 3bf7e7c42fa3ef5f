"""Assessments on the pages of versions and decisions: tied, taken off, and told what was decided."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lautta.decisions import presenters, rules
from lautta.decisions.actions.assessed import link_assessment, tell_assessment, unlink_assessment
from lautta.decisions.forms.assessed import LinkForm, OutcomeForm
from lautta.decisions.models import AssessmentLink
from lautta.decisions.reading import decision_of, version_of
from lautta.decisions.reading_assessed import assessments_to_link, link_of
from lautta.decisions.views.pages import address, crumb, page, posted
from lautta.plans.access import WorkspaceRequest, demand, workspace

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_POST
@workspace
def link_to_version(request: WorkspaceRequest, version_id: str) -> HttpResponse:
    """Tie an assessment to the whole version."""
    plan, standing = request.plan, request.standing
    demand(rules.may_freeze(standing))
    version = version_of(plan, version_id)
    form = LinkForm(posted(request), assessments=assessments_to_link(version, standing))
    back = address(plan, "version", version_id=version_id)
    if request.method == "POST" and form.carry_out(link_assessment, by=standing.actor(), version=version):
        messages.success(request, _("Arviointi on liitetty."))
        return redirect(back)
    title = presenters.title_of(version)
    context = {"form": form, "eyebrow": title, "back": back}
    crumbs = crumb(plan), (title, back), (_("Liitä arviointi"), None)
    return page(request, "decisions/assessment_link.html", context, *crumbs)


@GET_POST
@workspace
def link_to_decision(request: WorkspaceRequest, decision_id: str) -> HttpResponse:
    """Tie an assessment to what a body decided."""
    plan, standing = request.plan, request.standing
    decision = decision_of(plan, decision_id)
    station = decision.station
    demand(rules.may_record(standing, station.body))
    form = LinkForm(posted(request), assessments=assessments_to_link(station.version, standing, decision))
    back = address(plan, "station", station_id=station.public_id)
    by = standing.actor(station.body.organisation)
    given = {"version": station.version, "decision": decision}
    if request.method == "POST" and form.carry_out(link_assessment, by=by, **given):
        messages.success(request, _("Arviointi on liitetty."))
        return redirect(back)
    context = {"form": form, "eyebrow": f"{station.body.name}: {decision}", "back": back}
    crumbs = crumb(plan), (str(station.body.name), back), (_("Liitä arviointi"), None)
    return page(request, "decisions/assessment_link.html", context, *crumbs)


def _place(link: AssessmentLink) -> tuple[str, str]:
    """Name and address of the page that the tie stands on."""
    plan = link.version.plan
    if link.decision is None:
        return presenters.title_of(link.version), address(plan, "version", version_id=link.version.public_id)
    station = link.decision.station
    return str(station.body.name), address(plan, "station", station_id=station.public_id)


@require_POST
@workspace
def unlink(request: WorkspaceRequest, link_id: str) -> HttpResponse:
    """Take the tie away."""
    link = link_of(request.plan, request.standing, link_id)
    demand(rules.may_link(request.standing, link))
    organisation = link.decision.station.body.organisation if link.decision else None
    unlink_assessment(by=request.standing.actor(organisation), link=link)
    messages.success(request, _("Arviointi ei ole enää liitettynä."))
    return redirect(_place(link)[1])


@GET_POST
@workspace
def outcome(request: WorkspaceRequest, link_id: str) -> HttpResponse:
    """What the body's decision meant for the assessment."""
    link = link_of(request.plan, request.standing, link_id)
    demand(rules.may_tell(request.standing, link))
    form, place = OutcomeForm(posted(request), assessment=link.assessment), _place(link)
    by = request.standing.actor(link.assessment.organisation)
    if request.method == "POST" and form.carry_out(tell_assessment, by=by, link=link):
        messages.success(request, _("Päätös on kirjattu arviointiin."))
        return redirect(place[1])
    context = {"form": form, "link": link, "back": place[1]}
    crumbs = crumb(request.plan), place, (_("Arvioinnin päätös"), None)
    return page(request, "decisions/assessment_outcome.html", context, *crumbs)
