"""Statements in the workspace: asked, given, confirmed, answered point by point, published."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lautta.common import clock
from lautta.common.drafts import drop_draft, initial_from_draft, stored_draft
from lautta.common.problems import Refused
from lautta.decisions import rules
from lautta.decisions.actions import asking, links
from lautta.decisions.actions import statements as actions
from lautta.decisions.choices_statements import STANDS, RequestState
from lautta.decisions.forms.statements import AnswerForm, DecideForm, RequestForm, StatementForm
from lautta.decisions.freezing import opened
from lautta.decisions.models import StatementPoint, StatementRequest
from lautta.decisions.presenters_statements import point_rows, request_row, request_tabs
from lautta.decisions.reading_statements import request_of
from lautta.decisions.targets import targets
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.voices.presenters import signs_shown

PER_PAGE = 40
GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@workspace
def statement_list(request: WorkspaceRequest) -> HttpResponse:
    """What has been asked, of the person's organisations or of everybody."""
    plan, standing = request.plan, request.standing
    state = request.GET.get("state", "")
    seen = plan.statement_requests.visible_to(standing)
    counts = dict(seen.order_by().values_list("state").annotate(n=Count("pk")))
    rows = seen.filter(state=state) if state in RequestState.values else seen
    rows = rows.newest_first().with_content().with_tallies()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "items": [request_row(row, clock.today()) for row in page],
        "tabs": request_tabs(plan.public_id, counts, state),
        "is_limited": bool(state),
        "may_ask": rules.may_ask(standing),
    }
    return render(request, "decisions/statements.html", context)


@GET_POST
@workspace
def request_new(request: WorkspaceRequest) -> HttpResponse:
    """Ask for a statement."""
    plan, standing = request.plan, request.standing
    demand(rules.may_ask(standing))
    key = f"statement_request:{plan.public_id}:new"
    form = RequestForm(request.POST or None, plan=plan)
    by = standing.actor()
    if request.method == "POST" and form.carry_out(asking.ask_statement, by=by, plan=plan):
        drop_draft(by=by, key=key)
        messages.success(
            request, _("Pyyntö on lähetetty. Tee seuraavaksi linkki, jos neuvosto vastaa sillä.")
        )
        return _to(request, form.result)
    draft = stored_draft(request.user, key) if request.method != "POST" else None
    if draft:
        form = RequestForm(plan=plan, initial=initial_from_draft(form, draft.fields))
    return _request_page(request, form, key, draft=draft)


@GET_POST
@workspace
def request_edit(request: WorkspaceRequest, request_id: str) -> HttpResponse:
    """Change what is asked, until somebody has answered."""
    demand(rules.may_ask(request.standing))
    found = request_of(request.standing, request_id)
    form = RequestForm(request.POST or None, plan=request.plan, request=found)
    by = request.standing.actor()
    if request.method == "POST" and form.carry_out(asking.update_request, by=by, request=found):
        messages.success(request, _("Muutokset on tallennettu."))
        return _to(request, found)
    return _request_page(request, form, "", found=found)


def _request_page(request: WorkspaceRequest, form: RequestForm, key: str, *, found=None, draft=None):
    context = {
        "form": form, "found": found, "draft_key": key, "draft_url": request.path,
        "draft_at": draft.updated_at if draft else None,
    }  # fmt: skip
    return render(request, "decisions/statement_request.html", context, status=form.status)


@GET_POST
@workspace
def statement(request: WorkspaceRequest, request_id: str) -> HttpResponse:
    """One request: what was asked, what came, and what each may do about it now."""
    standing = request.standing
    found = request_of(standing, request_id)
    form = DecideForm(request.POST or None, initial={"seen": found.row_version})
    if request.method == "POST" and form.is_valid() and _decided(request, found, form):
        return _to(request, found)
    reads = rules.may_read_statement(standing, found) and hasattr(found, "statement")
    confirms = rules.may_confirm(standing, found)
    labels = dict(targets(opened(found.version))) if reads and found.version else {}
    context = {
        "found": found, "row": request_row(found, clock.today()), "form": form, "questions": found.questions.all(),
        "points": point_rows(found.statement.points.all(), labels) if reads else [], "reads": reads,
        "stands": found.state in STANDS, "confirms": confirms, "asks": rules.may_ask(standing),
        "gives": rules.may_give(standing, found), "makes_link": rules.may_make_link(standing, found),
        "link_is_open": actions.link_is_open(found, found.link_hash),
        "lacks_speaker": found.state == RequestState.ASKED and rules.may_ask(standing) and not asking.speakers(found),
        "signs": signs_shown(actions.signs_in(found.statement)) if confirms and reads else [],
    }  # fmt: skip
    return render(request, "decisions/statement.html", context, status=_status(request))


def _confirm(by, found: StatementRequest, form: DecideForm) -> str:
    data = form.cleaned_data
    actions.confirm_statement(by=by, request=found, row_version=data["seen"], checked=data["checked"])
    return _("Lausunto on vahvistettu. Koordinaattori vastaa siihen kohta kohdalta.")


def _send_back(by, found: StatementRequest, form: DecideForm) -> str:
    actions.send_back(by=by, request=found, row_version=form.cleaned_data["seen"])
    return _("Vastaus odottaa täydennystä. Tee uusi linkki: teksti on siinä tallella.")


def _erase(by, found: StatementRequest, form: DecideForm) -> str:
    actions.send_back(by=by, request=found, row_version=form.cleaned_data["seen"], erase=True)
    return _("Vastaus on hävitetty. Tee uusi linkki, jos neuvosto vastaa uudelleen.")


def _publish(by, found: StatementRequest, form: DecideForm) -> str:
    actions.publish_statement(by=by, request=found, row_version=form.cleaned_data["seen"])
    return _("Lausunto ja vastaukset näkyvät nyt julkisesti.")


