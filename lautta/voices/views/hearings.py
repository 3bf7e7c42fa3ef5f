"""The hearing register in the workspace: list, form, and the look before it becomes public."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lautta.common.drafts import drop_draft, initial_from_draft, stored_draft
from lautta.common.problems import Refused
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.voices import presenters, rules
from lautta.voices.actions import hearings as actions
from lautta.voices.actions import places_that_may_be_said
from lautta.voices.forms.hearings import HearingDecisionForm, HearingForm
from lautta.voices.models import Hearing, Voice
from lautta.voices.presenters_hearings import revisions_shown, row
from lautta.voices.presenters_hearings import tabs as hearing_tabs

PER_PAGE = 40
GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@workspace
def hearing_list(request: WorkspaceRequest) -> HttpResponse:
    """Hearings that the person may see, newest first."""
    plan, standing = request.plan, request.standing
    demand(rules.may_register(standing))
    state = request.GET.get("state", "")
    seen = plan.hearings.visible_to(standing)
    counts = dict(seen.order_by().values_list("state").annotate(n=Count("pk")))
    rows = seen.filter(state=state) if state in Voice.State.values else seen
    page = Paginator(rows.newest_first().with_content(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "items": [row(hearing, rules.may_edit_hearing(standing, hearing)) for hearing in page],
        "tabs": hearing_tabs(plan.public_id, counts, state),
        "is_limited": bool(state),
        "moderates": rules.may_moderate(standing),
    }
    return render(request, "voices/hearings.html", context)


def _form(request: WorkspaceRequest, hearing: Hearing | None, data=None, initial=None) -> HearingForm:
    plan, standing = request.plan, request.standing
    plan_wide = standing.can(Permission.REGISTER_HEARINGS)
    if plan_wide:
        rows = plan.participations.select_related("organisation").order_by("organisation__sort_key")
        organisations = [p.organisation for p in rows]
    else:
        organisations = standing.organisations_where(Permission.REGISTER_HEARINGS)
    return HearingForm(
        data, initial=initial, plan=plan, organisations=organisations, may_leave_out=plan_wide, hearing=hearing,
        places=places_that_may_be_said(plan), link=request.GET.get("link", ""),
    )  # fmt: skip


def _page(request: WorkspaceRequest, form: HearingForm, key: str, *, hearing=None, status=200, draft=None):
    context = {
        "form": form, "hearing": hearing, "draft_key": key, "draft_url": request.path,
        "draft_at": draft.updated_at if draft else None, "signs": presenters.signs_shown(form.findings),
    }  # fmt: skip
    return render(request, "voices/hearing_form.html", context, status=status)


@GET_POST
@workspace
def hearing_new(request: WorkspaceRequest) -> HttpResponse:
    """Enter a hearing. `?link=version:ID`: what the matter is about."""
    plan, standing = request.plan, request.standing
    demand(rules.may_register(standing))
    key = f"hearing:{plan.public_id}:new"
    form = _form(request, None, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _unsent(request, form, key, None)
    facts = form.facts()
    try:
        by = standing.actor(facts.organisation)
        actions.add_hearing(by=by, plan=plan, facts=facts)
    except Refused as problem:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        return _page(request, form, key, status=problem.status)
    drop_draft(by=by, key=key)
    messages.success(request, _("Kuuleminen on tallessa ja odottaa tarkistusta."))
    return redirect("voices:hearings", plan_id=plan.public_id)


def _unsent(request: WorkspaceRequest, form: HearingForm, key: str, hearing: Hearing | None) -> HttpResponse:
    """The form as it opens, with the person's draft in it, or with what was wrong in it."""
    if request.method == "POST":
        return _page(request, form, key, hearing=hearing, status=422)
    draft = stored_draft(request.user, key)
    if draft:
        form = _form(request, hearing, initial=initial_from_draft(form, draft.fields))
    return _page(request, form, key, hearing=hearing, draft=draft)


@GET_POST
@workspace
def hearing_edit(request: WorkspaceRequest, hearing_id: str) -> HttpResponse:
    """Mend it, or add what changed; former words stay readable below."""
    plan, standing = request.plan, request.standing
    hearing = _found(request, hearing_id)
    demand(rules.may_edit_hearing(standing, hearing))
    key = f"hearing:{hearing.public_id}"
    form = _form(request, hearing, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _unsent(request, form, key, hearing)
    facts, data = form.facts(), form.cleaned_data
    try:
        by = standing.actor(hearing.organisation)
        actions.update_hearing(
            by=by, hearing=hearing, version=data["version"] or 0, facts=facts, checked=data["checked"]
        )
    except Refused as problem:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        return _page(request, form, key, hearing=hearing, status=problem.status)
    drop_draft(by=by, key=key)
    messages.success(request, _("Muutokset on tallennettu."))
    return redirect("voices:hearing", plan_id=plan.public_id, hearing_id=hearing.public_id)


def _found(request: WorkspaceRequest, hearing_id: str) -> Hearing:
    seen = request.plan.hearings.visible_to(request.standing).with_content()
    return get_object_or_404(seen, public_id=hearing_id)


@GET_POST
@workspace
def hearing(request: WorkspaceRequest, hearing_id: str) -> HttpResponse:
    """One hearing with its former words; the coordinator publishes it, leaves it out, or removes it."""
    standing = request.standing
    demand(rules.may_register(standing))
    found = _found(request, hearing_id)
    moderates, status = rules.may_moderate(standing), 200
    form = HearingDecisionForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST":
        demand(moderates)
        if form.is_valid() and (done := _decide(request, found, form)):
            messages.success(request, done)
            return redirect("voices:hearings", plan_id=request.plan.public_id)
        status = 422
    found.plan = request.plan
    revisions = list(found.revisions.all()) if rules.may_edit_hearing(standing, found) else []
    context = {
        "item": row(found, rules.may_edit_hearing(standing, found)), "hearing": found, "form": form, "moderates": moderates,
        "signs": presenters.signs_shown(actions.signs_in_hearing(found)) if moderates else [],
        "revisions": revisions_shown(revisions),
    }  # fmt: skip
    return render(request, "voices/hearing.html", context, status=status)


def _decide(request: WorkspaceRequest, found: Hearing, form: HearingDecisionForm) -> str:
    """Carry out the pressed button; "" and an error on the form when it was refused."""
    by, data = request.standing.actor(), form.cleaned_data
    try:
        if "erase" in request.POST:
            actions.erase_hearing(by=by, hearing=found)
            return _("Kuuleminen on poistettu lopullisesti.")
        if "forget" in request.POST:
            actions.erase_former_words(by=by, hearing=found)
            return _("Aiemmat tekstit on poistettu lopullisesti.")
        if "reject" in request.POST:
            actions.reject_hearing(by=by, hearing=found, version=data["version"], reason=data["reason"])
            return _("Kuuleminen jää julkaisematta.")
        if "publish" in request.POST:
            actions.publish_hearing(by=by, hearing=found, version=data["version"], checked=data["checked"])
            return _("Kuuleminen on julkaistu.")
    except actions.LooksPersonal as problem:
        form.add_error("checked", problem.message)
    except Refused as problem:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return ""
