"""What the plan rests on: bibliography, participants, linked plans."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lautta.common.problems import Refused
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.actions import background as actions
from lautta.plans.actions.mirroring import link_plan, unlink_plan, update_linked_plan
from lautta.plans.forms.background import ConsentForm, LinkedPlanForm, ParticipantForm, SourceForm
from lautta.plans.rules import structure as rules
from lautta.plans.views.structure_pages import PER_PAGE, address, background_tabs, found, page, posted

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@workspace
def background(request: WorkspaceRequest) -> HttpResponse:
    """The bibliography, in its stored order."""
    plan = request.plan
    demand(request.standing.can(Permission.EDIT_PLAN))
    rows = plan.sources.annotate(cited=Count("citations")).order_by("sort_key", "pk")
    context = {
        "tabs": background_tabs(plan, "background"),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return page(request, "plans/sources.html", context)


@GET_POST
@workspace
def source(request: WorkspaceRequest, source_id: str | None = None) -> HttpResponse:
    """Add or edit an entry."""
    plan = request.plan
    demand(request.standing.can(Permission.EDIT_PLAN))
    entry = found(plan.sources, source_id) if source_id else None
    form = SourceForm(posted(request), source=entry)
    given = {"source": entry} if entry else {"plan": plan}
    action = actions.update_source if entry else actions.add_source
    if request.method == "POST" and form.carry_out(action, by=request.standing.actor(), **given):
        messages.success(request, _("Lähde on tallennettu."))
        return redirect("plans:background", plan_id=plan.public_id)
    back, title = address(plan, "background"), _("Muokkaa lähdettä") if entry else _("Uusi lähde")
    context = {"form": form, "title": title, "back": back}
    return page(request, "plans/structure_form.html", context, (_("Lähteet"), back), (title, None))


@require_POST
@workspace
def source_remove(request: WorkspaceRequest, source_id: str) -> HttpResponse:
    """Take an entry off, unless it is cited."""
    demand(request.standing.can(Permission.EDIT_PLAN))
    entry = found(request.plan.sources, source_id)
    return _done(
        request,
        "background",
        _("Lähde on poistettu."),
        actions.remove_source,
        by=request.standing.actor(),
        source=entry,
    )


@require_safe
@workspace
def participants(request: WorkspaceRequest) -> HttpResponse:
    """Who took part, and whether they may be named; coordinators alone see this."""
    plan = request.plan
    demand(rules.may_see_participants(request.standing))
    rows = plan.participants.select_related("organisation").in_name_order()
    context = {
        "tabs": background_tabs(plan, "participants"),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return page(request, "plans/participants.html", context)


@GET_POST
@workspace
def participant(request: WorkspaceRequest, participant_id: str | None = None) -> HttpResponse:
    """Add or edit an entry; consent is asked for on the same page once it is saved."""
    plan = request.plan
    demand(rules.may_see_participants(request.standing))
    entry = (
        found(plan.participants.select_related("organisation"), participant_id) if participant_id else None
    )
    form = ParticipantForm(posted(request), plan=plan, participant=entry)
    given = {"participant": entry} if entry else {"plan": plan}
    action = actions.update_participant if entry else actions.add_participant
    if request.method == "POST" and form.carry_out(action, by=request.standing.actor(), **given):
        messages.success(request, _("Osallistuja on tallennettu."))
        return redirect("plans:participant", plan_id=plan.public_id, participant_id=form.result.public_id)
    back, title = address(plan, "participants"), _("Osallistuja") if entry else _("Uusi osallistuja")
    context = {"form": form, "consent": ConsentForm(), "participant": entry, "title": title, "back": back}
    return page(request, "plans/participant.html", context, (_("Osallistujat"), back), (title, None))


@require_POST
@workspace
def participant_consent(request: WorkspaceRequest, participant_id: str) -> HttpResponse:
    """What the person answered when asked whether the name may be published."""
    plan = request.plan
    demand(rules.may_see_participants(request.standing))
    entry = found(plan.participants.select_related("organisation"), participant_id)
    consent = ConsentForm(request.POST)
    if consent.carry_out(actions.record_consent, by=request.standing.actor(), participant=entry):
        messages.success(request, _("Vastaus on kirjattu."))
        return redirect("plans:participants", plan_id=plan.public_id)
    form = ParticipantForm(plan=plan, participant=entry)
    back, title = address(plan, "participants"), _("Osallistuja")
    context = {"form": form, "consent": consent, "participant": entry, "title": title, "back": back}
    return page(request, "plans/participant.html", context, (_("Osallistujat"), back), (title, None))


@require_POST
@workspace
def participant_withdraw(request: WorkspaceRequest, participant_id: str) -> HttpResponse:
    """The person takes the consent back: the name goes at once."""
    demand(rules.may_see_participants(request.standing))
    entry = found(request.plan.participants, participant_id)
    return _done(
        request, "participants", _("Suostumus on peruttu ja nimi poistettu."), actions.withdraw_consent,
        by=request.standing.actor(), participant=entry,
    )  # fmt: skip


@require_POST
@workspace
def participant_remove(request: WorkspaceRequest, participant_id: str) -> HttpResponse:
    """Take an entry off that was added by mistake."""
    demand(rules.may_see_participants(request.standing))
    entry = found(request.plan.participants, participant_id)
    return _done(
        request, "participants", _("Rivi on poistettu."), actions.remove_participant,
        by=request.standing.actor(), participant=entry,
    )  # fmt: skip


@require_safe
@workspace
def linked_plans(request: WorkspaceRequest) -> HttpResponse:
    """Other plans that this one must agree with."""
    plan = request.plan
    demand(request.standing.can(Permission.EDIT_PLAN))
    rows = plan.linked_plans.select_related("organisation").prefetch_related("goals").order_by("kind", "pk")
    context = {
        "tabs": background_tabs(plan, "linked_plans"),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_edit": rules.may_edit_goals(request.standing),
    }
    return page(request, "plans/linked_plans.html", context)


@GET_POST
@workspace
def linked_plan(request: WorkspaceRequest, linked_id: str | None = None) -> HttpResponse:
    """Add or edit another plan and the goals that agree with it."""
    plan = request.plan
    demand(rules.may_edit_goals(request.standing))
    entry = found(plan.linked_plans.prefetch_related("goals"), linked_id) if linked_id else None
    form = LinkedPlanForm(posted(request), plan=plan, linked=entry)
    given = {"linked": entry} if entry else {"plan": plan}
    action = update_linked_plan if entry else link_plan
    if request.method == "POST" and form.carry_out(action, by=request.standing.actor(), **given):
        messages.success(request, _("Suunnitelma on tallennettu."))
        return redirect("plans:linked_plans", plan_id=plan.public_id)
    back, title = address(plan, "linked_plans"), _("Muokkaa suunnitelmaa") if entry else _("Uusi suunnitelma")
    context = {"form": form, "title": title, "back": back}
    return page(request, "plans/structure_form.html", context, (_("Muut suunnitelmat"), back), (title, None))


@require_POST
@workspace
def linked_plan_remove(request: WorkspaceRequest, linked_id: str) -> HttpResponse:
    """Take another plan off the list."""
    demand(rules.may_edit_goals(request.standing))
    entry = found(request.plan.linked_plans, linked_id)
    return _done(
        request, "linked_plans", _("Suunnitelma on poistettu luettelosta."), unlink_plan,
        by=request.standing.actor(), linked=entry,
    )  # fmt: skip


def _done(request: WorkspaceRequest, back: str, words: str, action, **given) -> HttpResponse:
    """Carry out a button's action and go back to the list; a refusal is told there."""
    try:
        action(**given)
    except Refused as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, words)
    return redirect(f"plans:{back}", plan_id=request.plan.public_id)
