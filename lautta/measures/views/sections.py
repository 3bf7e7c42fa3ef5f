"""What can be completed later: each section is a form of its own, saved by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lautta.common.drafts import stored_draft
from lautta.measures import actions
from lautta.measures.form_pages import FormPage, form_page
from lautta.measures.forms import measures as forms
from lautta.measures.forms.indicators import IndicatorsForm
from lautta.measures.forms.resources import ResourcesForm
from lautta.measures.presenters.measures import sections
from lautta.measures.reading import organisations_ever
from lautta.measures.views.measures import GET_POST, editable
from lautta.plans.access import workspace

FORMS: dict[str, Any] = {
    "description": forms.DescriptionForm,
    "tier": forms.TierForm,
    "people": forms.PeopleForm,
    "groups": forms.GroupsForm,
    "indicators": IndicatorsForm,
    "mirroring": forms.MirroringForm,
    "resources": ResourcesForm,
}


def save_section(by, measure_year, section: str) -> Callable[[Any], Any]:
    """What the form's content is given to."""

    def save(form):
        version = form.cleaned_data["version"]
        if section == "mirroring":
            return actions.set_mirrorings(
                by=by, measure_year=measure_year, items=form.items(), version=version
            )
        if section == "indicators":
            return actions.set_indicators(by=by, measure_year=measure_year, rows=form.rows(), version=version)
        if section == "resources":
            return form.write(by)
        return actions.update_measure(by=by, measure_year=measure_year, version=version, **form.values())

    return save


@GET_POST
@workspace
def section(request: HttpRequest, measure_id: str, year: int, section: str) -> HttpResponse:
    """One section's form."""
    if section not in FORMS:
        raise Http404
    measure_year, by = editable(request, measure_id, year)
    label, asks = next((label, asks) for name, label, asks in sections() if name == section)
    extra: dict[str, Any] = {}
    key = f"measure:{measure_id}:{year}:{section}"
    if section == "resources":
        draft = stored_draft(request.user, key) if request.method != "POST" else None
        extra = {
            "organisations": list(organisations_ever(request.plan)),
            "draft": draft.fields if draft else None,
        }
    page = FormPage(
        f"measures/section_{section}.html" if section == "resources" else "measures/section.html",
        draft_key=key,
        message=_("Tallennettu."),
        context={"m": measure_year, "section": section, "label": label, "asks": asks, "sections": sections()},
    )
    back = reverse("measures:detail", args=[request.plan.public_id, measure_id, year]) + "#later"
    return form_page(
        request,
        page,
        lambda data: FORMS[section](data, measure_year=measure_year, **extra),
        save_section(by, measure_year, section),
        lambda _saved: back,
    )


@GET_POST
@workspace
def translate(request: HttpRequest, measure_id: str, year: int, language: str) -> HttpResponse:
    """The texts in another language than they were written in."""
    measure_year, by = editable(request, measure_id, year)
    names = dict(settings.LANGUAGES)
    if language not in names or language == measure_year.title.source:
        raise Http404
    page = FormPage(
        "measures/translate.html",
        draft_key=f"measure:{measure_id}:{year}:{language}",
        message=_("Käännös on tallennettu."),
        context={"m": measure_year, "target": language, "target_name": names[language]},
    )

    def save(form):
        version = form.cleaned_data["version"]
        return actions.update_measure(by=by, measure_year=measure_year, version=version, **form.values())

    return form_page(
        request,
        page,
        lambda data: forms.TranslationForm(data, measure_year=measure_year, language=language),
        save,
        lambda _saved: reverse("measures:detail", args=[request.plan.public_id, measure_id, year]),
    )
