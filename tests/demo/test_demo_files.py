"""The demo regions' files: languages, references, variety, codes. No database."""

import re
from collections import Counter
from datetime import date

import pytest

from lautta.common.html import sanitise
from lautta.measures import choices
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Role
from tests.demo.reading import (
    DEMO,
    FRAMEWORKS,
    REGIONS,
    all_files,
    chapters,
    keys,
    measures,
    nodes,
    read,
    region,
    texts,
    translated,
)

LANGUAGES = {"fi", "sv", "en"}
KYMI = "kymenlaakso"


def complete(value: dict) -> bool:
    return set(value) == LANGUAGES and all(text.strip() for text in value.values())


def existed(organisation: dict, year: int) -> bool:
    begun = organisation.get("valid_from", date.min).year
    return begun <= year <= organisation.get("valid_to", date.max).year


# --- languages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", all_files(), ids=lambda path: path.name)
def test_every_text_has_finnish_and_known_languages(path):
    for where, value in translated(read(path)):
        assert value["fi"].strip(), where
        assert set(value) <= LANGUAGES, where
        assert all(isinstance(text, str) and text.strip() for text in value.values()), where


@pytest.mark.parametrize("name", REGIONS)
@pytest.mark.parametrize("file", ["region.yaml", "plan.yaml"])
def test_structure_and_goals_are_in_three_languages(name, file):
    found = list(translated(region(name, file)))
    assert len(found) > 5
    assert [where for where, value in found if not complete(value)] == []


def test_codes_and_frameworks_are_in_three_languages():
    paths = [
        DEMO / KYMI / "codes.yaml",
        FRAMEWORKS / "child_strategy.yaml",
        FRAMEWORKS / "convention_articles.yaml",
    ]
    for path in paths:
        assert [where for where, value in translated(read(path)) if not complete(value)] == [], path.name


def test_chapters_have_title_plain_text_and_body_in_three_languages():
    for node in nodes(KYMI):
        for field in ("title", "plain", "body"):
            assert complete(node[field]), (node["number"], field)


@pytest.mark.parametrize("name", REGIONS)
def test_rounds_and_measure_titles_are_in_three_languages(name):
    for row in region(name, "rounds.yaml")["rounds"]:
        assert all(complete(row[field]) for field in ("title", "emphasis", "guidance")), row["year"]
    for measure in measures(name):
        assert complete(measure["title"]), measure["key"]


def test_swedish_and_english_are_not_copies_of_the_finnish():
    same = [v["fi"] for m in measures(KYMI) for v in [m["title"]] if v["fi"] in (v["sv"], v["en"])]
    assert same == []


def test_plain_texts_are_short_sentences():
    for node in nodes(KYMI):
        for language, text in node["plain"].items():
            sentences = [s for s in re.split(r"[.!?]\s*", text) if s]
            assert 2 <= len(sentences) <= 6, (node["number"], language)
            assert max(len(s.split()) for s in sentences) <= 16, (node["number"], language)


# --- references --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REGIONS)
def test_areas_and_organisations_resolve(name):
    data = region(name, "region.yaml")
    areas, organisations = keys(data["areas"]), keys(data["organisations"])
    assert data["region"]["area"] in areas
    for row in data["memberships"]:
        assert {row["area"], row["member_of"]} <= areas
        assert row.get("from", date.min) <= row.get("to", date.max)
    for row in data["successions"]:
        assert {row["area"], row["successor"]} <= areas
    for row in data["organisations"]:
        assert row["area"] in areas
        assert row.get("successor", row["key"]) in organisations
        assert isinstance(row["illustrative"], bool)
    for row in data["family_centre_areas"]:
        assert set(row["municipalities"]) <= areas


