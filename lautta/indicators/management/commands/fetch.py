"""`lautta fetch …`: indicators from their sources, one line of progress each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.indicators.actions import accept_held, refuse_held, set_boundaries, set_schedule
from lautta.indicators.actions.population import reckon_population
from lautta.indicators.actions.summaries import summarise_current
from lautta.indicators.boundaries import ADDRESS, SOURCE, read_boundaries
from lautta.indicators.definitions import minimum_list, wanted_ids
from lautta.indicators.fetchers import Asker
from lautta.indicators.fetchers.pxweb import BASE as PXWEB
from lautta.indicators.fetchers.sotkanet import BASE as SOTKANET
from lautta.indicators.fetching import Run, fetch_areas, fetch_sotkanet
from lautta.indicators.fetching_population import TABLES, fetch_population, take_population_file
from lautta.indicators.fetching_pxweb import fetch_pxweb
from lautta.indicators.models import FetchEntry, FetchSchedule, Indicator, Vintage
from lautta.indicators.problem_words import sentence
from lautta.indicators.problems import SourceProblem


class Command(BaseCommand):
    help = (
        "Fetch indicators (sotkanet, pxweb), population with its projection (population), the list of areas and their "
        "boundaries (areas), or decide what waits (held)."
    )

    def add_arguments(self, parser):
        parts = parser.add_subparsers(dest="what", required=True)
        sotkanet = parts.add_parser("sotkanet", help="indicators of Sotkanet by their ids")
        sotkanet.add_argument("ids", nargs="*", help="default: those that have a definition")
        sotkanet.add_argument("--minimum", action="store_true", help="the minimum list alone")
        sotkanet.add_argument("--url", default=SOTKANET, metavar="BASE")
        sotkanet.add_argument("--years", metavar="FIRST-LAST", help="default: all that the source has")
        pxweb = parts.add_parser("pxweb", help="a table of Statistics Finland")
        pxweb.add_argument("path", help="below the base, e.g. StatFin/vaerak/statfin_vaerak_pxt_11re.px")
        pxweb.add_argument("--url", default=PXWEB, metavar="BASE", help="up to and with the language")
        pxweb.add_argument(
            "--choose", action="append", default=[], metavar="VARIABLE=CODE,CODE", help="may be repeated"
        )
        areas = parts.add_parser(
            "areas", help="the list of areas, and with --file or --boundaries their outlines"
        )
        areas.add_argument("--url", default=SOTKANET, metavar="BASE")
        areas.add_argument(
            "--file", type=Path, metavar="GEOJSON", help="outlines from a file; nothing is asked"
        )
        areas.add_argument(
            "--boundaries", action="store_true", help="outlines from Statistics Finland's map service"
        )
        areas.add_argument("--year", type=int, default=2023, help="of the division of areas")
        areas.add_argument(
            "--property", default="kunta", help="that holds an area's code (kunta, maakunta, hva)"
        )
        people = parts.add_parser("population", help="population by age and its official projection")
        people.add_argument("which", nargs="*", help="observed, projection; default: both")
        people.add_argument("--url", default=PXWEB, metavar="BASE", help="up to and with the language")
        for which, path in TABLES.items():
            people.add_argument(f"--{which}-table", default=path, metavar="PATH", help="below the base")
        people.add_argument("--file", type=Path, help="csv, xlsx (or gzipped) or json-stat; nothing is asked")
        people.add_argument("--source-name", default="", help="what pages call the file's source")
        held = parts.add_parser("held", help="list what waits for a yes, or decide")
        held.add_argument("--accept", metavar="ID")
        held.add_argument("--refuse", metavar="ID")
        yearly = parts.add_parser("yearly", help="the day of the yearly fetch of what has a definition")
        yearly.add_argument("day", type=int, help="1–28")
        yearly.add_argument("month", type=int, help="1–12")
        yearly.add_argument("--off", action="store_true", help="fetch no more on that day")

    def handle(self, *args, what: str, **options):
        with translation.override("en"):
            getattr(self, what)(**options)

    # --- sources ----------------------------------------------------------------------------------

    def sotkanet(self, *, ids: list[str], minimum: bool, url: str, years: str | None, **options: Any) -> None:
        wanted = ids or wanted_ids(minimum_list() if minimum else None)
        self.stdout.write(f"Fetching {len(wanted)} indicators from {url}")
        run = fetch_sotkanet(
            by=SYSTEM, source_ids=wanted, base=url, years=years_of(years), progress=self.progress
        )
        self.end(run)

    def pxweb(self, *, path: str, url: str, choose: list[str], **options: Any) -> None:
        chosen = {}
        for choice in choose:
            code, mark, values = choice.partition("=")
            if not (mark and code.strip() and values.strip()):
                raise CommandError(f"--choose takes VARIABLE=CODE,CODE and not “{choice}”.")
            chosen[code] = values.split(",")
        self.stdout.write(f"Fetching {path} from {url}")
        self.end(fetch_pxweb(by=SYSTEM, path=path, base=url, chosen=chosen, progress=self.progress))

    def population(
        self, *, which: list[str], url: str, file: Path | None, source_name: str, **options: Any
    ) -> None:
        if unknown := set(which) - set(TABLES):
            raise CommandError(f"Fetch observed or projection and not “{min(unknown)}”.")
        chosen = [kind for kind in TABLES if kind in which or not which]
        if file is None:
            self.stdout.write(f"Fetching {' and '.join(chosen)} from {url}")
            tables = {kind: options[f"{kind}_table"] for kind in chosen}
            run = fetch_population(by=SYSTEM, which=chosen, tables=tables, base=url, progress=self.progress)
            entries = list(run.fetch.entries.order_by("pk"))
        else:
            if len(chosen) != 1:
                raise CommandError("Say what the file holds: `lautta fetch population observed --file …`.")
            try:
                body = file.read_bytes()
            except OSError as error:
                raise CommandError(f"{file}: {error.strerror}. Nothing was changed.") from error
            entries = [
                take_population_file(
                    by=SYSTEM, which=chosen[0], body=body, filename=file.name, source_name=source_name
                )
            ]
            self.progress(1, 1, entries[0])
        count = reckon_population(by=SYSTEM)
        self.stdout.write(f"Done. Children by age were reckoned anew for {count} areas.")
        if any(e.outcome == FetchEntry.Outcome.WAITING for e in entries):
            self.stdout.write("What waits has fewer areas, years or values than before: `lautta fetch held`.")
        if failed := sum(e.outcome == FetchEntry.Outcome.FAILED for e in entries):
            raise CommandError(f"{failed} were not taken in; what was known of them has not changed.")

    def areas(
        self, *, url: str, file: Path | None, boundaries: bool, year: int, property: str, **options: Any
    ) -> None:
        if file is None and not boundaries:
            self.end(fetch_areas(by=SYSTEM, base=url))
            return
        try:
            if file is not None:
                body, source = file.read_bytes(), f"{file.name}, {year}"
            else:
                with Asker() as asker:
                    body, source = asker.get(ADDRESS.format(year=year)).body, SOURCE.format(year=year)
            found = read_boundaries(body, property)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}. Nothing was changed.") from error
        except SourceProblem as problem:
            raise CommandError(f"{sentence(problem.to_json())} Nothing was changed.") from problem
        count = set_boundaries(by=SYSTEM, boundaries=found, year=year, source=source)
        self.stdout.write(f"Outlines of {count} areas are stored.")

    # --- what waits -------------------------------------------------------------------------------

    def held(self, *, accept: str | None, refuse: str | None, **options: Any) -> None:
        if accept or refuse:
            try:
                vintage = Vintage.objects.get(public_id=accept or refuse)
                (accept_held if accept else refuse_held)(by=SYSTEM, vintage=vintage)
            except Vintage.DoesNotExist as error:
                raise CommandError("There is no such vintage.") from error
            except Refused as error:
                raise CommandError(str(error)) from error
            if accept and vintage.indicator.source == Indicator.Source.POPULATION:
                reckon_population(by=SYSTEM)
            self.stdout.write("Accepted." if accept else "Refused.")
            return
        waiting = Vintage.objects.waiting().select_related("indicator")
        for vintage in waiting:
            self.stdout.write(f"{vintage.public_id}  {vintage.indicator.source_id}  {vintage.indicator}")
            for reason in vintage.held_because:
                self.stdout.write(f"    {sentence(reason)}")
            for said in AuditEntry.objects.filter(
                action="vintage.propose", object_id=vintage.public_id
            ).order_by("pk"):
                wish = "accept" if said.changes["accept"][1] else "refuse"
                self.stdout.write(
                    f"    proposed by the plan {said.scope}: {wish} – {said.changes['reason'][1]}"
                )
        if not waiting:
            self.stdout.write("Nothing waits.")

    def yearly(self, *, day: int, month: int, off: bool, **options: Any) -> None:
        ids = set(wanted_ids())
        try:
            for other in FetchSchedule.objects.filter(source="sotkanet"):
                ids |= set(other.source_ids)
                if other.is_active and (other.month, other.day) != (month, day):
                    set_schedule(
                        by=SYSTEM, source="sotkanet", month=other.month, day=other.day, source_ids=other.source_ids,
                        base_address=other.base_address, is_active=False,
                    )  # fmt: skip
            set_schedule(
                by=SYSTEM, source="sotkanet", month=month, day=day, source_ids=sorted(ids), is_active=not off
            )
        except (Refused, ValidationError) as error:
            raise CommandError("Give a day 1–28 and a month 1–12.") from error
        self.stdout.write("Put off." if off else f"Fetched every year on {day}.{month}.")

    # --- telling ----------------------------------------------------------------------------------

    def progress(self, done: int, total: int, entry: FetchEntry) -> None:
        name = f" {entry.indicator}"[:60] if entry.indicator else ""
        said = f": {sentence(entry.problem)}" if entry.problem else ""
        self.stdout.write(
            f"[{done:>{len(str(total))}}/{total}] {entry.source_id}{name} – {entry.get_outcome_display()}{said}"
        )

    def end(self, run: Run) -> None:
        if run.problem:
            raise CommandError(f"{sentence(run.problem.to_json())} Nothing was changed.")
        summarise_current(
            by=SYSTEM, indicators=Indicator.objects.filter(entries__fetch=run.fetch, entries__outcome="new")
        )
        words = dict(FetchEntry.Outcome.choices)
        told = ", ".join(f"{words[outcome]} {count}" for outcome, count in run.counts.items()) or "areas only"
        self.stdout.write(f"Done: {told}.")
        if run.counts.get(FetchEntry.Outcome.WAITING):
            self.stdout.write("What waits has fewer areas, years or values than before: `lautta fetch held`.")
        if run.failed:
            raise CommandError(f"{run.failed} were not taken in; what was known of them has not changed.")


def years_of(text: str | None) -> tuple[int, int] | None:
    """(first, last) of "2010-2023" or "2020". CommandError for anything else."""
    if text is None:
        return None
    first, _, last = text.partition("-")
    try:
        years = int(first), int(last or first)
    except ValueError as error:
        raise CommandError("--years takes FIRST-LAST, for example 2010-2023.") from error
    if not 1900 <= years[0] <= years[1] <= dt.date.today().year + 30:
        raise CommandError("--years takes FIRST-LAST, for example 2010-2023.")
    return years
