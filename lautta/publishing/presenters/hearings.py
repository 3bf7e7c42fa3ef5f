"""Hearings as everybody sees them: by role and age, and no group counted out that is small enough to be known."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from lautta.plans.models import Plan
from lautta.publishing.presenters.filters import Column, Facet
from lautta.voices.models import Hearing, Voice
from lautta.voices.presenters_hearings import group_words

Row = tuple[int, str, dt.date]


def groups(hearing: Hearing) -> list[str]:
    return [group_words(group, public=True) for group in hearing.groups.all()]


def list_item(plan_id: str, hearing: Hearing) -> dict:
    return {
        "hearing": hearing,
        "groups": groups(hearing),
        "url": reverse("publishing:hearing", args=(plan_id, hearing.public_id)),
    }


def roles_of(pairs: Iterable[tuple[int, str | None]]) -> Mapping[int, frozenset[str]]:
    """(hearing, role) pairs → the roles that each heard."""
    found: dict[int, set[str]] = defaultdict(set)
    for pk, role in pairs:
        if role:
            found[pk].add(role)
    return {pk: frozenset(roles) for pk, roles in found.items()}


def facets(rows: Iterable[Row]) -> list[Facet]:
    years = sorted({day.year for _pk, _method, day in rows}, reverse=True)
    return [
        Facet("role", _("Ketä kuultiin"), [(r.value, str(r.label)) for r in Voice.SpeakerRole]),
        Facet("method", _("Miten"), [(m.value, str(m.label)) for m in Hearing.Method]),
        Facet("year", _("Vuosi"), [(str(year), str(year)) for year in years]),
    ]


def columns(rows: Iterable[Row], roles: Mapping[int, frozenset[str]]) -> dict[str, Column]:
    """For `filters.narrow`."""
    rows = list(rows)
    return {
        "role": Column.of([roles.get(pk, frozenset()) for pk, _m, _d in rows], lambda held: held),
        "method": Column.of([method for _pk, method, _d in rows], lambda method: [method]),
        "year": Column.of([day.year for _pk, _m, day in rows], lambda year: [str(year)]),
    }


def link(plan: Plan, hearing: Hearing) -> dict[str, str] | None:
    """The public page of what the matter is about, when there is one."""
    key = hearing.link_key
    if hearing.link_kind == Hearing.LinkKind.GOAL and (
        goal := plan.goals.public().filter(public_id=key).first()
    ):
        return {"url": reverse("publishing:goal", args=(plan.public_id, key)), "label": str(goal)}
    if hearing.link_kind == Hearing.LinkKind.CHAPTER:
        revision = plan.chapters.public_revisions().filter(chapter__public_id=key).first()
        if revision:
            return {"url": reverse("publishing:chapter", args=(plan.public_id, key)), "label": revision.title}
    return None
