"""The list of measures."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lautta.measures import reading, rules
from lautta.measures.presenters import filters, measures
from lautta.measures.reading import narrowed
from lautta.organisations.permissions import Permission
from lautta.plans.access import workspace

PAGE_SIZE = 75


@require_safe
@workspace
def measure_list(request: HttpRequest) -> HttpResponse:
    """Filters are links; a hundred rows a page; ten queries at any size."""
    plan, standing = request.plan, request.standing
    rounds, goals = list(plan.rounds.newest_first()), reading.goal_tree(plan)
    organisations = list(reading.organisations_ever(plan))
    chosen = filters.read(
        request.GET,
        rounds=rounds,
        goals=reading.main_goals(goals, also=request.GET.get("goal", "")),
        organisations=organisations,
        own=bool(standing.organisation_ids),
    )
    page = Paginator(narrowed(plan, standing, chosen, goals), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = measures.list_rows(
        page, reading.goals_of_years(page), goals, set(standing.organisation_ids), plan.public_id
    )
    context = {
        "page": page,
        "rows": rows,
        "groups": filters.groups(chosen, request.GET),
        "active": filters.active(chosen, request.GET),
        "any_rounds": bool(rounds),
        "may_add": standing.can_somewhere(Permission.EDIT_MEASURES),
        "may_manage": rules.may_manage_rounds(standing),
        "show_year": chosen["year"].chosen == "all",
    }
    return render(request, "measures/list.html", context)
