"""A region from reviewable files: read whole, checked, then fed through the same actions as people use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import translation

from lautta.common.actors import SYSTEM
from lautta.indicators.actions.population import reckon_population
from lautta.measures.models import Round
from lautta.organisations.models import Region
from lautta.plans.models import Plan
from lautta.workspace.loading import (
    areas,
    assessments,
    chapters,
    checklist,
    clock,
    decisions,
    hearings,
    indicators,
    measures,
    people,
    plan,
    rounds,
    statements,
    tiers,
    voices,
)
from lautta.workspace.loading.reading import BadFiles, Files, Mistake
from lautta.workspace.loading.world import World

__all__ = ["BadFiles", "Content", "Mistake", "load_demo_region", "load_new_region", "read_folder"]

Say = Callable[[str], object]


@dataclass
class Content:
    """Everything that a region's folder says, checked."""

    folder: Path
    region: areas.RegionFile
    plan: plan.PlanFile
    people: people.PeopleFile
    sources: dict[str, chapters.SourceRow]
    chapters: list[chapters.ChapterRow]
    rounds: rounds.RoundsFile
    measures: list[measures.MeasureRow]
    voices: list[voices.VoiceRow]
    hearings: list[hearings.HearingRow]
    statements: list[statements.RequestRow]
    indicators: indicators.IndicatorsFile
    decisions: decisions.DecisionsFile
    assessments: list[assessments.AssessmentRow]
    checklist: list[checklist.MarkRow]
    tiers: tiers.TiersFile
    clock: clock.ClockFile


def read_folder(folder: Path) -> Content:
    """Read and check the files. Raises BadFiles with every mistake found; the database is not touched."""
    if not folder.is_dir():
        raise BadFiles([Mistake(str(folder), "", "there is no such folder")])
    files = Files(folder)
    region = areas.read_region(files)
    the_plan = plan.read_plan(files, region)
    sources = chapters.read_sources(files)
    the_rounds = rounds.read_rounds(files, region)
    the_chapters = chapters.read_chapters(files, region, sources, the_plan)
    the_people = people.read_people(files, region.organisations)
    the_measures = measures.read_measures(files, region, the_plan, the_rounds)
    the_voices = voices.read_voices(files, region, the_plan, the_chapters)
    content = Content(
        folder,
        region,
        the_plan,
        the_people,
        sources,
        the_chapters,
        the_rounds,
        the_measures,
        the_voices,
        hearings.read_hearings(files, region, the_plan),
        statements.read_statements(files, region),
        indicators.read_indicators(files, region, the_plan),
        decisions.read_decisions(files, region, the_plan, the_rounds),
        assessments.read_assessments(
            files, region, [m.key for m in the_measures], [v.key for v in the_voices]
        ),
        checklist.read_checklist(files, region, the_plan, the_chapters),
        tiers.read_tiers(files, region, the_people),
        clock.read_clock(files, region, the_people),
    )
    files.check()
    return content


def load_demo_region(content: Content, *, say: Say) -> Plan:
    """The whole region, with accounts that share the demo's password and do what the files tell of them.

    One transaction a part. Raises BadFiles when an action refuses something.
    """
    world = World(say=say, last_day=content.rounds.shown_as_of or dt.date.max)
    return _load(content, world, part=transaction.atomic, demo=True)


def load_new_region(content: Content, *, say: Say, invite: str = "") -> Plan:
    """The whole region or, when an action refuses something, none of it.

    The system does everything; the people of the file (or `invite` alone, as the coordinator) are invited.
    """
    world = World(say=say)
    with transaction.atomic():
        made = _load(content, world, part=nullcontext, demo=False)
        reckon_population(by=SYSTEM)
        with translation.override("en"):
            invited = people.invite_people(content.people, world, only=invite)
        say(f"  {len(invited)} invitations wait for the next `lautta tick`")
    return made


def _load(content: Content, world: World, *, part: Callable[[], AbstractContextManager], demo: bool) -> Plan:
    say = world.say
    # Refusals reach the terminal, in the language of its other words.
    with translation.override("en"):
        _refuse_twin(content)
        with part():
            areas.load_region(content.region, world)
            plan.load_plan(content.plan, content.region, world)
        say(f"  {len(world.areas)} areas, {len(world.organisations)} organisations")
        with part():
            if demo:
                people.load_demo_people(content.people, world)
            people.load_participants(content.people, world)
        with part():
            plan.load_goals(content.plan, world)
            chapters.load_sources(content.sources, world)
            chapters.load_chapters(content.chapters, content.plan, world)
            plan.publish(content.plan, world)
            world.settle()
        goals, accounts = world.plan.goals.count(), len(content.people.accounts)
        say(f"  {len(world.chapters)} chapters, {goals} goals, {accounts} people")
        with part():
            followed = indicators.load_indicators(content.indicators, world)
        _load_years(content, world, part)
        with part():
            found = voices.load_voices(content.voices, world)
            assessed = assessments.load_assessments(content.assessments, world)
            heard = hearings.load_hearings(content.hearings, world)
        with part():
            checklist.load_checklist(content.checklist, world)
            groups = tiers.load_tiers(content.tiers, world)
            world.settle()
            decided = decisions.load_decisions(content.decisions, world)
            asked = statements.load_statements(content.statements, world)
            events = clock.load_clock(content.clock, world, demo=demo)
            plan.end_plan(content.plan, world)
        say(
            f"  {found} voices, {heard} hearings, {asked} requests for a statement, {followed} joint indicators"
        )
        say(f"  {assessed} impact assessments, {decided} versions, {groups} groups on three tiers")
        say(f"  {events} events of the annual clock")
    world.plan.refresh_from_db()
    return world.plan  # type: ignore[return-value]


def _load_years(content: Content, world: World, part: Callable[[], AbstractContextManager]) -> None:
    """Round after round; between them organisations end and hand over to their successors, as it happened."""
    so_far: dict[str, measures.Loaded] = {}
    for year, row in sorted(content.rounds.rounds.items()):
        with part():
            plan.hand_over(content.plan, content.region, world, before=dt.date(year, 1, 1))
            round = rounds.load_round(row, world)
            measures.load_measures_of(content.measures, row, round, so_far, world)
            if row.state != Round.State.PLANNED:
                rounds.answer(row, round, world)
                measures.load_reports_of(content.measures, row, round, so_far, world)
                rounds.evaluate(row, round, world)
            world.settle()
        count = sum(y.year == year for m in content.measures for y in m.years)
        world.say(f"  round of {year}: {count} measures")
    world.measures = {key: loaded.year.measure for key, loaded in so_far.items()}
    with part():
        plan.hand_over(content.plan, content.region, world, before=dt.date.today() + dt.timedelta(days=1))


def _refuse_twin(content: Content) -> None:
    """The same plan twice would be two plans that look alike."""
    area = content.region.areas[content.region.area]
    region = Region.objects.filter(area__kind=area.kind, area__code=area.code).first()
    title, start = content.plan.title, content.plan.start.year
    for standing in Plan.objects.filter(region=region, period_start=start) if region else ():
        if standing.title.shown(title.source).text == title.shown(title.source).text:
            raise BadFiles(
                [
                    Mistake(
                        "plan.yaml",
                        "plan.title",
                        f"the installation has the plan “{title}” of {start} already",
                    )
                ]
            )
