"""Matters between the tiers: the list, a new one, one with its path, and what is done with it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from lautta.common import clock
from lautta.decisions import tier_reading as reading
from lautta.decisions.actions.matters import bring_matter, handle_matter
from lautta.decisions.forms.matters import HandlingForm, MatterForm
from lautta.decisions.leading import led_bodies
from lautta.decisions.models import Matter, MatterStep
from lautta.decisions.travel import Deed, MatterState
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.models import Plan
from lautta.plans.views.structure_pages import page, posted

PER_PAGE = 50
GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def _at(plan: Plan, name: str, **ids: str) -> str:
    return reverse(f"decisions:{name}", kwargs={"plan_id": plan.public_id, **ids})


def _crumb(plan: Plan) -> tuple[str, str]:
    return pgettext("sivun otsikko", "Asiat"), _at(plan, "matters")


def group_tabs(plan: Plan, current: str) -> list[dict[str, object]]:
    """The groups, and the matters that travel between them."""
    names = {"groups": _("Ryhmät"), "matters": pgettext("sivun otsikko", "Asiat")}
    return [
        {"label": label, "url": _at(plan, name), "current": name == current} for name, label in names.items()
    ]


@require_safe
@workspace
def matters(request: WorkspaceRequest) -> HttpResponse:
    """Open ones first; `?state=` and `?group=` narrow the list."""
    plan = request.plan
    state = request.GET.get("state", "open")
    if state not in {"open", "all", *MatterState.values}:
        raise Http404
    body = reading.group_of(plan, group) if (group := request.GET.get("group", "")) else None
    rows = reading.matters_of(plan, "" if state == "all" else state, body)
    tail = f"&group={body.public_id}" if body else ""
    kinds = [("open", _("Avoimet")), *((s.value, s.label) for s in MatterState), ("all", _("Kaikki"))]
    chips = [{"label": label, "url": f"?state={k}{tail}", "current": k == state} for k, label in kinds]
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "chips": chips, "body": body,
        "today": clock.today(), "tabs": group_tabs(plan, "matters"),
        "may_bring": bool(reading.senders_for(request.standing, list(_bodies(plan)), led_bodies(request.standing))),
    }  # fmt: skip
    return page(request, "decisions/matters.html", context)


def _bodies(plan: Plan):
    return plan.bodies.active(clock.today()).in_order().with_organisation()


@GET_POST
@workspace
def matter_new(request: WorkspaceRequest) -> HttpResponse:
    """Bring a matter in the name of a group or an organisation (`?from=` chooses the group beforehand)."""
    plan, bodies = request.plan, list(_bodies(request.plan))
    senders = reading.senders_for(request.standing, bodies, led_bodies(request.standing))
    demand(bool(senders))
    wanted = {b.pk: b for sender in senders for b in reading.entrances(sender, bodies)}
    takers = [b for b in bodies if b.pk in wanted]
    initial = {"sender": f"body:{request.GET['from']}"} if "from" in request.GET else {}
    form = MatterForm(posted(request), senders=senders, takers=takers, initial=initial)
    if request.method == "POST" and form.carry_out(bring_matter, by=request.standing.actor(), plan=plan):
        messages.success(request, _("Asia on lähetetty."))
        return redirect(_at(plan, "matter", matter_id=form.result.public_id))
    context = {
        "form": form, "title": _("Uusi asia"), "back": _at(plan, "matters"), "submit": _("Lähetä"),
        "lead": _("Asia menee toiselle ryhmälle, ja näet koko ajan, missä se on."),
    }  # fmt: skip
    return page(request, "plans/structure_form.html", context, _crumb(plan), (context["title"], None))


@require_safe
@workspace
def matter(request: WorkspaceRequest, matter_id: str) -> HttpResponse:
    """One matter: where it is, the steps it has taken, and what the reader may do."""
    found = reading.matter_of(request.plan, matter_id)
    steps = reading.steps_of(found)
    open_step = next((s for s in steps if s.is_open), None)
    deeds = reading.deeds_for(request.standing, found, open_step, led_bodies(request.standing))
    context = {
        "matter": found, "steps": steps, "open_step": open_step, "stages": reading.stages_of(found, steps),
        "deeds": deeds, "is_late": open_step is not None and open_step.is_late(clock.today()),
        "last": steps[-1] if steps else None,
    }  # fmt: skip
    return page(request, "decisions/matter.html", context, _crumb(request.plan), (str(found.title), None))


@GET_POST
@workspace
def matter_handle(request: WorkspaceRequest, matter_id: str, deed: str) -> HttpResponse:
    """One deed with its own fields; 404 for a deed that is none, 403 for one that is not the reader's."""
    plan, found = request.plan, reading.matter_of(request.plan, matter_id)
    if deed not in Deed.values:
        raise Http404
    step = found.steps.open().select_related("to_body__organisation", "from_body").first()
    allowed = reading.deeds_for(request.standing, found, step, led_bodies(request.standing))
    # What somebody else has done meanwhile is told by the action; a stranger is turned away.
    demand(Deed(deed) in allowed or (request.method == "POST" and bool(allowed)))
    form = _handling_form(request, found, step, Deed(deed))
    here = _at(plan, "matter", matter_id=matter_id)
    if request.method == "POST" and form.carry_out(handle_matter, by=request.standing.actor(), matter=found):
        messages.success(request, _("Tallennettu. Lähettäjä näkee, missä asia on."))
        return redirect(here)
    context = {
        "form": form, "title": str(Deed(deed).label), "back": here, "lead": str(found.title),
        "danger": deed == Deed.WITHDRAW, "submit": str(Deed(deed).label),
    }  # fmt: skip
    return page(
        request,
        "plans/structure_form.html",
        context,
        _crumb(plan),
        (str(found.title), here),
        (context["title"], None),
    )


def _handling_form(
    request: WorkspaceRequest, found: Matter, step: MatterStep | None, deed: Deed
) -> HandlingForm:
    bodies = list(_bodies(request.plan))
    if deed == Deed.SEND_AGAIN:
        takers = reading.entrances(found.sender, bodies)
    else:
        takers = reading.takers_of(step.to_body, deed, bodies) if step else []
    past = []
    if step is not None and deed != Deed.WITHDRAW:
        held = step.to_body.meetings.standing().filter(held_on__gte=step.sent_on, held_on__lte=clock.today())
        past = list(held.in_order())
    suggestion = reading.minutes_decision(step) if step and deed in {Deed.DECIDE, Deed.ANSWER} else ""
    return HandlingForm(
        posted(request), deed=deed, row_version=found.row_version, takers=takers, meetings=past, suggestion=suggestion
    )  # fmt: skip
