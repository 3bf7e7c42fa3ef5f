"""One way for every form page of the room, upon that of the measures: a stale form shows what others saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from lautta.assessments.presenters.conflicts import conflict_rows
from lautta.common.actors import Actor
from lautta.common.drafts import drop_draft
from lautta.common.problems import Refused
from lautta.measures.form_pages import FormPage, restore, show
from lautta.plans.conflicts import StaleForm


def form_page(
    request: HttpRequest,
    page: FormPage,
    make_form: Callable[[Any], Any],
    save: Callable[[Any], Any],
    done: Callable[[Any], str],
) -> HttpResponse:
    """GET shows the form (a kept draft in it); POST saves and leads to `done(result)`, or shows what is wrong (422, 409)."""
    if request.method != "POST":
        form = make_form(None)
        return show(request, page, form, draft=restore(request, page.draft_key, form))
    form = make_form(request.POST)
    if not form.is_valid():
        return show(request, page, form, status=422)
    try:
        result = save(form)
    except StaleForm as problem:
        form.add_error(None, str(problem.message))
        # The next press is made knowing what stands now, so it carries the version that stands now.
        form.data = form.data.copy()
        form.data["version"] = str(problem.version)
        return show(request, page, form, conflicts=conflict_rows(problem), status=409)
    except Refused as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem.message))
        return show(request, page, form, status=problem.status)
    if page.draft_key:
        drop_draft(by=Actor(user=request.user, role="self"), key=page.draft_key)
    if page.message:
        messages.success(request, page.message)
    return HttpResponseRedirect(done(result))
