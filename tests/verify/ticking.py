"""For the proof of reminders: `ticking prepare`, `ticking count`. Run as a process of its own."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings
from django.utils import timezone

from lautta.common.models import MailMention, OutgoingMail, User
from tests import factories as f
from tests.cast import make_cast

PEOPLE = 60


def prepare() -> None:
    """A round whose deadline is in a week: sixty people of thirty organisations have a reminder coming."""
    cast = make_cast()
    cast.round.opens_on = timezone.localdate() - dt.timedelta(days=30)
    cast.round.deadline = timezone.localdate() + dt.timedelta(days=7)
    cast.round.save()
    for _ in range(PEOPLE // 2):
        organisation = f.ParticipationFactory(plan=cast.plan).organisation
        for role in ("contributor", "lead"):
            f.RoleAssignmentFactory(
                plan=cast.plan, role=role, membership=f.MembershipFactory(organisation=organisation)
            )
    # The proof runs at any hour.
    User.objects.update(quiet_from=0, quiet_until=0)


def count() -> None:
    box = Path(settings.DATA_DIR) / "mailbox"
    lines = box.read_text().splitlines() if box.exists() else []
    keys = list(MailMention.objects.values_list("key", flat=True))
    print(
        json.dumps(
            {
                "mails": OutgoingMail.objects.count(),
                "sent": OutgoingMail.objects.filter(state="sent").count(),
                "people": OutgoingMail.objects.values("user").distinct().count(),
                "handed_over": len(lines),
                "different": len(set(lines)),
                "mentions": len(keys),
                "different_mentions": len(set(keys)),
            }
        )
    )


if __name__ == "__main__":
    {"prepare": prepare, "count": count}[sys.argv[1]]()
