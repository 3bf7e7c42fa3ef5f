"""`lautta demo`: two regions to try everything on."""

import datetime as dt
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lautta.common.actors import SYSTEM
from lautta.common.demo_day import keep_demo_day
from lautta.indicators.actions.population import reckon_population
from lautta.indicators.actions.summaries import summarise_current
from lautta.indicators.definitions import wanted_ids
from lautta.indicators.fetchers.sotkanet import BASE
from lautta.indicators.fetching import fetch_sotkanet
from lautta.indicators.fetching_population import fetch_population
from lautta.plans.models import Plan
from lautta.workspace.loading import BadFiles, load_demo_region, read_folder
from lautta.workspace.loading.figures import SOURCE as FIGURES_SOURCE
from lautta.workspace.loading.figures import FiguresFile, load_figures, read_figures
from lautta.workspace.loading.people import PASSWORD
from lautta.workspace.loading.population import load_population, panels
from lautta.workspace.loading.signins import sign_ins, table

REGIONS = ("kymenlaakso", "pohjoinen")


class Command(BaseCommand):
    help = "Load the demo regions into an empty installation and print their sign-ins."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="load nothing when there is a plan already"
        )
        parser.add_argument(
            "--live", action="store_true", help="fetch real figures from Sotkanet instead of made-up ones"
        )
        parser.add_argument(
            "--sotkanet-url", default="", help="fetch them from another server with the same manners"
        )

    def handle(self, *args, if_empty: bool, live: bool, sotkanet_url: str, **options):
        if not settings.DEMO:
            raise CommandError(
                "The demo is not for LAUTTA_MODE=production: all know its password. Use `lautta region`."
            )
        if Plan.objects.exists():
            if not if_empty:
                raise CommandError(
                    "This installation holds a plan already, and the demo is loaded into an empty one only. "
                    "Nothing was changed. (`lautta demo --if-empty` prints the sign-ins again.)"
                )
        else:
            self._load(Path(settings.LAUTTA_DEMO), sotkanet_url or (BASE if live else ""), live)
        if rows := sign_ins():
            self.stdout.write(table(rows, PASSWORD))

    def _settle_day(self, day: dt.date | None) -> None:
        """The first region's day is the installation's from now on; a running server learns it when it begins anew."""
        if day:
            keep_demo_day(settings.DATA_DIR, day)
            settings.DEMO_DAY = day

    def _population(self, figures: FiguresFile, live: bool) -> None:
        """Statistics Finland's when live (a table that does not answer is told and left out), else made up."""
        if live:
            run = fetch_population(by=SYSTEM)
            self.stdout.write(f"{run.counts.get('new', 0)} of 2 tables of population fetched")
            return
        made = panels(figures.population, figures.inhabitants, figures.regions)
        load_population(made, FIGURES_SOURCE, say=self.stdout.write)

    def _figures(self, figures: FiguresFile, address: str) -> None:
        """Made-up ones, or those that the server at the address gives for every definition."""
        if not address:
            load_figures(figures, say=self.stdout.write)
            return
        run = fetch_sotkanet(by=SYSTEM, source_ids=wanted_ids(), base=address)
        if run.problem:
            raise CommandError(
                f"{address} cannot be used as a source of figures ({run.problem.code}). The demo was not loaded."
            )
        new = run.counts.get("new", 0)
        self.stdout.write(f"{new} indicators fetched, {run.failed} without numbers at the source")

    def _load(self, folder: Path, address: str, live: bool) -> None:
        began = time.monotonic()
        try:
            contents = [read_folder(folder / name) for name in REGIONS]
            figures = read_figures(folder)
            self._settle_day(contents[0].rounds.shown_as_of)
            self._figures(figures, address)
            self._population(figures, live)
            for content in contents:
                self.stdout.write(f"{content.region.name.shown('fi').text}:")
                load_demo_region(content, say=self.stdout.write)
        except BadFiles as problem:
            raise CommandError(f"The demo’s files have mistakes:\n{problem}") from problem
        summarise_current(by=SYSTEM)
        reckon_population(by=SYSTEM)
        self.stdout.write(f"The demo is loaded ({time.monotonic() - began:.0f} s).\n")
