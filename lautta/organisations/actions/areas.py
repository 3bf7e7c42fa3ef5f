"""Areas, their history and population, and the regions of an installation. Only the system writes these."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.ids import new_public_id
from lautta.common.problems import Refused
from lautta.common.text import sort_key
from lautta.common.translated import LANGUAGES, Translated
from lautta.organisations.access import require_system
from lautta.organisations.models import Area, AreaMembership, AreaPopulation, AreaSuccession, Region
from lautta.organisations.saving import checked_save

# Memberships older than anybody asks for begin here.
LONG_AGO = dt.date(1900, 1, 1)


@transaction.atomic
def create_area(
    *,
    by: Actor,
    kind: str,
    code: str,
    name: Translated,
    ended_on: dt.date | None = None,
    public_id: str | None = None,
) -> Area:
    """A municipality, region, county or country with its official code; Refused when kind and code are
    taken.
    """
    require_system(by)
    area = Area(
        public_id=public_id or new_public_id(), kind=kind, code=code, name=name, ended_on=ended_on,
        sort_key=sort_key(name.shown(name.source).text),
    )  # fmt: skip
    checked_save(area)
    audit.record(
        by=by, action="area.create", target=area, changes={"kind": (None, kind), "code": (None, code)}
    )
    return area


@transaction.atomic
def join_area(
    *, by: Actor, area: Area, parent: Area, started_on: dt.date = LONG_AGO, ended_on: dt.date | None = None
) -> AreaMembership:
    """The area belongs to `parent` from a date (to a last day); Refused when the periods of the pair
    overlap.
    """
    require_system(by)
    until = ended_on or dt.date.max
    overlapping = area.memberships.filter(parent=parent, started_on__lte=until).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=started_on)
    )
    if overlapping.exists():
        raise Refused(_("Alue kuuluu tähän alueeseen jo samaan aikaan."), field="started_on", status=422)
    membership = AreaMembership(area=area, parent=parent, started_on=started_on, ended_on=ended_on)
    checked_save(membership)
    audit.record(
        by=by,
        action="area.join",
        target=area,
        changes={"parent": (None, parent), "started_on": (None, started_on)},
    )
    return membership


@transaction.atomic
def leave_area(*, by: Actor, area: Area, parent: Area, last_day: dt.date) -> AreaMembership:
    """End the open membership of the area in `parent`."""
    require_system(by)
    membership = area.memberships.select_for_update().filter(parent=parent, ended_on__isnull=True).first()
    if membership is None:
        raise Refused(_("Alue ei kuulu tähän alueeseen."), status=422)
    membership.ended_on = last_day
    checked_save(membership, fields=["ended_on"])
    audit.record(
        by=by,
        action="area.leave",
        target=area,
        changes={"parent": (parent, None), "ended_on": (None, last_day)},
    )
    return membership


@transaction.atomic
def succeed_area(
    *, by: Actor, old: Area, new: Area, year: int, share: Decimal = Decimal(1)
) -> AreaSuccession:
    """`old` (or `share` of its people, 0–1) went to `new` at the beginning of `year`; with the whole of it
    `old` ends.
    """
    require_system(by)
    given = sum(
        old.successions.filter(year=year).exclude(new=new).values_list("share", flat=True), Decimal(0)
    )
    if given + Decimal(share) > 1:
        raise Refused(_("Osuudet ovat yhteensä enemmän kuin koko alue."), field="share", status=422)
    succession = AreaSuccession(old=old, new=new, year=year, share=share)
    checked_save(succession)
    if given + Decimal(share) == 1 and old.ended_on is None:
        old.ended_on = dt.date(year - 1, 12, 31)
        checked_save(old, fields=["ended_on"])
    audit.record(
        by=by, action="area.succeed", target=old, changes={"successor": (None, new), "year": (None, year)}
    )
    return succession


@transaction.atomic
def set_population(
    *,
    by: Actor,
    area: Area,
    year: int,
    counts: Mapping[tuple[int, int], int],
    source: str,
    basis: str = AreaPopulation.Basis.OBSERVED,
) -> list[AreaPopulation]:
    """Replace the area's population of the year from this source. `counts` is {(age from, age to):
    persons}.
    """
    require_system(by)
    AreaPopulation.objects.filter(area=area, year=year, source=source).delete()
    rows = []
    for (age_from, age_to), count in sorted(counts.items()):
        row = AreaPopulation(
            area=area, year=year, age_from=age_from, age_to=age_to, count=count, basis=basis, source=source
        )
        checked_save(row)
        rows.append(row)
    audit.record(
        by=by, action="area.population", target=area, changes={"year": (None, year), "source": (None, source)}
    )
    return rows


@transaction.atomic
def create_region(
    *,
    by: Actor,
    area: Area,
    name: Translated,
    languages: tuple[str, ...] = LANGUAGES,
    contact_email: str = "",
    time_zone: str = "Europe/Helsinki",
    public_id: str | None = None,
) -> Region:
    """A region of the installation, kept apart from the others."""
    require_system(by)
    if not languages or set(languages) - set(LANGUAGES):
        raise Refused(_("Valitse kielistä suomi, ruotsi tai englanti."), field="languages", status=422)
    region = Region(
        public_id=public_id or new_public_id(), area=area, name=name, languages=list(languages),
        contact_email=contact_email, time_zone=time_zone,
    )  # fmt: skip
    checked_save(region)
    audit.record(by=by, action="region.create", target=region, changes={"name": (None, name)})
    return region
