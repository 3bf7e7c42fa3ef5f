"""Navigation of the public site."""

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, object]:
    """nav: [{label, url, current}] of a public plan, else nothing."""
    return {}
