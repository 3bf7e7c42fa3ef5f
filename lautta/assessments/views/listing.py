"""Assessments of the plan in the workspace, and a new memo slip."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lautta.assessments import actions, reading, rules
from lautta.assessments.forms.beginning import NewMemoForm
from lautta.assessments.models import Assessment
from lautta.assessments.pages import form_page
from lautta.assessments.presenters import listing as presenter
from lautta.common.translated import Translated
from lautta.measures.form_pages import FormPage
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace

PER_PAGE = 50
GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@workspace
def assessment_list(request: WorkspaceRequest) -> HttpResponse:
    """Everything that the person may see, by state and organisation."""
    plan, standing = request.plan, request.standing
    chosen = {name: request.GET.get(name, "") for name in ("state", "organisation")}
    seen = reading.assessments_of(plan, standing)
    organisations = list(reading.organisations_of(plan, standing))
    of_one = seen.narrowed(organisation=chosen["organisation"])
    rows = of_one.narrowed(state=chosen["state"]).in_order()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "items": presenter.items(plan.public_id, page),
        "tabs": presenter.tabs(plan.public_id, presenter.by_state(of_one), chosen),
        "organisations": presenter.organisation_chips(plan.public_id, organisations, chosen),
        "is_limited": any(chosen.values()),
        "may_add": bool(rules.organisations_to_assess_for(standing)),
    }
    return render(request, "assessments/list.html", context)


@GET_POST
@workspace
def new(request: WorkspaceRequest) -> HttpResponse:
    """The memo slip: six fields, a minute. Who prepares and for which measure stand in the address."""
    plan, standing = request.plan, request.standing
    organisations = rules.organisations_to_assess_for(standing)
    measure = reading.measure_to_assess(plan, request.GET.get("measure", ""))
    if measure is not None and standing.can(Permission.EDIT_MEASURES, measure.organisation):
        organisations = [measure.organisation, *(o for o in organisations if o != measure.organisation)]
    demand(bool(organisations))
    asked = request.GET.get("organisation", "")
    organisation = next((o for o in organisations if o.public_id == asked), organisations[0])
    language = (get_language() or "fi")[:2]

    def save(form) -> Assessment:
        values = dict(form.cleaned_data)
        for name in ("title", "decider", "first_estimate"):
            values[name] = Translated.of(values[name], language=language)
        by = standing.actor(organisation)
        return actions.write_memo(by=by, plan=plan, organisation=organisation, measure=measure, **values)

    page = FormPage(
        "assessments/new.html",
        draft_key=f"assessment-new:{plan.public_id}:{organisation.public_id}",
        message=_("Muistilappu on tallessa."),
        context={
            "organisation": organisation,
            "others": [o for o in organisations if o != organisation],
            "measure": presenter.measure_title(measure),
        },
    )
    return form_page(request, page, NewMemoForm, save, lambda made: after_memo(plan.public_id, made))


def after_memo(plan_id: str, made: Assessment) -> str:
    """A slip that goes on leads to the screening, one that ends to its own page."""
    if rules.is_open(made, "screening"):
        return reverse("assessments:step", args=[plan_id, made.public_id, "screening"])
    return reverse("assessments:detail", args=[plan_id, made.public_id])


def detail_url(request: HttpRequest, assessment: Assessment) -> str:
    return reverse("assessments:detail", args=[request.plan.public_id, assessment.public_id])
