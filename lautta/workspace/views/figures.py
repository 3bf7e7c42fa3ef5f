"""Figures and sources: what was fetched, what waits for a yes, and what moved."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lautta.common.problems import Refused
from lautta.indicators.access import may_decide
from lautta.indicators.models import Vintage
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.workspace import figures as reading
from lautta.workspace.actions import figures as actions
from lautta.workspace.figures_forms import FetchForm, ProposeForm, RefuseForm, ScheduleForm
from lautta.workspace.figures_moved import moves
from lautta.workspace.views.figures_moved import moved_texts


def _page(request: WorkspaceRequest, *, status: int = 200, **forms) -> HttpResponse:
    """The page of sources, with the forms as they were sent."""
    plan, kept = request.plan, reading.schedule()
    page = Paginator(reading.lines(plan), 50).get_page(request.GET.get("page"))
    reading.say_problems(page)
    about = (
        {"day": kept.day, "month": kept.month, "is_active": kept.is_active} if kept else {"is_active": True}
    )
    context = {
        "page": page,
        "moves": moves(plan),
        "texts": moved_texts(request),
        "waiting": reading.waiting(plan).count(),
        "schedule": kept,
        "people": reading.people_in_use(plan),
        "fetch_form": forms.get("fetch_form") or FetchForm(plan=plan),
        "decides": may_decide(request.standing.actor(), None),
        "schedule_form": forms.get("schedule_form") or ScheduleForm(initial=about),
    }
    return render(request, "workspace/figures.html", context, status=status)


@require_safe
@workspace
def sources(request: WorkspaceRequest) -> HttpResponse:
    """What moved, what waits, what came of the latest fetches, and the forms."""
    demand(request.standing.can(Permission.KEEP_FIGURES))
    return _page(request)


@require_POST
@workspace
def fetch(request: WorkspaceRequest) -> HttpResponse:
    """Start a fetch of what is ticked, or of everything."""
    demand(request.standing.can(Permission.KEEP_FIGURES))
    form = FetchForm(request.POST, plan=request.plan)
    if not form.is_valid():
        return _page(request, status=422, fetch_form=form)
    ids = reading.all_ids(request.plan) if "all" in request.POST else form.cleaned_data["ids"]
    try:
        job = actions.fetch_figures(by=request.standing.actor(), plan=request.plan, source_ids=ids)
    except Refused as problem:
        form.add_error(problem.field, problem.message)
        return _page(request, status=problem.status, fetch_form=form)
    return redirect("workspace:job", plan_id=request.plan.public_id, job_id=job.public_id)


@require_POST
@workspace
def schedule(request: WorkspaceRequest) -> HttpResponse:
    """Set the day of the yearly fetch, or put it off."""
    demand(request.standing.can(Permission.KEEP_FIGURES))
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422, schedule_form=form)
    actions.set_yearly_fetch(by=request.standing.actor(), plan=request.plan, **form.cleaned_data)
    messages.success(request, _("Vuosittainen haku on tallennettu."))
    return redirect("workspace:figures", plan_id=request.plan.public_id)


@require_safe
@workspace
def waiting(request: WorkspaceRequest) -> HttpResponse:
    """What waits for a yes: what is missing of each."""
    demand(request.standing.can(Permission.KEEP_FIGURES))
    page = Paginator(reading.waiting(request.plan), 20).get_page(request.GET.get("page"))
    reading.tell_what_is_missing(page)
    return render(request, "workspace/figures_waiting.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def decide(request: WorkspaceRequest, vintage_id: str) -> HttpResponse:
    """Take the waiting numbers into use, or refuse them with a reason."""
    demand(request.standing.can(Permission.KEEP_FIGURES))
    vintage = get_object_or_404(reading.waiting(request.plan), public_id=vintage_id)
    if not may_decide(request.standing.actor(), vintage.indicator.region):
        return _propose(request, vintage)
    accepts, by = "accept" in request.POST, request.standing.actor()
    form = RefuseForm(request.POST if request.method == "POST" and not accepts else None)
    try:
        if accepts:
            actions.accept_figures(by=by, plan=request.plan, vintage=vintage)
            messages.success(request, _("Tiedot on otettu käyttöön."))
            return redirect("workspace:figures_waiting", plan_id=request.plan.public_id)
        if form.is_valid():
            actions.refuse_figures(by=by, plan=request.plan, vintage=vintage, **form.cleaned_data)
            messages.success(request, _("Tiedot on hylätty. Aiemmat tiedot ovat edelleen käytössä."))
            return redirect("workspace:figures_waiting", plan_id=request.plan.public_id)
    except Refused as problem:
        messages.error(request, problem.message)
        return redirect("workspace:figures_waiting", plan_id=request.plan.public_id)
    reading.tell_what_is_missing([vintage])
    status = 422 if form.errors else 200
    return render(request, "workspace/figures_decide.html", {"vintage": vintage, "form": form}, status=status)


def _propose(request: WorkspaceRequest, vintage: Vintage) -> HttpResponse:
    """Where several regions share the figures: what this region would do, told to the installation's keeper."""
    form = ProposeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        by, accepts = request.standing.actor(), "accept" in request.POST
        actions.propose_figures(
            by=by, plan=request.plan, vintage=vintage, accepts=accepts, **form.cleaned_data
        )
        messages.success(request, _("Ehdotus on kirjattu. Asennuksen ylläpitäjä päättää."))
        return redirect("workspace:figures_waiting", plan_id=request.plan.public_id)
    reading.tell_what_is_missing([vintage])
    context = {"vintage": vintage, "form": form, "proposals": reading.proposals(request.plan, vintage)}
    return render(request, "workspace/figures_propose.html", context, status=422 if form.errors else 200)
