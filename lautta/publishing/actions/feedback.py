"""Writes of the public site: feedback comes in, and is closed."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lautta.common import audit
from lautta.common.actors import SYSTEM, Actor
from lautta.common.problems import Refused
from lautta.organisations.permissions import Permission
from lautta.plans.access import require
from lautta.plans.models import Plan
from lautta.publishing.models import Feedback

# More than anyone can read; beyond it something is wrong, and the disk is not filled.
MOST_WAITING = 2_000


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


@transaction.atomic
def receive_feedback(
    *,
    by: Actor = SYSTEM,
    plan: Plan,
    kind: str,
    message: str,
    page: str = "",
    email: str = "",
    language: str = "fi",
) -> Feedback:
    """Keep a reader's message. No trail is written: there is nobody to name. Refused (429) when too many
    wait.
    """
    if plan.feedback.waiting().count() >= MOST_WAITING:
        raise Refused(
            _("Palautetta on tullut juuri nyt liian paljon. Yritä myöhemmin uudelleen."), status=429
        )
    week = monday_of(timezone.localdate())
    return Feedback.objects.create(
        plan=plan, kind=kind, message=message, page=page, email=email, language=language, created_week=week
    )


@transaction.atomic
def close_feedback(*, by: Actor, feedback: Feedback, note: str) -> Feedback:
    """Say what was done; the address has then served its purpose and goes. Refused (409) when already
    closed.
    """
    require(by, Permission.READ_FEEDBACK, plan=feedback.plan)
    closed = Feedback.objects.filter(pk=feedback.pk, state=Feedback.State.OPEN).update(
        state=Feedback.State.CLOSED, closed_note=note, email=""
    )
    if not closed:
        raise Refused(_("Palaute on jo merkitty käsitellyksi."))
    feedback.refresh_from_db()
    audit.record(
        by=by,
        action="feedback.close",
        target=feedback,
        scope=feedback.plan.public_id,
        changes={"state": (Feedback.State.OPEN, Feedback.State.CLOSED), "closed_note": ("", note)},
    )
    return feedback


@transaction.atomic
def erase_feedback(*, by: Actor, feedback: Feedback) -> None:
    """Remove a message for good: on request, or because it tells of a person."""
    require(by, Permission.READ_FEEDBACK, plan=feedback.plan)
    audit.record(by=by, action="feedback.erase", target=feedback, scope=feedback.plan.public_id)
    feedback.delete()
