"""The coordinator's picture of a round, and the trail of writes."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.workspace.mails import KINDS, STATES, mails_seen_by
from lautta.workspace.overview import overview
from lautta.workspace.trail import action_words, role_words, trail


@require_safe
@workspace
def rounds_at_a_glance(request: WorkspaceRequest, year: int | None = None) -> HttpResponse:
    """Organisations × goals in one table, and what is missing."""
    demand(request.standing.can(Permission.MANAGE_ROUNDS))
    rounds = list(request.plan.rounds.newest_first())
    chosen = next((r for r in rounds if (r.year == year if year else r.state != "planned")), None)
    if chosen is None and (year or rounds):
        chosen = None if year else rounds[0]
    if year and chosen is None:
        raise Http404
    picture = overview(request.plan, chosen) if chosen else None
    return render(request, "workspace/overview.html", {"rounds": rounds, "round": chosen, "picture": picture})


@require_safe
@workspace
def audit(request: WorkspaceRequest) -> HttpResponse:
    """Who did what, newest first, by role and number."""
    demand(request.standing.can(Permission.SEE_AUDIT))
    page = Paginator(trail(request.plan), 100).get_page(request.GET.get("page"))
    for entry in page:
        entry.role_words = role_words(entry.actor_role)
        entry.action_words = action_words(entry.action)
    return render(request, "workspace/audit.html", {"page": page})


@require_safe
@workspace
def mails(request: WorkspaceRequest) -> HttpResponse:
    """What was sent to whom and when."""
    page = Paginator(mails_seen_by(request.standing), 100).get_page(request.GET.get("page"))
    for mail in page:
        mail.kind_words = KINDS.get(mail.kind, _("Muu viesti"))
        mail.state_words = STATES[mail.state]
    context = {"page": page, "everybody": request.standing.can(Permission.SEE_AUDIT)}
    return render(request, "workspace/mails.html", context)
