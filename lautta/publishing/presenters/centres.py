"""Family centres, stepped services and promises for everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from lautta import charts
from lautta.charts.spots import letter
from lautta.indicators import boundaries
from lautta.indicators.areas import code_of_area
from lautta.network.models import CentreArea, Commitment, MeetingPlace, Process, TaskCell
from lautta.organisations.models import Area
from lautta.publishing.links import organisation_url
from lautta.publishing.presenters.figures.maps import Drawing, region_tiles
from lautta.publishing.presenters.words import words

ICONS = {"works": "check", "partly": "under-way", "planned": "planned", "gap": "cancelled"}
_CSS = {"works": "pill-ok", "partly": "pill-under-way", "planned": "pill-planned", "gap": "pill-alert"}


def area_rows(areas: Iterable[CentreArea]) -> list[dict]:
    """The list that says the same as the map."""
    return [
        {
            "area": area, "letter": letter(n),
            "parts": ", ".join(f"{p.area.name} ({p.part})" if p.part else str(p.area.name) for p in area.parts.all()),
            "places": list(area.places.all()),
        }
        for n, area in enumerate(areas)
    ]  # fmt: skip


def centre_map(areas: list[CentreArea], municipalities: Iterable[Area]) -> Drawing | None:
    """Municipalities by family-centre area with their places; None where they have no place on a map."""
    group_of: dict[int, int] = {}
    counts: Counter[tuple[int, str]] = Counter()
    for n, area in enumerate(areas):
        for part in area.parts.all():
            group_of.setdefault(part.area_id, n)
        counts.update((place.municipality_id, place.kind) for place in area.places.all())
    spots = {
        code_of_area(m): charts.Spot(
            str(m.name), group_of.get(m.pk), [counts[m.pk, k] for k in MeetingPlace.Kind.values]
        )
        for m in municipalities
    }
    drawn = boundaries.newest()
    lines = boundaries.drawn_areas(spots, drawn) if drawn and spots else None
    ground = lines if lines is not None else region_tiles(tuple(spots))
    if not ground:
        return None
    svg = charts.for_both_widths(
        charts.spot_map, ground, spots, [str(a.name) for a in areas], [str(label) for label in MeetingPlace.Kind.labels],
        key="centres", css="graph graph-spots", title=_("Perhekeskukset ja kohtaamispaikat kartalla"),
        description=_("Kirjain kertoo perhekeskusalueen, kuviot ja luvut paikkojen määrän. Samat tiedot ovat luettelossa."),
    )  # fmt: skip
    return Drawing(mark_safe(svg), drawn.source if lines is not None and drawn else "", lines is None)


def cell(found: TaskCell | None) -> dict:
    """One cell of the matrix."""
    if found is None:
        return {"state": "", "label": _("Ei tiedossa"), "icon": "help", "css": "pill-planned", "cell": None}
    return {
        "state": found.state, "label": found.get_state_display(), "icon": ICONS[found.state], "css": _CSS[found.state],
        "cell": found,
    }  # fmt: skip


def matrix(found) -> dict:
    """For the table: heads and rows; and how many of the cells are gaps."""
    rows = [{"task": row.task, "cells": [cell(c) for c in row.cells]} for row in found.rows]
    for row in rows:
        for area, made in zip(found.areas, row["cells"], strict=True):
            made["area"] = area
    return {
        "areas": found.areas,
        "rows": rows,
        "gaps": len(found.gaps),
        "all": len(found.areas) * len(found.rows),
    }


def process_page(process: Process) -> dict:
    """Drawing and list of a stepped process; steps and moves come prefetched."""
    steps, moves = list(process.steps.all()), list(process.moves.all())
    ordered = sorted(moves, key=lambda m: (not m.is_up, m.start if m.is_up else -m.start, m.end))
    svg = charts.for_both_widths(
        charts.staircase,
        [charts.Stair(str(s.get_tier_display()), str(s.title)) for s in steps],
        [charts.Passage(m.start - 1, m.end - 1, n) for n, m in enumerate(ordered, 1)],
        key="stairs", css="graph graph-stairs", title=str(process.title),
        description=_("Portaat kevyimmästä tuesta vahvimpaan. Numeroidut nuolet kertovat siirtymät; ne ovat myös luettelona."),
    )  # fmt: skip
    by_position = {s.position: s for s in steps}
    rows = [
        {"number": n, "move": m, "start": by_position.get(m.start), "end": by_position.get(m.end)}
        for n, m in enumerate(ordered, 1)
    ]
    return {
        "process": process, "svg": mark_safe(svg), "steps": steps,
        "up": [r for r in rows if r["move"].is_up], "down": [r for r in rows if not r["move"].is_up],
    }  # fmt: skip


def process_items(plan_id: str, processes: Iterable[Process]) -> list[dict]:
    return [
        {"title": words(p.title), "summary": words(p.summary), "url": reverse("publishing:process", args=(plan_id, p.public_id)),
         "steps": len(p.steps.all())}
        for p in processes
    ]  # fmt: skip


def promises(plan_id: str, rows: Iterable[Commitment], today) -> list[dict]:
    """Promises with their state; an open one whose day has passed says so."""
    icons = {"promised": "planned", "progress": "under-way", "done": "check", "withdrawn": "cancelled"}
    css = {
        "promised": "pill-planned",
        "progress": "pill-under-way",
        "done": "pill-ok",
        "withdrawn": "pill-planned",
    }
    return [
        {
            "row": row, "icon": icons[row.state], "css": css[row.state], "url": organisation_url(plan_id, row.organisation),
            "is_late": row.state in {"promised", "progress"} and row.due_on < today,
        }
        for row in rows
    ]  # fmt: skip
