"""An own file of figures: choose it, say what its columns are, take it in whole or not at all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lautta.common.problems import Refused
from lautta.indicators.files import read_protected
from lautta.indicators.problem_words import sentence
from lautta.indicators.problems import SourceProblem
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.workspace.actions.figures import take_own_file
from lautta.workspace.figures_files import open_file, proposal, rejected_cells, unpack
from lautta.workspace.figures_forms import FigureFileForm, MappingForm


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def choose(request: WorkspaceRequest) -> HttpResponse:
    """Choose a file; on POST its columns are asked, with the proposal filled in."""
    demand(request.standing.can(Permission.KEEP_FIGURES))
    form = FigureFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sent = open_file((file.name or "tiedosto")[-200:], file.read())
        except SourceProblem as problem:
            form.add_error("file", sentence(problem.to_json()))
        else:
            initial = {**proposal(sent.columns), "packed": sent.packed, "filename": sent.filename}
            return _ask(request, MappingForm(sent=sent, initial=initial))
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/figures_file.html", {"form": form}, status=status)


@require_POST
@workspace
def columns(request: WorkspaceRequest) -> HttpResponse:
    """Take the file in; every cell that cannot be read is named and nothing is saved of the file."""
    demand(request.standing.can(Permission.KEEP_FIGURES))
    try:
        sent = unpack(request.POST.get("filename", "")[-200:], request.POST.get("packed", ""))
    except SourceProblem as problem:
        messages.error(request, sentence(problem.to_json()))
        return redirect("workspace:figures_file", plan_id=request.plan.public_id)
    form = MappingForm(request.POST, sent=sent)
    if not form.is_valid():
        return _ask(request, form, status=422)
    if form.mapping and (rejected := rejected_cells(sent, form.mapping)):
        return _ask(request, form, status=422, problems=rejected)
    return _look(request, form) or _take(request, form)


def _look(request: WorkspaceRequest, form: MappingForm) -> HttpResponse | None:
    """What would be hidden is told before anything is taken in; None when the person has seen just that, or nothing is."""
    given = form.cleaned_data
    try:
        found, _rows = read_protected(
            form.sent.body, form.sent.filename, form.mapping, kind=given["kind"], decimals=given["decimals"],
            limits=form.limits,
        )  # fmt: skip
    except SourceProblem as problem:
        return _ask(request, form, status=422, problems=[problem.to_json()])
    said = f"{found.small}-{found.others}-{found.cells}"
    if not found.hidden or request.POST.get("hides") == said:
        return None
    return _ask(request, form, hiding=found, hides=said)


def _take(request: WorkspaceRequest, form: MappingForm) -> HttpResponse:
    facts = {name: form.cleaned_data[name] for name in ("kind", "decimals", "direction")}
    try:
        entry = take_own_file(
            by=request.standing.actor(), plan=request.plan, title=form.title, filename=form.sent.filename,
            body=form.sent.body, mapping=form.mapping, limits=form.limits, **facts,
        )  # fmt: skip
    except Refused as problem:
        form.add_error(None, problem.message)
        return _ask(request, form, status=problem.status)
    if entry.problem:
        return _ask(request, form, status=422, problems=[entry.problem])
    messages.success(
        request, _("Tiedosto on luettu: %(outcome)s.") % {"outcome": entry.get_outcome_display()}
    )
    return redirect("workspace:figures", plan_id=request.plan.public_id)


def _ask(
    request: WorkspaceRequest, form: MappingForm, *, status: int = 200, problems=(), **shown
) -> HttpResponse:
    """The page of columns, with the first rows and what cannot be read."""
    told = [
        _("Rivi %(row)s: %(problem)s") % {"row": p["row"], "problem": sentence(p)}
        if "row" in p
        else sentence(p)
        for p in problems
    ]
    context = {"form": form, "sent": form.sent, "problems": told, **shown}
    return render(request, "workspace/figures_columns.html", context, status=status)
