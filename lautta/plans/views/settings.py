"""The plan's own settings: texts, period, phase, organiser, publication."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lautta.common.problems import Refused
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.actions import plan as actions
from lautta.plans.forms.settings import OrganiserForm, PeriodForm, PlanTextsForm
from lautta.plans.models import Plan
from lautta.plans.rules import structure as rules
from lautta.plans.views.structure_pages import background_tabs, content_language, language_tabs, page, posted

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_POST
@workspace
def settings(request: WorkspaceRequest, language: str | None = None) -> HttpResponse:
    """Everything of the plan itself on one page; the texts are saved here, one language at a time."""
    plan = request.plan
    demand(request.standing.can(Permission.EDIT_PLAN))
    language = content_language(plan, language, plan.title.source)
    form = PlanTextsForm(posted(request), plan=plan, language=language)
    if request.method == "POST" and form.carry_out(
        actions.update_plan, by=request.standing.actor(), plan=plan
    ):
        messages.success(request, _("Tekstit on tallennettu."))
        return redirect("plans:settings", plan_id=plan.public_id, language=language)
    return _settings_page(request, language, form=form)


@require_POST
@workspace
def period(request: WorkspaceRequest) -> HttpResponse:
    """First and last year."""
    demand(request.standing.can(Permission.EDIT_PLAN))
    form = PeriodForm(request.POST, plan=request.plan)
    if form.carry_out(actions.update_plan, by=request.standing.actor(), plan=request.plan):
        messages.success(request, _("Suunnitelmakausi on tallennettu."))
        return redirect("plans:settings", plan_id=request.plan.public_id)
    return _settings_page(request, None, period=form)


@require_POST
@workspace
def organiser(request: WorkspaceRequest) -> HttpResponse:
    """Accountability moves to another organisation of the plan."""
    demand(request.standing.can(Permission.PUBLISH_PLAN))
    form = OrganiserForm(request.POST, plan=request.plan)
    if form.carry_out(actions.set_organiser, by=request.standing.actor(), plan=request.plan):
        messages.success(request, _("Järjestämisvastuu on kirjattu."))
        return redirect("plans:settings", plan_id=request.plan.public_id)
    return _settings_page(request, None, organiser=form)


@require_POST
@workspace
def phase(request: WorkspaceRequest) -> HttpResponse:
    """To the next phase."""
    demand(request.standing.can(Permission.PUBLISH_PLAN))
    return _done(
        request, actions.set_phase, _("Suunnitelman vaihe on vaihdettu."), phase=request.POST.get("phase", "")
    )


@require_POST
@workspace
def publish(request: WorkspaceRequest) -> HttpResponse:
    """Open the public site."""
    demand(request.standing.can(Permission.PUBLISH_PLAN))
    return _done(request, actions.publish_plan, _("Suunnitelman julkiset sivut ovat nyt auki."))


def _done(request: WorkspaceRequest, action, words: str, **given) -> HttpResponse:
    try:
        action(by=request.standing.actor(), plan=request.plan, **given)
    except Refused as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, words)
    return redirect("plans:settings", plan_id=request.plan.public_id)


def _settings_page(request: WorkspaceRequest, language: str | None, **forms) -> HttpResponse:
    plan = request.plan
    language = content_language(plan, language, plan.title.source)
    context = {
        "tabs": background_tabs(plan, "settings"), "language": language,
        "languages": language_tabs(plan, "settings", language, plan.title.source),
        "form": PlanTextsForm(plan=plan, language=language), "period": PeriodForm(plan=plan),
        "organiser": OrganiserForm(plan=plan), **forms,
        "periods": plan.organiser_periods.select_related("organisation").order_by("-started_on"),
        "next_phases": [(code, Plan.Phase(code).label) for code in sorted(rules.next_phases(plan))],
        "steps": _steps(plan), "may_publish": request.standing.can(Permission.PUBLISH_PLAN),
    }  # fmt: skip
    return page(request, "plans/settings.html", context)


def _steps(plan: Plan) -> list[dict[str, object]]:
    """Where the plan is on its way."""
    order = Plan.Phase.values
    here = order.index(plan.phase)
    return [
        {"label": Plan.Phase(code).label, "state": "now" if n == here else ("done" if n < here else "ahead")}
        for n, code in enumerate(order)
    ]
