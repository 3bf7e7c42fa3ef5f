"""Family centres in the workspace: areas, places, the seven tasks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lautta.network import actions, rules
from lautta.network.forms.centres import AreaForm, CellForm, PlaceForm
from lautta.network.models import CentreArea
from lautta.network.presenters.tabs import tabs
from lautta.network.reading import centre_areas, matrix_of, municipalities_of, people_with
from lautta.network.views.services import GET_POST, within
from lautta.network.vocabulary import tasks
from lautta.organisations.permissions import Role
from lautta.plans.access import WorkspaceRequest, demand, workspace


@require_safe
@workspace
def centres(request: WorkspaceRequest) -> HttpResponse:
    """Areas with their places, and the matrix with its gaps."""
    reach = within(request)
    areas = centre_areas(request.plan)
    matrix = matrix_of(areas)
    rows = [
        {
            "task": row.task,
            "cells": [(a, c, reach.keeps_centre(a)) for a, c in zip(areas, row.cells, strict=True)],
        }
        for row in matrix.rows
    ]
    context = {
        "areas": [{"area": a, "may_keep": reach.keeps_centre(a)} for a in areas], "rows": rows, "gaps": len(matrix.gaps),
        "reach": reach, "tabs": tabs(request.plan.public_id, "centres"),
    }  # fmt: skip
    return render(request, "network/centres.html", context)


def _area(request: WorkspaceRequest, centre_id: str) -> tuple[CentreArea, rules.Reach]:
    reach = within(request)
    found = (
        request.plan.centre_areas.select_related("coordinator")
        .prefetch_related("parts__area")
        .filter(public_id=centre_id)
        .first()
    )
    if found is None:
        raise Http404
    found.plan = request.plan
    demand(reach.keeps_centre(found))
    return found, reach


def _area_form(request: WorkspaceRequest, area: CentreArea | None = None) -> AreaForm:
    people = people_with(request.plan, roles=[Role.FAMILY_CENTRE_COORDINATOR])
    return AreaForm(
        _posted(request), municipalities=municipalities_of(request.plan), people=people, area=area
    )


def _posted(request: WorkspaceRequest):
    return request.POST if request.method == "POST" else None


def _page(request: WorkspaceRequest, form, title: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "back": "network:centres", **more}
    return render(request, "network/form.html", context, status=422 if form.errors else 200)


@GET_POST
@workspace
def area_new(request: WorkspaceRequest) -> HttpResponse:
    demand(within(request).everything)
    form = _area_form(request)
    if request.method == "POST" and form.carry_out(
        actions.create_centre_area, by=request.standing.actor(), plan=request.plan
    ):
        messages.success(request, _("Alue on tallennettu. Lisää seuraavaksi sen paikat."))
        return redirect("network:centres", request.plan.public_id)
    return _page(request, form, _("Uusi perhekeskusalue"))


@GET_POST
@workspace
def area_edit(request: WorkspaceRequest, centre_id: str) -> HttpResponse:
    area, reach = _area(request, centre_id)
    demand(reach.everything)
    form = _area_form(request, area)
    if request.method == "POST" and form.carry_out(
        actions.update_centre_area, by=request.standing.actor(), centre_area=area
    ):
        messages.success(request, _("Alue on tallennettu."))
        return redirect("network:centres", request.plan.public_id)
    return _page(request, form, _("Perhekeskusalue"))


@GET_POST
@workspace
def place_new(request: WorkspaceRequest, centre_id: str) -> HttpResponse:
    area, _reach = _area(request, centre_id)
    form = PlaceForm(_posted(request), area=area)
    if request.method == "POST" and form.carry_out(
        actions.add_place, by=request.standing.actor(), centre_area=area
    ):
        messages.success(request, _("Paikka on tallennettu."))
        return redirect("network:centres", request.plan.public_id)
    return _page(request, form, _("Uusi paikka"), eyebrow=area.name)


@GET_POST
@workspace
def place_edit(request: WorkspaceRequest, centre_id: str, place_id: str) -> HttpResponse:
    area, _reach = _area(request, centre_id)
    place = area.places.select_related("municipality").filter(public_id=place_id).first()
    if place is None:
        raise Http404
    place.centre_area = area
    by = request.standing.actor()
    if request.POST.get("what") == "drop":
        actions.drop_place(by=by, place=place)
        messages.success(request, _("Paikka on poistettu."))
        return redirect("network:centres", request.plan.public_id)
    form = PlaceForm(_posted(request), area=area, place=place)
    if request.method == "POST" and form.carry_out(actions.change_place, by=by, place=place):
        messages.success(request, _("Paikka on tallennettu."))
        return redirect("network:centres", request.plan.public_id)
    return _page(request, form, _("Paikka"), eyebrow=area.name, drop_label=_("Poista paikka"))


@GET_POST
@workspace
def cell(request: WorkspaceRequest, centre_id: str, task: str) -> HttpResponse:
    """How one task is taken care of in one area."""
    area, _reach = _area(request, centre_id)
    if task not in tasks():
        raise Http404
    form = CellForm(_posted(request), cell=area.cells.filter(task=task).first())
    if request.method == "POST" and form.carry_out(
        actions.set_cell, by=request.standing.actor(), centre_area=area, task=task
    ):
        messages.success(request, _("Tallennettu."))
        return redirect("network:centres", request.plan.public_id)
    return _page(request, form, str(tasks()[task].name), eyebrow=area.name)
