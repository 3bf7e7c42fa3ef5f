"""From which indicators a measure's change should show."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.indicators.models import Indicator
from lautta.measures.models import MeasureIndicator, MeasureYear
from lautta.measures.sought import Sought
from lautta.measures.writing import locked, saw, write
from lautta.organisations.permissions import Permission


@transaction.atomic
def set_indicators(
    *, by: Actor, measure_year: MeasureYear, rows: Sequence[Sought], version: int | None = None
) -> MeasureYear:
    """Put these in place of what stands; the trail keeps what stood.

    New ones must be joint indicators of the plan; one that already stands may stay after the plan has dropped it.
    """
    seen = measure_year.version if version is None else version
    current = locked(by, measure_year, Permission.EDIT_MEASURES)
    saw(current, seen)
    links = current.indicator_links.select_related("indicator")
    before = sorted((x.indicator.public_id, x.direction, x.is_primary) for x in links)
    _check(current, rows, {key for key, *_rest in before})
    wanted = sorted(r.key for r in rows)
    if wanted == before:
        return current
    current.indicator_links.all().delete()
    MeasureIndicator.objects.bulk_create(
        MeasureIndicator(
            measure_year=current, indicator=r.indicator, direction=str(r.direction), is_primary=r.is_primary
        )
        for r in rows
    )
    changes = {"indicators": ([list(x) for x in before], [list(x) for x in wanted])}
    return write(by, current, "measure.indicators", changes)


def _check(current: MeasureYear, rows: Sequence[Sought], standing: set[str]) -> None:
    ids = [r.indicator.public_id for r in rows]
    joint = set(current.measure.plan.joint_indicators.values_list("indicator__public_id", flat=True))
    problem = None
    if len(set(ids)) != len(ids):
        problem = _("Sama mittari on valittu kahdesti.")
    elif not set(ids) <= joint | standing:
        problem = _("Mittari ei kuulu suunnitelman yhteisiin mittareihin.")
    elif any(r.direction not in Indicator.Direction.values for r in rows):
        problem = _("Tuntematon valinta: %(what)s.") % {"what": _("Mittarit")}
    elif sum(r.is_primary for r in rows) > 1:
        problem = _("Vain yksi mittari voi olla ensisijainen.")
    if problem:
        raise Refused(problem, field="indicators", status=422)
