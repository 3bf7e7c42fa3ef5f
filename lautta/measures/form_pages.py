"""One way for every form page of the room: draft shown, errors beside fields, nothing overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from lautta.common.actors import Actor
from lautta.common.drafts import drop_draft, initial_from_draft, stored_draft
from lautta.common.problems import Refused
from lautta.measures.checks import ChangedMeanwhile
from lautta.measures.presenters.conflicts import conflict_rows


@dataclass
class FormPage:
    """What a form page needs besides its form. `seen_field` is the hidden field that tells which version was seen."""

    template: str
    draft_key: str = ""
    message: Any = ""
    seen_field: str = "version"
    context: Mapping[str, Any] = field(default_factory=dict)


def form_page(
    request: HttpRequest,
    page: FormPage,
    make_form: Callable[[Any], Form],
    save: Callable[[Form], Any],
    done: Callable[[Any], str],
) -> HttpResponse:
    """GET shows the form (a kept draft in it); POST saves and leads to `done(result)`, or shows what is wrong (422, 409)."""
    if request.method == "POST":
        form = make_form(request.POST)
        problem = attempt(form, save, page.seen_field)
        if not isinstance(problem, Exception):
            if page.draft_key:
                drop_draft(by=Actor(user=request.user, role="self"), key=page.draft_key)
            if page.message:
                messages.success(request, page.message)
            return HttpResponseRedirect(done(problem))
        conflicts = conflict_rows(problem) if isinstance(problem, ChangedMeanwhile) else None
        return show(request, page, form, conflicts=conflicts, status=409 if conflicts is not None else 422)
    form = make_form(None)
    return show(request, page, form, draft=restore(request, page.draft_key, form))


class InvalidFormError(Exception):
    """The form itself said no."""


def attempt(form: Form, save: Callable[[Form], Any], seen_field: str = "version") -> Any:
    """What `save` returned, or the exception that stopped it, its sentence put beside its field."""
    if not form.is_valid():
        return InvalidFormError()
    try:
        return save(form)
    except ChangedMeanwhile as problem:
        form.add_error(None, str(problem.message))
        if seen_field in form.fields:
            # The next press is made knowing what stands now, so it carries the version that stands now.
            form.data = form.data.copy()
            form.data[form.add_prefix(seen_field)] = str(
                getattr(problem.current, "version", None) or _number(problem.current)
            )
        return problem
    except Refused as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem.message))
        return problem


def _number(current: Any) -> int:
    return getattr(current, "number", 0)


def restore(request: HttpRequest, key: str, form: Form) -> Any:
    """Put a kept draft into the unbound form; returns its row, or None."""
    draft = stored_draft(request.user, key) if key else None
    if draft:
        form.initial = {**form.initial, **initial_from_draft(form, draft.fields)}
    return draft


def show(
    request: HttpRequest, page: FormPage, form: Any, *, draft=None, conflicts=None, status: int = 200
) -> HttpResponse:
    context = {
        **page.context,
        "form": form,
        "draft_key": page.draft_key,
        "draft_at": draft.updated_at if draft else None,
        "draft_url": request.path,
        "conflicts": conflicts,
    }
    return render(request, page.template, context, status=status)
