"""Organisations and their succession."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.ids import new_public_id
from lautta.common.problems import Refused
from lautta.common.text import sort_key
from lautta.common.translated import Translated
from lautta.organisations.access import require_keeper
from lautta.organisations.dependents import renew
from lautta.organisations.models import Area, Organisation
from lautta.organisations.saving import checked_save

EDITABLE = frozenset({"kind", "name", "area", "website", "started_on", "ended_on", "is_illustrative"})


@transaction.atomic
def create_organisation(
    *,
    by: Actor,
    kind: str,
    name: Translated,
    area: Area | None = None,
    website: str = "",
    started_on: dt.date | None = None,
    ended_on: dt.date | None = None,
    is_illustrative: bool = False,
    public_id: str | None = None,
) -> Organisation:
    """A new organisation, not yet in any plan; Refused when one of the same kind, name and area exists."""
    require_keeper(by)
    _refuse_nameless(name)
    organisation = Organisation(
        public_id=public_id or new_public_id(),
        kind=kind,
        name=name,
        area=area,
        website=website,
        started_on=started_on,
        ended_on=ended_on,
        is_illustrative=is_illustrative,
        sort_key=_key(name),
    )
    _refuse_twin(organisation)
    checked_save(organisation)
    audit.record(
        by=by, action="organisation.create", target=organisation, organisation=organisation.public_id,
        changes={"kind": (None, kind), "name": (None, name)},
    )  # fmt: skip
    return organisation


@transaction.atomic
def update_organisation(*, by: Actor, organisation: Organisation, **values: Any) -> Organisation:
    """Change facts of the organisation (keys of EDITABLE). What stores its name elsewhere is renewed."""
    require_keeper(by, organisation)
    if unknown := values.keys() - EDITABLE:
        raise TypeError(f"unknown fields {sorted(unknown)}")
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changes = audit.apply_changes(organisation, values)
    if not changes:
        return organisation
    _refuse_nameless(organisation.name)
    organisation.sort_key = _key(organisation.name)
    if changes.keys() & {"name", "area", "kind"}:
        _refuse_twin(organisation)
    checked_save(organisation, fields=[*changes, "sort_key"])
    audit.record(
        by=by,
        action="organisation.update",
        target=organisation,
        organisation=organisation.public_id,
        changes=changes,
    )
    renew(organisation)
    return organisation


@transaction.atomic
def succeed_organisation(
    *, by: Actor, organisation: Organisation, successor: Organisation, last_day: dt.date
) -> Organisation:
    """The organisation ends on `last_day` and hands over to `successor`; everything it did stays under its
    own name.
    """
    require_keeper(by, organisation)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.successor_id is not None and organisation.successor_id != successor.pk:
        raise Refused(_("Organisaatiolla on jo seuraaja."), field="successor")
    if organisation.pk == successor.pk or organisation in successor.successors():
        raise Refused(_("Organisaatio ei voi olla itsensä seuraaja."), field="successor", status=422)
    if successor.ended_on and successor.ended_on <= last_day:
        raise Refused(
            _("Seuraaja on päättynyt ennen kuin se ottaisi tehtävän vastaan."), field="successor", status=422
        )
    changes = audit.apply_changes(organisation, {"successor": successor, "ended_on": last_day})
    if changes:
        checked_save(organisation, fields=["successor", "ended_on"])
        audit.record(
            by=by, action="organisation.succeed", target=organisation, organisation=organisation.public_id,
            changes=changes,
        )  # fmt: skip
        renew(organisation)
        renew(successor)
    return organisation


def _key(name: Translated) -> str:
    return sort_key(name.shown(name.source).text)


def _refuse_nameless(name: Translated) -> None:
    if not name:
        raise Refused(_("Kirjoita organisaation nimi."), field="name", status=422)


def _refuse_twin(organisation: Organisation) -> None:
    """Two rows for one body split its people and measures; a same name in another area is another body."""
    twins = Organisation.objects.filter(
        kind=organisation.kind, sort_key=organisation.sort_key, area=organisation.area, ended_on__isnull=True
    ).exclude(pk=organisation.pk)
    if organisation.ended_on is None and any(str(t.name) == str(organisation.name) for t in twins[:20]):
        raise Refused(_("Samanniminen organisaatio on jo olemassa. Valitse se luettelosta."), field="name")
