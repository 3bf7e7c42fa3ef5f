"""Who is silent in a round, and what the reminder says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from lautta.common import clock
from lautta.common.models import OutgoingMail, User
from lautta.measures.models import Round, RoundAnswer
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import OWN_ORGANISATION, Permission
from lautta.plans.models import RoleAssignment


def people_to_remind(round: Round, today: dt.date | None = None) -> list[tuple[User, list[Organisation]]]:
    """Those who can give measures for an organisation that has not answered, each with the silent organisations. One query."""
    today = today or clock.today()
    giving = [
        role.value
        for role, permissions in OWN_ORGANISATION.items()
        if Permission.EDIT_MEASURES in permissions
    ]
    answered = RoundAnswer.objects.filter(round=round, withdrawn_at__isnull=True).values("organisation")
    taking_part = round.plan.participations.current(today).values("organisation")
    rows = (
        RoleAssignment.objects.filter(
            plan=round.plan, role__in=giving, ended_on__isnull=True, started_on__lte=today,
            membership__ended_on__isnull=True, membership__user__is_active=True, membership__user__wants_reminders=True,
            membership__organisation__in=taking_part,
        )
        .exclude(membership__organisation__in=answered)
        .select_related("membership__user", "membership__organisation")
        .order_by("membership__organisation__sort_key", "membership__user__pk")
    )  # fmt: skip
    people: dict[int, tuple[User, dict[int, Organisation]]] = {}
    for row in rows:
        member = row.membership
        people.setdefault(member.user_id, (member.user, {}))[1][member.organisation_id] = member.organisation
    return [(user, list(organisations.values())) for user, organisations in people.values()]


def key_of(round: Round, person: User, day: dt.date) -> str:
    """The outbox's key of a person's reminder of the day."""
    return f"round_missing:{round.public_id}:{person.public_id}:{day.isoformat()}"


def not_yet_reminded(round: Round, people: Sequence[User], today: dt.date | None = None) -> list[User]:
    """Those of the people to whom a reminder would still go today. One query."""
    keys = {key_of(round, person, today or clock.today()): person for person in people}
    done = set(OutgoingMail.objects.filter(key__in=keys).values_list("key", flat=True))
    return [person for key, person in keys.items() if key not in done]


def reminder(round: Round, organisations: Sequence[Organisation]) -> tuple[str, str]:
    """Subject and body in the active language."""
    path = reverse("measures:round", kwargs={"plan_id": round.plan.public_id, "year": round.year})
    day = f"{round.deadline.day}.{round.deadline.month}.{round.deadline.year}"
    facts = {
        "year": round.year,
        "day": day,
        "plan": str(round.plan.title),
        "names": "\n".join(f"– {o.name}" for o in organisations),
        "url": settings.SITE_URL + path,
    }
    subject = _("Vuoden %(year)s toimenpiteet: määräaika %(day)s") % facts
    body = _(
        "Hei!\n\nNäiltä organisaatioilta puuttuu vielä vastaus vuoden %(year)s kierrokseen (%(plan)s):\n\n%(names)s\n\n"
        "Määräaika on %(day)s. Kuusi tietoa riittää alkuun, muut voit täydentää myöhemmin. "
        "Jos teillä ei ole uutta tänä vuonna, kerro sekin yhdellä painalluksella.\n\n%(url)s\n"
    )
    return subject, body % facts
