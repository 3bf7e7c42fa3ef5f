"""`lautta reindex`: bring the search index up to what is stored, for entries that were saved before a kind was searched."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from lautta.annual_clock.models import ClockEvent
from lautta.annual_clock.searching import index_event
from lautta.measures.indexing import reindex as index_measure
from lautta.measures.models import Measure
from lautta.plans import search_entries as entries
from lautta.plans.actions.chapters import index_chapter
from lautta.plans.models import Chapter, Goal, JointIndicator, Participation
from lautta.voices.indexing import index_voice
from lautta.voices.models import Voice


def _index_organisation(row: Participation) -> None:
    entries.index_organisation(row.plan, row.organisation)


def everything() -> list[tuple[str, Iterable[Any], Callable[[Any], None]]]:
    """(kind, rows, how one is indexed). Rows that are not public are taken out by the same functions."""
    return [
        ("chapters", Chapter.objects.select_related("plan"), index_chapter),
        ("goals", Goal.objects.select_related("plan"), entries.index_goal),
        (
            "indicators",
            JointIndicator.objects.select_related("plan", "indicator"),
            entries.index_joint_indicator,
        ),
        (
            "organisations",
            Participation.objects.select_related("plan", "organisation__area", "organisation__successor"),
            _index_organisation,
        ),
        ("measures", Measure.objects.select_related("plan", "organisation"), index_measure),
        ("events", ClockEvent.objects.select_related("plan"), index_event),
        ("voices", Voice.objects.select_related("plan"), index_voice),
    ]


class Command(BaseCommand):
    help = "Index again what search finds: chapters, goals, indicators, organisations, measures, voices. Nothing else changes."

    def handle(self, *args, **options):
        for kind, rows, index in everything():
            count = 0
            with transaction.atomic():
                for row in rows:
                    index(row)
                    count += 1
            self.stdout.write(f"{kind}: {count}")
