"""A council answers through its link: no account, no cookie, nothing asked of anybody but the answer itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lautta.common import clock
from lautta.common.problems import Refused
from lautta.decisions.actions.links import hash_of
from lautta.decisions.actions.statements import give_by_link, link_is_open
from lautta.decisions.choices_statements import RequestState
from lautta.decisions.forms.statements import StatementForm
from lautta.decisions.models import StatementRequest
from lautta.decisions.reading_statements import request_by_link
from lautta.publishing import anonymous
from lautta.publishing.pages import show
from lautta.publishing.presenters.words import reader_language


# The council gets no cookie: a signed, timed token and the browser's own word of origin stand for it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """The questions in plain words, and after sending, thanks. A link that opens nothing says why."""
    found = request_by_link(hash_of(secret))
    if found is None:
        return _closed(request, "unknown", status=404)
    _set_frame(request, found)
    if not link_is_open(found, hash_of(secret)):
        return _closed(request, _reason(found), found, status=200 if request.GET.get("sent") == "1" else 410)
    form = StatementForm(request.POST or None, request=found, language=reader_language())
    if request.method != "POST":
        return _form(request, found, form)
    if request.POST.get("website"):
        return redirect(f"{request.path}?sent=1")
    if not form.is_valid() or not _may_be_received(request, found, form):
        return _form(request, found, form, status=422)
    try:
        give_by_link(request=found, link_hash=hash_of(secret), **form.values())
    except Refused as problem:
        form.refuse(problem)
        return _form(request, found, form, status=problem.status)
    return redirect(f"{request.path}?sent=1")


answer.door = "public"  # type: ignore[attr-defined]


def _set_frame(request: HttpRequest, found: StatementRequest) -> None:
    """The plan's own menu, when everybody may open what it leads to."""
    if found.plan.published_at:
        request.plan = found.plan  # type: ignore[attr-defined]


def _reason(found: StatementRequest) -> str:
    if found.state == RequestState.ASKED:
        return "expired" if found.link_expires_on and found.link_expires_on < clock.today() else "unknown"
    return "ended" if found.state in {RequestState.WITHDRAWN, RequestState.NOT_GIVEN} else "used"


def _may_be_received(request: HttpRequest, found: StatementRequest, form: StatementForm) -> bool:
    """Adds the reason to the form when not; what was typed stays."""
    token = anonymous.read_token(request.POST.get("token", ""), _purpose(found))
    if not token.is_fresh or not anonymous.is_same_site(request):
        form.add_error(None, _("Varmistamme, että lähettäjä on ihminen. Paina Lähetä vielä kerran."))
    elif anonymous.is_flood(_purpose(found)):
        form.add_error(None, _("Vastauksia on tullut juuri nyt liian monta. Yritä hetken päästä uudelleen."))
    return not form.errors


def _purpose(found: StatementRequest) -> str:
    return f"statement:{found.public_id}"


def _form(
    request: HttpRequest, found: StatementRequest, form: StatementForm, status: int = 200
) -> HttpResponse:
    context = {"found": found, "form": form, "token": anonymous.new_token(_purpose(found))}
    return _kept_nowhere(show(request, "answer", title=str(found.matter), **context), status)


def _closed(
    request: HttpRequest, reason: str, found: StatementRequest | None = None, *, status: int
) -> HttpResponse:
    """Why the link does not open, or thanks for what has come through it."""
    is_thanks = reason == "used" and request.GET.get("sent") == "1"
    context = {"reason": reason, "found": found, "is_thanks": is_thanks}
    title = _("Kiitos, vastaus tuli perille") if is_thanks else _("Linkki ei avaudu")
    return _kept_nowhere(show(request, "answer_closed", title=title, **context), 200 if is_thanks else status)


def _kept_nowhere(response: HttpResponse, status: int) -> HttpResponse:
    response.status_code = status
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
