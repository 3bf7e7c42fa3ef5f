"""Reminders: one mail a person and run at most, no duty twice for the same day count, nor twice within five days. Who has
chosen so gets one digest a week instead. In a person’s quiet hours nothing is written.

Safe to run twice, late, or by several machines at once: a person's row is locked while that person's mail is written, and
each (duty, day count) is kept as a unique row with the mail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lautta.common import clock, mail
from lautta.common.actors import Actor
from lautta.common.duties import Duty
from lautta.common.models import MailMention, OutgoingMail, User
from lautta.plans.models import Plan
from lautta.workspace.duties import duties_of_plan

# Days from the due date on which a duty is called to mind.
DAY_COUNTS = (-30, -7, -1, 1, 7, 30)
# A day count that was missed (a machine was off, an earlier mail was too near) is still used this many days later.
GRACE = 5
# Nobody hears of the same duty twice within this many days.
APART = dt.timedelta(days=5)
# A weekly digest tells what is late and what is due this soon.
DIGEST_AHEAD = dt.timedelta(days=14)


def due_count(duty: Duty, today: dt.date) -> int | None:
    """The day count that calls for a reminder today, or None."""
    passed = (today - duty.due).days
    fitting = [count for count in DAY_COUNTS if count <= passed < count + GRACE]
    return max(fitting) if fitting else None


def mention_key(duty: Duty, count: int) -> str:
    """What is unique of one reminder: the duty, its due date and the day count."""
    return f"{duty.key}:{duty.due:%Y%m%d}:{count:+d}"


def is_quiet(person: User, hour: int) -> bool:
    """Whether the hour (0–23, local) is one of the person's quiet ones; from 20 until 7 goes over midnight."""
    start, end = person.quiet_from, person.quiet_until
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


def send_reminders(*, by: Actor, today: dt.date | None = None, now: dt.datetime | None = None) -> int:
    """Queue the reminders and digests of all plans in force. Returns how many mails were queued.

    `now`, aware, is held against everybody's quiet hours in the region's wall time: whoever is left in peace now gets
    theirs on a later run. Without it no hour is quiet.
    """
    today = today or clock.today()
    queued = 0
    for plan in Plan.objects.exclude(phase=Plan.Phase.ENDED).select_related("region"):
        duties = duties_of_plan(plan, today)
        hour = now.astimezone(ZoneInfo(plan.region.time_zone)).hour if now else None
        people = User.objects.filter(pk__in=duties, is_active=True, wants_reminders=True)
        for person in people:
            if hour is not None and is_quiet(person, hour):
                continue
            calls = (
                _digest(duties[person.pk], today) if person.wants_digest else _due(duties[person.pk], today)
            )
            if calls:
                queued += _remind(plan, person.pk, calls, today, digest=person.wants_digest)
    return queued


def _due(duties: Iterable[Duty], today: dt.date) -> list[tuple[str, Duty]]:
    """(what is unique of the reminder, duty) of those that are called to mind today."""
    return [
        (mention_key(duty, count), duty) for duty in duties if (count := due_count(duty, today)) is not None
    ]


def _digest(duties: Iterable[Duty], today: dt.date) -> list[tuple[str, Duty]]:
    """The same for the one mail of the week."""
    year, week, _day = today.isocalendar()
    near = [duty for duty in duties if duty.due <= today + DIGEST_AHEAD]
    return [(f"digest:{year}W{week:02}:{duty.key}"[:200], duty) for duty in near]


def _remind(plan: Plan, user_pk: int, calls: list[tuple[str, Duty]], today: dt.date, *, digest: bool) -> int:
    keys, subjects = [key for key, _duty in calls], [duty.key for _key, duty in calls]
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=user_pk)
        said = set(MailMention.objects.filter(key__in=keys).values_list("key", flat=True))
        recent = set(
            MailMention.objects.filter(duty__in=subjects, said_on__gt=today - APART).values_list(
                "duty", flat=True
            )
        )
        fresh = [(key, duty) for key, duty in calls if key not in said and duty.key not in recent]
        # One digest a week: what turned up since stands in the next one.
        if not fresh or (digest and said):
            return 0
        subject, text, html = _letter(plan, person, [duty for _key, duty in fresh], today, digest=digest)
        kind = "digest" if digest else "reminder"
        key = f"{kind}:{plan.public_id}:{person.public_id}:{today:%Y%m%d}:{fresh[0][0]}"[:200]
        mail.queue(to=person, kind=kind, key=key, subject=subject, text=text, html=html, scope=plan.public_id)
        row = OutgoingMail.objects.get(key=key)
        MailMention.objects.bulk_create(
            [MailMention(mail=row, key=mention, duty=duty.key, said_on=today) for mention, duty in fresh]
        )
    return 1


def _letter(
    plan: Plan, person: User, duties: list[Duty], today: dt.date, *, digest: bool = False
) -> tuple[str, str, str]:
    """Subject, plain text and HTML in the person's language."""
    with translation.override(person.language):
        if digest:
            subject = ngettext(
                "Viikon kooste: %(count)d asia odottaa sinua",
                "Viikon kooste: %(count)d asiaa odottaa sinua",
                len(duties),
            ) % {"count": len(duties)}
        elif len(duties) == 1:
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
