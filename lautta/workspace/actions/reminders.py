"""Reminders: one mail a person and run at most, and no duty twice for the same day count.

Safe to run twice, late, or by several machines at once: a person's row is locked while that person's mail is written, and
each (duty, day count) is kept as a unique row with the mail.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from lautta.common import clock, mail
from lautta.common.actors import Actor
from lautta.common.duties import Duty
from lautta.common.models import MailMention, OutgoingMail, User
from lautta.plans.models import Plan
from lautta.workspace.duties import duties_of_plan

# Days from the due date on which a duty is called to mind.
DAY_COUNTS = (-7, -1, 1, 7)
# A day count that was missed (a machine was off) is still used this many days later.
GRACE = 3


def due_count(duty: Duty, today: dt.date) -> int | None:
    """The day count that calls for a reminder today, or None."""
    passed = (today - duty.due).days
    fitting = [count for count in DAY_COUNTS if count <= passed < count + GRACE]
    return max(fitting) if fitting else None


def mention_key(duty: Duty, count: int) -> str:
    """What is unique of one reminder: the duty, its due date and the day count."""
    return f"{duty.key}:{duty.due:%Y%m%d}:{count:+d}"


def send_reminders(*, by: Actor, today: dt.date | None = None) -> int:
    """Queue the reminders of all plans in force. Returns how many mails were queued."""
    today = today or clock.today()
    queued = 0
    for plan in Plan.objects.exclude(phase=Plan.Phase.ENDED).select_related("region"):
        wanted = {
            owner: calls
            for owner, duties in duties_of_plan(plan, today).items()
            if (calls := [(duty, count) for duty in duties if (count := due_count(duty, today)) is not None])
        }
        people = User.objects.filter(pk__in=wanted, is_active=True, wants_reminders=True).values_list(
            "pk", flat=True
        )
        queued += sum(_remind(plan, pk, wanted[pk], today) for pk in people)
    return queued


def _remind(plan: Plan, user_pk: int, calls: list[tuple[Duty, int]], today: dt.date) -> int:
    keys = [mention_key(duty, count) for duty, count in calls]
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=user_pk)
        said = set(MailMention.objects.filter(key__in=keys).values_list("key", flat=True))
        fresh = [(key, duty) for key, (duty, _count) in zip(keys, calls, strict=True) if key not in said]
        if not fresh:
            return 0
        subject, text, html = _letter(plan, person, [duty for _key, duty in fresh], today)
        key = f"reminder:{plan.public_id}:{person.public_id}:{today:%Y%m%d}:{fresh[0][0]}"[:200]
        mail.queue(
            to=person, kind="reminder", key=key, subject=subject, text=text, html=html, scope=plan.public_id
        )
        row = OutgoingMail.objects.get(key=key)
        MailMention.objects.bulk_create([MailMention(mail=row, key=mention) for mention, _duty in fresh])
    return 1


def _letter(plan: Plan, person: User, duties: list[Duty], today: dt.date) -> tuple[str, str, str]:
    """Subject, plain text and HTML in the person's language."""
    with translation.override(person.language):
        if len(duties) == 1:
            subject = _("Muistutus: %(what)s") % {"what": duties[0].title}
        else:
            subject = _("Muistutus: %(count)d asiaa odottaa sinua") % {"count": len(duties)}
        context = {
            "plan": plan,
            "person": person,
            "duties": duties,
            "today": today,
            "site": settings.SITE_URL,
        }
        text = render_to_string("workspace/mail/reminder.txt", context)
        html = render_to_string("workspace/mail/reminder.html", context)
    return subject, text, html
