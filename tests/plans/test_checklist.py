"""The statutory checklist: rules as data, marks, what is counted, its pages, its document."""

import copy
import datetime as dt
import json

import pytest
import yaml
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import LANGUAGES, Translated
from lautta.plans.actions.checklists import mark_coverage
from lautta.plans.checklist.reading import checklist, checklist_document
from lautta.plans.checklist.rule_sets import (
    FOLDER,
    RuleSetError,
    load,
    rule_set_on,
    rule_sets,
    rule_sets_of,
)
from lautta.plans.models import Coverage, CoverageMark
from tests import factories as f

BEFORE, SINCE = dt.date(2022, 12, 31), dt.date(2023, 1, 1)
SEVEN = [
    "growing_conditions", "promoting_and_preventing", "need_for_protection", "resources", "service_system", "cooperation",
    "follow_up",
]  # fmt: skip
COUNTY_ALONE = {"need_for_protection", "resources", "service_system"}


@pytest.fixture
def chapter(cast):
    """A joint chapter that is public."""
    made = f.ChapterFactory(plan=cast.plan, kind="current_state", number="2")
    revision = f.ChapterRevisionFactory(chapter=made, title="Nykytila")
    made.publications.create(language="fi", revision=revision, published_by_role="coordinator")
    return made


def mark(cast, item="growing_conditions", state="covered", *, links=(), by=None, after=0, **given):
    if state == "partly":
        given.setdefault("note", Translated.of("Arvio puuttuu."))
    return mark_coverage(
        by=by or cast.actor(cast.kaisa), plan=cast.plan, item=item, state=state, links=links, after=after, **given
    )  # fmt: skip


# --- rules as data -----------------------------------------------------------------------------------------


def test_two_rule_sets_meet_at_the_turn_of_2023_without_gap_or_overlap():
    first, second = rule_sets()
    assert first.holds_on(BEFORE)
    assert second.holds_on(SINCE)
    assert rule_set_on(BEFORE) is first
    assert rule_set_on(SINCE) is second
    assert rule_set_on(dt.date(1999, 1, 1)) is None
    assert second.ends is None


def test_each_has_the_seven_items_in_three_languages_and_names_the_law_without_being_checked():
    for rules in rule_sets():
        assert [item.code for item in rules.items] == SEVEN
        assert "417/2007" in rules.law_title
        assert rules.law_url.startswith("https://www.finlex.fi/")
        assert not rules.checked_by_lawyer
        for text in [
            rules.title,
            rules.who,
            rules.to_check,
            *(w for i in rules.items for w in (i.title, i.plain)),
        ]:
            assert all(text.in_language(language) for language in LANGUAGES)


def test_who_is_bound_changed_in_2023():
    first, second = rule_sets()
    assert all(item.binds == {"municipality", "county"} for item in first.items)
    assert first.jointly
    assert not second.jointly
    for item in second.items:
        assert item.binds == ({"county"} if item.code in COUNTY_ALONE else {"municipality", "county"})


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d["checklist"].pop("key"),
        lambda d: d["checklist"]["valid"].pop("from"),
        lambda d: d["checklist"]["valid"].update(to=dt.date(1990, 1, 1)),
        lambda d: d["checklist"].pop("law"),
        lambda d: d["checklist"]["title"].pop("sv"),
        lambda d: d["checklist"].pop("to_check"),
        lambda d: d.pop("items"),
        lambda d: d["items"][0].update(binds=["kunta"]),
        lambda d: d["items"][0].update(binds=[]),
        lambda d: d["items"][0].update(facts=["weather"]),
        lambda d: d["items"][1].update(code="growing_conditions"),
        lambda d: d["items"][0].update(code="x" * 41),
        lambda d: d["items"][0]["plain"].update(en=" "),
    ],
)
def test_a_file_that_does_not_hold_together_is_named(spoil):
    good = yaml.safe_load((FOLDER / "child_welfare_act_12_from_2023.yaml").read_text("utf-8"))
    load(good, "x.yaml")
    bad = copy.deepcopy(good)
    spoil(bad)
    with pytest.raises(RuleSetError, match=r"x\.yaml"):
        load(bad, "x.yaml")


