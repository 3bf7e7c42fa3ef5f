"""The demo regions in the database: what the files say, public where published, dated as it happened."""

import datetime as dt
from collections import Counter
from io import StringIO
from itertools import pairwise

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from lautta.common.models import AuditEntry, User
from lautta.common.search import search
from lautta.measures.models import (
    MeasureMoney,
    MeasureYear,
    OrganisationEmphasis,
    PersonYears,
    ProgressReport,
    RoundAnswer,
    StatusChange,
    YearEvaluation,
)
from lautta.organisations.models import Area, AreaPopulation, Organisation
from lautta.plans.models import Chapter, ChapterRevision, Participant
from lautta.voices.models import Voice
from lautta.workspace.loading.people import PASSWORD
from tests.demo.reading import measures as measures_in_files
from tests.demo.reading import nodes, region

KYMI = "kymenlaakso"


def raw_years(name=KYMI):
    return [(m, y) for m in measures_in_files(name) for y in m["years"]]


# --- as much as the files say --------------------------------------------------------------------------


def test_organisations_areas_and_people(demo):
    rows = region(KYMI, "region.yaml")
    assert Area.objects.count() == len(rows["areas"]) + len(region("pohjoinen", "region.yaml")["areas"])
    assert demo.plan.participations.count() == len(rows["organisations"])
    assert User.objects.count() == sum(len(region(n, "people.yaml")["accounts"]) for n in (KYMI, "pohjoinen"))
    assert demo.plan.participants.count() == len(region(KYMI, "people.yaml")["participants"])


def test_plan_goals_chapters_and_sources(demo):
    rows = region(KYMI, "plan.yaml")
    goals = 1 + len(rows["cross_cutting_aim"]["means"]) + sum(1 + len(g["subgoals"]) for g in rows["goals"])
    assert demo.plan.goals.count() == goals
    assert demo.plan.chapters.count() == len(list(nodes(KYMI)))
    assert demo.plan.sources.count() == len(region(KYMI, "sources.yaml")["sources"])
    assert demo.plan.linked_plans.count() == len(rows["plan"]["linked_plans"])
    cited = sum(len(node["sources"]) for node in nodes(KYMI))
    assert sum(c.citations.count() for c in demo.plan.chapters.all()) == cited
    for goal in rows["goals"]:
        made = demo.plan.goals.get(number=goal["number"])
        added = [v for v in region(KYMI, "decisions.yaml")["versions"] if v.get("goal") == goal["number"]]
        assert made.criteria.count() == len(goal["criteria"]) + len(added)
        mirrored = len(goal["mirrors"]["child_strategy"]) + len(goal["mirrors"]["convention"])
        assert made.mirrorings.count() == mirrored
        assert made.linked_plans.count() == len(goal["mirrors"]["linked_plans"])


def test_measures_reports_money_and_statuses(demo):
    years = raw_years()
    made = MeasureYear.objects.filter(measure__plan=demo.plan)
    assert demo.plan.measures.count() == len(measures_in_files(KYMI))
    assert made.count() == len(years)
    assert made.public().count() == sum(m["published"] for m, _y in years)
    assert Counter(made.values_list("round__year", flat=True)) == Counter(y["year"] for _m, y in years)
    assert Counter(made.values_list("status", "timeliness")) == Counter(
        (y["status"], y["timeliness"]) for _m, y in years
    )
    reports = ProgressReport.objects.filter(measure_year__in=made)
    assert reports.count() == sum(len(y.get("reports", [])) for _m, y in years)
    money = MeasureMoney.objects.filter(measure_year__in=made)
    assert sum(m.amount for m in money) == sum(row["amount"] for _m, y in years for row in y["money"])
    worked = PersonYears.objects.filter(measure_year__in=made)
    assert float(sum(p.amount for p in worked)) == pytest.approx(sum(y["person_years"] for _m, y in years))


