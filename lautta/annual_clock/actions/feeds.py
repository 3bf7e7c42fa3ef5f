"""Secret addresses of calendars: made and renewed. The secret is shown once and never stored."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.utils.translation import get_language

from lautta.annual_clock.models import Feed
from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.access import require
from lautta.plans.models import Plan


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def renew_feed(*, by: Actor, plan: Plan, organisation: Organisation | None = None) -> str:
    """A new address of one's own calendar, or of an organisation's; the former one stops at once. Returns the secret."""
    if organisation is not None:
        require(by, Permission.KEEP_CLOCK, plan=plan, organisation=organisation)
    else:
        require(by, Permission.VIEW_WORKSPACE, plan=plan, organisation=_any(by))
    secret = secrets.token_urlsafe(32)
    whose = {"organisation": organisation} if organisation else {"user": by.user}
    feed, _made = Feed.objects.update_or_create(
        plan=plan,
        **whose,
        defaults={
            "secret_hash": hashed(secret),
            "language": (get_language() or "fi")[:2],
            "renewed_on": clock.today(),
        },
    )
    audit.record(
        by=by, action="feed.renew", target=feed, scope=plan.public_id,
        organisation=organisation.public_id if organisation else "",
    )  # fmt: skip
    return secret


@transaction.atomic
def end_feed(*, by: Actor, feed: Feed) -> None:
    """Nobody may read the calendar at its address any more."""
    if feed.organisation is not None:
        require(by, Permission.KEEP_CLOCK, plan=feed.plan, organisation=feed.organisation)
    elif feed.user_id != by.user_id:
        require(by, Permission.MANAGE_PEOPLE, plan=feed.plan)
    audit.record(by=by, action="feed.end", target=feed, scope=feed.plan.public_id)
    feed.delete()


def _any(by: Actor) -> int | None:
    """One of the actor's own organisations: whoever has a role anywhere in the plan has a calendar."""
    return next(iter(getattr(by.standing, "organisation_ids", ())), None)