def test_a_plan_meets_the_rules_of_its_years(cast):
    assert rule_sets_of(cast.plan) == list(rule_sets())
    cast.plan.period_start = 2024
    assert rule_sets_of(cast.plan) == [rule_sets()[1]]


# --- marks -------------------------------------------------------------------------------------------------


def test_without_marks_everything_is_missing_and_every_item_is_a_gap(cast):
    found = checklist(cast.plan, rule_set_on(SINCE), SINCE)
    assert len(found.gaps) == 7
    assert found.covered == 0
    assert {line.worst for line in found.lines} == {Coverage.MISSING}


def test_the_whole_plans_mark_holds_for_those_who_have_none_and_an_own_one_is_their_own(cast, chapter):
    mark(cast, links=[("chapter", chapter.public_id)])
    mark(cast, state="partly", organisation=cast.kotka)
    line = checklist(cast.plan, rule_set_on(SINCE), SINCE).line("growing_conditions")
    states = {str(c.organisation.name): (c.state, c.inherited) for c in line.bound}
    assert states == {
        "Haminan kaupunki": (Coverage.COVERED, True),
        "Hyvinvointialue": (Coverage.COVERED, True),
        "Kotkan kaupunki": (Coverage.PARTLY, False),
    }
    assert line.worst == Coverage.PARTLY
    assert [c.organisation for c in line.own_gaps] == [cast.kotka]


def test_items_of_child_protection_bind_the_county_alone_since_2023(cast):
    since = checklist(cast.plan, rule_set_on(SINCE), SINCE).line("resources")
    assert [c.organisation for c in since.bound] == [cast.county]
    before = checklist(cast.plan, rule_set_on(BEFORE), BEFORE).line("resources")
    assert len(before.bound) == 3


def test_an_organisation_that_left_is_bound_by_the_rules_of_its_time_alone(cast):
    cast.plan.participations.filter(organisation=cast.kotka).update(ended_on=BEFORE)
    today = dt.date(2024, 6, 1)
    assert cast.kotka in checklist(cast.plan, rule_set_on(BEFORE), today).organisations
    assert cast.kotka not in checklist(cast.plan, rule_set_on(today), today).organisations


def test_what_points_at_nothing_public_is_partly_covered(cast):
    draft = f.ChapterFactory(plan=cast.plan)
    f.ChapterRevisionFactory(chapter=draft)
    mark(cast, links=[("chapter", draft.public_id)])
    cell = checklist(cast.plan, rule_set_on(SINCE), SINCE).line("growing_conditions").whole
    assert (cell.state, cell.lacks_public) == (Coverage.PARTLY, True)


