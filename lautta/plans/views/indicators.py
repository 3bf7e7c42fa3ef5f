"""What the region follows together: the list, choosing, changing, and what is left out with its reason."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lautta.common.problems import Refused
from lautta.organisations.permissions import Permission
from lautta.plans import minimum
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.actions import indicators as actions
from lautta.plans.forms.indicators import JointIndicatorForm, ReasonForm
from lautta.plans.indicator_reading import catalogue, newest_number, with_newest
from lautta.plans.models import FigureReference
from lautta.plans.views.structure_pages import (
    PER_PAGE,
    address,
    background_tabs,
    found,
    page,
    page_language,
    posted,
)

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def _crumb(plan) -> tuple[str, str]:
    return pgettext("sivun otsikko", "Mittarit"), address(plan, "indicators")


@require_safe
@workspace
def indicators(request: WorkspaceRequest) -> HttpResponse:
    """The joint indicators by goal, and the minimum list with what is undecided first."""
    plan = request.plan
    demand(request.standing.can(Permission.EDIT_PLAN))
    rows = Paginator(plan.joint_indicators.with_content().in_order(), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "tabs": background_tabs(plan, "indicators"), "page": rows, "rows": with_newest(plan, list(rows)),
        "moved": FigureReference.objects.of_plan(plan).moved(), "entries": minimum.minimum_states(plan),
    }  # fmt: skip
    return page(request, "plans/indicators.html", context)


@require_safe
@workspace
def indicator_choose(request: WorkspaceRequest) -> HttpResponse:
    """Search the catalogue by name; each result can be chosen."""
    plan = request.plan
    demand(request.standing.can(Permission.EDIT_PLAN))
    query = request.GET.get("q", "")[:200]
    results = Paginator(catalogue(plan, query), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "plans/indicator_choose.html",
        {"query": query, "page": results},
        _crumb(plan),
        (_("Valitse mittari"), None),
    )


@GET_POST
@workspace
def indicator_new(request: WorkspaceRequest, indicator_id: str) -> HttpResponse:
    """Follow an indicator of the catalogue."""
    plan = request.plan
    demand(request.standing.can(Permission.EDIT_PLAN))
    chosen = found(catalogue(plan), indicator_id)
    offered, language = newest_number(plan, chosen), page_language(plan)
    form = JointIndicatorForm(
        posted(request), plan=plan, indicator=chosen, offered=offered, language=language
    )
    given = {"by": request.standing.actor(), "plan": plan, "indicator": chosen}
    if request.method == "POST" and form.carry_out(actions.choose_indicator, **given):
        messages.success(request, _("Mittari on valittu."))
        return redirect("plans:indicators", plan_id=plan.public_id)
    context = {"form": form, "title": str(chosen.title), "back": address(plan, "indicators")}
    return page(request, "plans/structure_form.html", context, _crumb(plan), (context["title"], None))


@GET_POST
@workspace
def indicator(request: WorkspaceRequest, joint_id: str) -> HttpResponse:
    """Change a joint indicator."""
    plan = request.plan
    demand(request.standing.can(Permission.EDIT_PLAN))
    joint = found(plan.joint_indicators.with_content(), joint_id)
    form = JointIndicatorForm(
        posted(request), plan=plan, indicator=joint.indicator, joint=joint, language=page_language(plan)
    )
    if request.method == "POST" and form.carry_out(
        actions.change_joint_indicator, by=request.standing.actor(), joint=joint
    ):
        messages.success(request, _("Mittarin tiedot on tallennettu."))
        return redirect("plans:indicators", plan_id=plan.public_id)
    context = {"form": form, "title": str(joint.indicator.title), "back": address(plan, "indicators")}
    return page(request, "plans/structure_form.html", context, _crumb(plan), (context["title"], None))


@require_POST
@workspace
def indicator_move(request: WorkspaceRequest, joint_id: str) -> HttpResponse:
    """One step up or down within its goal."""
    plan = request.plan
    demand(request.standing.can(Permission.EDIT_PLAN))
    joint = found(plan.joint_indicators, joint_id)
    try:
        step = -1 if request.POST.get("to") == "up" else 1
        actions.move_joint_indicator(by=request.standing.actor(), joint=joint, step=step)
    except Refused as problem:
        messages.error(request, str(problem.message))
    return redirect("plans:indicators", plan_id=plan.public_id)


@GET_POST
@workspace
def indicator_remove(request: WorkspaceRequest, joint_id: str) -> HttpResponse:
    """Stop following it; the reason is kept, and shown where the minimum list has it."""
    plan = request.plan
    demand(request.standing.can(Permission.EDIT_PLAN))
    joint = found(plan.joint_indicators.with_content(), joint_id)
    form = ReasonForm(posted(request), language=page_language(plan))
    given = {"by": request.standing.actor(), "joint": joint}
    if request.method == "POST" and form.carry_out(actions.remove_joint_indicator, **given):
        messages.success(request, _("Mittaria ei enää seurata."))
        return redirect("plans:indicators", plan_id=plan.public_id)
    title = _("Lopeta mittarin seuraaminen: %(title)s") % {"title": joint.indicator.title}
    context = {
        "form": form, "title": title, "back": address(plan, "indicators"), "danger": True,
        "submit": _("Lopeta seuraaminen"),
    }  # fmt: skip
    return page(request, "plans/structure_form.html", context, _crumb(plan), (title, None))


@GET_POST
@workspace
def indicator_leave_out(request: WorkspaceRequest, code: str) -> HttpResponse:
    """State why an entry of the minimum list is not followed."""
    plan = request.plan
    demand(request.standing.can(Permission.EDIT_PLAN))
    if (entry := minimum.entry_of(code)) is None:
        raise Http404
    row = plan.left_out_indicators.filter(code=code).first()
    form = ReasonForm(posted(request), before=row.reason if row else None, language=page_language(plan))
    given = {"by": request.standing.actor(), "plan": plan, "code": code}
    if request.method == "POST" and form.carry_out(actions.leave_out, **given):
        messages.success(request, _("Perustelu on tallennettu."))
        return redirect("plans:indicators", plan_id=plan.public_id)
    title = _("Jätä pois: %(title)s") % {"title": entry.title}
    context = {"form": form, "title": title, "back": address(plan, "indicators")}
    return page(request, "plans/structure_form.html", context, _crumb(plan), (title, None))


@require_POST
@workspace
def indicator_take_back(request: WorkspaceRequest, code: str) -> HttpResponse:
    """An entry that was left out is undecided again."""
    plan = request.plan
    demand(request.standing.can(Permission.EDIT_PLAN))
    row = plan.left_out_indicators.filter(code=code).first()
    if row is None:
        raise Http404
    actions.take_back(by=request.standing.actor(), left_out=row)
    return redirect("plans:indicators", plan_id=plan.public_id)
