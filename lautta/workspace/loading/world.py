"""What a region's files have made so far, by the keys that the files use."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone

from lautta.assessments.models import Assessment
from lautta.common.actors import SYSTEM, Actor
from lautta.common.models import User
from lautta.measures.models import Measure
from lautta.organisations.models import Area, Organisation, Region
from lautta.organisations.permissions import Permission, Role
from lautta.plans.models import Chapter, Goal, LinkedPlan, Plan, Source
from lautta.plans.standing import Standing, standing_of
from lautta.voices.models import Voice
from lautta.workspace.actions.history import Moment, backdate

# Whose work it is first, within an organisation.
_HANDS = (Role.CONTRIBUTOR, Role.LEAD)


@dataclass
class World:
    """`people` act in the demo; without any, the system does. Nothing has happened after `last_day`."""

    say: Callable[[str], object]
    last_day: dt.date = dt.date.max
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Helsinki"))
    areas: dict[str, Area] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    region: Region | None = None
    plan: Plan | None = None
    people: list[User] = field(default_factory=list)
    goals: dict[str, Goal] = field(default_factory=dict)
    linked_plans: dict[str, LinkedPlan] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    chapters: dict[str, Chapter] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    voices: dict[str, Voice] = field(default_factory=dict)
    assessments: dict[str, Assessment] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)
    _dated: set[tuple[type[models.Model], int]] = field(default_factory=set)
    _standings: list[Standing] | None = None
    _acting: dict[tuple[Permission, int | None], Actor] = field(default_factory=dict)

    def actor(self, permission: Permission, organisation: Organisation | None = None) -> Actor:
        """Who does such a thing: someone of the organisation, else the coordinator, else the system."""
        if self._standings is None:
            self._standings = [standing_of(user, self.plan) for user in self.people]
        found = self._acting.get((permission, organisation and organisation.pk))
        if found is None:
            found = self._acting[permission, organisation and organisation.pk] = self._find(
                permission, organisation
            )
        return found

    def _find(self, permission: Permission, organisation: Organisation | None) -> Actor:
        def order(standing: Standing) -> tuple[bool, int]:
            # A coordinator works in an organisation too; its other people come first.
            held = standing.roles.get(organisation.pk, frozenset()) if organisation else frozenset()
            return standing.can(permission), min(
                (_HANDS.index(r) for r in held if r in _HANDS), default=len(_HANDS)
            )

        able = [s for s in self._standings or () if s.can(permission, organisation)]
        return min(able, key=order).actor(organisation) if able else SYSTEM

    def people_changed(self) -> None:
        self._standings = None
        self._acting.clear()

    def moment(self, day: dt.date, key: str, *, spread: int = 0) -> dt.datetime:
        """A time in office hours on the day or at most `spread` days before it; the same for the same key."""
        chance = zlib.crc32(key.encode())
        day = min(day, self.last_day) - dt.timedelta(days=chance % (spread + 1))
        # Nobody fills in plans at the weekend.
        day -= dt.timedelta(days=max(0, day.weekday() - 4))
        return dt.datetime.combine(day, dt.time(8 + chance % 8, chance // 8 % 60), self.zone)

    def happened(self, row: models.Model, name: str, at: dt.datetime) -> None:
        """Remember when it happened; a day that has not come yet leaves the time of loading."""
        if at <= timezone.now():
            self.moments.append((row, name, at))
            self._dated.add((type(row), row.pk))

    def is_dated(self, row: models.Model) -> bool:
        return (type(row), row.pk) in self._dated

    def settle(self) -> None:
        """Write the remembered moments."""
        if self.moments and self.plan is not None:
            backdate(by=SYSTEM, plan=self.plan, moments=self.moments)
        self.moments.clear()
