"""Addresses of public things, with their slugs in the reader's language."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify

from lautta.common.translated import Translated

LONGEST = 60


def slug_of(words: Translated | str) -> str:
    """A readable tail for an address, at most 60 characters; "-" when no letter survives."""
    return slugify(str(words))[:LONGEST].strip("-") or "-"


def goal_url(plan_id: str, goal) -> str:
    return reverse("publishing:goal", args=(plan_id, goal.public_id, slug_of(goal.title)))


def chapter_url(plan_id: str, chapter_id: str, title: str) -> str:
    return reverse("publishing:chapter", args=(plan_id, chapter_id, slug_of(title)))


def measure_url(plan_id: str, measure_id: str, title: Translated | str) -> str:
    return reverse("publishing:measure", args=(plan_id, measure_id, slug_of(title)))


def organisation_url(plan_id: str, organisation) -> str:
    return reverse(
        "publishing:organisation", args=(plan_id, organisation.public_id, slug_of(organisation.name))
    )


def municipality_url(plan_id: str, area) -> str:
    return reverse("publishing:municipality", args=(plan_id, area.public_id, slug_of(area.name)))


def indicator_url(plan_id: str, indicator, area: str = "") -> str:
    """`area`: the panel's code of the area that is shown; the region itself has the plain address."""
    path = reverse("publishing:indicator", args=(plan_id, indicator.public_id, slug_of(indicator.title)))
    return f"{path}?area={area}" if area else path


def indicator_link(plan_id: str) -> Callable[[Any], str]:
    """For numbers in a text: the page of the indicator that each is of."""
    return lambda figure: indicator_url(plan_id, figure.indicator)


def to_right_address(request: HttpRequest, right: str) -> HttpResponse | None:
    """A redirect when the address has another slug or none, keeping what was asked; None when it is right."""
    if request.path == right:
        return None
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{right}?{query}" if query else right, permanent=True)
