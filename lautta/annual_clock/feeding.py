"""What a feed holds: a person's or an organisation's calendar from last year to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone, translation

from lautta.annual_clock.choices import EventKind
from lautta.annual_clock.happenings import Happening, Year
from lautta.annual_clock.ics import Entry, calendar_of
from lautta.annual_clock.models import ClockEvent, Feed
from lautta.common import clock
from lautta.plans.standing import Standing, standing_of


def feed_calendar(feed: Feed) -> bytes | None:
    """The calendar's bytes; None when the person has no role in the plan any more."""
    standing: Standing | None = None
    if feed.user is not None:
        standing = standing_of(feed.user, feed.plan)
        if not standing.is_member:
            return None
        wanted = {None, *standing.organisation_ids}
    else:
        wanted = {None, feed.organisation_id}
    today = clock.today()
    first, last = dt.date(today.year - 1, 1, 1), dt.date(today.year + 1, 12, 31)
    year = Year(feed.plan, first, last, standing)
    partner_of = feed.plan.clock_events.filter(partners__in=[pk for pk in wanted if pk]).values_list(
        "pk", flat=True
    )
    partners = set(partner_of)
    happenings = [h for h in year.everything() if h.organisation in wanted or h.event_pk in partners]
    with translation.override(feed.language):
        whose = feed.organisation.name if feed.organisation else feed.plan.region.name
        name = f"{feed.plan.title.shown(feed.language).text} · {whose}"
        return calendar_of(
            _entries(feed, year, happenings, partners, wanted), name=name, zone=feed.plan.region.time_zone, now=timezone.now()
        )  # fmt: skip


def _entries(
    feed: Feed, year: Year, happenings: list[Happening], partners: set[int], wanted: set
) -> Iterator[Entry]:
    rows = feed.plan.clock_events.filter(pk__in={h.event_pk for h in happenings if h.event_pk})
    events = {event.pk: event for event in rows}
    for h in happenings:
        event = events.get(h.event_pk or 0)
        yield Entry(
            uid=_uid(h.key), day=h.day, last=h.last, title=str(h.words), starts_at=h.starts_at, ends_at=h.ends_at,
            description=str(event.description) if event else "", place=str(event.place) if event else "",
            url=settings.SITE_URL + h.url if h.url and feed.user_id else "",
            sequence=event.version - 1 if event else 0, modified=event.updated_at if event else None,
            category=str(EventKind(h.kind).label),
        )  # fmt: skip
    # What was cancelled is said so: a reader that had it takes it away.
    for event in feed.plan.clock_events.exclude(exceptions={}).select_related("plan"):
        allowed = (event.pk in events) or (
            event.organisation_id in wanted and (event.is_public or feed.user_id)
        )
        if allowed or event.pk in partners:
            yield from _cancelled(event, year)


def _cancelled(event: ClockEvent, year: Year) -> Iterator[Entry]:
    for day, to in event.moved.items():
        if to is None and year.first <= day <= year.last and event.ended_on is None:
            yield Entry(
                uid=_uid(f"event:{event.public_id}:{day:%Y%m%d}"), day=day, last=day + dt.timedelta(days=event.days - 1),
                title=str(event.title), starts_at=event.starts_at, ends_at=event.ends_at, sequence=event.version - 1,
                modified=event.updated_at, cancelled=True,
            )  # fmt: skip


def _uid(key: str) -> str:
    return f"{key.replace(':', '-')}@lautta"


def feed_of(secret_hash: str) -> Feed | None:
    """The feed whose address has the hash; None also when its person's account is closed or its plan has ended."""
    feed = (
        Feed.objects.select_related("plan__region", "organisation", "user")
        .filter(secret_hash=secret_hash)
        .first()
    )
    return feed if feed and (feed.user is None or feed.user.is_active) else None
