"""Feedback: the reader's form, and the page where it is read."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from lautta.common.problems import Refused
from lautta.organisations.permissions import Permission
from lautta.plans.access import demand, public_plan, workspace
from lautta.publishing import anonymous
from lautta.publishing.actions import close_feedback, erase_feedback, receive_feedback
from lautta.publishing.forms import CloseFeedbackForm, FeedbackForm
from lautta.publishing.pages import show
from lautta.publishing.presenters.words import reader_language

PER_PAGE = 30


# The reader gets no cookie: a signed, timed token and the browser's own word of origin stand for it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public_plan
def feedback(request: HttpRequest) -> HttpResponse:
    """The form; after sending, thanks (`?sent=1`)."""
    purpose = f"feedback:{request.plan.public_id}"
    if request.method != "POST":
        start = {"kind": request.GET.get("kind") or "general", "page": request.GET.get("page", "")[:300]}
        return _form(request, FeedbackForm(initial=start), purpose)
    form = FeedbackForm(request.POST)
    if form.is_trapped:
        return redirect(f"{request.path}?sent=1")
    if not form.is_valid() or not _may_be_received(request, form, purpose):
        return _form(request, form, purpose, status=422)
    try:
        fields = {name: form.cleaned_data[name] for name in FeedbackForm.SHOWN}
        receive_feedback(plan=request.plan, language=reader_language(), **fields)
    except Refused as problem:
        form.add_error(None, problem.message)
        return _form(request, form, purpose, status=problem.status)
    return redirect(f"{request.path}?sent=1")


def _may_be_received(request: HttpRequest, form: FeedbackForm, purpose: str) -> bool:
    """Adds the reason to the form when not; what was typed stays."""
    token = anonymous.read_token(form.cleaned_data["token"], purpose)
    if not token.is_fresh or not anonymous.is_same_site(request):
        form.add_error(None, _("Varmistamme, että lähettäjä on ihminen. Lähetä palaute vielä kerran."))
    elif anonymous.is_flood(purpose):
        form.add_error(None, _("Palautetta on tullut juuri nyt liian paljon. Yritä hetken päästä uudelleen."))
    return not form.errors


def _form(request: HttpRequest, form: FeedbackForm, purpose: str, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "token": anonymous.new_token(purpose),
        "sent": request.method != "POST" and request.GET.get("sent") == "1",
        "contact_email": request.plan.region.contact_email,
    }
    response = show(request, "feedback", title=_("Anna palautetta"), **context)
    response.status_code = status
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@workspace
def feedback_inbox(request: HttpRequest) -> HttpResponse:
    """What readers have sent: what waits first, what is done on request."""
    demand(request.standing.can(Permission.READ_FEEDBACK))
    shows_closed = request.GET.get("state") == "closed"
    every = request.plan.feedback
    rows = every.filter(state="closed").newest_first() if shows_closed else every.waiting().oldest_first()
    url = reverse("publishing:feedback_inbox", args=(request.plan.public_id,))
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "shows_closed": shows_closed,
        "tabs": [
            {
                "label": _("Odottaa"),
                "url": url,
                "current": not shows_closed,
                "count": every.waiting().count(),
            },
            {"label": _("Käsitelty"), "url": f"{url}?state=closed", "current": shows_closed},
        ],
    }
    return render(request, "publishing/feedback_inbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def feedback_item(request: HttpRequest, feedback_id: str) -> HttpResponse:
    """One message: read, close with a note, or remove."""
    demand(request.standing.can(Permission.READ_FEEDBACK))
    item = get_object_or_404(request.plan.feedback, public_id=feedback_id)
    form = CloseFeedbackForm(request.POST or None)
    by = request.standing.actor()
    inbox = redirect("publishing:feedback_inbox", plan_id=request.plan.public_id)
    if request.method == "POST" and "erase" in request.POST:
        erase_feedback(by=by, feedback=item)
        return inbox
    if request.method == "POST" and form.is_valid():
        close_feedback(by=by, feedback=item, note=form.cleaned_data["note"])
        return inbox
    status = 422 if request.method == "POST" else 200
    return render(request, "publishing/feedback_item.html", {"item": item, "form": form}, status=status)
