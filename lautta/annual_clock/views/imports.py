"""A calendar file: looked at first, then taken in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lautta.annual_clock import rules
from lautta.annual_clock.actions.imports import import_events
from lautta.annual_clock.forms.others import ImportForm
from lautta.annual_clock.importing import BadCalendar, read_calendar
from lautta.annual_clock.views.events import offered
from lautta.annual_clock.views.pages import address, answer, crumb
from lautta.plans.access import WorkspaceRequest, demand, workspace


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def import_file(request: WorkspaceRequest) -> HttpResponse:
    """Choose a file, see what is in it with every bad row named, take it in."""
    demand(rules.may_add(request.standing))
    plan, rows, text = request.plan, None, ""
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ImportForm(
        data, files, organisations=offered(request), may_be_joint=rules.may_keep(request.standing, None)
    )
    if request.method == "POST" and form.is_valid():
        content = form.content()
        try:
            rows = read_calendar(content, zone=plan.region.time_zone)
            text = content.decode("utf-8", "replace")
        except BadCalendar as problem:
            form.add_error("file", str(problem.message))
        if rows and form.cleaned_data["confirmed"]:
            by = request.standing.actor(form.cleaned_data["organisation"])
            if form.carry_out(import_events, by=by, plan=plan, rows=rows):
                return _taken(request, *form.result)
    context = {
        "form": form, "rows": rows, "text": text, "bad": [row for row in rows or () if row.problem],
        "good": [row for row in rows or () if not row.problem],
    }  # fmt: skip
    return answer(request, "import", context, crumb(plan), (_("Tuo kalenteri"), None))


def _taken(request: WorkspaceRequest, made: int, skipped: int) -> HttpResponse:
    words = ngettext("%(n)s tapahtuma tuotiin.", "%(n)s tapahtumaa tuotiin.", made) % {"n": made}
    if skipped:
        words += " " + _("%(n)s oli jo vuosikellossa.") % {"n": skipped}
    messages.success(request, words)
    return redirect(address(request.plan, "clock"))