def test_rounds_emphases_evaluations(demo):
    rows = region(KYMI, "rounds.yaml")["rounds"]
    assert list(demo.plan.rounds.order_by("year").values_list("year", "state")) == [
        (r["year"], r["state"]) for r in rows
    ]
    emphases = OrganisationEmphasis.objects.filter(round__plan=demo.plan)
    assert emphases.count() == sum(len(r["emphases"]) for r in rows)
    evaluations = YearEvaluation.objects.filter(round__plan=demo.plan)
    assert evaluations.count() == sum(len(r["evaluations"]) for r in rows)
    for row in rows:
        made = demo.plan.rounds.get(year=row["year"])
        assert (made.opens_on, made.deadline, made.evaluation_deadline) == (
            row["opens"], row["measures_due"], row["evaluation_due"],
        )  # fmt: skip


def test_some_have_answered_the_open_round_and_some_have_not(demo):
    answers = RoundAnswer.objects.filter(round=demo.plan.rounds.get(state="open"))
    taking_part = Organisation.objects.of_plan(demo.plan).count()
    assert 5 < answers.count() < taking_part


def test_population_stands_as_printed_and_as_checked(demo):
    rows = region(KYMI, "population.yaml")
    kouvola = Area.objects.get(kind="municipality", code="286").population.all()
    printed = kouvola.filter(source=rows["as_printed"]["source_text"])
    assert "7–15" in rows["as_printed"]["source_text"]
    assert "2030" in rows["as_printed"]["source_text"]
    assert printed.get(year=2035, age_from=7).count == 5272
    checked = kouvola.exclude(source=rows["as_printed"]["source_text"])
    assert {p.source for p in checked} == {s["source_text"] for s in rows["checked"]["series"]}
    assert checked.get(year=2030, age_from=7, age_to=15).count == 5272
    assert checked.get(year=2035, age_from=7, age_to=15).count == 4691
    cells = sum(
        len(row[age]) for s in rows["checked"]["series"] for row in s["rows"] for age in row if age != "area"
    ) + sum(len(row[age]) for row in rows["as_printed"]["rows"] for age in ("0-6", "7-14"))
    assert AreaPopulation.objects.count() == cells


def test_voices_by_state(demo):
    rows = region(KYMI, "voices.yaml")["voices"]
    assert Counter(demo.plan.voices.values_list("state", flat=True)) == Counter(v["state"] for v in rows)
    assert demo.plan.voices.filter(chapter__isnull=False).count() == sum("chapter" in v for v in rows)


def test_assessments_went_as_far_as_their_file_tells(demo):
    rows = region(KYMI, "assessments.yaml")["assessments"]
    found = {str(a.title): a for a in demo.plan.assessments.all()}
    assert set(found) == {row["title"]["fi"] for row in rows}
    assert sorted(a.state for a in found.values()) == ["decided", "screened"]
    whole = next(a for a in found.values() if a.state == "decided")
    assert [x.code for x in whole.alternatives.in_order()] == ["VE0", "VE1", "VE2"]
    assert whole.measure is not None
    assert whole.follow_ups.filter(done_on__isnull=True).count() == 2
    assert all(a.publications.current().count() == 1 and a.is_illustrative for a in found.values())
    for change in whole.state_changes.filter(state="decided"):
        assert change.at.date() == dt.date(2024, 6, 12)


# --- as it happened ---------------------------------------------------------------------------------------


def test_the_organiser_was_succeeded(demo):
    periods = list(demo.plan.organiser_periods.order_by("started_on"))
    assert [p.started_on for p in periods] == [dt.date(2020, 1, 1), dt.date(2023, 1, 1)]
    assert periods[0].ended_on == dt.date(2022, 12, 31)
    kymsote = periods[0].organisation
    assert kymsote.successor == periods[1].organisation
    assert kymsote not in Organisation.objects.of_plan(demo.plan)


def test_measures_went_over_to_the_successor_and_kept_their_address(demo):
    handed = [m for m in measures_in_files(KYMI) if any("organisation" in y for y in m["years"])]
    made = demo.plan.measures.filter(handovers__isnull=False)
    assert made.count() == len(handed) > 0
    for measure in made:
        assert measure.handovers.get().first_year == 2023
        assert measure.organisation.name.shown("fi").text == "Kymenlaakson hyvinvointialue"
        before = measure.years.with_organisation_then().filter(round__year__lt=2023)
        assert {y.organisation_then for y in before} == {measure.handovers.get().from_organisation_id}


