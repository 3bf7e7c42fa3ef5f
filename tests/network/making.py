"""Services and what belongs to them, for tests."""

from __future__ import annotations

import datetime as dt

from lautta.common.text import sort_key
from lautta.common.translated import Translated
from lautta.network.actions import Facts
from lautta.network.models import Provider, Service, ServiceArea, ServiceTag
from tests import factories as f


def municipality(plan, name: str = "Kylä"):
    """A municipality of the plan's region."""
    area = f.AreaFactory(name=Translated.of(name))
    area.memberships.create(parent=plan.region.area, started_on=dt.date(2000, 1, 1))
    return area


def provider(plan, organisation=None, name: str = "Auttajat") -> Provider:
    name = str(organisation.name) if organisation else name
    found = Provider.objects.filter(plan=plan, sort_key=sort_key(name)).first()
    return found or Provider.objects.create(
        plan=plan, organisation=organisation, name=Translated.of(name), sort_key=sort_key(name)
    )


def facts(plan, organisation=None, **more) -> Facts:
    given = {
        "provider": provider(plan, organisation), "name": Translated.of("Perhekahvila", sv="Familjekafé", en="Family café"),
        "audiences": ["small"], "needs": ["together"], "phone": "000 123",
    }  # fmt: skip
    return Facts(**{**given, **more})


def service(
    plan,
    organisation=None,
    *,
    areas=(),
    audiences=("small",),
    needs=("together",),
    name="Perhekahvila",
    **more,
) -> Service:
    """A stored entry, published unless told otherwise."""
    given = {
        "state": "published", "checked_on": dt.date(2024, 1, 1), "phone": "000 123", "whole_region": not areas,
        "summary": Translated.of("Tule kahville."),
    }  # fmt: skip
    made = Service.objects.create(
        plan=plan,
        provider=provider(plan, organisation),
        name=Translated.of(name),
        sort_key=sort_key(name),
        **{**given, **more},
    )
    rows = (
        [("audience", code) for code in audiences] + [("need", code) for code in needs] + [("language", "fi")]
    )
    ServiceTag.objects.bulk_create(ServiceTag(service=made, kind=kind, code=code) for kind, code in rows)
    ServiceArea.objects.bulk_create(ServiceArea(service=made, area=area) for area in areas)
    return made


def many(plan, number: int, areas=(), start: int = 0) -> None:
    """Published services of one provider, in bulk."""
    owner = provider(plan)
    rows = Service.objects.bulk_create(
        Service(
            plan=plan, provider=owner, name=Translated.of(f"Palvelu {n}"), sort_key=sort_key(f"palvelu {n:05d}"),
            state="published", checked_on=dt.date(2024, 1, 1), phone="000 1", whole_region=not areas,
            no_appointment=n % 3 == 0, tier=1 + n % 3, summary=Translated.of("Tule sellaisena kuin olet."),
        )
        for n in range(start, start + number)
    )  # fmt: skip
    needs = ["together", "everyday", "mood", "talk"]
    tags = [("audience", "small"), ("audience", "teen"), ("language", "fi")]
    ServiceTag.objects.bulk_create(
        (
            ServiceTag(service=row, kind=kind, code=code)
            for n, row in enumerate(rows)
            for kind, code in [*tags, ("need", needs[n % 4]), ("need", needs[(n + 1) % 4])]
        ),
        batch_size=2_000,
    )
    if areas:
        ServiceArea.objects.bulk_create(
            (ServiceArea(service=row, area=areas[n % len(areas)]) for n, row in enumerate(rows)),
            batch_size=2_000,
        )