@pytest.mark.parametrize("name", REGIONS)
def test_plan_and_goals_resolve(name):
    organisations = keys(region(name, "region.yaml")["organisations"])
    data = region(name, "plan.yaml")
    plan = data["plan"]
    assert set(plan["organisations"]) == organisations
    assert {row["organisation"] for row in plan["accountable_organiser"]} <= organisations
    strategy = {row["code"] for row in read(FRAMEWORKS / "child_strategy.yaml")["lines"]}
    articles = {row["code"] for row in read(FRAMEWORKS / "convention_articles.yaml")["articles"]}
    linked = keys(plan["linked_plans"]) if plan["linked_plans"] else set()
    mirrored = [goal["mirrors"] for goal in data["goals"]] + [
        m["mirrors"] for m in measures(name) if "mirrors" in m
    ]
    for mirrors in mirrored:
        assert set(mirrors["child_strategy"]) <= strategy
        assert set(mirrors["convention"]) <= articles
        assert set(mirrors.get("linked_plans", [])) <= linked
    for goal in data["goals"]:
        assert goal["owner"] in organisations
        assert {sub["owner"] for sub in goal["subgoals"]} <= organisations
        assert all(
            sub["illustrative"] and sub["number"].startswith(goal["number"]) for sub in goal["subgoals"]
        )


@pytest.mark.parametrize("name", REGIONS)
def test_measures_resolve_and_use_the_known_codes(name):
    organisations = {row["key"]: row for row in region(name, "region.yaml")["organisations"]}
    goals = {goal["number"] for goal in region(name, "plan.yaml")["goals"]}
    years = {row["year"] for row in region(name, "rounds.yaml")["rounds"]}
    funding = set(region(KYMI, "codes.yaml")["funding"])
    tiers = {tier.name.lower() for tier in choices.ServiceTier}
    keys(measures(name))
    for m in measures(name):
        where = m["key"]
        assert m["organisation"] in organisations, where
        assert set(m.get("partners", [])) <= set(organisations) - {m["organisation"]}, where
        assert m["goals"], where
        assert set(m["goals"]) <= goals, where
        assert m["target_groups"], where
        assert set(m["target_groups"]) <= set(choices.TargetGroup.values), where
        assert set(m.get("vulnerable_groups", [])) <= set(choices.VulnerableGroup.values), where
        assert m["sectors"], where
        assert set(m["sectors"]) <= set(choices.Sector.values), where
        assert m["service_tier"] in tiers, where
        assert m["start"] <= m["end"], where
        numbers = [y["year"] for y in m["years"]]
        assert numbers == sorted(set(numbers)), where
        assert set(numbers) <= years, where
        assert m["start"].year <= numbers[0], where
        assert numbers[-1] <= m["end"].year, where
        for y in m["years"]:
            body = organisations[y.get("organisation", m["organisation"])]
            assert (
                body.get("valid_from", date.min).year <= y["year"] <= body.get("valid_to", date.max).year
            ), where
            assert y["status"] in choices.Status.values, where
            assert y["timeliness"] in choices.Timeliness.values, where
            if y["status"] in choices.NEEDS_REASON or y["timeliness"] == "late":
                assert "reason" in y, (where, y["year"])
            for row in y["money"]:
                assert row["kind"] in choices.MoneyKind.values
                assert row["tier"] in tiers
                assert row["funding"] in funding
                assert isinstance(row["amount"], int)
                assert row["amount"] >= 0
            periods = [r["period"] for r in y.get("reports", [])]
            assert len(periods) == len(set(periods)), where
            assert set(periods) <= set(choices.ReportPeriod.values), where


def test_code_lists_are_the_rooms_own():
    codes = region(KYMI, "codes.yaml")
    assert set(codes["target_groups"]) == set(choices.TargetGroup.values)
    assert set(codes["sectors"]) == set(choices.Sector.values)
    assert set(codes["statuses"]) == set(choices.Status.values)
    assert set(codes["vulnerable_groups"]) <= set(choices.VulnerableGroup.values)
    assert set(codes["service_tiers"]) == {tier.name.lower() for tier in choices.ServiceTier}