def test_later_years_are_carried_over(demo):
    for measure in demo.plan.measures.prefetch_related("years__round"):
        years = sorted(measure.years.all(), key=lambda y: y.round.year)
        assert years[0].carried_from_id is None
        assert [y.carried_from_id for y in years[1:]] == [y.pk for y in years[:-1]]


def test_what_is_new_in_a_year_is_told_in_that_year_only(demo):
    measure, _year = next((m, y) for m, y in raw_years() if "content" in y)
    made = demo.plan.measures.get(
        years__title__texts__fi__text=measure["title"]["fi"], years__round__year=measure["years"][0]["year"]
    )
    for year in measure["years"]:
        text = made.years.get(round__year=year["year"]).description.in_language("fi")
        assert text.startswith(measure["description"]["fi"].strip())
        assert (year.get("content", {}).get("fi", "—") in text) == ("content" in year)


def test_statuses_end_where_the_year_stands_and_moved_legally(demo):
    from lautta.measures.choices import TRANSITIONS

    for year in MeasureYear.objects.filter(measure__plan=demo.plan).prefetch_related("status_changes"):
        moves = sorted(year.status_changes.all(), key=lambda c: c.pk)
        assert (moves[-1].status, moves[-1].timeliness) == (year.status, year.timeliness)
        for before, after in pairwise(moves):
            assert after.status == before.status or after.status in TRANSITIONS[before.status]
            assert before.at <= after.at


def test_things_are_dated_when_they_happened(demo):
    shown_as_of = region(KYMI, "rounds.yaml")["shown_as_of"]
    reports = ProgressReport.objects.filter(measure_year__measure__plan=demo.plan).select_related(
        "measure_year__round"
    )
    for report in reports:
        assert report.created_at.year == report.measure_year.round.year
        assert (report.created_at.month <= 6) == (report.period == "spring")
        assert report.created_at.weekday() < 5
    for year in MeasureYear.objects.filter(measure__plan=demo.plan).public().select_related("round"):
        assert year.round.opens_on <= year.published_at.date() <= year.round.deadline
    for model, name in ((StatusChange, "at"), (ProgressReport, "created_at"), (YearEvaluation, "created_at")):
        newest = model.objects.order_by(f"-{name}").first()
        assert getattr(newest, name).date() <= shown_as_of, model
    assert demo.plan.published_at.date() == dt.date(2020, 6, 12)
    assert {r.created_at.year for r in ChapterRevision.objects.filter(chapter__plan=demo.plan)} == {2020}
    changes = demo.plan.rounds.get(year=2021).state_changes.order_by("pk")
    assert [c.at.date().year for c in changes] == [2020, 2022]


def test_the_trail_tells_the_time_of_loading_and_who_did_it(demo):
    trail = AuditEntry.objects.filter(scope=demo.plan.public_id)
    assert {
        "plan.create",
        "chapter.publish",
        "measure.carry_over",
        "report.submit",
        "history.backdate",
    } <= set(trail.values_list("action", flat=True))
    today = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    assert trail.filter(at__lt=today).count() == 0
    roles = Counter(trail.values_list("actor_role", flat=True))
    assert {"coordinator", "lead", "contributor", "system"} <= set(roles)
    assert roles["contributor"] > 50
    # Only what the installation's keeper does is the system's.
    assert set(trail.filter(actor_role="system").values_list("action", flat=True)) <= {
        "plan.create", "plan.join", "plan.organiser", "role.assign", "role.end", "history.backdate",
    }  # fmt: skip


def test_organisations_write_their_own(demo):
    reports = AuditEntry.objects.filter(
        scope=demo.plan.public_id, action="report.submit", actor_role="contributor"
    )
    own = {
        (m.user_id, m.organisation.public_id)
        for u in User.objects.all()
        for m in u.memberships.select_related("organisation")
    }
    assert reports.count() > 30
    assert {(r.actor_id, r.organisation_id) for r in reports} <= own


