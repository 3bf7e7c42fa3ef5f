"""Groups on three tiers, and somebody who acts for each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from lautta.common.translated import Translated
from lautta.decisions.actions.matters import Sending, bring_matter, handle_matter
from lautta.decisions.models import Body, Matter
from tests.cast import Cast

START = dt.date(2024, 9, 2)
T = Translated.of
# name: (organisation of the cast or "", kind)
GROUPS = {
    "network": ("", "area_network"),
    "hamina": ("hamina", "steering_group"),
    "kotka": ("kotka", "steering_group"),
    "lape": ("", "lape_group"),
    "hamina_council": ("hamina", "council"),
    "kotka_council": ("kotka", "council"),
}


@dataclass
class Tiers:
    """Hannes is secretary of Hamina's steering group, Kalle of the area network; Kaisa coordinates, Paula records for Kotka."""

    cast: Cast
    settings: Any
    bodies: dict[str, Body] = field(default_factory=dict)

    @property
    def plan(self):
        return self.cast.plan

    def actor(self, name: str):
        return self.cast.actor(getattr(self.cast, name))

    def go_to(self, day: dt.date) -> None:
        self.settings.DEMO_DAY = day

    def bring(
        self, sender: str = "network", to: str = "hamina", *, by: str = "kaisa", **given: Any
    ) -> Matter:
        body = self.bodies.get(sender)
        given.setdefault(
            "title", T("Iltaryhmän tila", sv="Kvällsgruppens lokal", en="Room of the evening group")
        )
        given.setdefault("question", T("Tila menee kiinni viideltä."))
        sending = Sending(
            self.bodies[to], T("Saako tilan auki?"), given.pop("deadline", START + dt.timedelta(days=14))
        )
        organisation = None if body else getattr(self.cast, sender)
        return bring_matter(
            by=self.actor(by), plan=self.plan, sending=sending, from_body=body, from_organisation=organisation, **given
        )  # fmt: skip

    def do(self, matter: Matter, deed: str, *, by: str = "kaisa", to: str = "", **given: Any) -> Matter:
        matter.refresh_from_db()
        given.setdefault("row_version", matter.row_version)
        given.setdefault("answer", T("Näin tehdään."))
        if to:
            given["sending"] = Sending(self.bodies[to], T("Mitä sanotte?"))
        return handle_matter(by=self.actor(by), matter=matter, deed=deed, **given)


def make_tiers(cast: Cast, settings: Any) -> Tiers:
    settings.DEMO_DAY = START
    tiers = Tiers(cast, settings)
    for name, (organisation, kind) in GROUPS.items():
        tiers.bodies[name] = Body.objects.create(
            plan=cast.plan, kind=kind, organisation=getattr(cast, organisation) if organisation else None,
            name=T(f"Ryhmä {name}", sv=f"Grupp {name}", en=f"Group {name}"),
        )  # fmt: skip
    for body, person in (("hamina", cast.hannes), ("network", cast.kalle)):
        tiers.bodies[body].members.create(
            role="secretary", title=T("Koordinoija"), membership=person.memberships.get(), started_on=dt.date(2024, 1, 1)
        )  # fmt: skip
    return tiers


def other_body(cast: Cast) -> Body:
    """A group of another region's plan."""
    return Body.objects.create(plan=cast.other_plan, kind="lape_group", name=T("Muu LAPE"))
