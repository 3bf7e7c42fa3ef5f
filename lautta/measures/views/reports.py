"""Progress reports, statuses, and the year's evaluation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lautta.common import clock
from lautta.measures import actions, reading, rules
from lautta.measures.choices import Status
from lautta.measures.form_pages import FormPage, form_page
from lautta.measures.forms.reports import EvaluationForm, ReportForm, StatusForm, period_now
from lautta.measures.views.measures import GET_POST
from lautta.organisations.permissions import Permission
from lautta.plans.access import demand, workspace


def reportable(request: HttpRequest, measure_id: str, year: int):
    found = reading.year_of(request.plan, request.standing, measure_id, year)
    demand(request.standing.can(Permission.REPORT, found.measure.organisation))
    return found, request.standing.actor(found.measure.organisation)


def _back(request: HttpRequest, measure_id: str, year: int) -> str:
    return reverse("measures:detail", args=[request.plan.public_id, measure_id, year]) + "#reports"


@GET_POST
@workspace
def report(request: HttpRequest, measure_id: str, year: int) -> HttpResponse:
    """One minute on a phone: one text; the status and the rest are there already."""
    measure_year, by = reportable(request, measure_id, year)
    begun = Status.UNDER_WAY if measure_year.status == Status.PLANNED else measure_year.status
    initial = {
        "period": period_now(year, clock.today()),
        "status": begun,
        "timeliness": measure_year.timeliness,
    }
    language = (get_language() or "fi")[:2]
    page = FormPage(
        "measures/report.html",
        draft_key=f"report:{measure_id}:{year}",
        message=_("Kiitos! Raportti on tallennettu."),
        context={"m": measure_year, "earlier": reading.reports_of(measure_year)[:3]},
    )
    return form_page(
        request,
        page,
        lambda data: ReportForm(data, measure_year=measure_year, initial=initial),
        lambda form: actions.submit_report(
            by=by, measure_year=measure_year, language=language, **form.cleaned_data
        ),
        lambda _made: _back(request, measure_id, year),
    )


@GET_POST
@workspace
def correct(request: HttpRequest, measure_id: str, year: int, report_id: str) -> HttpResponse:
    """A correction stands in the report's place; the first one stays readable."""
    measure_year, by = reportable(request, measure_id, year)
    first = measure_year.reports.filter(public_id=report_id, corrected_by__isnull=True).first()
    if first is None:
        raise Http404
    first.measure_year = measure_year
    initial = {n: getattr(first, n) for n in ("done", "changed", "evidence", "period")}
    initial |= {"status": measure_year.status, "timeliness": measure_year.timeliness}
    page = FormPage(
        "measures/report.html",
        draft_key=f"report-correct:{report_id}",
        message=_("Korjaus on tallennettu."),
        context={"m": measure_year, "corrects": first},
    )

    def make_form(data):
        form = ReportForm(data, measure_year=measure_year, initial=initial)
        del form.fields["period"]
        return form

    return form_page(
        request,
        page,
        make_form,
        lambda form: actions.correct_report(by=by, report=first, **form.cleaned_data),
        lambda _made: _back(request, measure_id, year),
    )


@GET_POST
@workspace
def status(request: HttpRequest, measure_id: str, year: int) -> HttpResponse:
    """Only the status: what is being done, whether in time, and why."""
    measure_year, by = reportable(request, measure_id, year)
    initial = {"status": measure_year.status, "timeliness": measure_year.timeliness}
    page = FormPage("measures/status.html", message=_("Tila on tallennettu."), context={"m": measure_year})
    return form_page(
        request,
        page,
        lambda data: StatusForm(data, measure_year=measure_year, initial=initial),
        lambda form: actions.change_status(by=by, measure_year=measure_year, **form.cleaned_data),
        lambda _made: reverse("measures:detail", args=[request.plan.public_id, measure_id, year]),
    )


@GET_POST
@workspace
def evaluation(request: HttpRequest, year: int, organisation_id: str) -> HttpResponse:
    """An organisation looks back at its year; each saving is a revision that stays."""
    round = reading.round_of(request.plan, year)
    organisation = reading.organisation_of(request.plan, organisation_id)
    demand(request.standing.can(Permission.VIEW_WORKSPACE, organisation))
    revisions = reading.evaluations_of(round, organisation)
    newest = revisions[0] if revisions else None
    initial = {n: getattr(newest, n, "") for n in ("succeeded", "difficult", "next_year")}
    initial["based_on"] = newest.number if newest else 0
    language = (get_language() or "fi")[:2]
    page = FormPage(
        "measures/evaluation.html",
        draft_key=f"evaluation:{round.public_id}:{organisation_id}",
        message=_("Vuosiarviointi on tallennettu."),
        seen_field="based_on",
        context={
            "round": round,
            "organisation": organisation,
            "revisions": revisions,
            "newest": newest,
            "may_evaluate": rules.may_evaluate(request.standing, round, organisation),
            "years": reading.years_of_organisation(round, organisation, request.standing),
        },
    )
    by = request.standing.actor(organisation)
    return form_page(
        request,
        page,
        lambda data: EvaluationForm(data, initial=initial),
        lambda form: actions.evaluate_year(
            by=by, round=round, organisation=organisation, language=language, **form.cleaned_data
        ),
        lambda _made: reverse("measures:evaluation", args=[request.plan.public_id, year, organisation_id]),
    )
