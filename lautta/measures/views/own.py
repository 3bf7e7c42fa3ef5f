"""A round as one organisation sees it: emphases, measures, carry-over, answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.measures import actions, reading, rules
from lautta.measures.choices import Status
from lautta.measures.form_pages import FormPage, form_page
from lautta.measures.forms.rounds import CarryOverForm, EmphasisForm
from lautta.measures.presenters import rounds as presenters
from lautta.measures.views.measures import GET_POST
from lautta.organisations.permissions import Permission
from lautta.plans.access import demand, workspace


def _place(request: HttpRequest, year: int, organisation_id: str):
    """Round and organisation; 403 for those who work elsewhere, the coordinator excepted."""
    round = reading.round_of(request.plan, year)
    organisation = reading.organisation_of(request.plan, organisation_id)
    demand(request.standing.can(Permission.VIEW_WORKSPACE, organisation))
    return round, organisation


@require_safe
@workspace
def own_round(request: HttpRequest, year: int, organisation_id: str) -> HttpResponse:
    """Everything an organisation does in a round, in the order it is done."""
    round, organisation = _place(request, year, organisation_id)
    candidates = reading.carry_over_candidates(round, organisation)
    standing = request.standing
    context = {
        "round": round,
        "pill": presenters.phase_pill(round),
        "phase": rules.phase_of(round),
        "organisation": organisation,
        "emphasis": reading.emphasis_of(round, organisation),
        "answer": reading.answer_of(round, organisation),
        "years": reading.years_of_organisation(round, organisation, standing),
        "candidates": [
            {"m": m, "ticked": m.status not in {Status.DONE, Status.CANCELLED}} for m in candidates
        ],
        "evaluation": next(iter(reading.evaluations_of(round, organisation)), None),
        "may_edit": rules.may_edit_measures(standing, round, organisation),
        "may_evaluate": rules.may_evaluate(standing, round, organisation),
    }
    return render(request, "measures/own_round.html", context)


@GET_POST
@workspace
def emphasis(request: HttpRequest, year: int, organisation_id: str) -> HttpResponse:
    """What the organisation stresses this year, in the language of the page."""
    round, organisation = _place(request, year, organisation_id)
    demand(request.standing.can(Permission.EDIT_MEASURES, organisation))
    row, language = reading.emphasis_of(round, organisation), (get_language() or "fi")[:2]
    before = row.text if row else Translated(source=language)
    initial = {"text": before.in_language(language) or "", "version": row.version if row else 0}
    page = FormPage(
        "measures/emphasis.html",
        draft_key=f"emphasis:{round.public_id}:{organisation_id}:{language}",
        message=_("Painotukset on tallennettu."),
        context={"round": round, "organisation": organisation, "before": before},
    )

    def save(form):
        text = before.with_text(language, form.cleaned_data["text"])
        by = request.standing.actor(organisation)
        version = form.cleaned_data["version"]
        return actions.set_emphasis(by=by, round=round, organisation=organisation, text=text, version=version)

    return form_page(
        request,
        page,
        lambda data: EmphasisForm(data, initial=initial),
        save,
        lambda _s: _url(request, year, organisation_id),
    )


def _url(request: HttpRequest, year: int, organisation_id: str) -> str:
    return reverse("measures:own_round", args=[request.plan.public_id, year, organisation_id])


@require_POST
@workspace
def carry_over(request: HttpRequest, year: int, organisation_id: str) -> HttpResponse:
    """All that are ticked, at once."""
    round, organisation = _place(request, year, organisation_id)
    form = CarryOverForm(request.POST, candidates=reading.carry_over_candidates(round, organisation))
    if not form.is_valid():
        raise Refused(_("Valitse ainakin yksi toimenpide."), status=422)
    made = actions.carry_over(
        by=request.standing.actor(organisation),
        round=round,
        organisation=organisation,
        measure_years=form.chosen(),
    )
    text = ngettext(
        "%(n)d toimenpide siirtyi luonnokseksi.", "%(n)d toimenpidettä siirtyi luonnoksiksi.", len(made)
    )
    messages.success(request, text % {"n": len(made)})
    return redirect(_url(request, year, organisation_id))


@require_POST
@workspace
def answer(request: HttpRequest, year: int, organisation_id: str) -> HttpResponse:
    """We are ready, nothing new this year, or not ready after all."""
    round, organisation = _place(request, year, organisation_id)
    by = request.standing.actor(organisation)
    if request.POST.get("answer") == "withdraw":
        actions.withdraw_answer(by=by, round=round, organisation=organisation)
        messages.success(request, _("Vastaus on peruttu. Voitte jatkaa."))
    else:
        nothing = request.POST.get("answer") == "nothing"
        actions.answer_round(by=by, round=round, organisation=organisation, nothing_new=nothing)
        messages.success(request, _("Kiitos! Vastauksenne on kirjattu."))
    return redirect(_url(request, year, organisation_id))