# --- what is public and what is not ----------------------------------------------------------------------


def test_everything_invented_says_so(demo):
    assert demo.plan.is_illustrative
    assert demo.other.is_illustrative
    assert not MeasureYear.objects.filter(is_illustrative=False).exists()
    assert not ProgressReport.objects.filter(is_illustrative=False).exists()
    assert not YearEvaluation.objects.filter(is_illustrative=False).exists()
    assert not Voice.objects.filter(is_illustrative=False).exists()
    named = {o["name"]["fi"]: o["illustrative"] for o in region(KYMI, "region.yaml")["organisations"]}
    assert {
        str(o.name.shown("fi").text): o.is_illustrative for o in Organisation.objects.ever_in_plan(demo.plan)
    } == named
    assert {g.is_illustrative for g in demo.plan.goals.filter(kind="main")} == {False}
    assert {g.is_illustrative for g in demo.plan.goals.filter(kind="subgoal")} == {True}


PAGES = [
    "home", "plan", "goals", "measures", "organisations", "municipalities", "voices", "children", "search",
    "about", "accessibility", "feedback", "print",
]  # fmt: skip


def public_addresses(plan) -> list[str]:
    found = [reverse(f"publishing:{name}", args=[plan.public_id]) for name in PAGES]
    for chapter in Chapter.objects.filter(plan=plan):
        found.append(reverse("publishing:chapter", args=[plan.public_id, chapter.public_id]))
    for goal in plan.goals.filter(parent=None):
        found.append(reverse("publishing:goal", args=[plan.public_id, goal.public_id]))
    for measure in plan.measures.filter(years__published_at__isnull=False).distinct():
        found.append(reverse("publishing:measure", args=[plan.public_id, measure.public_id]))
    return found


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_published_thing_opens_in_each_language(demo, client, language):
    with translation.override(language):
        addresses = public_addresses(demo.plan) + public_addresses(demo.other)
    # Each language takes every third page of its own, so that each page is opened in one of them.
    for address in addresses[["fi", "sv", "en"].index(language) :: 3]:
        assert address.startswith(f"/{language}/")
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        assert f'<html lang="{language}"' in response.content.decode(), address


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_chapters_are_public_in_every_language_of_the_files(demo, language):
    published = Chapter.objects.filter(plan=demo.plan, publications__language=language).distinct()
    assert published.count() == sum(language in node["body"] for node in nodes(KYMI))


def test_no_draft_leaks(demo, client):
    drafts = [m for m in measures_in_files(KYMI) if not m["published"]]
    assert len(drafts) >= 3
    listing = client.get(reverse("publishing:measures", args=[demo.plan.public_id])).content.decode()
    assert "Iltapäivän satama" in listing
    for draft in drafts:
        measure = demo.plan.measures.filter(years__title__texts__fi__text=draft["title"]["fi"]).first()
        assert (
            client.get(
                reverse("publishing:measure", args=[demo.plan.public_id, measure.public_id])
            ).status_code
            == 404
        )
        assert draft["title"]["fi"] not in listing
        hits = search(demo.plan.public_id, draft["title"]["fi"], language="fi").hits
        assert measure.public_id not in {h.object_id for h in hits}
    pending = next(v for v in region(KYMI, "voices.yaml")["voices"] if v["state"] == "pending")
    voices = client.get(reverse("publishing:voices", args=[demo.plan.public_id])).content.decode()
    assert pending["text"]["fi"] not in voices


def test_participants_without_consent_stay_unnamed(demo, client):
    page = client.get(reverse("publishing:about", args=[demo.plan.public_id])).content.decode()
    refused = next(p for p in region(KYMI, "people.yaml")["participants"] if p["consent"] == "refused")
    assert refused["description"]["fi"] not in page
    withdrawn = Participant.objects.filter(plan=demo.plan, consent="withdrawn")
    assert {p.name for p in withdrawn} == {""}
    assert withdrawn.count() == 2


