"""Partners' promises in the workspace."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lautta.common import clock
from lautta.network import actions, rules
from lautta.network.actions.commitments import NEXT
from lautta.network.forms.centres import CommitmentForm, MoveForm
from lautta.network.models import Commitment
from lautta.network.presenters.tabs import chips, tabs
from lautta.network.reading import commitments_of, people_with
from lautta.network.views.services import GET_POST, within
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace

PER_PAGE = 40


@require_safe
@workspace
def commitment_list(request: WorkspaceRequest) -> HttpResponse:
    """Everybody's promises, the nearest day first."""
    within(request)
    state = request.GET.get("state", "")
    rows = commitments_of(request.plan)
    if state in Commitment.State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "today": clock.today(), "states": chips(request.path, "state", Commitment.State.choices, state),
        "items": [{"row": r, "may_change": rules.may_change_commitment(request.standing, r)} for r in page],
        "may_promise": request.standing.can_somewhere(Permission.PROMISE),
        "tabs": tabs(request.plan.public_id, "commitments"),
    }  # fmt: skip
    return render(request, "network/commitments.html", context)


@GET_POST
@workspace
def commitment_new(request: WorkspaceRequest) -> HttpResponse:
    standing = request.standing
    demand(standing.can_somewhere(Permission.PROMISE))
    organisations = Organisation.objects.of_plan(request.plan)
    if not standing.can(Permission.PROMISE):
        organisations = organisations.filter(
            pk__in=[o.pk for o in standing.organisations_where(Permission.PROMISE)]
        )
    people = people_with(request.plan, organisations=organisations.values_list("pk", flat=True))
    form = CommitmentForm(
        request.POST if request.method == "POST" else None, organisations=organisations, people=people
    )
    if request.method == "POST" and form.carry_out(actions.promise, by=standing.actor(), plan=request.plan):
        messages.success(request, _("Lupaus on kirjattu."))
        return redirect("network:commitments", request.plan.public_id)
    context = {"form": form, "title": _("Uusi lupaus"), "back": "network:commitments"}
    return render(request, "network/form.html", context, status=422 if form.errors else 200)


@GET_POST
@workspace
def commitment(request: WorkspaceRequest, commitment_id: str) -> HttpResponse:
    """One promise: how it goes, and its words and day."""
    found = commitments_of(request.plan).select_related("owner").filter(public_id=commitment_id).first()
    if found is None:
        raise Http404
    found.plan = request.plan
    demand(rules.may_change_commitment(request.standing, found))
    by, moves = request.standing.actor(found.organisation), "state" in request.POST
    people = people_with(request.plan, organisations=[found.organisation_id])
    posted = request.POST if request.method == "POST" else None
    form = CommitmentForm(None if moves else posted, organisations=[], people=people, commitment=found)
    move = MoveForm(posted if moves else None, initial={"version": found.version})
    done = posted is not None and (
        move.carry_out(actions.move_commitment, by=by, commitment=found)
        if moves
        else form.carry_out(actions.change_commitment, by=by, commitment=found)
    )
    if done:
        messages.success(request, _("Lupaus on tallennettu."))
        return redirect("network:commitments", request.plan.public_id)
    labels = dict(Commitment.State.choices)
    context = {
        "row": found, "form": form, "move": move, "next": [(code, labels[code]) for code in NEXT[found.state]],
        "changes": found.changes.all(),
    }  # fmt: skip
    return render(
        request, "network/commitment.html", context, status=422 if form.errors or move.errors else 200
    )
