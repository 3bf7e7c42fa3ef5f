"""One assessment: its page, its steps, and the ratings one dimension at a time."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lautta.assessments import readiness, reading, rules
from lautta.assessments.dimensions import dimensions
from lautta.assessments.forms import assessing, beginning, rows
from lautta.assessments.models import Assessment
from lautta.assessments.pages import form_page
from lautta.assessments.presenters import detail as presenter
from lautta.assessments.presenters.ratings import dimension_links, following
from lautta.assessments.steps import STEPS
from lautta.assessments.views.listing import GET_POST, detail_url
from lautta.measures.form_pages import FormPage
from lautta.plans.access import WorkspaceRequest, demand, workspace

FORMS: dict[str, Any] = {
    "memo": beginning.MemoForm,
    "screening": beginning.ScreeningForm,
    "extent": assessing.ExtentForm,
    "background": assessing.BackgroundForm,
    "alternatives": rows.AlternativesForm,
    "hearings": rows.HearingsForm,
    "conflicts": assessing.ConflictsForm,
    "reasoning": assessing.ReasoningForm,
    "decision": assessing.DecisionForm,
    "follow_up": rows.FollowUpsForm,
    "summary": assessing.SummaryForm,
}
OWN_TEMPLATES = frozenset({"background"})
ROW_STEPS = frozenset({"alternatives", "hearings", "follow_up"})


@require_safe
@workspace
def detail(request: WorkspaceRequest, assessment_id: str) -> HttpResponse:
    """All that is known, what comes next, and what the public sees of it."""
    assessment = reading.assessment_of(request.plan, request.standing, assessment_id)
    context = presenter.detail_context(assessment, request.standing)
    return render(request, "assessments/detail.html", context)


def opened(request: WorkspaceRequest, assessment_id: str, step: str) -> Assessment:
    """The assessment, when the person may write it; a closed step is refused with the reason."""
    assessment = reading.own_assessment(request.plan, request.standing, assessment_id)
    demand(rules.may_edit(request.standing, assessment))
    rules.refuse_closed(assessment, step)
    return assessment


@GET_POST
@workspace
def step(request: WorkspaceRequest, assessment_id: str, step: str) -> HttpResponse:
    """One step's form, saved by itself. "Save and go on" leads to the next open step, "save" to the assessment."""
    if step == "ratings":
        return first_rating(request, assessment_id)
    if step not in FORMS:
        raise Http404
    assessment = opened(request, assessment_id, step)
    page = FormPage(
        _template(step),
        draft_key=f"assessment:{assessment_id}:{step}",
        message=_("Tallennettu."),
        context=_context(request, assessment, step),
    )
    by = request.standing.actor(assessment.organisation)
    return form_page(
        request,
        page,
        lambda data: FORMS[step](data, assessment=assessment),
        lambda form: form.save(by),
        lambda saved: onwards(request, saved, step),
    )


def _template(step: str) -> str:
    if step in OWN_TEMPLATES:
        return f"assessments/step_{step}.html"
    return "assessments/step_rows.html" if step in ROW_STEPS else "assessments/step.html"


def _context(request: WorkspaceRequest, assessment: Assessment, step: str) -> dict[str, Any]:
    return {
        "a": assessment,
        "step": STEPS[step],
        "steps": presenter.progress(assessment, request.standing, step),
        "done_follow_ups": assessment.follow_ups.filter(done_on__isnull=False) if step == "follow_up" else [],
        "may_erase": step == "hearings" and rules.may_publish(request.standing, assessment),
    }


def onwards(request: WorkspaceRequest, saved: Assessment, step: str) -> str:
    """Where saving leads: the same step again for one more row, the next open step, or the assessment's page."""
    here = presenter.step_url(request.plan.public_id, saved.public_id, step)
    if "again" in request.POST:
        return here
    if "next" in request.POST:
        saved.plan = request.plan
        line = presenter.progress(saved, request.standing, step)
        codes = [item["code"] for item in line]
        after = line[codes.index(step) + 1 :] if step in codes else line
        if found := next((item["url"] for item in after if item["url"]), ""):
            return found
    return detail_url(request, saved)


def first_rating(request: WorkspaceRequest, assessment_id: str) -> HttpResponse:
    """The comparison begins with the first dimension that lacks a rating."""
    assessment = opened(request, assessment_id, "ratings")
    links = dimension_links(assessment)
    first = next((link for link in links if not link["done"]), links[0])
    return redirect(first["url"])


@GET_POST
@workspace
def ratings(request: WorkspaceRequest, assessment_id: str, dimension: str) -> HttpResponse:
    """One dimension: every alternative's rating and sentence."""
    if dimension not in dimensions():
        raise Http404
    assessment = opened(request, assessment_id, "ratings")
    chosen = dimensions()[dimension]
    context = _context(request, assessment, "ratings") | {
        "dimension": chosen,
        "dimensions": dimension_links(assessment, dimension),
        "is_asked": chosen in readiness.asked_dimensions(assessment),
    }
    page = FormPage(
        "assessments/step_ratings.html",
        draft_key=f"assessment:{assessment_id}:ratings:{dimension}",
        message=_("Tallennettu."),
        context=context,
    )
    by = request.standing.actor(assessment.organisation)
    return form_page(
        request,
        page,
        lambda data: rows.RatingsForm(data, assessment=assessment, dimension=chosen),
        lambda form: form.save(by),
        lambda saved: _after_rating(request, saved, dimension),
    )


def _after_rating(request: WorkspaceRequest, saved: Assessment, dimension: str) -> str:
    saved.plan = request.plan
    if "next" in request.POST:
        return following(saved, dimension) or onwards(request, saved, "ratings")
    return detail_url(request, saved)


@GET_POST
@workspace
def follow_up_done(request: WorkspaceRequest, assessment_id: str, follow_up_id: str) -> HttpResponse:
    """What was seen when it was looked at; leads from the duty."""
    from lautta.assessments import actions
    from lautta.common.translated import Translated

    assessment = opened(request, assessment_id, "follow_up")
    follow_up = reading.follow_up_of(assessment, follow_up_id)
    page = FormPage(
        "assessments/follow_up_done.html",
        draft_key=f"assessment:{assessment_id}:follow_up:{follow_up_id}",
        message=_("Kiitos! Seuranta on kirjattu."),
        context={"a": assessment, "follow_up": follow_up},
    )
    by = request.standing.actor(assessment.organisation)

    def save(form):
        result = Translated.of(form.cleaned_data["result"], language=assessment.title.source)
        return actions.finish_follow_up(
            by=by, follow_up=follow_up, result=result, done_on=form.cleaned_data["done_on"]
        )

    return form_page(
        request,
        page,
        lambda data: rows.FollowUpDoneForm(data, follow_up=follow_up),
        save,
        lambda _saved: reverse("assessments:detail", args=[request.plan.public_id, assessment_id]),
    )
