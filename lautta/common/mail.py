"""Mail outbox: written in the transaction of what causes it, sent afterwards, each key once.

Sending is claimed row by row, so that any number of machines may deliver at once. A machine that dies between handing
a mail to the server and noting it leaves the row in `sending`; after LEASE it is tried again. So a mail can in that
one case arrive twice, with the same Message-ID, and is never lost.
"""

import datetime as dt
import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from lautta.common.models import OutgoingMail, User

log = logging.getLogger("lautta.mail")
LEASE = dt.timedelta(minutes=15)
MOST_ATTEMPTS = 5


def queue(
    *, to: User | str, kind: str, key: str, subject: str, text: str, html: str = "", scope: str = ""
) -> bool:
    """Add a mail to the outbox unless one with the same key was ever added. True when it was added."""
    values = {
        "user": None if isinstance(to, str) else to,
        "address": to if isinstance(to, str) else "",
        "kind": kind,
        "subject": " ".join(subject.split())[:200],
        "text": text,
        "html": html,
        "scope": scope,
    }
    _mail, added = OutgoingMail.objects.get_or_create(key=key, defaults=values)
    return added


def deliver(*, at_most: int = 500) -> tuple[int, int]:
    """Send what waits. Returns (sent, failed). Safe to run by several machines at once."""
    sent = failed = 0
    connection = get_connection()
    for _ in range(at_most):
        mail = _claim()
        if mail is None:
            break
        try:
            _message(mail, connection).send()
        except (OSError, SMTPException) as problem:
            failed += 1
            _give_back(mail, problem)
            log.warning("mail %s not sent: %s", mail.pk, type(problem).__name__)
        else:
            sent += 1
            OutgoingMail.objects.filter(pk=mail.pk).update(
                state=OutgoingMail.State.SENT, sent_at=timezone.now(), problem=""
            )
            if mail.user is None:
                _forget(mail)
    connection.close()
    return sent, failed


def _claim() -> OutgoingMail | None:
    now = timezone.now()
    free = Q(state=OutgoingMail.State.WAITING) & (
        Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - dt.timedelta(minutes=1))
    )
    abandoned = Q(state=OutgoingMail.State.SENDING, claimed_at__lt=now - LEASE)
    with transaction.atomic():
        mail = (
            OutgoingMail.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("user")
            .filter(free | abandoned)
            .order_by("created_at", "pk")
            .first()
        )
        if mail is None:
            return None
        OutgoingMail.objects.filter(pk=mail.pk).update(
            state=OutgoingMail.State.SENDING, claimed_at=now, attempts=F("attempts") + 1
        )
    mail.attempts += 1
    return mail


def _forget(mail: OutgoingMail) -> None:
    """Nobody can ask for the erasure of what was sent to a mere address, and its link must open nothing from here."""
    OutgoingMail.objects.filter(pk=mail.pk).update(address="", text="", html="")


def _give_back(mail: OutgoingMail, problem: Exception) -> None:
    state = OutgoingMail.State.FAILED if mail.attempts >= MOST_ATTEMPTS else OutgoingMail.State.WAITING
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, problem=type(problem).__name__)


def _message(mail: OutgoingMail, connection) -> EmailMultiAlternatives:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.user.email if mail.user else mail.address],
        connection=connection,
        headers={
            "Message-ID": f"<lautta-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S}@{domain}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message
