"""The board: what is on its way, what is in force where, and every version."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lautta.decisions import presenters, rules
from lautta.decisions.reading import force_rows, open_amendments, ways
from lautta.decisions.views.pages import address, page
from lautta.plans.access import WorkspaceRequest, workspace


def tabs(plan, current: str) -> list[dict]:
    names = {
        "board": _("Päätöspolut"), "matrix": _("Toimielimet ja versiot"), "amendments": _("Muutokset"), "bodies": _("Toimielimet"),
    }  # fmt: skip
    return [
        {"label": label, "url": address(plan, name), "current": name == current}
        for name, label in names.items()
    ]


@require_safe
@workspace
def board(request: WorkspaceRequest) -> HttpResponse:
    """What waits for a body, what is in force where and until when, and every version."""
    plan, standing = request.plan, request.standing
    versions = list(plan.versions.light().newest_first())
    found = ways([v for v in versions if v.withdrawn_on is None])
    under_way = [w for w in found if w.is_under_way]
    rows = force_rows(plan, found)
    return page(request, "decisions/board.html", {
        "under_way": under_way, "versions": versions, "rows": rows,
        "summary": presenters.force_summary(rows, standing.roles), "tabs": tabs(plan, "board"),
        "waiting": [w for w in found if not w.stops], "open_amendments": open_amendments(plan).count(),
        "may_freeze": rules.may_freeze(standing), "has_bodies": bool(versions) or plan.bodies.exists(),
    })  # fmt: skip


@require_safe
@workspace
def matrix(request: WorkspaceRequest) -> HttpResponse:
    """Every body across every version."""
    plan = request.plan
    found = [w for w in ways(list(plan.versions.standing().light().newest_first())) if w.stops]
    context = {"ways": found, "rows": presenters.matrix(found), "tabs": tabs(plan, "matrix")}
    return page(request, "decisions/matrix.html", context)
