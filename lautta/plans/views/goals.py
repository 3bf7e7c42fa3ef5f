"""The goal tree and its forms."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lautta.common.drafts import drop_draft, initial_from_draft, stored_draft
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.actions import goals as actions
from lautta.plans.forms.goals import CriteriaForm, EndGoalForm, GoalForm
from lautta.plans.frameworks import frameworks
from lautta.plans.goal_reading import goal_tree, lacks_of
from lautta.plans.models import Goal
from lautta.plans.rules import structure as rules
from lautta.plans.views.structure_pages import (
    address,
    content_language,
    found,
    goal_tabs,
    language_tabs,
    page,
    page_language,
    posted,
)

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def _crumb(plan) -> tuple[str, str]:
    return _("Tavoitteet"), address(plan, "goals")


@require_safe
@workspace
def goals(request: WorkspaceRequest) -> HttpResponse:
    """The tree, and what each goal lacks."""
    plan, standing = request.plan, request.standing
    tops = goal_tree(plan, frameworks())
    every = [branch for top in tops for branch in top.walk]
    ended = plan.goals.filter(ended_at__isnull=False).order_by("-ended_at", "pk")
    return page(request, "plans/goals.html", {
        "tops": tops, "count": len(every), "lacking": sum(bool(b.lacks) for b in every), "ended": ended,
        "has_cross_cutting": any(b.goal.kind == Goal.Kind.CROSS_CUTTING for b in tops),
        "may_edit": rules.may_edit_goals(standing), "may_publish": rules.may_publish_goals(standing),
        "tabs": goal_tabs(plan, "goals"),
    })  # fmt: skip


@GET_POST
@workspace
def goal_new(request: WorkspaceRequest) -> HttpResponse:
    """A new goal; its kind and the goal above it come in the address."""
    plan = request.plan
    demand(rules.may_edit_goals(request.standing))
    kind = request.GET.get("kind", Goal.Kind.MAIN)
    kind = kind if kind in Goal.Kind.values else Goal.Kind.MAIN
    language = page_language(plan)
    form = GoalForm(
        posted(request),
        plan=plan,
        kind=kind,
        language=language,
        initial={"parent": request.GET.get("parent", "")},
    )
    if request.method == "POST" and form.carry_out(
        actions.create_goal, by=request.standing.actor(), plan=plan, kind=kind
    ):
        messages.success(
            request, _("Tavoite on lisätty luonnoksena. Se näkyy julkisesti, kun julkaiset sen.")
        )
        return redirect("plans:goal_edit", plan_id=plan.public_id, goal_id=form.result.public_id)
    context = {"form": form, "kind_label": Goal.Kind(kind).label, "language": language}
    return page(request, "plans/goal_new.html", context, _crumb(plan), (_("Uusi tavoite"), None))


@GET_POST
@workspace
def goal_edit(request: WorkspaceRequest, goal_id: str, language: str | None = None) -> HttpResponse:
    """One goal in one content language, the source text beside it; two savers see each other's changes."""
    plan = request.plan
    demand(rules.may_edit_goals(request.standing))
    goal = found(plan.goals.with_content().select_related("parent", "predecessor", "owner"), goal_id)
    goal.plan = plan
    language = content_language(plan, language, goal.title.source)
    key, by = f"goal:{goal.public_id}:{language}", request.standing.actor()
    draft = stored_draft(request.user, key) if request.method != "POST" else None
    form = GoalForm(posted(request), plan=plan, kind=goal.kind, language=language, goal=goal)
    if draft:
        form = GoalForm(
            plan=plan,
            kind=goal.kind,
            language=language,
            goal=goal,
            initial=initial_from_draft(form, draft.fields),
        )
    if request.method == "POST" and form.carry_out(actions.update_goal, by=by, goal=goal):
        drop_draft(by=by, key=key)
        messages.success(request, _("Tavoite on tallennettu."))
        return redirect("plans:goal_edit", plan_id=plan.public_id, goal_id=goal_id, language=language)
    return page(
        request,
        "plans/goal_edit.html",
        {
            "form": form,
            "goal": goal,
            "language": language,
            "draft_key": key,
            "draft_at": draft and draft.updated_at,
            "draft_url": request.path,
            "lacks": lacks_of(goal, plan, frameworks()),
            "may_publish": rules.may_publish_goals(request.standing),
            "languages": language_tabs(plan, "goal_edit", language, goal.title.source, goal_id=goal_id),
        },
        _crumb(plan),
        (str(goal), None),
    )


@GET_POST
@workspace
def goal_criteria(request: WorkspaceRequest, goal_id: str, language: str | None = None) -> HttpResponse:
    """The target state sentence by sentence; rows are added, moved and removed by buttons of the form."""
    plan = request.plan
    demand(rules.may_edit_goals(request.standing))
    goal = found(plan.goals.prefetch_related("criteria"), goal_id)
    goal.plan = plan
    language = content_language(plan, language, goal.title.source)
    form = CriteriaForm(posted(request), goal=goal, language=language)
    pressed = request.method == "POST" and form.press()
    if (
        request.method == "POST"
        and not pressed
        and form.carry_out(actions.set_criteria, by=request.standing.actor(), goal=goal)
    ):
        messages.success(request, _("Kriteerit on tallennettu."))
        return redirect("plans:goal_criteria", plan_id=plan.public_id, goal_id=goal_id, language=language)
    crumbs = (_crumb(plan), (str(goal), address(plan, "goal_edit", goal_id=goal_id)), (_("Kriteerit"), None))
    return page(request, "plans/goal_criteria.html", {
        "form": form, "goal": goal, "language": language, "pressed": pressed,
        "languages": language_tabs(plan, "goal_criteria", language, goal.title.source, goal_id=goal_id),
    }, *crumbs)  # fmt: skip


@require_POST
@workspace
def goal_publish(request: WorkspaceRequest, goal_id: str) -> HttpResponse:
    """Show the goal in public."""
    demand(request.standing.can(Permission.PUBLISH_PLAN))
    goal = found(request.plan.goals, goal_id)
    actions.publish_goal(by=request.standing.actor(), goal=goal)
    messages.success(request, _("Tavoite on julkaistu."))
    return redirect("plans:goals", plan_id=request.plan.public_id)


@require_POST
@workspace
def goal_move(request: WorkspaceRequest, goal_id: str) -> HttpResponse:
    """One step up or down among its siblings."""
    demand(rules.may_edit_goals(request.standing))
    goal = found(request.plan.goals, goal_id)
    step = -1 if request.POST.get("direction") == "up" else 1
    actions.shift_goal(by=request.standing.actor(), goal=goal, step=step)
    return redirect(f"{address(request.plan, 'goals')}#goal-{goal.public_id}")


@GET_POST
@workspace
def goal_end(request: WorkspaceRequest, goal_id: str) -> HttpResponse:
    """End a goal, with the reason."""
    plan = request.plan
    demand(rules.may_edit_goals(request.standing))
    goal = found(plan.goals, goal_id)
    form = EndGoalForm(posted(request))
    if request.method == "POST" and form.carry_out(actions.end_goal, by=request.standing.actor(), goal=goal):
        messages.success(request, _("Tavoite on päätetty. Se jää historiaan."))
        return redirect("plans:goals", plan_id=plan.public_id)
    crumbs = (
        _crumb(plan),
        (str(goal), address(plan, "goal_edit", goal_id=goal_id)),
        (_("Päätä tavoite"), None),
    )
    return page(request, "plans/goal_end.html", {"form": form, "goal": goal}, *crumbs)
