"""Builders of rows for tests; actions have tests of their own."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from lautta.annual_clock import models as annual_clock
from lautta.assessments import models as assessments
from lautta.common.models import User
from lautta.common.translated import Translated
from lautta.decisions import models as decisions
from lautta.decisions.freezing import digest, dumped
from lautta.measures import models as measures
from lautta.organisations import models as organisations
from lautta.plans import models as plans
from lautta.publishing import models as publishing
from lautta.voices import models as voices
from lautta.workspace import models as workspace


def words(stem: str):
    """A numbered Finnish text with Swedish and English."""
    return factory.Sequence(lambda n: Translated.of(f"{stem} {n}", sv=f"{stem} {n} sv", en=f"{stem} {n} en"))


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@test.invalid")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = "!"


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = organisations.Area

    kind = "municipality"
    code = factory.Sequence(lambda n: f"{n % 1000:03d}")
    name = words("Kunta")
    sort_key = factory.Sequence(lambda n: f"{n:08d}")


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = organisations.Region

    area = factory.SubFactory(AreaFactory, kind="region")
    name = words("Maakunta")
    languages = ["fi", "sv", "en"]


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = organisations.Organisation

    kind = "municipality"
    name = words("Organisaatio")
    sort_key = factory.Sequence(lambda n: f"{n:08d}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = organisations.Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    started_on = dt.date(2020, 1, 1)


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = plans.Plan

    region = factory.SubFactory(RegionFactory)
    title = words("Suunnitelma")
    purpose = words("Tarkoitus")
    period_start = 2020
    period_end = 2024
    phase = "in_force"
    published_at = dt.datetime(2020, 6, 1, tzinfo=dt.UTC)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = plans.Participation

    plan = factory.SubFactory(PlanFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    started_on = dt.date(2020, 1, 1)


class RoleAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = plans.RoleAssignment

    plan = factory.SubFactory(PlanFactory)
    membership = factory.SubFactory(MembershipFactory)
    role = "contributor"
    started_on = dt.date(2020, 1, 1)


class ChapterFactory(DjangoModelFactory):
    class Meta:
        model = plans.Chapter

    plan = factory.SubFactory(PlanFactory)
    number = factory.Sequence(lambda n: str(n + 1))
    position = factory.Sequence(lambda n: n)


class ChapterRevisionFactory(DjangoModelFactory):
    class Meta:
        model = plans.ChapterRevision

    chapter = factory.SubFactory(ChapterFactory)
    language = "fi"
    number = 1
    title = factory.Sequence(lambda n: f"Luku {n}")
    body = "<p>Teksti.</p>"
    plain = "Helppo teksti."


class GoalFactory(DjangoModelFactory):
    class Meta:
        model = plans.Goal

    plan = factory.SubFactory(PlanFactory)
    kind = "main"
    number = factory.Sequence(lambda n: f"4.{n + 1}")
    position = factory.Sequence(lambda n: n)
    colour = 1
    title = words("Tavoite")
    published_at = dt.datetime(2020, 6, 1, tzinfo=dt.UTC)


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = measures.Round

    plan = factory.SubFactory(PlanFactory)
    year = factory.Sequence(lambda n: 2020 + n)
    state = "open"
    opens_on = dt.date(2020, 1, 1)
    deadline = dt.date(2030, 12, 31)


class MeasureFactory(DjangoModelFactory):
    class Meta:
        model = measures.Measure

    plan = factory.SubFactory(PlanFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class MeasureYearFactory(DjangoModelFactory):
    class Meta:
        model = measures.MeasureYear

    measure = factory.SubFactory(MeasureFactory)
    round = factory.SubFactory(RoundFactory, plan=factory.SelfAttribute("..measure.plan"))
    title = words("Toimenpide")
    change = words("Muutos")
    sort_key = factory.Sequence(lambda n: f"{n:08d}")
    target_groups = ["children_7_12"]
    starts_on = dt.date(2024, 1, 1)


class VoiceFactory(DjangoModelFactory):
    class Meta:
        model = voices.Voice

    plan = factory.SubFactory(PlanFactory)
    text = words("Ääni")
    speaker_role = "pupil"
    method = "interview"
    state = "published"


class AssessmentFactory(DjangoModelFactory):
    """A memo slip in screening; `AlternativeFactory` gives the others."""

    class Meta:
        model = assessments.Assessment
        skip_postgeneration_save = True

    plan = factory.SubFactory(PlanFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title = words("Arvioitava päätös")
    decider = words("Lautakunta")
    first_estimate = words("Ensiarvio")
    sort_key = factory.Sequence(lambda n: f"{n:08d}")
    target_groups = ["children_7_12"]
    need = "screen"
    state = "screening"
    baseline = factory.RelatedFactory("tests.factories.AlternativeFactory", "assessment")


class AlternativeFactory(DjangoModelFactory):
    class Meta:
        model = assessments.Alternative

    assessment = factory.SubFactory(AssessmentFactory)
    position = 0
    title = words("Vaihtoehto")


class HearingFactory(DjangoModelFactory):
    class Meta:
        model = voices.Hearing

    plan = factory.SubFactory(PlanFactory)
    matter = words("Kouluverkko")
    heard_on = dt.date(2024, 2, 1)
    method = "workshop"
    said = words("Kotikoulu kannattaa säilyttää")
    changed = words("Koulu säilyy")
    state = "published"


class HeardGroupFactory(DjangoModelFactory):
    class Meta:
        model = voices.HeardGroup

    hearing = factory.SubFactory(HearingFactory)
    position = 1
    role = "pupil"
    age_group = "7_12"
    number = 24


EMPTY_DOCUMENT = {
    "schema": 1, "kind": "part_one", "number": 1, "frozen_on": "2024-03-01", "previous": "",
    "cover": {"proposal": {}, "summary": {}},
    "plan": {"title": {}, "organisations": []},
    "part_one": {
        "chapters": [
            {
                "id": "bcdfghjkmn", "parent": None, "organisation": None, "kind": "introduction", "number": "1",
                "source_language": "fi", "quotations": [], "sources": [],
                "texts": {"fi": {"title": "Johdanto", "body": "<p>Arki kantaa.</p><p>Yhdessä.</p>", "plain": ""}},
            }
        ],
        "goals": [], "indicators": [],
    },
}  # fmt: skip


class VersionFactory(DjangoModelFactory):
    """A version with a chapter of two paragraphs, made without freezing."""

    class Meta:
        model = decisions.Version

    plan = factory.SubFactory(PlanFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = "part_one"
    schema = 1
    content = dumped(EMPTY_DOCUMENT)
    sha256 = digest(dumped(EMPTY_DOCUMENT))
    frozen_on = dt.date(2024, 3, 1)


class StatementRequestFactory(DjangoModelFactory):
    class Meta:
        model = decisions.StatementRequest

    plan = factory.SubFactory(PlanFactory)
    matter = words("Mitä mieltä olette suunnitelmasta")
    council_kind = "youth_council"
    council_name = words("Nuorisovaltuusto")
    asked_on = dt.date(2024, 3, 1)
    due = dt.date(2024, 4, 1)
    languages = ["fi", "sv"]
    link_hash = ""
    link_expires_on = factory.LazyAttribute(lambda row: dt.date(2099, 1, 1) if row.link_hash else None)


class StatementQuestionFactory(DjangoModelFactory):
    class Meta:
        model = decisions.StatementQuestion

    request = factory.SubFactory(StatementRequestFactory)
    position = 1
    text = words("Mikä on tärkeintä?")


class StatementFactory(DjangoModelFactory):
    class Meta:
        model = decisions.Statement

    request = factory.SubFactory(StatementRequestFactory)
    source = "member"
    language = "fi"
    given_on = dt.date(2024, 3, 20)


class StatementPointFactory(DjangoModelFactory):
    class Meta:
        model = decisions.StatementPoint

    statement = factory.SubFactory(StatementFactory)
    position = 1
    text = words("Enemmän kerhoja")
    answered_on = factory.LazyAttribute(lambda row: None if row.taken == "open" else dt.date(2024, 3, 25))
    taken = "open"


class PassageCommentFactory(DjangoModelFactory):
    class Meta:
        model = decisions.PassageComment

    version = factory.SubFactory(VersionFactory)
    target_kind = "chapter"
    target_id = "bcdfghjkmn"
    language = "fi"
    block = 1
    block_hash = digest("Arki kantaa.")
    quoted = "Arki kantaa."
    text = words("Kenen arki?")
    organisation = factory.SubFactory(OrganisationFactory)
    created_on = dt.date(2024, 3, 5)


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = plans.Criterion

    goal = factory.SubFactory(GoalFactory)
    text = words("Tavoitetila")


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = plans.Source

    plan = factory.SubFactory(PlanFactory)
    title = factory.Sequence(lambda n: f"Lähde {n}")
    sort_key = factory.Sequence(lambda n: f"{n:08d}")


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = plans.Participant

    plan = factory.SubFactory(PlanFactory)
    name = factory.Sequence(lambda n: f"Osallistuja {n}")


class LinkedPlanFactory(DjangoModelFactory):
    class Meta:
        model = plans.LinkedPlan

    plan = factory.SubFactory(PlanFactory)
    kind = "budget"
    title = words("Talousarvio")


class ProgressReportFactory(DjangoModelFactory):
    class Meta:
        model = measures.ProgressReport

    measure_year = factory.SubFactory(MeasureYearFactory)
    period = "spring"
    done = "Kerho kokoontui viikoittain."
    status = "under_way"


class PlanImportFactory(DjangoModelFactory):
    class Meta:
        model = workspace.PlanImport

    plan = factory.SubFactory(PlanFactory)
    filename = "suunnitelma.docx"
    content = b""
    state = "discarded"


class FeedbackFactory(DjangoModelFactory):
    class Meta:
        model = publishing.Feedback

    plan = factory.SubFactory(PlanFactory)
    kind = "accessibility"
    message = "Sivu ei aukea puhelimella."
    created_week = dt.date(2024, 10, 14)


class ExcelUploadFactory(DjangoModelFactory):
    class Meta:
        model = measures.ExcelUpload

    round = factory.SubFactory(RoundFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    filename = "toimenpiteet.xlsx"


class ClockEventFactory(DjangoModelFactory):
    class Meta:
        model = annual_clock.ClockEvent

    plan = factory.SubFactory(PlanFactory)
    title = words("Tapahtuma")
    lane = "implementation"
    starts_on = dt.date(2024, 4, 9)


class TaskFactory(DjangoModelFactory):
    class Meta:
        model = annual_clock.Task

    plan = factory.SubFactory(PlanFactory)
    title = words("Tehtävä")
    due = dt.date(2024, 4, 9)
    created_on = dt.date(2024, 1, 2)
