"""A person's yes or no to a vintage that waits."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.indicators.access import require_decider
from lautta.indicators.actions.taking_in import follow_data
from lautta.indicators.models import Indicator, Vintage
from lautta.indicators.reading import panel_of_vintage


@transaction.atomic
def accept_held(*, by: Actor, vintage: Vintage) -> Vintage:
    """The waiting vintage becomes the current one. Refused (409) when somebody has decided already."""
    locked = _waiting(by, vintage)
    locked.indicator.vintages.filter(state=Vintage.State.CURRENT).update(state=Vintage.State.PAST)
    _decide(by, locked, Vintage.State.CURRENT, "vintage.accept")
    follow_data(by=by, indicator=locked.indicator, panel=panel_of_vintage(locked))
    return locked


@transaction.atomic
def refuse_held(*, by: Actor, vintage: Vintage) -> Vintage:
    """The waiting vintage is never used; the same content is not asked about again. Refused (409) when decided already."""
    locked = _waiting(by, vintage)
    _decide(by, locked, Vintage.State.REFUSED, "vintage.refuse")
    return locked


def _waiting(by: Actor, vintage: Vintage) -> Vintage:
    indicator = Indicator.objects.select_for_update().get(pk=vintage.indicator_id)
    require_decider(by, indicator.region)
    found = Vintage.objects.get(pk=vintage.pk)
    if found.state != Vintage.State.WAITING:
        raise Refused(_("Näistä tiedoista on jo päätetty."))
    found.indicator = indicator
    return found


def _decide(by: Actor, vintage: Vintage, state: str, action: str) -> None:
    vintage.state, vintage.decided_at = state, timezone.now()
    vintage.save(update_fields=["state", "decided_at"])
    audit.record(by=by, action=action, target=vintage, changes={"state": ("waiting", state)})
