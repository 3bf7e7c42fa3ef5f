"""Bodies and the days on which they meet."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lautta.common import clock
from lautta.common.problems import Refused
from lautta.decisions import rules
from lautta.decisions.actions import bodies as actions
from lautta.decisions.forms.bodies import BodyForm, MeetingsForm
from lautta.decisions.models import Body
from lautta.decisions.reading import bodies_of, meeting_of, next_meetings, organisations_without_bodies
from lautta.decisions.views.board import tabs
from lautta.decisions.views.pages import address, crumb, page, posted
from lautta.measures.reading import organisations_now
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.models import Plan

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@workspace
def bodies(request: WorkspaceRequest) -> HttpResponse:
    """Every body with its next meeting, by organisation."""
    plan = request.plan
    rows = list(bodies_of(plan))
    coming = next_meetings(rows)
    context = {
        "rows": [{"body": b, "next": coming.get(b.pk), "may_keep": rules.may_record(request.standing, b)} for b in rows],
        "tabs": tabs(plan, "bodies"), "may_add": rules.may_record_somewhere(request.standing),
        "may_propose": rules.may_freeze(request.standing),
        "lacking": organisations_without_bodies(plan).count(),
    }  # fmt: skip
    return page(request, "decisions/bodies.html", context)


def _offered(request: WorkspaceRequest) -> list[Organisation]:
    standing = request.standing
    if standing.can(Permission.RECORD_DECISIONS):
        return list(organisations_now(request.plan))
    return standing.organisations_where(Permission.RECORD_DECISIONS)


def _form(request: WorkspaceRequest, body: Body | None = None, **given) -> BodyForm:
    joint = request.standing.can(Permission.RECORD_DECISIONS)
    return BodyForm(posted(request), organisations=_offered(request), may_be_joint=joint, body=body, **given)


@GET_POST
@workspace
def body_new(request: WorkspaceRequest) -> HttpResponse:
    """A new body."""
    plan = request.plan
    demand(rules.may_record_somewhere(request.standing))
    form = _form(request)
    if request.method == "POST" and form.carry_out(
        actions.create_body, by=request.standing.actor(), plan=plan
    ):
        messages.success(request, _("Toimielin on lisätty. Lisää seuraavaksi sen kokouspäivät."))
        return redirect("decisions:body", plan_id=plan.public_id, body_id=form.result.public_id)
    crumbs = (crumb(plan), (_("Toimielimet"), address(plan, "bodies")), (_("Uusi toimielin"), None))
    return page(request, "decisions/body_new.html", {"form": form}, *crumbs)


@GET_POST
@workspace
def body(request: WorkspaceRequest, body_id: str) -> HttpResponse:
    """One body: its facts, and its meeting days."""
    plan, today = request.plan, clock.today()
    found = plan.bodies.select_related("organisation").filter(public_id=body_id).first()
    if found is None:
        raise Http404
    found.plan = plan
    demand(rules.may_record(request.standing, found))
    by = request.standing.actor(found.organisation)
    adds_days = request.method == "POST" and "days" in request.POST
    form = _form(request, found) if not adds_days else BodyForm(
        organisations=_offered(request), may_be_joint=request.standing.can(Permission.RECORD_DECISIONS), body=found
    )  # fmt: skip
    meetings = MeetingsForm(request.POST if adds_days else None)
    if adds_days and meetings.carry_out(actions.add_meetings, by=by, body=found):
        messages.success(request, _("Kokouspäivät on lisätty."))
        return redirect("decisions:body", plan_id=plan.public_id, body_id=body_id)
    if request.method == "POST" and not adds_days and form.carry_out(actions.update_body, by=by, body=found):
        messages.success(request, _("Toimielin on tallennettu."))
        return redirect("decisions:bodies", plan_id=plan.public_id)
    context = {
        "body": found, "form": form, "meetings_form": meetings,
        "coming": found.meetings.standing().filter(held_on__gte=today).in_order(),
        "past": found.meetings.standing().filter(held_on__lt=today).order_by("-held_on")[:12],
    }  # fmt: skip
    crumbs = (crumb(plan), (_("Toimielimet"), address(plan, "bodies")), (str(found.name), None))
    return page(request, "decisions/body.html", context, *crumbs)


@require_POST
@workspace
def propose(request: WorkspaceRequest) -> HttpResponse:
    """Add the usual bodies of every organisation that has none."""
    demand(rules.may_freeze(request.standing))
    made = actions.propose_bodies(by=request.standing.actor(), plan=request.plan)
    messages.success(request, _("Lisättiin %(n)s toimielintä. Muuta nimet omiksi.") % {"n": len(made)})
    return redirect("decisions:bodies", plan_id=request.plan.public_id)


@require_POST
@workspace
def meeting_cancel(request: WorkspaceRequest, meeting_id: str) -> HttpResponse:
    """The body does not meet on the day after all."""
    plan: Plan = request.plan
    meeting = meeting_of(plan, meeting_id)
    demand(rules.may_record(request.standing, meeting.body))
    try:
        actions.cancel_meeting(by=request.standing.actor(meeting.body.organisation), meeting=meeting)
        messages.success(request, _("Kokous on peruttu."))
    except Refused as problem:
        messages.error(request, problem.message)
    return redirect("decisions:body", plan_id=plan.public_id, body_id=meeting.body.public_id)
