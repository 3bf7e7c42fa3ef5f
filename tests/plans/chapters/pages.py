"""Helpers of the tests of pages."""

from django.urls import reverse

from lautta.plans.models import Chapter


def url(name, chapter=None, language=None, **query):
    kwargs = (
        {"plan_id": chapter.plan.public_id}
        if isinstance(chapter, Chapter)
        else {"plan_id": chapter.public_id}
    )
    if isinstance(chapter, Chapter):
        kwargs["chapter_id"] = chapter.public_id
    if language:
        kwargs["language"] = language
    return reverse(f"plans:{name}", kwargs=kwargs) + (
        "?" + "&".join(f"{k.strip('_')}={v}" for k, v in query.items()) if query else ""
    )


def typed(**values):
    return {
        "title": "Nykytila",
        "body": "Alku.",
        "body_format": "text",
        "plain": "Helppo.",
        "based_on": "1",
    } | values


def text(response) -> str:
    return response.content.decode()
