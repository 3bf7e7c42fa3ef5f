"""What was sent: one's own mails, and everybody's for those who may see the trail. Never what they say: that is between two."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lautta.common.models import OutgoingMail
from lautta.organisations.permissions import Permission
from lautta.plans.standing import Standing

KINDS = {"reminder": _("Muistutus"), "digest": _("Viikon kooste")}
STATES = {
    OutgoingMail.State.WAITING: _("Odottaa lähtöä"),
    OutgoingMail.State.SENDING: _("Lähdössä"),
    OutgoingMail.State.SENT: _("Lähetetty"),
    OutgoingMail.State.FAILED: _("Ei mennyt perille"),
}


def mails_seen_by(standing: Standing) -> QuerySet[OutgoingMail]:
    """Mails of the plan, newest first, without their content."""
    found = (
        OutgoingMail.objects.filter(scope=standing.plan.public_id)
        .select_related("user")
        .defer("text", "html")
    )
    if not standing.can(Permission.SEE_AUDIT):
        found = found.filter(user=standing.user)
    return found.order_by("-created_at", "-pk")
