"""What the views of the plan's structure share: rendering with the right status, breadcrumbs, tabs,
finding by public id.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from lautta.common.translated import LANGUAGES
from lautta.plans.forms.base import IN_LANGUAGE
from lautta.plans.models import Plan

PER_PAGE = 100


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *crumbs: tuple[str, str | None]
) -> HttpResponse:
    """Render; 422 when a form of the context was posted with errors. `crumbs` are (label, address or
    None).
    """
    forms = [value for value in context.values() if hasattr(value, "is_bound")]
    wrong = any(form.is_bound and form.errors for form in forms)
    context["breadcrumb"] = [{"label": label, "url": url} for label, url in crumbs]
    return render(request, template, context, status=422 if wrong else 200)


def posted(request: HttpRequest):
    """The data of a form: what was posted, or None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def found(rows: QuerySet, public_id: str) -> Any:
    """The row of the public id among `rows`, which hang from the plan in the address; 404 when it is not
    there.
    """
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row


def address(plan: Plan, name: str, **ids: str) -> str:
    """The address of a page of this plan."""
    return reverse(f"plans:{name}", kwargs={"plan_id": plan.public_id, **ids})


def content_language(plan: Plan, language: str | None, source: str) -> str:
    """The language of the text being edited: the asked one, else the source, where all facts can be edited.

    404 for one that the region does not use.
    """
    if language is None:
        return source
    if language not in plan.region.languages and language != source:
        raise Http404
    return language


def page_language(plan: Plan) -> str:
    """The language in which something new is written: the page's own if the region uses it, else the
    region's first.
    """
    own = (get_language() or "fi")[:2]
    return own if own in plan.region.languages or not plan.region.languages else plan.region.languages[0]


def language_tabs(plan: Plan, name: str, current: str, source: str, **ids: str) -> list[dict[str, Any]]:
    """Links to the same form in each content language."""
    known = [code for code in LANGUAGES if code in plan.region.languages or code == source]
    return [
        {
            "label": str(IN_LANGUAGE[code]).capitalize(),
            "url": address(plan, name, language=code, **ids),
            "current": code == current,
        }
        for code in known
    ]


def goal_tabs(plan: Plan, current: str) -> list[dict[str, Any]]:
    """The goal tree and the mirroring are two views of the same goals."""
    names = {"goals": _("Tavoitepuu"), "mirroring": _("Peilauspinta")}
    return _tabs(plan, names, current)


def background_tabs(plan: Plan, current: str) -> list[dict[str, Any]]:
    """What the plan rests on, and the plan's own settings."""
    names = {
        "indicators": pgettext("sivun otsikko", "Mittarit"), "background": _("Lähteet"),
        "participants": _("Osallistujat"), "linked_plans": _("Muut suunnitelmat"), "settings": _("Suunnitelman tiedot"),
    }  # fmt: skip
    return _tabs(plan, names, current)


def _tabs(plan: Plan, names: dict[str, str], current: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": address(plan, name), "current": name == current}
        for name, label in names.items()
    ]
