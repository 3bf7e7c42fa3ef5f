"""For the proof of contacts' mails: `contacts prepare`, `contacts count`. Run as a process of its own."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings
from django.utils import timezone

from lautta.common.models import OutgoingMail
from lautta.network.models import ContactRequest
from tests.cast import make_cast
from tests.network.making import service

ADDRESSES = 40


def prepare() -> None:
    """Eighty entries that nobody has confirmed in a year, of forty contacts."""
    cast = make_cast()
    old = timezone.localdate() - dt.timedelta(days=400)
    for n in range(2 * ADDRESSES):
        service(
            cast.plan,
            name=f"Palvelu {n}",
            checked_on=old,
            contact_email=f"yhteys{n % ADDRESSES}@test.invalid",
        )


def count() -> None:
    box = Path(settings.DATA_DIR) / "mailbox"
    # The coordinator is reminded of the old entries too.
    lines = [line for line in box.read_text().splitlines() if "yhteys" in line] if box.exists() else []
    print(
        json.dumps(
            {
                "mails": OutgoingMail.objects.filter(kind="contact").count(),
                "sent": OutgoingMail.objects.filter(kind="contact", state="sent").count(),
                "asked": ContactRequest.objects.count(),
                "services": ContactRequest.objects.values("service").distinct().count(),
                "handed_over": len(lines),
                "different": len(set(lines)),
            }
        )
    )


if __name__ == "__main__":
    {"prepare": prepare, "count": count}[sys.argv[1]]()
