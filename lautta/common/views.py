"""Pages that belong to no room: language choice, health, and every kind of refusal."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from lautta.common.problems import Refused


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """`/` leads to the reader's language."""
    response = HttpResponseRedirect(f"/{translation.get_language_from_request(request)}/")
    response["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it unasked; the mark is a file of its own."""
    return HttpResponseRedirect(static("lautta/favicon.svg"))


def _error(request: HttpRequest, status: int, **context) -> HttpResponse:
    return render(request, f"errors/{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # The check of the form's token reads the form before any view: too big a form is met here.
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return too_big(request)
    return _error(request, 400)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose security token has aged: the page says so and gives the typed text back to copy."""
    typed = {
        k: v
        for k, v in request.POST.items()
        if k != "csrfmiddlewaretoken" and "password" not in k and len(v) > 20
    }
    return _error(request, 403, stale=True, typed=typed)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?next={request.path}")
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404)


def refused(request: HttpRequest, problem: Refused) -> HttpResponse:
    """A rule said no: its sentence, its status, and the way back."""
    return render(request, "errors/refused.html", {"problem": problem}, status=problem.status)


def too_big(request: HttpRequest) -> HttpResponse:
    return _error(request, 413)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", status=500)
