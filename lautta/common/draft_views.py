"""The address that keeps drafts while a person types, and the button that forgets one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lautta.common.actors import Actor
from lautta.common.drafts import drop_draft, keep_draft, typed_fields
from lautta.common.problems import Refused

STATE = "forms/autosave_state.html"


@require_POST
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the typed fields; answers with the words of the state line, 422 when the draft could not be
    kept."""
    if not request.user.is_authenticated:
        text = _("Istuntosi on päättynyt. Kirjaudu uudelleen toisessa välilehdessä: teksti on yhä tässä.")
        return render(request, STATE, {"failed": True, "text": text}, status=422)
    by = Actor(user=request.user, role="self")
    fields = typed_fields(request.POST)
    # Where the form stands, so that my work can lead back to it.
    if place := request.htmx.current_url_abs_path:
        fields["_url"] = place
    try:
        at = timezone.localtime(keep_draft(by=by, key=key, fields=fields))
    except Refused as problem:
        return render(request, STATE, {"failed": True, "text": str(problem.message)}, status=422)
    text = _("Luonnos tallessa klo %(time)s") % {"time": f"{at.hour}.{at.minute:02d}"}
    return render(request, STATE, {"text": text})


@require_POST
@login_required
def draft_drop(request: HttpRequest, key: str) -> HttpResponse:
    """Forget the draft and go back to the form (`next`, an address of this site alone)."""
    drop_draft(by=Actor(user=request.user, role="self"), key=key)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = "/"
    return HttpResponseRedirect(back)
