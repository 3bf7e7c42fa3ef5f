"""Fills every address of the installation with the objects of one organisation."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.urls import get_resolver

from lautta.common.models import Job
from lautta.common.translated import Translated
from lautta.decisions.actions.links import hash_of
from lautta.decisions.freezing import digest, draw, dumped
from lautta.decisions.models import Amendment, Body, BodyMeeting, Decision, Station, Version
from lautta.plans.models import JointIndicator
from lautta.publishing.models import Paper, WellbeingReport
from lautta.publishing.papers.making import Source, Wanted
from tests import factories as f
from tests.cast import Cast
from tests.indicators.factories import IndicatorFactory, grid, metadata, taken_in
from tests.test_architecture import walk

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One address with its door ("workspace", "public" or "")."""

    path: str
    route: str
    name: str
    door: str


def waiting_vintage():
    """Numbers of a public source that have fewer areas than before."""
    about = metadata("4712")
    taken_in(grid(), about)
    return taken_in(grid(areas=11), about).vintage


def decisions_of(cast: Cast, version: Version) -> dict[str, object]:
    """The version on its way to Hamina's council, which approved it with a change and meets again."""
    body = Body.objects.create(
        plan=cast.plan, organisation=cast.hamina, kind="council", name=Translated.of("Valtuusto")
    )
    station = Station.objects.create(version=version, body=body)
    decision = Decision.objects.create(
        station=station, number=1, outcome="approve_with_changes", decided_on=dt.date(2024, 2, 1)
    )
    amendment = Amendment.objects.create(decision=decision, text=Translated.of("Lisätään uni."))
    meeting = BodyMeeting.objects.create(body=body, held_on=dt.date(2099, 1, 1))
    return {
        "body_id": body.public_id, "station_id": station.public_id,
        "decision_id": decision.public_id, "amendment_id": amendment.public_id, "meeting_id": meeting.public_id,
    }  # fmt: skip


def frozen_version(cast: Cast) -> Version:
    """A version that is on no path yet."""
    content = dumped(draw(cast.plan, kind="part_one", number=1).document)
    return Version.objects.create(
        plan=cast.plan, number=1, kind="part_one", schema=1, content=content, sha256=digest(content),
        frozen_on=dt.date(2024, 3, 1),
    )  # fmt: skip


def stored_paper(version: Version) -> Paper:
    """A paper of it, as the worker would have left it."""
    wanted = Wanted("one_page", "fi", "pdf")
    return Paper.objects.create(
        plan=version.plan, version=version, kind="one_page", language="fi", format="pdf", sha256="0" * 64, size=1,
        inputs_sha256=Source(version).inputs(wanted), content=b"x",
    )  # fmt: skip


