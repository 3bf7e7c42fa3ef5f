"""What every page knows: its language links and the mode of the installation."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import translation


def page(request: HttpRequest) -> dict[str, object]:
    """language_links: [{code, name, url, current}] to the same page in the other languages."""
    current = (translation.get_language() or "fi")[:2]
    path = request.get_full_path()
    links = [
        {"code": code, "name": name, "url": translate_url(path, code), "current": code == current}
        for code, name in settings.LANGUAGES
    ]
    return {
        "language_links": links,
        "language": current,
        "demo": settings.DEMO,
        "demo_day": settings.DEMO_DAY,
        "site_url": settings.SITE_URL,
    }