def test_marks_are_added_one_after_another_and_never_altered(cast, chapter):
    links = [("chapter", chapter.public_id)]
    first = mark(cast, state="missing")
    second = mark(cast, links=links, after=1)
    assert [m.number for m in CoverageMark.objects.order_by("number")] == [1, 2]
    assert list(cast.plan.coverage_marks.newest_of_each()) == [second]
    with pytest.raises(RuntimeError, match="never altered"):
        first.save()
    with pytest.raises(Refused, match="Joku muu merkitsi"):
        mark(cast, links=links, after=1)
    assert AuditEntry.objects.filter(action="coverage.mark").count() == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"state": "covered"}, "links"),
        ({"state": "partly", "note": Translated()}, "note"),
        ({"state": "fine"}, "state"),
        ({"item": "unknown", "state": "missing"}, None),
        ({"links": [("chapter", "zzzzzzzzzz")]}, "links"),
        ({"links": [("weather", "zzzzzzzzzz")]}, "links"),
        ({"state": "missing", "note": Translated.of("x" * 2001)}, "note"),
        ({"links": [("goal", "zzzzzzzzzz")] * 41}, "links"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(cast, given, field):
    with pytest.raises(Refused) as refusal:
        mark(cast, **given)
    assert refusal.value.field == field
    assert not CoverageMark.objects.exists()


def test_pieces_of_another_plan_and_organisations_that_are_not_bound_are_refused(cast):
    strange = f.GoalFactory(plan=cast.other_plan)
    with pytest.raises(Refused, match="tästä suunnitelmasta"):
        mark(cast, links=[("goal", strange.public_id)])
    with pytest.raises(Refused, match="ei ole mukana"):
        mark(cast, state="missing", organisation=cast.elsewhere)
    parish = f.OrganisationFactory(kind="parish")
    f.ParticipationFactory(plan=cast.plan, organisation=parish)
    with pytest.raises(Refused, match="ei koske"):
        mark(cast, state="missing", organisation=parish)


@pytest.mark.parametrize(
    ("person", "whole", "hamina", "kotka"),
    [
        ("kaisa", True, True, True),
        ("kirsi", False, True, False),
        ("hannes", False, False, False),
        ("paula", False, False, False),
        ("nelli", False, False, False),
    ],
)
def test_who_may_mark(cast, person, whole, hamina, kotka):
    for organisation, allowed in ((None, whole), (cast.hamina, hamina), (cast.kotka, kotka)):
        by = cast.actor(getattr(cast, person), organisation)
        if allowed:
            assert mark(cast, state="missing", by=by, organisation=organisation).number == 1
        else:
            with pytest.raises(PermissionDenied):
                mark(cast, state="missing", by=by, organisation=organisation)


def test_an_ended_plan_is_marked_by_nobody_but_the_system(cast):
    cast.plan.phase = "ended"
    cast.plan.save()
    with pytest.raises(PermissionDenied):
        mark(cast, state="missing")
    assert mark(cast, state="missing", by=SYSTEM).number == 1


# --- what is counted ---------------------------------------------------------------------------------------


def test_counts_come_from_what_is_public_in_the_rooms_above_too(cast, chapter):
    year = f.MeasureYearFactory(
        measure__plan=cast.plan, measure__organisation=cast.hamina, round=cast.round,
        published_at=dt.datetime(2024, 1, 5, tzinfo=dt.UTC),
    )  # fmt: skip
    draft = f.MeasureYearFactory(measure__plan=cast.plan, measure__organisation=cast.kotka, round=cast.round)
    for each in (year, draft):
        each.money.create(organisation=cast.hamina, year=2024, kind="budget", amount=1000)
    found = checklist(cast.plan, rule_set_on(SINCE), SINCE)
    counts = {(line.item.code, c.fact): c.number for line in found.lines for c in line.counts}
    assert counts["growing_conditions", "chapters_current_state"] == 1
    assert counts["promoting_and_preventing", "measures"] == 1
    assert counts["resources", "money"] == 1
    assert counts["resources", "person_years"] == 0


def test_a_published_measure_can_be_pointed_at_and_a_draft_cannot(cast):
    year = f.MeasureYearFactory(measure__plan=cast.plan, measure__organisation=cast.hamina, round=cast.round)
    link = ("measure", year.measure.public_id)
    with pytest.raises(Refused, match="tästä suunnitelmasta"):
        mark(cast, links=[link], organisation=cast.hamina)
    year.published_at = dt.datetime(2024, 1, 5, tzinfo=dt.UTC)
    year.save()
    mark(cast, links=[link], organisation=cast.hamina)


# --- document ----------------------------------------------------------------------------------------------


def test_the_document_is_plain_data_with_the_rules_of_the_day(cast, chapter):
    mark(cast, links=[("chapter", chapter.public_id)])
    mark(cast, state="partly", organisation=cast.kotka)
    made = checklist_document(cast.plan, dt.date(2024, 6, 1))
    assert json.loads(json.dumps(made)) == made
    assert made["rule_set"]["key"] == "child_welfare_act_12_from_2023"
    first = made["items"][0]
    assert first["state"] == "covered"
    assert [p["title"] for p in first["where"]] == ["Nykytila"]
    assert {o["name"]["fi"]: o["state"] for o in first["organisations"]}["Kotkan kaupunki"] == "partly"
    own = checklist_document(cast.plan, dt.date(2024, 6, 1), cast.kotka)
    assert [item["code"] for item in own["items"]] == [c for c in SEVEN if c not in COUNTY_ALONE]
    assert own["items"][0]["state"] == "partly"
    old = checklist_document(cast.plan, BEFORE, cast.kotka)
    assert len(old["items"]) == 7
    assert checklist_document(cast.plan, dt.date(1999, 1, 1)) == {}


# --- pages -------------------------------------------------------------------------------------------------


def url(cast, name="checklist", language="fi", **ids):
    return f"/{language}" + reverse(f"plans:{name}", kwargs={"plan_id": cast.plan.public_id, **ids})[3:]


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_gaps_come_first_with_one_button_each_for_those_who_may(cast, login, chapter):
    mark(cast, links=[("chapter", chapter.public_id)])
    page = words(login(cast.kaisa).get(url(cast)))
    assert "6 puutetta" in page
    assert page.count(">Korjaa<") == 6
    assert page.index("6 puutetta") < page.index("<table")
    assert "Nykytila" in page
    assert words(login(cast.hannes).get(url(cast))).count(">Korjaa<") == 0


def test_a_mark_is_made_on_the_page_and_shows(cast, login, chapter):
    client = login(cast.kirsi)
    address = url(cast, "checklist_mark", item="follow_up", organisation_id=cast.hamina.public_id)
    given = {
        "state": "partly",
        "note": "Syksyn seuranta puuttuu.",
        "links": [f"chapter:{chapter.public_id}"],
        "after": 0,
    }
    assert client.get(address).status_code == 200
    refused = client.post(address, {**given, "note": ""})
    assert refused.status_code == 422
    assert "Kerro, mitä vielä puuttuu" in words(refused)
    assert client.post(address, given).status_code == 302
    assert "Syksyn seuranta puuttuu." in words(client.get(url(cast)))
    stale = client.post(address, given)
    assert stale.status_code == 422
    assert "Joku muu merkitsi" in words(stale)
    assert client.get(url(cast, "checklist_mark", item="follow_up")).status_code == 403


@pytest.mark.parametrize(
    ("language", "heading"),
    [("fi", "Mitä laki vaatii"), ("sv", "Vad lagen kräver"), ("en", "What the law requires")],
)
def test_the_pages_speak_three_languages(cast, login, chapter, language, heading):
    mark(cast, links=[("chapter", chapter.public_id)])
    assert heading in words(login(cast.kaisa).get(url(cast, language=language)))
    public = words(login(cast.kaisa).get(f"/{language}/{cast.plan.public_id}/law/"))
    assert heading in public
    assert public.count("<h3>") == 7


def test_the_old_rules_have_a_tab_and_unknown_rules_are_404(cast, login):
    client = login(cast.kaisa)
    page = client.get(url(cast) + "?rules=child_welfare_act_12_until_2022")
    assert "Säännöt vuoden 2022 loppuun" in words(page)
    assert client.get(url(cast) + "?rules=x").status_code == 404


def test_outsiders_see_nothing_and_a_draft_is_not_named_in_public_or_to_others(cast, login):
    draft = f.ChapterFactory(plan=cast.plan)
    f.ChapterRevisionFactory(chapter=draft, title="Salainen luku")
    mark(cast, links=[("chapter", draft.public_id)])
    assert login(cast.urho).get(url(cast)).status_code == 404
    assert "Salainen luku" in words(login(cast.kaisa).get(url(cast)))
    assert "Salainen luku" not in words(login(cast.kalle).get(url(cast)))
    assert "Salainen luku" not in words(login(cast.kalle).get(f"/fi/{cast.plan.public_id}/law/"))


def test_pages_ask_the_database_equally_often_however_many_marks(cast, login, chapter):
    client = login(cast.kaisa)
    link = {"kind": "chapter", "id": chapter.public_id}

    def fill(first, last):
        CoverageMark.objects.bulk_create(
            CoverageMark(plan=cast.plan, organisation=o, item=item, number=n, state="covered", links=[link])
            for n in range(first, last)
            for item in SEVEN
            for o in (None, cast.hamina, cast.kotka, cast.county)
        )

    counts = []
    for first, last in ((1, 5), (5, 90)):
        fill(first, last)
        asked = []
        for address in (
            url(cast),
            url(cast, "checklist_mark", item="follow_up"),
            f"/fi/{cast.plan.public_id}/law/",
        ):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            asked.append(len(captured))
        counts.append(asked)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 24