def samples(cast: Cast) -> dict[str, object]:
    """A value for each parameter: the county's plan, and Hamina's own things, all of them drafts."""
    area = f.AreaFactory()
    cast.hamina.area = area
    cast.hamina.save()
    section = f.ChapterFactory(plan=cast.plan, organisation=cast.hamina)
    f.ChapterRevisionFactory(chapter=section)
    goal = f.GoalFactory(plan=cast.plan, published_at=None)
    f.CriterionFactory(goal=goal)
    year = f.MeasureYearFactory(
        measure__plan=cast.plan,
        measure__organisation=cast.hamina,
        round=cast.round,
        title=Translated.of("Salainen luonnos"),
    )
    year.goals.add(goal)
    report = f.ProgressReportFactory(measure_year=year)
    voice = f.VoiceFactory(plan=cast.plan, organisation=cast.hamina, state="pending")
    assessment = f.AssessmentFactory(
        plan=cast.plan, organisation=cast.hamina, title=Translated.of("Salainen luonnos"), state="assessing"
    )
    heard = assessment.hearings.create(
        who=Translated.of("Salainen luonnos"), said=Translated.of("Salainen luonnos"), method="talk"
    )
    follow_up = assessment.follow_ups.create(
        due_on="2025-01-01", what=Translated.of("Salainen luonnos"), who="johtaja"
    )
    hearing = f.HearingFactory(plan=cast.plan, organisation=cast.hamina, state="pending")
    asked = f.StatementRequestFactory(plan=cast.plan, organisation=cast.hamina, link_hash=hash_of("secret"))
    f.StatementQuestionFactory(request=asked)
    version = frozen_version(cast)
    comment = f.PassageCommentFactory(version=version, organisation=cast.hamina)
    job = Job.objects.create(scope=cast.plan.public_id, kind="plan_import", started_by=cast.kaisa)
    membership = cast.hannes.memberships.get()
    decided = decisions_of(cast, version)
    wellbeing = WellbeingReport.objects.create(plan=cast.plan, organisation=cast.hamina, year=2024)
    body = Body.objects.create(
        plan=cast.plan, organisation=cast.hamina, kind="steering_group", name=Translated.of("Ohjausryhmä")
    )
    lape = Body.objects.create(plan=cast.plan, kind="lape_group", name=Translated.of("LAPE-ryhmä"))
    held = body.meetings.create(held_on=dt.date(2024, 1, 15))
    matter = cast.plan.matters.create(title=Translated.of("Asia"), from_body=lape)
    matter.steps.create(number=1, to_body=body, sent_on=dt.date(2024, 1, 2))
    seat = body.members.create(title=Translated.of("Koulun edustaja"), started_on=dt.date(2024, 1, 1))
    event = f.ClockEventFactory(
        plan=cast.plan, organisation=cast.hamina, title=Translated.of("Salainen luonnos")
    )
    event.checks.create(year=cast.round.year)
    task = f.TaskFactory(plan=cast.plan, owner=cast.hannes, organisation=cast.hamina)
    return {
        **decided,
        "event_id": event.public_id,
        "task_id": task.public_id,
        "body_id": body.public_id,
        "meeting_id": held.public_id,
        "agenda_id": held.items.create(position=1, title=Translated.of("Oma asia")).public_id,
        "member_id": seat.public_id,
        "matter_id": matter.public_id,
        "deed": "answer",
        "plan_id": cast.plan.public_id,
        "chapter_id": section.public_id,
        "language": "fi",
        "goal_id": goal.public_id,
        "measure_id": year.measure.public_id,
        "year": cast.round.year,
        "organisation_id": cast.hamina.public_id,
        "area_id": area.public_id,
        "voice_id": voice.public_id,
        "assessment_id": assessment.public_id,
        "heard_id": heard.public_id,
        "follow_up_id": follow_up.public_id,
        "dimension": "safety",
        "step": "extent",
        "state": "dropped",
        "report_id": report.public_id,
        "hearing_id": hearing.public_id,
        "request_id": asked.public_id,
        "secret": "secret",
        "comment_id": comment.public_id,
        "job_id": job.public_id,
        "version_id": version.public_id,
        "paper_id": stored_paper(version).public_id,
        "wellbeing_id": wellbeing.public_id,
        "import_id": f.PlanImportFactory(plan=cast.plan).public_id,
        "source_id": f.SourceFactory(plan=cast.plan).public_id,
        "participant_id": f.ParticipantFactory(plan=cast.plan).public_id,
        "linked_id": f.LinkedPlanFactory(plan=cast.plan).public_id,
        "upload_id": f.ExcelUploadFactory(
            round=cast.round, organisation=cast.hamina, user=cast.hannes
        ).public_id,
        "framework": "child_strategy",
        "role": "contributor",
        "section": "description",
        "item": "follow_up",
        "feedback_id": f.FeedbackFactory(plan=cast.plan).public_id,
        "membership_id": membership.public_id,
        "criterion_id": goal.criteria.get().public_id,
        "indicator_id": IndicatorFactory().public_id,
        "joint_id": JointIndicator.objects.create(plan=cast.plan, indicator=IndicatorFactory()).public_id,
        "code": "child_poverty",
        "vintage_id": waiting_vintage().public_id,
        "kind": "csv",
        "slug": "mita-tahansa",
        "number": 1,
        "key": "anything",
    }


def addresses(values: dict[str, object]) -> list[Address]:
    """Every address of ours under /fi/, filled. KeyError for a parameter that `values` does not know."""
    found = []
    for route, entry in walk(get_resolver().url_patterns):
        if "account/" in route or route.startswith(("^", "static")):
            continue
        path = PARAMETER.sub(lambda m: str(values[m[1]]), route)
        path = "/" + path.replace("fi/", "fi/", 1).lstrip("/")
        found.append(Address(path, route, entry.name or "", getattr(entry.callback, "door", "")))
    return found
