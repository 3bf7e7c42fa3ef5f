"""What search holds of the annual clock: the published events, and nothing else."""

from __future__ import annotations

from lautta.annual_clock.models import ClockEvent
from lautta.common import search
from lautta.common.translated import LANGUAGES

KIND = "event"


def index_event(event: ClockEvent) -> None:
    """Put the event into the index when it is public, else take it out. In the caller's transaction."""
    if not event.is_public or event.ended_on:
        unindex_event(event)
        return
    texts = {}
    for language in LANGUAGES:
        title = event.title.in_language(language)
        body = [words for t in (event.description, event.place) if (words := t.in_language(language))]
        if title or body:
            texts[language] = (title or event.title.shown(language).text, "\n".join(body))
    search.index(
        scope=event.plan.public_id, kind=KIND, object_id=event.public_id, texts=texts, url_name="publishing:clock_event",
        url_kwargs={"plan_id": event.plan.public_id, "event_id": event.public_id},
    )  # fmt: skip


def unindex_event(event: ClockEvent) -> None:
    search.unindex(scope=event.plan.public_id, kind=KIND, object_id=event.public_id)
