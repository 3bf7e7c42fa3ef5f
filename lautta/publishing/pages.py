"""What every public page shares: its door, its caching, its frame."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

from lautta.plans.access import public_plan

View = Callable[..., HttpResponse]
# What was erased must not live on in caches: a minute is enough to carry a rush of readers.
SECONDS_KEPT = 60


def kept_a_while(view: View) -> View:
    """The same page for everybody: caches may keep it for a minute, and then ask by ETag."""

    @wraps(view)
    def kept(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=SECONDS_KEPT)
        return response

    return conditional_page(kept)


def public_page(view: View) -> View:
    """A page of a published plan (`request.plan`), for reading only."""
    return require_safe(public_plan(kept_a_while(view)))


def show(
    request: HttpRequest, template: str, *, title: str, description: str = "", **context
) -> HttpResponse:
    """Render `publishing/<template>.html`; `title` and `description` also go to the head of the page."""
    context |= {"page_title": title, "page_description": " ".join(str(description).split())[:200]}
    return render(request, f"publishing/{template}.html", context)