@pytest.mark.parametrize("word", ["lapsi", "lasten", "nuori", "barn", "child"])
def test_the_search_finds_children(demo, word):
    language = {"barn": "sv", "child": "en"}.get(word, "fi")
    found = search(demo.plan.public_id, word, language=language)
    assert {"chapter", "goal", "measure"} <= set(found.kinds)
    assert all(h.url_kwargs["plan_id"] == demo.plan.public_id for h in found.hits)


# --- people -------------------------------------------------------------------------------------------------


def test_the_printed_password_opens_an_account(demo, client):
    response = client.post(
        reverse("account_login"),
        {"login": "koordinaattori@demo.lautta.invalid", "password": PASSWORD},
        follow=True,
    )
    assert response.status_code == 200
    assert response.wsgi_request.user.email == "koordinaattori@demo.lautta.invalid"
    assert len(PASSWORD) >= 12


def test_regions_are_kept_apart(demo, login):
    stranger = login(User.objects.get(email="koordinaattori.pohjoinen@demo.lautta.invalid"))
    for name in ("workspace:overview", "workspace:my_work", "measures:list", "plans:chapters", "voices:list"):
        assert stranger.get(reverse(name, args=[demo.other.public_id])).status_code == 200, name
        assert stranger.get(reverse(name, args=[demo.plan.public_id])).status_code == 404, name
    hits = search(demo.other.public_id, "bussi", language="fi").hits
    assert hits
    assert all(
        h.kind != "measure" or not demo.plan.measures.filter(public_id=h.object_id).exists() for h in hits
    )


def test_a_newcomer_can_add_a_measure_to_the_open_round(demo, login):
    client = login(User.objects.get(email="kirjaaja.kotka@demo.lautta.invalid"))
    address = reverse("measures:new", args=[demo.plan.public_id])
    page = client.get(address)
    assert page.status_code == 200
    assert "Määräaika on mennyt, mutta kierros on vielä auki" in page.content.decode()
    kotka = Organisation.objects.get(area__code="285", kind="municipality")
    goal = demo.plan.goals.get(number="4.2")
    typed = {
        "title": "Laituri kuntoon", "change": "Uimaan pääsee kotirannasta.", "goals": goal.public_id,
        "target_groups": "children_7_12", "organisation": kotka.public_id, "starts_on": "2024-11-01",
    }  # fmt: skip
    assert client.post(address, typed).status_code == 302
    made = MeasureYear.objects.get(measure__plan=demo.plan, title__texts__fi__text="Laituri kuntoon")
    assert made.round.year == 2024
    assert made.published_at is None


# --- the command --------------------------------------------------------------------------------------------


def test_the_demo_is_loaded_once(demo):
    before = AuditEntry.objects.count()
    with pytest.raises(CommandError, match="holds a plan already"):
        call_command("demo", stdout=StringIO())
    out = StringIO()
    call_command("demo", if_empty=True, stdout=out)
    lines = out.getvalue().splitlines()
    assert AuditEntry.objects.count() == before
    assert PASSWORD in lines[0]
    assert lines[4].split()[0] == "koordinaattori@demo.lautta.invalid"
    accounts = [a["email"] for n in (KYMI, "pohjoinen") for a in region(n, "people.yaml")["accounts"]]
    assert all(email in out.getvalue() for email in accounts)


def test_the_demo_is_not_for_production(demo, settings):
    settings.DEMO = False
    out = StringIO()
    with pytest.raises(CommandError, match="production"):
        call_command("demo", if_empty=True, stdout=out)
    assert not out.getvalue()


def test_only_demo_accounts_are_printed(demo):
    from tests import factories as f

    f.RoleAssignmentFactory(plan=demo.plan, membership__user__email="aito@kunta.example")
    out = StringIO()
    call_command("demo", if_empty=True, stdout=out)
    assert "aito@kunta.example" not in out.getvalue()


def test_files_are_read_by_the_rules_of_yaml_alone():
    """The loader makes plain values only: no tag makes an object."""
    from lautta.workspace.loading.reading import _Loader

    with pytest.raises(yaml.YAMLError):
        yaml.load("a: !!python/object/apply:os.getcwd []", Loader=_Loader)
