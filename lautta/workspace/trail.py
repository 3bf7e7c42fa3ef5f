"""The trail of writes of one plan."""

from django.db.models import QuerySet

from lautta.common.models import AuditEntry
from lautta.plans.models import Plan


def trail(plan: Plan) -> QuerySet[AuditEntry]:
    """Entries of the plan, newest first."""
    return AuditEntry.objects.filter(scope=plan.public_id).order_by("-at", "-pk")
