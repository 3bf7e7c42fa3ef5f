"""The mirroring surface: goals against frameworks and other plans, with the gaps both ways."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.actions.mirroring import set_goal_mirroring
from lautta.plans.forms.mirroring import MirroringForm
from lautta.plans.frameworks import frameworks
from lautta.plans.goal_reading import goal_tree, mirror_of_framework, mirror_of_linked_plans
from lautta.plans.rules import structure as rules
from lautta.plans.views.structure_pages import address, found, goal_tabs, page, posted

LINKED = "linked_plans"


@require_safe
@workspace
def mirroring(request: WorkspaceRequest) -> HttpResponse:
    """One framework at a time (`?framework=`), or the linked plans."""
    plan, every = request.plan, frameworks()
    chosen = request.GET.get("framework", next(iter(every)))
    if chosen != LINKED and chosen not in every:
        raise Http404
    tops = goal_tree(plan, every)
    if chosen == LINKED:
        framework, linked = (
            None,
            list(plan.linked_plans.select_related("organisation").order_by("kind", "pk")),
        )
        mirror = mirror_of_linked_plans(tops, linked)
    else:
        framework = every[chosen]
        mirror = mirror_of_framework(tops, framework)
    here = address(plan, "mirroring")
    choices = [*((f.code, f.title) for f in every.values()), (LINKED, _("Muut suunnitelmat"))]
    return page(request, "plans/mirroring.html", {
        "tabs": goal_tabs(plan, "mirroring"), "framework": framework, "mirror": mirror, "linked_code": LINKED,
        "choices": [{"label": t, "url": f"{here}?framework={c}", "current": c == chosen} for c, t in choices],
        "may_edit": rules.may_edit_goals(request.standing),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def mirroring_edit(request: WorkspaceRequest, goal_id: str, framework: str) -> HttpResponse:
    """Which items of the framework this goal answers to."""
    plan = request.plan
    demand(rules.may_edit_goals(request.standing))
    goal = found(plan.goals.current().prefetch_related("mirrorings"), goal_id)
    if framework not in frameworks():
        raise Http404
    chosen = frameworks()[framework]
    form = MirroringForm(posted(request), goal=goal, framework=chosen)
    if request.method == "POST" and form.carry_out(
        set_goal_mirroring, by=request.standing.actor(), goal=goal, framework=framework
    ):
        messages.success(request, _("Vastineet on tallennettu."))
        return redirect(f"{address(plan, 'mirroring')}?framework={framework}")
    back = f"{address(plan, 'mirroring')}?framework={framework}"
    context = {"form": form, "goal": goal, "framework": chosen, "back": back}
    return page(
        request,
        "plans/mirroring_edit.html",
        context,
        (_("Peilauspinta"), back),
        (f"{goal}: {chosen.title}", None),
    )
