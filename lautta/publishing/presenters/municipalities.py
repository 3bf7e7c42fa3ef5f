"""Municipalities: where they have belonged, and how many children live there."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from lautta.organisations.actions.areas import LONG_AGO
from lautta.organisations.models import Area, AreaMembership, AreaPopulation, AreaSuccession, Organisation
from lautta.publishing.links import municipality_url, organisation_url
from lautta.publishing.presenters.words import words


def is_former(membership: AreaMembership, today: dt.date) -> bool:
    """The municipality has left the region or ceased to be."""
    ends = (membership.ended_on, membership.area.ended_on)
    return any(end is not None and end < today for end in ends)


def by_membership(
    plan_id: str, memberships: Iterable[AreaMembership], today: dt.date
) -> dict[str, list[dict]]:
    """{"now": …, "before": …} by name; a municipality that came back is listed once, by its latest
    membership.
    """
    latest = {}
    for membership in memberships:
        latest[membership.area_id] = membership
    groups: dict[str, list[dict]] = {"now": [], "before": []}
    for m in latest.values():
        item = {
            "name": words(m.area.name),
            "url": municipality_url(plan_id, m.area),
            "until": m.ended_on or m.area.ended_on,
        }
        groups["before" if is_former(m, today) else "now"].append(item)
    return groups


def population_tables(rows: Iterable[AreaPopulation]) -> list[dict]:
    """One table a source: years down, age groups across. A cell that the source lacks is None, not zero."""
    sources: dict[str, dict] = {}
    for row in rows:
        table = sources.setdefault(row.source, {"cells": {}, "ages": set(), "bases": {}})
        age = (row.age_from, row.age_to)
        table["ages"].add(age)
        table["cells"][row.year, age] = row.count
        table["bases"][row.year] = row.basis
    made = []
    for source, table in sources.items():
        ages = sorted(table["ages"])
        labels = [f"{first}–{last}" for first, last in ages]
        years = [
            {
                "year": year,
                "is_projection": basis == AreaPopulation.Basis.PROJECTION,
                "counts": [
                    {"age": label, "count": table["cells"].get((year, age))}
                    for label, age in zip(labels, ages, strict=True)
                ],
            }
            for year, basis in sorted(table["bases"].items())
        ]
        made.append({"source": source, "ages": labels, "years": years})
    return made


def organisations(plan_id: str, found: Iterable[Organisation]) -> list[dict]:
    """By name, with links."""
    return [
        {"name": words(o.name), "url": organisation_url(plan_id, o), "kind": o.get_kind_display()}
        for o in sorted(found, key=lambda o: (o.sort_key, o.pk))
    ]


def history(
    area: Area, memberships: Iterable[AreaMembership], successions: Iterable[AreaSuccession]
) -> list[str]:
    """What has happened to the municipality, a sentence each, oldest first. Rows come with their areas."""
    events: list[tuple[int, str]] = []
    for m in memberships:
        unknown_start = m.started_on <= LONG_AGO
        if unknown_start and not m.ended_on:
            continue
        asked = {
            "region": m.parent.name,
            "start": m.started_on.year,
            "end": m.ended_on.year if m.ended_on else "",
        }
        if unknown_start:
            text = _("Vuoteen %(end)s asti: kuului alueeseen %(region)s.")
        elif m.ended_on:
            text = _("%(start)s–%(end)s: kuului alueeseen %(region)s.")
        else:
            text = _("%(start)s alkaen: %(region)s.")
        events.append((m.started_on.year, text % asked))
    successions = list(successions)
    for s in (s for s in successions if s.new_id == area.pk):
        events.append(
            (s.year, _("%(year)s: %(area)s liittyi mukaan.") % {"year": s.year, "area": s.old.name})
        )
    for s in (s for s in successions if s.old_id == area.pk):
        text = (
            _("%(year)s: liittyi kuntaan %(area)s.")
            if s.share == 1
            else _("%(year)s: osa liittyi kuntaan %(area)s.")
        )
        events.append((s.year, text % {"year": s.year, "area": s.new.name}))
    return [text for _year, text in sorted(events)]
