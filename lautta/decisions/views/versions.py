"""Freezing, reading and comparing versions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lautta.common.drafts import drop_draft, initial_from_draft, stored_draft
from lautta.common.problems import Refused
from lautta.decisions import presenters, presenters_assessed, rules
from lautta.decisions.actions import versions as actions
from lautta.decisions.actions.redaction import count_in_versions, redact_versions
from lautta.decisions.choices import HOLDS_PART_TWO, VersionKind
from lautta.decisions.comparing import compare as compared
from lautta.decisions.comparing import tally
from lautta.decisions.forms.versions import FreezeForm, RedactForm, TimeForm, WithdrawForm
from lautta.decisions.freezing import Document, digest, draw, opened
from lautta.decisions.freezing.opened import verified
from lautta.decisions.models import Version
from lautta.decisions.reading import amendments_of, open_amendments, version_of, way_of
from lautta.decisions.reading_assessed import links_of
from lautta.decisions.views.pages import address, crumb, page, posted
from lautta.measures.models import Round
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.models import Plan

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_POST
@workspace
def freeze(request: WorkspaceRequest) -> HttpResponse:
    """Freeze the plan of now; beside the form what waits, and what would not come along."""
    plan, by = request.plan, request.standing.actor()
    demand(rules.may_freeze(request.standing))
    key = f"freeze:{plan.public_id}"
    draft = stored_draft(request.user, key) if request.method != "POST" else None
    form = FreezeForm(posted(request), plan=plan)
    if draft:
        form = FreezeForm(plan=plan, initial=initial_from_draft(form, draft.fields))
    if request.method == "POST" and form.carry_out(actions.freeze, by=by, plan=plan):
        drop_draft(by=by, key=key)
        messages.success(request, _("Versio on jäädytetty. Valitse seuraavaksi, ketkä siitä päättävät."))
        return redirect("decisions:path", plan_id=plan.public_id, version_id=form.result.public_id)
    context = {
        "form": form, "draft_key": key, "draft_at": draft and draft.updated_at, "draft_url": request.path,
        "open_amendments": open_amendments(plan).count(), "rounds": _unpublished(plan),
    }  # fmt: skip
    return page(request, "decisions/freeze.html", context, crumb(plan), (_("Jäädytä versio"), None))


def _unpublished(plan: Plan) -> list[tuple[Round, int]]:
    """Open rounds with the measures that nobody has published: they stay out of a frozen part II."""
    rounds = plan.rounds.newest_first()[:4]
    counts = [(r, r.measure_years.filter(published_at__isnull=True).count()) for r in rounds]
    return [(r, n) for r, n in counts if n]


@GET_POST
@workspace
def time(request: WorkspaceRequest) -> HttpResponse:
    """A decision on the plan's time: it goes on for some years, or another plan takes its place."""
    plan = request.plan
    demand(rules.may_freeze(request.standing))
    form = TimeForm(posted(request), plan=plan)
    if request.method == "POST" and form.carry_out(actions.freeze, by=request.standing.actor(), plan=plan):
        messages.success(request, _("Esitys on jäädytetty. Valitse seuraavaksi, ketkä siitä päättävät."))
        return redirect("decisions:path", plan_id=plan.public_id, version_id=form.result.public_id)
    return page(request, "decisions/time.html", {"form": form}, crumb(plan), (_("Suunnitelman kesto"), None))


@require_safe
@workspace
def version(request: WorkspaceRequest, version_id: str) -> HttpResponse:
    """Where the version is on its way, and the way to its text."""
    plan, standing = request.plan, request.standing
    found = version_of(plan, version_id)
    way = way_of(found)
    others = plan.versions.standing().light().exclude(pk=found.pk).newest_first()[:12]
    context = {
        "version": found, "way": way, "lanes": presenters.lanes(way, lambda body: rules.may_record(standing, body)),
        "verdict": verified(found), "document": opened(found), "amendments": amendments_of(found), "others": others,
        "may_freeze": rules.may_freeze(standing), "links": presenters_assessed.rows(standing, links_of(found, standing)),
        "may_carry_out": rules.may_freeze(standing) and found.kind in {VersionKind.EXTENSION, VersionKind.SUCCESSION}
        and found.carried_out_on is None and way.standing.is_everywhere,
    }  # fmt: skip
    return page(request, "decisions/version.html", context, crumb(plan), (presenters.title_of(found), None))


