"""Writes of the family centres."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.models import User
from lautta.common.problems import Refused
from lautta.common.text import sort_key
from lautta.common.translated import Translated
from lautta.network import vocabulary
from lautta.network.actions.services import municipalities, reach_in
from lautta.network.models import AreaPart, CentreArea, MeetingPlace, TaskCell
from lautta.organisations.models import Area
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.models import Plan


@transaction.atomic
def create_centre_area(
    *, by: Actor, plan: Plan, name: Translated, parts: Iterable[tuple[Area, str]], coordinator: User | None = None,
    contact: str = "", is_illustrative: bool = False,
) -> CentreArea:  # fmt: skip
    """A family-centre area of municipalities or named parts of them."""
    require(by, Permission.KEEP_DIRECTORY, plan=plan)
    made = CentreArea(
        plan=plan, name=name, sort_key=sort_key(name.shown("fi").text), coordinator=coordinator, contact=contact.strip(),
        is_illustrative=is_illustrative,
    )  # fmt: skip
    _refuse_bad_area(plan, made, parts := list(parts))
    checked_save(made)
    _set_parts(made, parts)
    _record(by, "centre_area.create", made, {"name": (None, name)})
    return made


@transaction.atomic
def update_centre_area(
    *, by: Actor, centre_area: CentreArea, name: Translated, parts: Iterable[tuple[Area, str]],
    coordinator: User | None, contact: str,
) -> CentreArea:  # fmt: skip
    """Name, municipalities and who coordinates: the plan's coordinator alone, since it gives rights."""
    require(by, Permission.KEEP_DIRECTORY, plan=centre_area.plan)
    centre_area = (
        CentreArea.objects.select_for_update(of=("self",))
        .select_related("plan__region")
        .get(pk=centre_area.pk)
    )
    changed = audit.apply_changes(
        centre_area,
        {
            "name": name,
            "sort_key": sort_key(name.shown("fi").text),
            "coordinator": coordinator,
            "contact": contact.strip(),
        },
    )
    _refuse_bad_area(centre_area.plan, centre_area, parts := list(parts))
    checked_save(centre_area)
    _set_parts(centre_area, parts)
    changed.pop("coordinator", None)
    _record(by, "centre_area.update", centre_area, changed)
    return centre_area


@transaction.atomic
def add_place(*, by: Actor, centre_area: CentreArea, **values) -> MeetingPlace:
    """A family centre or meeting place; `values` are its fields."""
    _require_keeper(by, centre_area)
    made = MeetingPlace(centre_area=centre_area, sort_key=sort_key(values["name"].shown("fi").text), **values)
    _refuse_bad_place(made)
    checked_save(made)
    _record(by, "place.add", centre_area, {"place": (None, made.name)})
    return made


@transaction.atomic
def change_place(*, by: Actor, place: MeetingPlace, **values) -> MeetingPlace:
    place = (
        MeetingPlace.objects.select_for_update(of=("self",))
        .select_related("centre_area__plan")
        .get(pk=place.pk)
    )
    _require_keeper(by, place.centre_area)
    changed = audit.apply_changes(place, {**values, "sort_key": sort_key(values["name"].shown("fi").text)})
    _refuse_bad_place(place)
    checked_save(place)
    _record(by, "place.change", place.centre_area, changed)
    return place


@transaction.atomic
def drop_place(*, by: Actor, place: MeetingPlace) -> None:
    """The place is no more. Its name stays in the trail."""
    _require_keeper(by, place.centre_area)
    _record(by, "place.drop", place.centre_area, {"place": (place.name, None)})
    MeetingPlace.objects.filter(pk=place.pk).delete()


@transaction.atomic
def set_cell(
    *, by: Actor, centre_area: CentreArea, task: str, state: str, who: Translated, what: Translated,
    plan_text: Translated, due_on: dt.date | None = None,
) -> TaskCell:  # fmt: skip
    """How a task is taken care of in the area. A gap or a plan says what is missing; a plan says how it is closed."""
    _require_keeper(by, centre_area)
    if task not in vocabulary.tasks():
        raise Refused(_("Valitse tehtävä luettelosta."), status=422)
    if state in {TaskCell.State.WORKS, TaskCell.State.PARTLY} and not who:
        raise Refused(_("Kirjoita, kuka tehtävää hoitaa."), field="who", status=422)
    if state != TaskCell.State.WORKS and not what:
        raise Refused(_("Kirjoita, mitä puuttuu."), field="what", status=422)
    if state == TaskCell.State.PLANNED and not plan_text:
        raise Refused(_("Kirjoita, miten puute korjataan."), field="plan_text", status=422)
    CentreArea.objects.select_for_update().get(pk=centre_area.pk)
    cell = TaskCell.objects.filter(centre_area=centre_area, task=task).first() or TaskCell(
        centre_area=centre_area, task=task
    )
    changed = audit.apply_changes(
        cell, {"state": state, "who": who, "what": what, "plan_text": plan_text, "due_on": due_on}
    )
    checked_save(cell)
    _record(by, "centre_task.set", centre_area, {"task": (None, task), **changed})
    return cell


def _require_keeper(by: Actor, centre_area: CentreArea) -> None:
    if not reach_in(by, centre_area.plan).keeps_centre(centre_area):
        raise PermissionDenied("not the actor's area")


def _refuse_bad_area(plan: Plan, area: CentreArea, parts: list[tuple[Area, str]]) -> None:
    if not area.name:
        raise Refused(_("Kirjoita alueen nimi."), field="name", status=422)
    if not parts:
        raise Refused(_("Valitse ainakin yksi kunta."), field="municipalities", status=422)
    known = set(municipalities(plan).values_list("pk", flat=True))
    if {a.pk for a, _part in parts} - known:
        raise Refused(_("Kunta ei kuulu tähän maakuntaan."), field="municipalities", status=422)
    taken = AreaPart.objects.filter(centre_area__plan=plan).exclude(centre_area=area.pk)
    busy = {(row.area_id, row.part) for row in taken}
    for found, part in parts:
        # All of a municipality and a part of it cannot lie in two areas.
        if (
            (found.pk, part) in busy
            or (found.pk, "") in busy
            or (not part and any(a == found.pk for a, _p in busy))
        ):
            raise Refused(
                _("%(name)s kuuluu jo toiseen alueeseen.") % {"name": found.name},
                field="municipalities",
                status=422,
            )


def _refuse_bad_place(place: MeetingPlace) -> None:
    if not place.name:
        raise Refused(_("Kirjoita paikan nimi."), field="name", status=422)
    if not place.centre_area.parts.filter(area=place.municipality).exists():
        raise Refused(_("Kunta ei kuulu tähän perhekeskusalueeseen."), field="municipality", status=422)


def _set_parts(centre_area: CentreArea, parts: list[tuple[Area, str]]) -> None:
    wanted = {(area.pk, part) for area, part in parts}
    for row in centre_area.parts.all():
        if (row.area_id, row.part) in wanted:
            wanted.discard((row.area_id, row.part))
        else:
            row.delete()
    AreaPart.objects.bulk_create(
        AreaPart(centre_area=centre_area, area_id=area, part=part) for area, part in sorted(wanted)
    )


def _record(by: Actor, action: str, centre_area: CentreArea, changes: dict) -> None:
    audit.record(by=by, action=action, target=centre_area, scope=centre_area.plan.public_id, changes=changes)
