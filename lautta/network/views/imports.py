"""A table of services: template, upload, check, take in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lautta.common.problems import Refused
from lautta.network import actions
from lautta.network.actions.uploads import known_in
from lautta.network.forms.services import UploadForm
from lautta.network.importing import NotReadable, Table, judge, read_table, template
from lautta.network.importing.reading import MOST_BYTES
from lautta.network.reading import municipalities_of
from lautta.network.views.services import GET_POST, within
from lautta.plans.access import WorkspaceRequest, demand, workspace

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# All are told; a page of thousands of lines helps nobody.
SHOWN_BAD, SHOWN_GOOD = 500, 20


@require_safe
@workspace
def template_file(request: WorkspaceRequest) -> HttpResponse:
    """The empty table to fill in."""
    demand(within(request).is_keeper)
    first = municipalities_of(request.plan).first()
    response = HttpResponse(template(str(first.name) if first else ""), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{_("palvelut")}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@GET_POST
@workspace
def upload(request: WorkspaceRequest) -> HttpResponse:
    """The filled table comes back; nothing is saved yet."""
    demand(within(request).is_keeper)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise NotReadable(_("Tiedosto on liian suuri: enintään 10 megatavua."))
            table = read_table(file.read())
            kept = actions.keep_upload(
                by=request.standing.actor(), plan=request.plan, filename=file.name, table=table
            )
            return redirect("network:import_check", request.plan.public_id, kept.public_id)
        except (NotReadable, Refused) as problem:
            form.add_error("file", str(problem))
    return render(request, "network/import.html", {"form": form}, status=422 if form.errors else 200)


@GET_POST
@workspace
def check(request: WorkspaceRequest, table_id: str) -> HttpResponse:
    """What would be saved and what will not do; then all, the good rows, or nothing."""
    reach = within(request)
    demand(reach.is_keeper)
    kept = request.plan.service_uploads.filter(public_id=table_id, user=request.user).first()
    if kept is None:
        raise Http404
    kept.plan = request.plan
    by, what = request.standing.actor(), request.POST.get("what")
    if request.method == "POST" and what == "drop":
        actions.drop_upload(by=by, upload=kept)
        messages.success(request, _("Tiedosto on hylätty. Mitään ei tallennettu."))
        return redirect("network:services", request.plan.public_id)
    if request.method == "POST":
        language = (get_language() or "fi")[:2]
        done = actions.take_upload(by=by, upload=kept, only_good=what == "good", language=language)
        count = len(done.good)
        text = ngettext(
            "%(n)d palvelu tallennettu luonnoksena.", "%(n)d palvelua tallennettu luonnoksina.", count
        )
        messages.success(request, text % {"n": count})
        return redirect("network:services", request.plan.public_id)
    table = Table.from_json(kept.content)
    found = judge(table, known_in(request.plan, reach))
    context = {
        "kept": kept, "found": found, "bad": found.bad[:SHOWN_BAD], "bad_rows": len(found.bad_rows), "good": len(found.good),
        "hidden": max(0, len(found.bad) - SHOWN_BAD), "ignored": table.ignored, "sample": found.good[:SHOWN_GOOD],
    }  # fmt: skip
    return render(request, "network/import_check.html", context)
