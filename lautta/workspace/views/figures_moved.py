"""What moved in the joint indicators that one answers for, and the texts whose numbers it touches."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lautta.common import clock
from lautta.common.problems import Refused
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, workspace
from lautta.plans.figures.moves import MovedText, texts_of_moved
from lautta.plans.models import FigureReference
from lautta.plans.rules.chapters import can_edit_chapter
from lautta.workspace.actions.figures import mark_moved_seen
from lautta.workspace.figures_duties import duties_of
from lautta.workspace.figures_moved import moves


def moved_texts(request: WorkspaceRequest) -> list[MovedText]:
    """The texts that the person may edit, with how many of their numbers have moved."""
    found = FigureReference.objects.of_plan(request.plan).moved()
    return texts_of_moved(m for m in found if can_edit_chapter(request.standing, m.reference.chapter))


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def moved(request: WorkspaceRequest) -> HttpResponse:
    """Everything for the coordinator, else what the person's own organisations answer for. A POST says that it is seen."""
    if request.method == "POST":
        mark_moved_seen(by=request.standing.actor(), plan=request.plan, until=_until(request))
        messages.success(request, _("Merkitty katsotuksi. Kerromme, kun mittari muuttuu seuraavan kerran."))
        return redirect("workspace:my_work", plan_id=request.plan.public_id)
    sees_all = request.standing.can(Permission.EDIT_PLAN)
    context = {
        "moves": moves(request.plan, None if sees_all else request.standing.organisations),
        "texts": moved_texts(request),
        "waits": bool(duties_of(request.standing, clock.today())),
        "until": timezone.now().isoformat(),
    }
    return render(request, "workspace/figures_moved.html", context)


def _until(request: WorkspaceRequest) -> dt.datetime:
    try:
        until = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        until = None
    if until is None or timezone.is_naive(until):
        raise Refused(_("Lomake on vanhentunut. Avaa sivu uudelleen."), status=409)
    return until
