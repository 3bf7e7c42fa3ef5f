"""A measure: new, seen, changed section by section, published, ended."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lautta.common.translated import Translated
from lautta.measures import actions, reading, rules
from lautta.measures.form_pages import FormPage, form_page
from lautta.measures.forms.measures import EditBasicsForm, NewMeasureForm, basics_initial, first_day
from lautta.measures.forms.rounds import EndForm, ReasonForm
from lautta.measures.presenters.detail import detail_context
from lautta.organisations.permissions import Permission
from lautta.plans.access import demand, workspace

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_POST
@workspace
def new(request: HttpRequest) -> HttpResponse:
    """Six fields on one page. The round is the newest open one, or the one in the address (`?year=`)."""
    plan, standing = request.plan, request.standing
    demand(standing.can_somewhere(Permission.EDIT_MEASURES))
    round, others = reading.round_to_fill(plan, standing, request.GET.get("year", ""))
    if round is None:
        return render(request, "measures/no_round.html", {"may_manage": rules.may_manage_rounds(standing)})
    organisations = reading.organisations_to_fill(plan, standing)
    language = (get_language() or "fi")[:2]

    def make_form(data):
        asked = request.GET.get("organisation")
        initial = {"starts_on": first_day(round), **({"organisation": asked} if asked else {})}
        return NewMeasureForm(data, plan=plan, organisations=organisations, initial=initial)

    def save(form):
        values = dict(form.cleaned_data)
        texts = {name: Translated.of(values.pop(name), language=language) for name in ("title", "change")}
        by = standing.actor(values["organisation"])
        return actions.create_measure(by=by, plan=plan, round=round, **values, **texts)

    page = FormPage(
        "measures/new.html",
        draft_key=f"measure-new:{plan.public_id}:{round.year}",
        message=_("Toimenpide on kirjattu luonnoksena. Voit täydentää sitä nyt tai myöhemmin."),
        context={"round": round, "other_rounds": others, "phase": rules.phase_of(round)},
    )
    return form_page(request, page, make_form, save, lambda made: _detail_url(plan, made))


def _detail_url(plan, measure_year) -> str:
    return reverse(
        "measures:detail", args=[plan.public_id, measure_year.measure.public_id, measure_year.round.year]
    )


@require_safe
@workspace
def detail(request: HttpRequest, measure_id: str, year: int) -> HttpResponse:
    """All that is known of one measure in one year, with what the person may do."""
    measure_year = reading.year_of(request.plan, request.standing, measure_id, year)
    return render(
        request, "measures/detail.html", detail_context(measure_year, request.plan, request.standing)
    )


def editable(request: HttpRequest, measure_id: str, year: int):
    """The year, when the person may write it at all; whether the phase allows is the action's to say."""
    found = reading.year_of(request.plan, request.standing, measure_id, year)
    demand(request.standing.can(Permission.EDIT_MEASURES, found.measure.organisation))
    return found, request.standing.actor(found.measure.organisation)


@GET_POST
@workspace
def edit(request: HttpRequest, measure_id: str, year: int) -> HttpResponse:
    """The six fields of a measure that stands, in the language they were written in."""
    measure_year, by = editable(request, measure_id, year)

    def make_form(data):
        return EditBasicsForm(
            data,
            plan=request.plan,
            chosen_goals=measure_year.goals.all(),
            initial=basics_initial(measure_year),
        )

    def save(form):
        values = dict(form.cleaned_data)
        for name in ("title", "change"):
            before = getattr(measure_year, name)
            values[name] = before.with_text(before.source, values[name])
        return actions.update_measure(by=by, measure_year=measure_year, **values)

    page = FormPage(
        "measures/edit.html",
        draft_key=f"measure:{measure_id}:{year}:basics",
        message=_("Tallennettu."),
        context={
            "m": measure_year,
            "may_edit": rules.may_edit_measures(
                request.standing, measure_year.round, measure_year.measure.organisation
            ),
        },
    )
    return form_page(request, page, make_form, save, lambda _saved: _detail_url(request.plan, measure_year))


@require_POST
@workspace
def publish(request: HttpRequest, measure_id: str, year: int) -> HttpResponse:
    """The organisation's own button: everybody sees the measure from now on."""
    measure_year = reading.year_of(request.plan, request.standing, measure_id, year)
    by = request.standing.actor(measure_year.measure.organisation)
    actions.publish_measure(by=by, measure_year=measure_year)
    messages.success(request, _("Toimenpide on nyt julkinen."))
    return redirect(_detail_url(request.plan, measure_year))


@GET_POST
@workspace
def unpublish(request: HttpRequest, measure_id: str, year: int) -> HttpResponse:
    """Back from the public pages, with a reason for the trail."""
    measure_year = reading.year_of(request.plan, request.standing, measure_id, year)
    organisation = measure_year.measure.organisation
    demand(request.standing.can(Permission.PUBLISH_MEASURES, organisation))
    page = FormPage(
        "measures/unpublish.html",
        message=_("Toimenpide ei enää näy julkisilla sivuilla."),
        context={"m": measure_year},
    )
    by = request.standing.actor(organisation)
    return form_page(
        request,
        page,
        ReasonForm,
        lambda form: actions.unpublish_measure(
            by=by, measure_year=measure_year, reason=form.cleaned_data["reason"]
        ),
        lambda _result: _detail_url(request.plan, measure_year),
    )


@GET_POST
@workspace
def end(request: HttpRequest, measure_id: str, year: int) -> HttpResponse:
    """The measure is not carried over any more; a second visit can undo it."""
    measure_year, by = editable(request, measure_id, year)
    measure = measure_year.measure
    page = FormPage("measures/end.html", message=_("Toimenpide on päätetty."), context={"m": measure_year})
    return form_page(
        request,
        page,
        EndForm,
        lambda form: actions.end_measure(by=by, measure=measure, **form.cleaned_data),
        lambda _result: _detail_url(request.plan, measure_year),
    )


@require_POST
@workspace
def resume(request: HttpRequest, measure_id: str, year: int) -> HttpResponse:
    measure_year, by = editable(request, measure_id, year)
    actions.resume_measure(by=by, measure=measure_year.measure)
    messages.success(request, _("Toimenpide jatkuu."))
    return redirect(_detail_url(request.plan, measure_year))