@require_safe
@workspace
def text(request: WorkspaceRequest, version_id: str) -> HttpResponse:
    """The frozen text, from itself alone."""
    plan = request.plan
    found = version_of(plan, version_id)
    context = {"version": found, **presenters.document_context(opened(found))}
    title = presenters.title_of(found)
    crumbs = (crumb(plan), (title, address(plan, "version", version_id=version_id)), (_("Teksti"), None))
    return page(request, "decisions/text.html", context, *crumbs)


@require_safe
@workspace
def content(request: WorkspaceRequest, version_id: str) -> HttpResponse:
    """The canonical JSON, byte by byte: what its digest is of."""
    return content_of(version_of(request.plan, version_id))


def content_of(found: Version) -> HttpResponse:
    response = HttpResponse(found.content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="version-{found.number}.json"'
    response["X-Content-SHA256"] = digest(found.content)
    return response


@GET_POST
@workspace
def withdraw(request: WorkspaceRequest, version_id: str) -> HttpResponse:
    """Take the version off its way, with the reason."""
    plan = request.plan
    demand(rules.may_freeze(request.standing))
    found = version_of(plan, version_id)
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.carry_out(
        actions.withdraw, by=request.standing.actor(), version=found
    ):
        messages.success(request, _("Versio on peruttu."))
        return redirect("decisions:board", plan_id=plan.public_id)
    title = presenters.title_of(found)
    crumbs = (crumb(plan), (title, address(plan, "version", version_id=version_id)), (_("Peru versio"), None))
    return page(request, "decisions/withdraw.html", {"form": form, "version": found}, *crumbs)


@GET_POST
@workspace
def redact(request: WorkspaceRequest, version_id: str) -> HttpResponse:
    """Remove personal data from every frozen version: first it is told in how many the words stand."""
    plan = request.plan
    demand(rules.may_freeze(request.standing))
    found, form, count = version_of(plan, version_id), RedactForm(posted(request)), None
    back = address(plan, "version", version_id=version_id)
    if "remove" in request.POST and form.carry_out(redact_versions, by=request.standing.actor(), plan=plan):
        messages.success(request, _("Kohta on poistettu jäädytetyistä versioista."))
        return redirect(back)
    if "find" in request.POST and form.carry_out(count_in_versions, plan=plan):
        count = form.result
    title = presenters.title_of(found)
    context = {"form": form, "found": count, "eyebrow": title, "back": back}
    crumbs = crumb(plan), (title, back), (_("Poista henkilötieto"), None)
    return page(request, "decisions/version_redact.html", context, *crumbs)


@require_POST
@workspace
def carry_out(request: WorkspaceRequest, version_id: str) -> HttpResponse:
    """The extension or succession takes effect in the plan."""
    demand(rules.may_freeze(request.standing))
    found = version_of(request.plan, version_id)
    try:
        actions.carry_out(by=request.standing.actor(), version=found)
        messages.success(request, _("Päätös on toteutettu suunnitelmassa."))
    except Refused as problem:
        messages.error(request, problem.message)
    return redirect("decisions:version", plan_id=request.plan.public_id, version_id=version_id)


@require_safe
@workspace
def compare(request: WorkspaceRequest) -> HttpResponse:
    """Two versions, or a version and today, as a list of changes and word by word."""
    plan = request.plan
    versions = list(plan.versions.light().newest_first())
    old = _asked(plan, request.GET.get("from", ""))
    new_key = request.GET.get("to", "today")
    new = None if new_key == "today" else _asked(plan, new_key)
    context: dict[str, Any] = {"versions": versions, "old": old, "new": new, "new_key": new_key}
    if old is not None:
        before, after = opened(old), (opened(new) if new else today_like(plan, old))
        sections = compared(before, after)
        context |= {"sections": sections, "tally": tally(sections)}
    return page(request, "decisions/compare.html", context, crumb(plan), (_("Vertaa"), None))


def _asked(plan: Plan, public_id: str) -> Version | None:
    if not public_id:
        return None
    return version_of(plan, public_id)


def today_like(plan: Plan, version: Version) -> Document:
    """The plan of today, with the parts that the version holds."""
    round = plan.rounds.filter(year=version.year or 0).first() if version.kind in HOLDS_PART_TWO else None
    if version.kind in HOLDS_PART_TWO and round is None:
        raise Http404
    drawn = draw(plan, kind=version.kind, round=round)
    return Document(drawn.document)
