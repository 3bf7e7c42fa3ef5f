"""A service's contact answers through a link: the details are right, or what has changed. Nobody signs in, nothing is set."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lautta.common import clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.network.actions.freshness import answer_by_link, is_open
from lautta.network.forms.contacts import ContactsForm
from lautta.network.models import ContactRequest
from lautta.network.reading import request_by_secret
from lautta.publishing import anonymous
from lautta.publishing.pages import show

CONTACT = Actor(user=None, role="contact")


# The contact gets no cookie: a signed, timed token and the browser's own word of origin stand for it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """The details as they stand with two ways on. A link that opens nothing says why and changes nothing."""
    found = request_by_secret(secret)
    if found is None:
        return _closed(request, "unknown", status=404)
    if found.service.plan.published_at:
        request.plan = found.service.plan  # type: ignore[attr-defined]
    if not is_open(found, clock.today()):
        return _closed(request, _reason(found), found, status=410)
    changes = request.POST.get("what") == "change"
    form = ContactsForm(request.POST if changes else None, service=found.service)
    if request.method != "POST":
        return _page(request, found, form)
    if not _may_be_received(request, found, form) or (changes and not form.is_valid()):
        return _page(request, found, form, status=422)
    try:
        answer_by_link(by=CONTACT, request=found, **(form.values() if changes else {}))
    except Refused as problem:
        if problem.status == 410:
            return _closed(request, "used", found, status=410)
        form.refuse(problem)
        return _page(request, found, form, status=problem.status)
    return redirect(f"{request.path}?sent=1")


confirm.door = "public"  # type: ignore[attr-defined]


def _reason(found: ContactRequest) -> str:
    if found.answer:
        return "used"
    return "expired" if found.expires_on < clock.today() else "ended"


def _may_be_received(request: HttpRequest, found: ContactRequest, form: ContactsForm) -> bool:
    """Adds the reason to the form when not."""
    token = anonymous.read_token(request.POST.get("token", ""), _purpose(found))
    if token.state == "stale" or not anonymous.is_same_site(request):
        form.say(_("Varmistamme, että lähettäjä on ihminen. Paina nappia vielä kerran."))
        return False
    return True


def _purpose(found: ContactRequest) -> str:
    return f"contact:{found.public_id}"


def _page(request: HttpRequest, found: ContactRequest, form: ContactsForm, status: int = 200) -> HttpResponse:
    context = {
        "found": found,
        "service": found.service,
        "form": form,
        "token": anonymous.new_token(_purpose(found)),
    }
    title = _("Ovatko tiedot oikein?")
    return _kept_nowhere(show(request, "confirm", title=title, **context), status)


def _closed(
    request: HttpRequest, reason: str, found: ContactRequest | None = None, *, status: int
) -> HttpResponse:
    """Why the link does not open, or thanks for what has come through it."""
    is_thanks = reason == "used" and request.GET.get("sent") == "1"
    title = _("Kiitos, vastaus tuli perille") if is_thanks else _("Linkki ei avaudu")
    context = {
        "reason": reason,
        "is_thanks": is_thanks,
        "is_change": bool(found and found.answer == "change"),
    }
    return _kept_nowhere(
        show(request, "confirm_closed", title=title, **context), 200 if is_thanks else status
    )


def _kept_nowhere(response: HttpResponse, status: int) -> HttpResponse:
    response.status_code = status
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
