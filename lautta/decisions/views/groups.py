"""The three tiers: groups with members and meetings, agendas, minutes, follow-ups."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lautta.common import clock
from lautta.common.problems import Refused
from lautta.decisions import tier_reading as reading
from lautta.decisions.actions.members import add_member, end_member
from lautta.decisions.actions.minutes import (
    add_item,
    close_follow_up,
    correct_item,
    keep_minutes,
    remove_item,
)
from lautta.decisions.agenda import points_of
from lautta.decisions.forms.groups import CorrectItemForm, FollowUpForm, ItemForm, MemberForm, MinutesForm
from lautta.decisions.leading import led_bodies, may_keep_members, may_lead
from lautta.decisions.models import BodyMeeting
from lautta.decisions.views.matters import group_tabs
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.models import Plan
from lautta.plans.views.structure_pages import found as row_of
from lautta.plans.views.structure_pages import page, posted

GET_POST = require_http_methods(["GET", "HEAD", "POST"])
PAST_MEETINGS, COMING_MEETINGS = 6, 6


def _at(plan: Plan, name: str, **ids: str) -> str:
    return reverse(f"decisions:{name}", kwargs={"plan_id": plan.public_id, **ids})


def _crumb(plan: Plan) -> tuple[str, str]:
    return _("Ryhmät"), _at(plan, "groups")


def _group_crumb(body) -> tuple[str, str]:
    return str(body.name), _at(body.plan, "group", body_id=body.public_id)


@require_safe
@workspace
def groups(request: WorkspaceRequest) -> HttpResponse:
    """The tiers from above down, each group with its next meeting and what waits for it."""
    context = {"tiers": reading.tiers_of(request.plan), "tabs": group_tabs(request.plan, "groups")}
    return page(request, "decisions/groups.html", context)


@require_safe
@workspace
def group(request: WorkspaceRequest, body_id: str) -> HttpResponse:
    """One group: members, meetings, what is before it next, what it has sent, decided and follows."""
    plan, today = request.plan, clock.today()
    body = reading.group_of(plan, body_id)
    meetings = body.meetings.standing().select_related("minutes")  # type: ignore[misc]
    coming = list(meetings.filter(held_on__gte=today).in_order()[:COMING_MEETINGS])
    context = {
        "body": body, "coming": coming, "past": list(meetings.filter(held_on__lt=today).order_by("-held_on")[:PAST_MEETINGS]),
        "points": points_of(coming[0]) if coming and not hasattr(coming[0], "minutes") else [],
        "members": body.members.current(today).in_order().select_related("organisation", "membership__user"),
        "waiting": list(reading.waiting_for(body)[: reading.SHOWN]),
        "sent": list(body.sent_matters.with_place().newest_first()[: reading.SHOWN]),
        "decided": list(reading.decided_by(body)[: reading.SHOWN]),
        "follow_ups": list(reading.followed_by(body)),
        "may_lead": may_lead(request.standing, body), "may_keep": may_keep_members(request.standing, body), "today": today,
    }  # fmt: skip
    return page(request, "decisions/group.html", context, _crumb(plan), (str(body.name), None))


@GET_POST
@workspace
def member_new(request: WorkspaceRequest, body_id: str) -> HttpResponse:
    """Add a seat."""
    body = reading.group_of(request.plan, body_id)
    demand(may_keep_members(request.standing, body))
    form = MemberForm(posted(request), plan=request.plan)
    back = _group_crumb(body)
    if request.method == "POST" and form.carry_out(
        add_member, by=request.standing.actor(body.organisation), body=body
    ):
        messages.success(request, _("Jäsen on lisätty."))
        return redirect(back[1])
    context = {"form": form, "title": _("Lisää jäsen"), "back": back[1]}
    return page(
        request, "plans/structure_form.html", context, _crumb(request.plan), back, (context["title"], None)
    )


@require_POST
@workspace
def member_end(request: WorkspaceRequest, body_id: str, member_id: str) -> HttpResponse:
    """The seat ends today."""
    body = reading.group_of(request.plan, body_id)
    demand(may_keep_members(request.standing, body))
    end_member(by=request.standing.actor(body.organisation), member=row_of(body.members, member_id))
    messages.success(request, _("Jäsenyys on päätetty."))
    return redirect(_group_crumb(body)[1])


@GET_POST
@workspace
def meeting(request: WorkspaceRequest, meeting_id: str) -> HttpResponse:
    """The agenda, to which items are added; once the minutes are kept, the minutes, ready to print."""
    held = reading.meeting_of(request.plan, meeting_id)
    leads, kept = may_lead(request.standing, held.body), getattr(held, "minutes", None)
    form = ItemForm(posted(request)) if leads and not kept and not held.cancelled else None
    if request.method == "POST":
        demand(form is not None)
        if form.carry_out(add_item, by=request.standing.actor(held.body.organisation), meeting=held):  # type: ignore[union-attr]
            messages.success(request, _("Kohta on asialistalla."))
            return redirect(_meeting_url(held))
    items = held.items.in_order().with_content() if kept else []
    context = {
        "meeting": held, "body": held.body, "minutes": kept, "items": items, "form": form, "may_lead": leads,
        "points": [] if kept or held.cancelled else points_of(held), "today": clock.today(),
        "may_keep_minutes": form is not None and held.held_on <= clock.today(),
    }  # fmt: skip
    crumbs = _crumb(request.plan), _group_crumb(held.body), (reading.day_words(held), None)
    return page(request, "decisions/meeting.html", context, *crumbs)


def _meeting_url(held: BodyMeeting) -> str:
    return _at(held.body.plan, "meeting", meeting_id=held.public_id)


@require_POST
@workspace
def item_remove(request: WorkspaceRequest, agenda_id: str) -> HttpResponse:
    """Take an own item off an agenda."""
    item = reading.agenda_item_of(request.plan, agenda_id)
    body = item.meeting.body
    demand(may_lead(request.standing, body, led_bodies(request.standing)))
    try:
        remove_item(by=request.standing.actor(body.organisation), item=item)
    except Refused as problem:
        messages.error(request, str(problem.message))
    return redirect(_meeting_url(item.meeting))


@GET_POST
@workspace
def minutes(request: WorkspaceRequest, meeting_id: str) -> HttpResponse:
    """Write down what was decided; the agenda is frozen with it."""
    held = reading.meeting_of(request.plan, meeting_id)
    demand(may_lead(request.standing, held.body))
    if hasattr(held, "minutes") or held.cancelled or held.held_on > clock.today():
        return redirect(_meeting_url(held))
    form = MinutesForm(posted(request), plan=request.plan, points=points_of(held))
    if request.method == "POST" and form.carry_out(
        keep_minutes, by=request.standing.actor(held.body.organisation), meeting=held
    ):
        messages.success(request, _("Muistio on vahvistettu."))
        return redirect(_meeting_url(held))
    context = {"form": form, "meeting": held, "body": held.body, "back": _meeting_url(held)}
    crumbs = (
        _crumb(request.plan),
        _group_crumb(held.body),
        (reading.day_words(held), context["back"]),
        (_("Muistio"), None),
    )
    return page(request, "decisions/minutes.html", context, *crumbs)


@GET_POST
@workspace
def item_correct(request: WorkspaceRequest, agenda_id: str) -> HttpResponse:
    """Correct what kept minutes say of a decision; both stay."""
    item = reading.agenda_item_of(request.plan, agenda_id)
    held = item.meeting
    demand(may_lead(request.standing, held.body) and item.has_decision)
    form, back = CorrectItemForm(posted(request), item=item), _meeting_url(held)
    by = request.standing.actor(held.body.organisation)
    if request.method == "POST" and form.carry_out(correct_item, by=by, item=item):
        messages.success(request, _("Kirjaus on korjattu. Aiempi jää näkyviin."))
        return redirect(back)
    context = {
        "form": form, "title": _("Korjaa kirjaus"), "lead": str(item.title), "back": back, "submit": _("Korjaa"),
    }  # fmt: skip
    crumbs = _crumb(request.plan), _group_crumb(held.body), (reading.day_words(held), back)
    return page(request, "plans/structure_form.html", context, *crumbs, (context["title"], None))


@GET_POST
@workspace
def follow_up(request: WorkspaceRequest, agenda_id: str) -> HttpResponse:
    """Tell how something that was decided went."""
    item = reading.agenda_item_of(request.plan, agenda_id)
    body = item.meeting.body
    demand(may_lead(request.standing, body))
    form, back = FollowUpForm(posted(request)), _group_crumb(body)
    if request.method == "POST" and form.carry_out(
        close_follow_up, by=request.standing.actor(body.organisation), item=item
    ):
        messages.success(request, _("Seuranta on kuitattu."))
        return redirect(back[1])
    context = {
        "form": form, "title": str(item.title), "lead": str(item.decision), "back": back[1], "submit": _("Kuittaa seuranta"),
    }  # fmt: skip
    return page(
        request, "plans/structure_form.html", context, _crumb(request.plan), back, (context["title"], None)
    )
