"""Going on, stopping, publishing, taking back, erasing, translating."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lautta.assessments import actions, readiness, reading, rules
from lautta.assessments.choices import NEEDS_REASON, REOPENINGS, State
from lautta.assessments.forms.base import source_words
from lautta.assessments.forms.moving import MoveForm, PublishForm, TranslationForm, UnpublishForm
from lautta.assessments.pages import form_page
from lautta.assessments.presenters import detail as presenter
from lautta.assessments.signs import findings
from lautta.assessments.steps import STEPS
from lautta.assessments.views.listing import GET_POST
from lautta.common.translated import Translated
from lautta.measures.form_pages import FormPage
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.voices.presenters import signs_shown


def _back(request: WorkspaceRequest, assessment_id: str) -> str:
    return reverse("assessments:detail", args=[request.plan.public_id, assessment_id])


@GET_POST
@workspace
def move(request: WorkspaceRequest, assessment_id: str, state: str) -> HttpResponse:
    """One move of the table: what it means, what is still missing, and the reason where one is asked."""
    assessment = reading.own_assessment(request.plan, request.standing, assessment_id)
    demand(rules.may_edit(request.standing, assessment))
    if state not in rules.next_states(assessment):
        raise Http404
    needs_reason = state in NEEDS_REASON or (assessment.state, state) in REOPENINGS
    by = request.standing.actor(assessment.organisation)
    found = next(m for m in presenter.moves(assessment) if m["state"] == state)
    missing = [
        {"sentence": m.sentence, "step": STEPS[m.step].label,
         "url": presenter.step_url(request.plan.public_id, assessment_id, m.step)}
        for m in readiness.missing_for(assessment, state)
    ]  # fmt: skip

    def save(form):
        reason = form.cleaned_data.get("reason", "")
        text = Translated.of(reason, language=assessment.title.source)
        return actions.move(by=by, assessment=assessment, state=state, reason=text)

    standing = source_words(assessment.stop_reason) if state == State.SCREENED else ""
    page = FormPage(
        "assessments/move.html",
        message=_("Tila on nyt: %(state)s.") % {"state": State(state).label},
        context={
            "a": assessment, "move": found, "missing": missing, "is_stop": state in NEEDS_REASON,
            "state_name": State(state).label,
        },
    )  # fmt: skip
    return form_page(
        request,
        page,
        lambda data: MoveForm(data, needs_reason=needs_reason, standing=standing),
        save,
        lambda _saved: _back(request, assessment_id),
    )


@GET_POST
@workspace
def publish(request: WorkspaceRequest, assessment_id: str) -> HttpResponse:
    """A last look, then public."""
    assessment = reading.own_assessment(request.plan, request.standing, assessment_id)
    demand(rules.may_publish(request.standing, assessment))
    found = findings(assessment)
    page = FormPage(
        "assessments/publish.html",
        message=_("Arviointi on nyt julkinen."),
        context={
            "a": assessment,
            "signs": signs_shown(found),
            "publication": reading.published_of(assessment),
            "can": rules.can_be_published(assessment),
            "translations": presenter.translations(assessment),
        },
    )
    by = request.standing.actor(assessment.organisation)
    return form_page(
        request,
        page,
        PublishForm,
        lambda form: actions.publish(by=by, assessment=assessment, checked=form.cleaned_data["checked"]),
        lambda _made: _back(request, assessment_id),
    )


@GET_POST
@workspace
def unpublish(request: WorkspaceRequest, assessment_id: str) -> HttpResponse:
    assessment = reading.own_assessment(request.plan, request.standing, assessment_id)
    demand(rules.may_publish(request.standing, assessment))
    by = request.standing.actor(assessment.organisation)
    page = FormPage(
        "assessments/unpublish.html", message=_("Arviointi ei enää ole julkinen."), context={"a": assessment}
    )
    return form_page(
        request,
        page,
        UnpublishForm,
        lambda form: actions.unpublish(by=by, assessment=assessment, reason=form.cleaned_data["reason"]),
        lambda _made: _back(request, assessment_id),
    )


@require_POST
@workspace
def erase_hearing(request: WorkspaceRequest, assessment_id: str, heard_id: str) -> HttpResponse:
    """What was heard goes for good, from what is published too."""
    assessment = reading.own_assessment(request.plan, request.standing, assessment_id)
    demand(rules.may_publish(request.standing, assessment))
    hearing = reading.hearing_of(assessment, heard_id)
    actions.erase_hearing(by=request.standing.actor(assessment.organisation), hearing=hearing)
    messages.success(request, _("Kuulemisen sanat on hävitetty, myös julkaistuista teksteistä."))
    return redirect(_back(request, assessment_id))


@GET_POST
@workspace
def translate(request: WorkspaceRequest, assessment_id: str, language: str) -> HttpResponse:
    """Every text in another language, its source above it."""
    assessment = reading.own_assessment(request.plan, request.standing, assessment_id)
    demand(rules.may_edit(request.standing, assessment))
    names = dict(settings.LANGUAGES)
    if language not in names or language == assessment.title.source:
        raise Http404
    page = FormPage(
        "assessments/translate.html",
        draft_key=f"assessment:{assessment_id}:in:{language}",
        message=_("Käännös on tallennettu."),
        context={"a": assessment, "target": language, "target_name": names[language]},
    )
    by = request.standing.actor(assessment.organisation)
    return form_page(
        request,
        page,
        lambda data: TranslationForm(data, assessment=assessment, target=language),
        lambda form: form.save(by),
        lambda _saved: _back(request, assessment_id),
    )
