"""The voice library in the workspace: list, form, moderation."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lautta.common.drafts import drop_draft, initial_from_draft, stored_draft
from lautta.common.problems import Refused
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.voices import actions, presenters, rules
from lautta.voices.forms import ModerationForm, VoiceForm
from lautta.voices.models import Voice
from lautta.voices.personal import signs

PER_PAGE = 40
GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@workspace
def voice_list(request: WorkspaceRequest) -> HttpResponse:
    """Voices that the person may see; for the coordinator what waits comes first."""
    plan, standing = request.plan, request.standing
    demand(rules.may_add(standing))
    moderates = rules.may_moderate(standing)
    kept = {name: request.GET.get(name, "") for name in ("state", "role", "goal")}
    seen = plan.voices.visible_to(standing).narrowed(role=kept["role"], goal=kept["goal"])
    counts = dict(seen.order_by().values_list("state").annotate(n=Count("pk")))
    rows = seen.filter(state=kept["state"]) if kept["state"] in Voice.State.values else seen
    rows = rows.waiting_first().select_related("organisation").prefetch_related("goals")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    goals = [(g.public_id, f"{g.number} {g.title}".strip()) for g in plan.goals.current().main().in_order()]
    context = {
        "page": page,
        "items": [{"voice": v, "may_edit": rules.may_edit(standing, v)} for v in page],
        "tabs": presenters.tabs(plan.public_id, counts, kept["state"], kept),
        "goals": presenters.chips(plan.public_id, goals, "goal", kept),
        "roles": presenters.chips(plan.public_id, Voice.SpeakerRole.choices, "role", kept),
        "is_limited": any(kept.values()),
        "moderates": moderates,
    }
    return render(request, "voices/list.html", context)


def _form(request: WorkspaceRequest, voice: Voice | None, data=None, initial=None) -> VoiceForm:
    plan, standing = request.plan, request.standing
    plan_wide = standing.can(Permission.ADD_VOICES)
    if plan_wide:
        rows = plan.participations.select_related("organisation").order_by("organisation__sort_key")
        organisations = [p.organisation for p in rows]
    else:
        organisations = standing.organisations_where(Permission.ADD_VOICES)
    places = actions.places_that_may_be_said(plan)
    return VoiceForm(
        data, initial=initial, plan=plan, organisations=organisations, may_leave_out=plan_wide, places=places
    )


def _page(
    request: HttpRequest, form: VoiceForm, key: str, *, voice=None, status: int = 200, **more
) -> HttpResponse:
    context = {
        "form": form, "voice": voice, "draft_key": key, "signs": presenters.signs_shown(form.findings),
        "draft_url": request.path, **more,
    }  # fmt: skip
    return render(request, "voices/form.html", context, status=status)


@GET_POST
@workspace
def voice_new(request: WorkspaceRequest) -> HttpResponse:
    """Write down what was said; it waits for moderation."""
    plan, standing = request.plan, request.standing
    demand(rules.may_add(standing))
    key = f"voice:{plan.public_id}:new"
    draft = stored_draft(request.user, key) if request.method != "POST" else None
    form = _form(request, None, request.POST or None)
    if draft:
        form = _form(request, None, initial=initial_from_draft(form, draft.fields))
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _page(request, form, key, status=status, draft_at=draft.updated_at if draft else None)
    values = form.values()
    try:
        by = standing.actor(values["organisation"])
        actions.add_voice(by=by, plan=plan, **values)
    except Refused as problem:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        return _page(request, form, key, status=problem.status)
    drop_draft(by=by, key=key)
    messages.success(request, _("Kiitos! Ääni on tallessa ja odottaa tarkistusta."))
    return redirect("voices:list", plan_id=plan.public_id)


@GET_POST
@workspace
def voice_edit(request: WorkspaceRequest, voice_id: str) -> HttpResponse:
    """Change a voice; what somebody else saved meanwhile is shown before anything is overwritten."""
    plan, standing = request.plan, request.standing
    voice = get_object_or_404(
        plan.voices.visible_to(standing).select_related("organisation", "chapter"), public_id=voice_id
    )
    demand(rules.may_edit(standing, voice))
    key = f"voice:{voice.public_id}"
    stored = VoiceForm.initial_of(voice)
    draft = stored_draft(request.user, key) if request.method != "POST" else None
    form = _form(request, voice, request.POST or None, initial=stored)
    if draft:
        form = _form(request, voice, initial=stored | initial_from_draft(form, draft.fields))
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        at = draft.updated_at if draft else None
        return _page(request, form, key, voice=voice, status=status, draft_at=at)
    try:
        by, seen = standing.actor(voice.organisation), form.cleaned_data["version"] or 0
        values, checked = form.values(voice.text), form.cleaned_data["checked"]
        actions.update_voice(by=by, voice=voice, version=seen, values=values, checked=checked)
    except actions.StaleVoice as problem:
        form.add_error(None, problem.message)
        form.data = form.data.copy()
        form.data["version"] = voice.version
        labels = {name: str(form.fields[name].label) for name in (*VoiceForm.MAIN, *VoiceForm.LATER)}
        changed = presenters.differences(stored, form.cleaned_data, labels)
        return _page(request, form, key, voice=voice, status=409, changed=changed)
    except Refused as problem:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        return _page(request, form, key, voice=voice, status=problem.status)
    drop_draft(by=by, key=key)
    messages.success(request, _("Muutokset on tallennettu."))
    return redirect("voices:list", plan_id=plan.public_id)


@GET_POST
@workspace
def voice_moderate(request: WorkspaceRequest, voice_id: str) -> HttpResponse:
    """Publish, leave unpublished, or remove for good."""
    plan, standing = request.plan, request.standing
    demand(rules.may_moderate(standing))
    voice = get_object_or_404(plan.voices.select_related("organisation", "chapter"), public_id=voice_id)
    form = ModerationForm(request.POST or None, initial={"version": voice.version})
    status = 200
    if request.method == "POST":
        if form.is_valid() and (done := _decide(request, voice, form)):
            messages.success(request, done)
            return redirect("voices:list", plan_id=plan.public_id)
        status = 422
    places = actions.places_that_may_be_said(plan)
    findings = [f for text in voice.text.texts.values() for f in signs(text.text, places=places)]
    context = {
        "voice": voice,
        "form": form,
        "signs": presenters.signs_shown(findings),
        "goals": voice.goals.all(),
    }
    return render(request, "voices/moderate.html", context, status=status)


def _decide(request: WorkspaceRequest, voice: Voice, form: ModerationForm) -> str:
    """Carry out the pressed button; "" and an error on the form when it was refused."""
    by, data = request.standing.actor(), form.cleaned_data
    try:
        if "erase" in request.POST:
            actions.erase_voice(by=by, voice=voice)
            return _("Ääni on poistettu lopullisesti.")
        if "reject" in request.POST:
            actions.reject_voice(by=by, voice=voice, version=data["version"], reason=data["reason"])
            return _("Ääni jää julkaisematta.")
        actions.publish_voice(by=by, voice=voice, version=data["version"], checked=data["checked"])
        return _("Ääni on julkaistu.")
    except actions.LooksPersonal as problem:
        form.add_error("checked", problem.message)
    except Refused as problem:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return ""