def _unpublish(by, found: StatementRequest, form: DecideForm) -> str:
    actions.unpublish_statement(by=by, request=found, row_version=form.cleaned_data["seen"])
    return _("Lausunto ei näy enää julkisesti.")


def _withdraw(by, found: StatementRequest, form: DecideForm) -> str:
    data = form.cleaned_data
    asking.withdraw_request(by=by, request=found, row_version=data["seen"], reason=data["reason"])
    return _("Pyyntö on peruttu.")


def _not_given(by, found: StatementRequest, form: DecideForm) -> str:
    data = form.cleaned_data
    asking.close_without(by=by, request=found, row_version=data["seen"], reason=data["reason"])
    return _("Merkitty: lausuntoa ei annettu.")


def _again(by, found: StatementRequest, form: DecideForm) -> str:
    data = form.cleaned_data
    due = data["due"] or found.due
    asking.ask_again(by=by, request=found, row_version=data["seen"], due=due)
    return _("Pyyntö on taas auki.")


def _close_link(by, found: StatementRequest, form: DecideForm) -> str:
    links.close_link(by=by, request=found)
    return _("Linkki ei enää avaudu.")


# Name of the button → what it does; the actions themselves say who may.
_DEEDS: dict[str, Callable[..., str]] = {
    "confirm": _confirm, "send_back": _send_back, "erase": _erase, "publish": _publish, "unpublish": _unpublish,
    "withdraw": _withdraw, "not_given": _not_given, "again": _again, "close_link": _close_link,
}  # fmt: skip


def _decided(request: WorkspaceRequest, found: StatementRequest, form: DecideForm) -> bool:
    """Carry out the pressed button; False with an error on the form when it was refused."""
    deed = next((_DEEDS[name] for name in _DEEDS if name in request.POST), None)
    if deed is None:
        form.add_error(None, _("Valitse, mitä tehdään."))
        return False
    try:
        messages.success(request, deed(request.standing.actor(found.organisation), found, form))
    except actions.LooksPersonal as problem:
        form.add_error("checked", problem.message)
    except Refused as problem:
        form.refuse(problem)
    return not form.errors


@require_POST
@workspace
def statement_link(request: WorkspaceRequest, request_id: str) -> HttpResponse:
    """Make a link and show it, this once: nothing keeps it."""
    found = request_of(request.standing, request_id)
    demand(rules.may_make_link(request.standing, found))
    if "make" not in request.POST:
        return _to(request, found)
    secret = links.renew_link(by=request.standing.actor(found.organisation), request=found)
    language = get_language() if get_language() in found.languages else found.languages[0]
    path = reverse("publishing:answer", args=(secret,))
    context = {
        "found": found,
        "link": f"{settings.SITE_URL}/{language}/{path.split('/', 2)[2]}",
        "expires_on": request_of(request.standing, request_id).link_expires_on,
    }
    response = render(request, "decisions/statement_link.html", context)
    response["Cache-Control"] = "no-store"
    return response


@GET_POST
@workspace
def statement_give(request: WorkspaceRequest, request_id: str) -> HttpResponse:
    """Give the statement here; the coordinator writes down one that came by other ways."""
    standing = request.standing
    found = request_of(standing, request_id)
    demand(rules.may_give(standing, found))
    key = f"statement:{found.public_id}"
    recorded = not rules.may_speak_for(standing, found) or (
        found.organisation_id not in standing.organisation_ids and rules.may_record_statement(standing)
    )
    form = StatementForm(request.POST or None, request=found, language=get_language() or "fi")
    by = standing.actor(found.organisation)
    if request.method == "POST" and form.carry_out(
        actions.give_statement, by=by, request=found, recorded=recorded
    ):
        drop_draft(by=by, key=key)
        messages.success(request, _("Lausunto on annettu. Kiitos!"))
        return _to(request, found)
    draft = stored_draft(request.user, key) if request.method != "POST" else None
    if draft:
        start = initial_from_draft(form, draft.fields)
        form = StatementForm(request=found, language=get_language() or "fi", initial=start)
    context = {
        "found": found, "form": form, "recorded": recorded, "draft_key": key, "draft_url": request.path,
        "draft_at": draft.updated_at if draft else None,
    }  # fmt: skip
    return render(request, "decisions/statement_give.html", context, status=_status(request))


@GET_POST
@workspace
def point_answer(request: WorkspaceRequest, request_id: str, number: int) -> HttpResponse:
    """Answer one point: taken, partly or not, and what changed or why not."""
    demand(rules.may_ask(request.standing))
    found = request_of(request.standing, request_id)
    point = _point(found, number)
    places = targets(opened(found.version)) if found.version else []
    form = AnswerForm(request.POST or None, thing=point, places=places)
    by = request.standing.actor()
    if request.method == "POST" and "erase" in request.POST:
        actions.erase_point(by=by, point=point)
        return _to(request, found)
    if request.method == "POST" and form.carry_out(actions.answer_point, by=by, point=point):
        messages.success(request, _("Vastaus on tallennettu."))
        return _to(request, found)
    context = {"found": found, "point": point, "form": form}
    return render(request, "decisions/statement_answer.html", context, status=form.status)


def _point(found: StatementRequest, number: int) -> StatementPoint:
    """404 unless the words are the council's own by now."""
    points = found.statement.points.all() if found.state in STANDS else ()
    point = next((p for p in points if p.position == number), None)
    if point is None:
        raise Http404
    return point


def _status(request: WorkspaceRequest) -> int:
    return 422 if request.method == "POST" else 200


def _to(request: WorkspaceRequest, found: StatementRequest) -> HttpResponse:
    return redirect("decisions:statement", plan_id=request.plan.public_id, request_id=found.public_id)
