"""Files: the Excel round trip and the table of measures as Word."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lautta.common.problems import Refused
from lautta.common.text import fold_plain
from lautta.measures import actions, reading, reviewing, word
from lautta.measures.excel import NotReadableError, read_upload, workbook
from lautta.measures.excel.reading import Upload
from lautta.measures.forms.excel import UploadForm
from lautta.measures.presenters.excel import review_context
from lautta.measures.presenters.papers import parts_of
from lautta.measures.views.measures import GET_POST
from lautta.organisations.permissions import Permission
from lautta.plans.access import demand, workspace

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _place(request: HttpRequest, year: int, organisation_id: str):
    round = reading.round_of(request.plan, year)
    organisation = reading.organisation_of(request.plan, organisation_id)
    demand(request.standing.can(Permission.EDIT_MEASURES, organisation))
    return round, organisation


def attachment(content: bytes, kind: str, name: str, extension: str) -> HttpResponse:
    """A file to keep, with a name of plain letters."""
    plain = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in fold_plain(name)).split())
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{plain[:80] or "lautta"}.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@workspace
def excel_download(request: HttpRequest, year: int, organisation_id: str) -> HttpResponse:
    """The organisation's measures of the round as a workbook to fill in."""
    round, organisation = _place(request, year, organisation_id)
    content = workbook(
        round, organisation, reviewing.own_years(round, organisation), reviewing.goals_to_choose(round),
        [joint.indicator for joint in reviewing.joint_to_choose(round)],
    )  # fmt: skip
    return attachment(content, XLSX, f"{_('toimenpiteet')} {year} {organisation.name}", "xlsx")


@GET_POST
@workspace
def excel_upload(request: HttpRequest, year: int, organisation_id: str) -> HttpResponse:
    """The filled workbook comes back; nothing is saved yet."""
    round, organisation = _place(request, year, organisation_id)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            kept = actions.keep_upload(
                by=request.standing.actor(organisation),
                round=round,
                organisation=organisation,
                filename=file.name,
                upload=read_upload(file.read()),
            )
            return redirect(
                "measures:excel_check", request.plan.public_id, year, organisation_id, kept.public_id
            )
        except (NotReadableError, Refused) as problem:
            form.add_error("file", str(problem))
    context = {"round": round, "organisation": organisation, "form": form}
    return render(request, "measures/excel_upload.html", context, status=422 if form.errors else 200)


@GET_POST
@workspace
def excel_check(request: HttpRequest, year: int, organisation_id: str, upload_id: str) -> HttpResponse:
    """What would change and what will not do; then all, the good rows, or nothing."""
    round, organisation = _place(request, year, organisation_id)
    kept = round.uploads.filter(public_id=upload_id, organisation=organisation, user=request.user).first()
    if kept is None:
        raise Http404
    kept.round, kept.organisation = round, organisation
    by = request.standing.actor(organisation)
    back = reverse("measures:own_round", args=[request.plan.public_id, year, organisation_id])
    if request.method == "POST" and request.POST.get("what") == "drop":
        actions.drop_upload(by=by, upload=kept)
        messages.success(request, _("Tiedosto on hylätty. Mitään ei tallennettu."))
        return redirect(back)
    if request.method == "POST":
        only_valid = request.POST.get("what") == "valid"
        done = actions.take_upload(
            by=by, upload=kept, only_valid=only_valid, language=(get_language() or "fi")[:2]
        )
        count = len(done.new) + len(done.changed)
        text = ngettext("%(n)d toimenpide on tallennettu.", "%(n)d toimenpidettä on tallennettu.", count)
        messages.success(request, text % {"n": count})
        return redirect(back)
    found = reviewing.review_of(round, organisation, Upload.from_json(kept.content))
    context = {"round": round, "organisation": organisation, "kept": kept, **review_context(found)}
    return render(request, "measures/excel_check.html", context)


@require_safe
@workspace
def word_file(request: HttpRequest, year: int) -> HttpResponse:
    """All measures of the round that the person may see, by organisation and goal; `?organisation=` for one."""
    round = reading.round_of(request.plan, year)
    only = request.GET.get("organisation", "")
    organisation = reading.organisation_of(request.plan, only) if only else None
    content = word.document(round, parts_of(round, request.standing, organisation))
    name = f"{_('toimenpiteet')} {year} {organisation.name if organisation else request.plan.title}"
    return attachment(content, DOCX, name, "docx")
