"""region.yaml and population.yaml: areas with their history, population, organisations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from zoneinfo import ZoneInfo

from lautta.common.actors import SYSTEM
from lautta.common.translated import LANGUAGES, Translated
from lautta.organisations import actions
from lautta.organisations.actions.areas import LONG_AGO
from lautta.organisations.models import Area, AreaPopulation, Organisation, Region
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.world import World


@dataclass
class AreaRow:
    row: Row
    kind: str
    code: str
    name: Translated
    ended_on: dt.date | None


@dataclass
class MembershipRow:
    row: Row
    area: str
    parent: str
    started_on: dt.date
    ended_on: dt.date | None


@dataclass
class SuccessionRow:
    row: Row
    area: str
    successor: str
    year: int
    share: Decimal


@dataclass
class OrganisationRow:
    row: Row
    key: str
    kind: str
    name: Translated
    area: str
    website: str
    started_on: dt.date | None
    ended_on: dt.date | None
    successor: str
    illustrative: bool


@dataclass
class PopulationRow:
    row: Row
    area: str
    year: int
    basis: str
    source: str
    counts: dict[tuple[int, int], int]


@dataclass
class RegionFile:
    row: Row
    key: str = ""
    name: Translated = field(default_factory=Translated)
    area: str = ""
    time_zone: str = "Europe/Helsinki"
    languages: list[str] = field(default_factory=list)
    contact_email: str = ""
    areas: dict[str, AreaRow] = field(default_factory=dict)
    memberships: list[MembershipRow] = field(default_factory=list)
    successions: list[SuccessionRow] = field(default_factory=list)
    organisations: dict[str, OrganisationRow] = field(default_factory=dict)
    population: list[PopulationRow] = field(default_factory=list)


def read_region(files: Files) -> RegionFile:
    """Everything of region.yaml, and population.yaml when there is one."""
    top = files.read("region.yaml")
    top.skip("sources", "family_centre_areas")
    illustrative = top.flag("illustrative")
    head = top.child("region")
    head.skip("home")
    files.source = head.choice("source_language", LANGUAGES, required=False, default="fi") or "fi"
    found = RegionFile(
        head,
        key=head.text("key", most=60),
        name=head.translated("name"),
        time_zone=_zone(head),
        languages=head.choices("languages", LANGUAGES) or list(LANGUAGES),
        contact_email=head.text("contact_email", required=False, most=254),
    )
    for row in top.rows("areas", required=True):
        row.skip("illustrative", "valid_from")
        key = row.new_key("key", found.areas)
        found.areas[key] = AreaRow(
            row,
            kind=row.choice("kind", Area.Kind.values),
            code=row.text("code", most=3),
            name=row.translated("name"),
            ended_on=row.date("valid_to", required=False),
        )
    found.area = head.choice("area", found.areas)
    for row in top.rows("memberships"):
        row.skip("note")
        found.memberships.append(
            MembershipRow(
                row,
                area=row.choice("area", found.areas),
                parent=row.choice("member_of", found.areas),
                started_on=row.date("from", required=False) or LONG_AGO,
                ended_on=row.date("to", required=False),
            )
        )
    for row in top.rows("successions"):
        found.successions.append(
            SuccessionRow(
                row,
                area=row.choice("area", found.areas),
                successor=row.choice("successor", found.areas),
                year=row.year("year"),
                share=Decimal(str(row.number("share", required=False, least=0.0001, most=1) or 1)),
            )
        )
    _read_organisations(top, found, illustrative)
    if files.has("population.yaml"):
        _read_population(files, found)
    return found


def _zone(head: Row) -> str:
    name = head.text("time_zone", required=False) or "Europe/Helsinki"
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        head.wrong("time_zone", "a time zone such as Europe/Helsinki is expected")
        return "Europe/Helsinki"
    return name


def _read_organisations(top: Row, found: RegionFile, illustrative: bool) -> None:
    rows = top.rows("organisations", required=True)
    keys = [row.data.get("key") for row in rows]
    for row in rows:
        row.skip("short_name")
        key = row.new_key("key", found.organisations)
        found.organisations[key] = OrganisationRow(
            row,
            key=key,
            kind=row.choice("kind", Organisation.Kind.values),
            name=row.translated("name"),
            area=row.choice("area", found.areas, required=False),
            website=row.text("website", required=False, most=200),
            started_on=row.date("valid_from", required=False),
            ended_on=row.date("valid_to", required=False),
            successor=row.choice("successor", [k for k in keys if isinstance(k, str)], required=False),
            illustrative=row.flag("illustrative", default=illustrative),
        )
        if row.has("successor") and not row.has("valid_to"):
            row.wrong("successor", "an organisation that has a successor needs its last day (valid_to)")


def _read_population(files: Files, found: RegionFile) -> None:
    top = files.read("population.yaml")
    top.skip("illustrative")
    printed = top.child("as_printed", required=False)
    if printed:
        printed.skip("source", "printed_totals", "totals_match", "notes")
        _read_series(printed, printed, found, printed.text("source_text", most=200))
    checked = top.child("checked", required=False)
    if checked:
        checked.skip("source", "source_text")
        for series in checked.rows("series", required=True):
            series.skip("totals")
            _read_series(series, checked, found, series.text("source_text", most=200))


def _read_series(series: Row, ages_of: Row, found: RegionFile, source: str) -> None:
    """`ages` such as 0-6; each row holds a list of counts an age group, one a year."""
    basis = series.choice("kind", AreaPopulation.Basis.values)
    years = [y for y in series.sequence("years", required=True) if isinstance(y, int) and 1900 <= y <= 2100]
    if len(years) != len(series.sequence("years")):
        series.wrong("years", "a list of years is expected")
    ages = [age if isinstance(age, str) else "" for age in ages_of.sequence("ages", required=True)]
    bands = {}
    for age in ages:
        first, _dash, last = age.partition("-")
        if not (first.isdecimal() and last.isdecimal() and int(first) <= int(last) <= 120):
            ages_of.wrong("ages", "age groups such as 0-6 are expected")
            return
        bands[age] = (int(first), int(last))
    for row in series.rows("rows", required=True):
        area = row.choice("area", found.areas)
        columns = {}
        for age, band in bands.items():
            if not row.has(age):
                row.skip(age)
                continue
            numbers = row.sequence(age)
            if len(numbers) != len(years) or any(type(n) is not int or not 0 <= n < 10**9 for n in numbers):
                row.wrong(age, f"a list of {len(years)} whole numbers is expected, one a year")
            else:
                columns[band] = numbers
        for i, year in enumerate(years):
            counts = {band: numbers[i] for band, numbers in columns.items()}
            found.population.append(PopulationRow(row, area, year, basis, source, counts))


def load_region(found: RegionFile, world: World) -> None:
    """Areas with history and population, the region, its organisations. Known areas are used as they are."""
    world.zone = ZoneInfo(found.time_zone)
    known = {(a.kind, a.code): a for a in Area.objects.all()}
    new = set()
    for key, a in found.areas.items():
        with a.row.blamed():
            area = known.get((a.kind, a.code))
            if area is None:
                # A last day comes with the succession, when there is one.
                area = actions.create_area(
                    by=SYSTEM, kind=a.kind, code=a.code, name=a.name, ended_on=a.ended_on
                )
                new.add(key)
            world.areas[key] = area
    for m in found.memberships:
        area, parent = world.areas[m.area], world.areas[m.parent]
        if area.memberships.filter(parent=parent, started_on=m.started_on).exists():
            continue
        with m.row.blamed():
            actions.join_area(
                by=SYSTEM, area=area, parent=parent, started_on=m.started_on, ended_on=m.ended_on
            )
    for s in found.successions:
        old, successor = world.areas[s.area], world.areas[s.successor]
        if not old.successions.filter(new=successor, year=s.year).exists():
            with s.row.blamed():
                actions.succeed_area(by=SYSTEM, old=old, new=successor, year=s.year, share=s.share)
    for p in found.population:
        with p.row.blamed():
            actions.set_population(
                by=SYSTEM,
                area=world.areas[p.area],
                year=p.year,
                counts=p.counts,
                source=p.source,
                basis=p.basis,
            )
    world.region = _region(found, world)
    _load_organisations(found, world)


def _region(found: RegionFile, world: World) -> Region:
    area = world.areas[found.area]
    existing = Region.objects.filter(area=area).first()
    if existing is not None:
        return existing
    with found.row.blamed():
        return actions.create_region(
            by=SYSTEM, area=area, name=found.name, languages=tuple(found.languages),
            contact_email=found.contact_email, time_zone=found.time_zone,
        )  # fmt: skip


def _load_organisations(found: RegionFile, world: World) -> None:
    """Without their last days: they end when the history has come that far (see `end_organisations`)."""
    for key, o in found.organisations.items():
        area = world.areas[o.area] if o.area else None
        with o.row.blamed():
            twin = _standing_one(o, area)
            world.organisations[key] = twin or actions.create_organisation(
                by=SYSTEM, kind=o.kind, name=o.name, area=area, website=o.website, started_on=o.started_on,
                is_illustrative=o.illustrative,
            )  # fmt: skip


def _standing_one(o: OrganisationRow, area: Area | None) -> Organisation | None:
    """The same body in the installation already: of the same kind, name and area."""
    standing = Organisation.objects.filter(kind=o.kind, area=area, ended_on__isnull=True)
    return next((twin for twin in standing if str(twin.name) == str(o.name)), None)
