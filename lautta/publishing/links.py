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


# Stand for an id and a slug while an address is made once for many rows; no id or slug has such letters.
_ID, _SLUG = "_ID_", "_SLUG_"


def _addresses(name: str, plan_id: str) -> Callable[[str, Translated | str], str]:
    """Of many things of one kind: (public id, title) → address. Resolving each by itself is a fifth of a long page's time."""
    pattern = reverse(f"publishing:{name}", args=(plan_id, _ID, _SLUG))
    return lambda public_id, title: pattern.replace(_ID, public_id).replace(_SLUG, slug_of(title))


def measure_urls(plan_id: str) -> Callable[[str, Translated | str], str]:
    return _addresses("measure", plan_id)


def indicator_urls(plan_id: str) -> Callable[..., str]:
    """(indicator, area's code or "") → as `indicator_url`."""
    made = _addresses("indicator", plan_id)

    def address(indicator, area: str = "") -> str:
        path = made(indicator.public_id, indicator.title)
        return f"{path}?area={area}" if area else path

    return address


def measure_url(plan_id: str, measure_id: str, title: Translated | str) -> str:
    return measure_urls(plan_id)(measure_id, title)


def assessment_urls(plan_id: str) -> Callable[[str, Translated | str], str]:
    return _addresses("assessment", plan_id)


def assessment_url(plan_id: str, assessment_id: str, title: Translated | str) -> str:
    return assessment_urls(plan_id)(assessment_id, title)


def service_urls(plan_id: str) -> Callable[[str, Translated | str], str]:
    return _addresses("service", plan_id)


def service_url(plan_id: str, service) -> str:
    return service_urls(plan_id)(service.public_id, service.name)


def organisation_url(plan_id: str, organisation) -> str:
    return reverse(
        "publishing:organisation", args=(plan_id, organisation.public_id, slug_of(organisation.name))
    )


def municipality_url(plan_id: str, area) -> str:
    return reverse("publishing:municipality", args=(plan_id, area.public_id, slug_of(area.name)))


def population_url(plan_id: str, area=None) -> str:
    """Children by age of a municipality, or of the whole region."""
    if area is None:
        return reverse("publishing:population", args=(plan_id,))
    return reverse("publishing:area_population", args=(plan_id, area.public_id, slug_of(area.name)))


def indicator_url(plan_id: str, indicator, area: str = "") -> str:
    """`area`: the panel's code of the area that is shown; the region itself has the plain address."""
    return indicator_urls(plan_id)(indicator, area)


def indicator_link(plan_id: str) -> Callable[[Any], str]:
    """For numbers in a text: the page of the indicator that each is of."""
    return lambda figure: indicator_url(plan_id, figure.indicator)


def to_right_address(request: HttpRequest, right: str) -> HttpResponse | None:
    """A redirect when the address has another slug or none, keeping what was asked; None when it is right."""
    if request.path == right:
        return None
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{right}?{query}" if query else right, permanent=True)
