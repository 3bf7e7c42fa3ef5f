"""One event: made, read, changed, moved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lautta.annual_clock import rules
from lautta.annual_clock.actions import events as actions
from lautta.annual_clock.forms.events import EventForm, MoveForm
from lautta.annual_clock.happenings import coming_of
from lautta.annual_clock.models import ClockEvent
from lautta.annual_clock.shifting import shifts
from lautta.annual_clock.views.pages import address, answer, crumb, event_of, posted
from lautta.common import clock
from lautta.common.problems import Refused
from lautta.measures.reading import organisations_now
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def offered(request: WorkspaceRequest) -> list[Organisation]:
    """Organisations whose events the person keeps."""
    if request.standing.can(Permission.KEEP_CLOCK):
        return list(organisations_now(request.plan))
    return request.standing.organisations_where(Permission.KEEP_CLOCK)


def _form(request: WorkspaceRequest, event: ClockEvent | None = None, **given) -> EventForm:
    joint = rules.may_keep(request.standing, None)
    return EventForm(
        posted(request),
        standing=request.standing,
        organisations=offered(request),
        may_be_joint=joint,
        event=event,
        **given,
    )


@GET_POST
@workspace
def event_new(request: WorkspaceRequest) -> HttpResponse:
    """A new event; `?day=2024-04-09` proposes its day."""
    demand(rules.may_add(request.standing))
    initial = {"lane": "implementation", "starts_on": request.GET.get("day", "")[:10]}
    form = _form(request, initial=initial)
    if request.method == "POST" and form.carry_out(
        actions.create_event, by=request.standing.actor(), plan=request.plan
    ):
        messages.success(request, _("Tapahtuma on vuosikellossa."))
        return redirect(address(request.plan, "event", event_id=form.result.public_id))
    return answer(request, "event_form", {"form": form}, crumb(request.plan), (_("Uusi tapahtuma"), None))


@GET_POST
@workspace
def event_edit(request: WorkspaceRequest, event_id: str) -> HttpResponse:
    """Change the event; all its occurrences follow."""
    event = event_of(request, event_id)
    demand(rules.may_change(request.standing, event))
    form = _form(request, event)
    if request.method == "POST" and form.carry_out(
        actions.update_event, by=request.standing.actor(event.organisation), event=event
    ):
        messages.success(request, _("Tapahtuma on tallennettu."))
        return redirect(address(request.plan, "event", event_id=event_id))
    here = address(request.plan, "event", event_id=event_id)
    return answer(
        request,
        "event_form",
        {"form": form, "event": event},
        crumb(request.plan),
        (str(event.title), here),
        (_("Muuta"), None),
    )


@require_safe
@workspace
def event(request: WorkspaceRequest, event_id: str) -> HttpResponse:
    """The event, its rule in words and its coming occurrences."""
    found, today = event_of(request, event_id), clock.today()
    context = {
        "event": found, "coming": coming_of(found, today), "may_change": rules.may_change(request.standing, found),
        "followers": found.followers.standing().visible_to(request.standing).in_order(), "partners": found.partners.in_name_order(),
    }  # fmt: skip
    return answer(request, "event", context, crumb(request.plan), (str(found.title), None))


@GET_POST
@workspace
def event_move(request: WorkspaceRequest, event_id: str) -> HttpResponse:
    """Move or cancel one occurrence: first what moves with it, then, when confirmed, the move."""
    found = event_of(request, event_id)
    demand(rules.may_change(request.standing, found))
    first = {
        "own_day": request.GET.get("day", "")[:10],
        "seen": found.version,
        "to": request.GET.get("to", "")[:10],
    }
    form, seen = MoveForm(posted(request), initial=first), None
    if request.method == "POST" and form.is_valid():
        values = form.values()
        seen = shifts(found, values["own_day"], values["to"], request.standing)
        by = request.standing.actor(found.organisation)
        if form.cleaned_data["confirmed"] and form.carry_out(actions.move_occurrence, by=by, event=found):
            messages.success(request, _("Siirto on tehty."))
            return redirect(address(request.plan, "event", event_id=event_id))
    context = {
        "event": found,
        "form": form,
        "shifts": seen,
        "previewed": seen is not None and not form.errors,
    }
    here = address(request.plan, "event", event_id=event_id)
    return answer(
        request, "event_move", context, crumb(request.plan), (str(found.title), here), (_("Siirrä"), None)
    )


@require_POST
@workspace
def event_end(request: WorkspaceRequest, event_id: str) -> HttpResponse:
    """Take the event off the clock."""
    found = event_of(request, event_id)
    demand(rules.may_change(request.standing, found))
    try:
        actions.end_event(by=request.standing.actor(found.organisation), event=found)
    except Refused as problem:
        messages.error(request, problem.message)
        return redirect(address(request.plan, "event", event_id=event_id))
    messages.success(request, _("Tapahtuma on poistettu vuosikellosta."))
    return redirect(address(request.plan, "clock"))
