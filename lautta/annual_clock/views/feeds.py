"""Calendars at secret addresses."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lautta.annual_clock.actions.feeds import hashed, renew_feed
from lautta.annual_clock.feeding import feed_calendar, feed_of
from lautta.annual_clock.views.pages import answer, crumb, tabs
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def calendars(request: WorkspaceRequest) -> HttpResponse:
    """One's own calendar and those of one's organisations. A new address is shown once, when it is made."""
    standing, plan, made = request.standing, request.plan, None
    keeps = standing.organisations_where(Permission.KEEP_CLOCK)
    if request.method == "POST":
        asked = request.POST.get("whose", "")
        whose = next((o for o in keeps if o.public_id == asked), None)
        demand(whose is not None or asked == "me")
        secret = renew_feed(by=standing.actor(whose), plan=plan, organisation=whose)
        made = {"whose": whose, "url": request.build_absolute_uri(reverse("calendars:feed", args=(secret,)))}
        messages.success(request, _("Uusi osoite on tehty. Entinen ei enää toimi."))
    mine = plan.feeds.of_person(request.user).first()
    feeds = {feed.organisation_id: feed for feed in plan.feeds.of_organisations(keeps)}
    context = {
        "made": made,
        "mine": mine,
        "tabs": tabs(plan, "calendars"),
        "keeps": [(o, feeds.get(o.pk)) for o in keeps],
    }
    response = answer(request, "calendars", context, crumb(plan), (_("Omaan kalenteriin"), None))
    if made:
        add_never_cache_headers(response)
    return response


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar; 404 for any address that is not in force, and never a cookie."""
    found = feed_of(hashed(secret))
    content = feed_calendar(found) if found else None
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=300"
    response["X-Robots-Tag"] = "noindex"
    return response
