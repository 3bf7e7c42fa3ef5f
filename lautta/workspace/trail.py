"""The trail of writes of one plan."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lautta.common.models import AuditEntry
from lautta.organisations.permissions import ROLE_NAMES
from lautta.plans.models import Plan


def trail(plan: Plan) -> QuerySet[AuditEntry]:
    """Entries of the plan, newest first."""
    return AuditEntry.objects.filter(scope=plan.public_id).order_by("-at", "-pk")


def role_words(role: str) -> str:
    """The role of an entry in the reader's language; an unknown one as it was written."""
    return str(ROLE_NAMES.get(role) or (_("Järjestelmä") if role == "system" else role))  # type: ignore[call-overload]