def test_chapters_cite_known_sources_and_figures_stand_in_the_text():
    sources = keys(region(KYMI, "sources.yaml")["sources"])
    organisations = keys(region(KYMI, "region.yaml")["organisations"])
    notes = {row["key"] for row in region(KYMI, "population.yaml")["as_printed"]["notes"]}
    goals = {goal["number"] for goal in region(KYMI, "plan.yaml")["goals"]}
    numbers = [node["number"] for node in nodes(KYMI)]
    assert len(numbers) == len(set(numbers))
    for node in nodes(KYMI):
        assert node["sources"], node["number"]
        assert set(node["sources"]) <= sources, node["number"]
        assert node.get("organisation", "kotka") in organisations
        assert node.get("goal", "4.1") in goals
        for figure in node.get("figures", []):
            assert figure["source"] in sources, figure["key"]
            assert figure["phrase"] in node["body"]["fi"], figure["key"]
            assert figure.get("flagged", next(iter(notes))) in notes
    assert [node["number"] for node in nodes(KYMI) if "organisation" in node], (
        "one organisation's own section is wanted"
    )


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_chapter_bodies_survive_sanitising(language):
    def tags(html):
        return Counter(re.findall(r"</?([a-z0-9]+)", html))

    for node in nodes(KYMI):
        body = node["body"][language]
        assert tags(sanitise(body)) == tags(body), node["number"]
        assert ('scope="col"' in body) == ("<thead" in body), node["number"]


def test_the_six_chapters_are_there_and_of_the_right_length():
    six = chapters(KYMI)
    assert [c["number"] for c in six] == ["1", "2", "3", "4", "5", "6"]
    for chapter in six:
        bodies = [chapter["body"]["fi"], *(section["body"]["fi"] for section in chapter["sections"])]
        words = len(re.sub(r"<[^>]+>", " ", " ".join(bodies)).split())
        assert 250 <= words <= 700, (chapter["number"], words)


@pytest.mark.parametrize("name", REGIONS)
def test_rounds_are_in_order_and_name_known_organisations(name):
    organisations = {row["key"]: row for row in region(name, "region.yaml")["organisations"]}
    for row in region(name, "rounds.yaml")["rounds"]:
        dates = [
            row[f]
            for f in ("opens", "emphases_due", "measures_due", "spring_reports_due", "autumn_reports_due")
        ]
        dates += [row["evaluation_due"]] + ([row["closed"]] if row["state"] == "closed" else [])
        assert dates == sorted(dates), row["year"]
        assert all(day.weekday() < 5 for day in dates), row["year"]
        for part in row["emphases"] + row["evaluations"]:
            body = organisations[part["organisation"]]
            assert existed(body, row["year"])
        assert bool(row["evaluations"]) == (row["state"] == "closed")


def test_assessments_are_ours_and_in_three_languages():
    file = region(KYMI, "assessments.yaml")
    assert file["illustrative"] is True
    rows = file["assessments"]
    keys(rows)
    assert len({row["screening"]["result"] for row in rows}) == 2, "one stopped, one whole"
    assert [path for path, value in translated(rows) if not complete(value)] == []
    known = {v["key"] for v in region(KYMI, "voices.yaml")["voices"]}
    assert {key for row in rows for key in row.get("background", {}).get("voices", [])} <= known


def test_voices_resolve_and_are_ours():
    voices = region(KYMI, "voices.yaml")["voices"]
    keys(voices)
    organisations = keys(region(KYMI, "region.yaml")["organisations"])
    goals = {goal["number"] for goal in region(KYMI, "plan.yaml")["goals"]}
    numbers = {node["number"] for node in nodes(KYMI)}
    for voice in voices:
        assert voice["illustrative"] is True
        assert voice["collected_by"] in organisations
        assert set(voice["goals"]) <= goals
        assert voice["chapter"] in numbers, voice["key"]
        assert 1 <= voice["month"] <= 12
    assert len(voices) >= 30
    assert sum(complete(v["text"]) for v in voices) >= 12
    assert {"pending", "published"} == {v["state"] for v in voices}
    assert len({v["method"] for v in voices}) == 5
    assert {g for v in voices for g in v["goals"]} == goals


