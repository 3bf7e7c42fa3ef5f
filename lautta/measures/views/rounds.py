"""Rounds as the coordinator and everybody else see them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lautta.common import clock
from lautta.measures import actions, reading, reminders, rules
from lautta.measures.form_pages import FormPage, form_page
from lautta.measures.forms.rounds import ReasonForm, RoundForm, next_round_initial, round_initial
from lautta.measures.presenters import rounds as presenters
from lautta.measures.views.measures import GET_POST
from lautta.plans.access import demand, workspace


@require_safe
@workspace
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds, newest first."""
    found = reading.rounds_with_counts(request.plan)
    context = {
        "rounds": [presenters.round_row(r) for r in found],
        "may_manage": rules.may_manage_rounds(request.standing),
    }
    return render(request, "measures/rounds.html", context)


@require_safe
@workspace
def round_page(request: HttpRequest, year: int) -> HttpResponse:
    """One round: what it asks, until when, and who has answered."""
    plan, standing = request.plan, request.standing
    round = reading.round_of(plan, year)
    everybody = reading.participants(round)
    manages = rules.may_manage_rounds(standing)
    context = {
        "round": round,
        "phase": rules.phase_of(round),
        "manages": manages,
        "own": [p for p in everybody if p.organisation.pk in standing.roles],
        **presenters.answering(everybody),
        "changes": round.state_changes.order_by("-pk")[:10],
    }
    return render(request, "measures/round.html", context)


@GET_POST
@workspace
def round_new(request: HttpRequest) -> HttpResponse:
    """A new round, prefilled from the last one."""
    plan, standing = request.plan, request.standing
    demand(rules.may_manage_rounds(standing))
    language = (get_language() or "fi")[:2]
    initial = next_round_initial(plan.rounds.newest_first().first(), clock.today(), language)
    page = FormPage(
        "measures/round_form.html",
        draft_key=f"round-new:{plan.public_id}",
        message=_("Kierros on luotu. Avaa se, kun organisaatiot voivat aloittaa."),
        context={"is_new": True},
    )
    return form_page(
        request,
        page,
        lambda data: RoundForm(data, language=language, initial=initial),
        lambda form: actions.create_round(by=standing.actor(), plan=plan, **form.values()),
        lambda made: reverse("measures:round", args=[plan.public_id, made.year]),
    )


@GET_POST
@workspace
def round_edit(request: HttpRequest, year: int) -> HttpResponse:
    """Dates and texts, in the language of the page."""
    round = reading.round_of(request.plan, year)
    demand(rules.may_manage_rounds(request.standing))
    language = (get_language() or "fi")[:2]
    page = FormPage(
        "measures/round_form.html",
        draft_key=f"round:{round.public_id}:{language}",
        message=_("Tallennettu."),
        context={"round": round, "is_new": False},
    )

    def save(form):
        version = form.cleaned_data["version"]
        return actions.update_round(
            by=request.standing.actor(), round=round, version=version, **form.values()
        )

    return form_page(
        request,
        page,
        lambda data: RoundForm(data, round=round, language=language, initial=round_initial(round, language)),
        save,
        lambda _saved: reverse("measures:round", args=[request.plan.public_id, year]),
    )


@require_POST
@workspace
def round_open(request: HttpRequest, year: int) -> HttpResponse:
    round = reading.round_of(request.plan, year)
    actions.open_round(by=request.standing.actor(), round=round)
    messages.success(request, _("Kierros on auki. Organisaatiot voivat nyt antaa toimenpiteensä."))
    return redirect("measures:round", request.plan.public_id, year)


@GET_POST
@workspace
def round_close(request: HttpRequest, year: int) -> HttpResponse:
    """Asks first: after this the organisations only report and evaluate."""
    round = reading.round_of(request.plan, year)
    demand(rules.may_manage_rounds(request.standing))
    if request.method == "POST":
        actions.close_round(by=request.standing.actor(), round=round)
        messages.success(request, _("Kierros on suljettu."))
        return redirect("measures:round", request.plan.public_id, year)
    missing = presenters.answering(reading.participants(round))["missing"]
    return render(request, "measures/round_close.html", {"round": round, "missing": missing})


@GET_POST
@workspace
def round_reopen(request: HttpRequest, year: int) -> HttpResponse:
    """Back open, with a reason that stays in the round's history."""
    round = reading.round_of(request.plan, year)
    demand(rules.may_manage_rounds(request.standing))
    page = FormPage(
        "measures/round_reopen.html", message=_("Kierros on taas auki."), context={"round": round}
    )
    return form_page(
        request,
        page,
        ReasonForm,
        lambda form: actions.reopen_round(by=request.standing.actor(), round=round, **form.cleaned_data),
        lambda _saved: reverse("measures:round", args=[request.plan.public_id, year]),
    )


@GET_POST
@workspace
def remind(request: HttpRequest, year: int) -> HttpResponse:
    """Says how many will get the mail before it is queued."""
    round = reading.round_of(request.plan, year)
    demand(rules.may_manage_rounds(request.standing))
    if request.method == "POST":
        count = actions.remind_missing(by=request.standing.actor(), round=round)
        text = ngettext("Muistutus lähtee %(n)d ihmiselle.", "Muistutus lähtee %(n)d ihmiselle.", count) % {
            "n": count
        }
        messages.success(request, text if count else _("Kaikki ovat saaneet muistutuksen jo tänään."))
        return redirect("measures:round", request.plan.public_id, year)
    people = reminders.people_to_remind(round)
    waiting = reminders.not_yet_reminded(round, [user for user, _organisations in people])
    silent = presenters.answering(reading.participants(round))["missing"]
    reached = {o.pk for _user, organisations in people for o in organisations}
    context = {
        "round": round,
        "count": len(waiting),
        "all_reminded": bool(people) and not waiting,
        "missing": silent,
        "unreached": [p for p in silent if p.organisation.pk not in reached],
    }
    return render(request, "measures/remind.html", context)