@pytest.mark.parametrize("name", REGIONS)
def test_accounts_are_roles_with_addresses_that_reach_nobody(name):
    people = region(name, "people.yaml")
    organisations = keys(region(name, "region.yaml")["organisations"])
    keys(people["accounts"])
    assert len({a["email"] for a in people["accounts"]}) == len(people["accounts"])
    for account in people["accounts"]:
        assert account["email"].endswith(".invalid")
        for membership in account["memberships"]:
            assert membership["organisation"] in organisations
            assert membership["role"] in set(Role)
    for row in people["participants"]:
        assert row["organisation"] in organisations
        assert (row["consent"] == "withdrawn") == ("withdrawn" in row)


# --- what the demo must be able to show --------------------------------------------------------------------


def test_measures_are_many_and_cover_everything():
    rows = measures(KYMI)
    kinds = {o["key"]: o["kind"] for o in region(KYMI, "region.yaml")["organisations"]}
    per_year = Counter(y["year"] for m in rows for y in m["years"])
    assert len(rows) >= 64
    assert set(per_year) == {2021, 2022, 2023, 2024}
    assert min(per_year.values()) >= 25
    assert {m["service_tier"] for m in rows} == {t.name.lower() for t in choices.ServiceTier}
    assert {g for m in rows for g in m["goals"]} == {"4.1", "4.2", "4.3"}
    assert {kinds[m["organisation"]] for m in rows} == set(kinds.values())
    assert {s for m in rows for s in m["sectors"]} == set(choices.Sector.values)
    assert {y["status"] for m in rows for y in m["years"]} == set(choices.Status.values)
    assert {y["timeliness"] for m in rows for y in m["years"]} >= {"on_time", "late", "ahead"}
    assert {y["review"]["outcome"] for m in rows for y in m["years"] if "review" in y} == {
        "strengthen", "continue", "redirect", "end",
    }  # fmt: skip
    assert sum(len(m["years"]) >= 3 for m in rows) >= 15
    assert sum(not m["published"] for m in rows) >= 3
    assert all(m["illustrative"] is True for m in rows)


def test_closed_years_are_reported_and_reviewed_or_explained():
    closed = {row["year"] for row in region(KYMI, "rounds.yaml")["rounds"] if row["state"] == "closed"}
    for m in measures(KYMI):
        for y in m["years"]:
            if y["year"] in closed and y["status"] != "cancelled":
                assert [r for r in y["reports"] if r["period"] == "autumn"], (m["key"], y["year"])
                assert "review" in y, (m["key"], y["year"])


def test_an_ended_measure_does_not_go_on():
    for m in measures(KYMI):
        for earlier, later in zip(m["years"], m["years"][1:], strict=False):
            assert earlier.get("review", {}).get("outcome") != "end", (m["key"], later["year"])


def test_no_sentence_is_used_twice_in_measures():
    told = [text for m in measures(KYMI) for text in texts([m["description"], m["change"]], "fi")]
    seen = Counter(sentence for text in told for sentence in re.split(r"[.?!:] ?", text))
    assert [s for s, n in seen.items() if n > 1 and len(s.split()) > 3] == []


def test_organisations_of_every_kind_and_the_change_of_organiser():
    data = region(KYMI, "region.yaml")
    kinds = Counter(o["kind"] for o in data["organisations"])
    assert set(kinds) == set(Organisation.Kind.values)
    assert kinds["municipality"] == 6
    organisers = region(KYMI, "plan.yaml")["plan"]["accountable_organiser"]
    assert (organisers[0]["to"], organisers[1]["from"]) == (date(2022, 12, 31), date(2023, 1, 1))


def test_regions_share_nothing():
    def everything(name):
        data = region(name, "region.yaml")
        rows = (
            data["areas"] + data["organisations"] + region(name, "people.yaml")["accounts"] + measures(name)
        )
        return {r["key"] for r in rows} | {a["email"] for a in region(name, "people.yaml")["accounts"]}

    assert everything("kymenlaakso").isdisjoint(everything("pohjoinen"))


@pytest.mark.parametrize("path", [p for p in all_files() if p.is_relative_to(DEMO)], ids=lambda p: p.name)
def test_no_address_outside_invalid_and_files_stay_readable(path):
    text = path.read_text(encoding="utf-8")
    assert all(a.endswith(".invalid") for a in re.findall(r"[\w.+-]+@[\w.-]+", text))
    assert len(text.splitlines()) <= 500
