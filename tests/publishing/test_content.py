"""What the pages tell."""

import datetime as dt

from lautta.common.translated import Translated
from lautta.measures import models as measures
from lautta.organisations.models import AreaMembership, AreaSuccession
from lautta.plans import models as plans
from tests import factories as f
from tests.publishing.world import measure_year, publish


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def test_home_tells_goals_counts_and_a_childs_words(client, world):
    card = client.get(world.url("home")).context["goals"][0]
    assert card["title"] == "Arjen hyvinvointi"
    assert card["under_way"] == 1, "a measure of the subgoal counts for the main goal, drafts do not"
    assert card["voice"]["text"] == "Mulla on yksi kaveri."


def test_home_does_not_quote_an_adult_as_a_child(client, world):
    world.voice.speaker_role = "father"
    world.voice.save()
    assert client.get(world.url("home")).context["goals"][0]["voice"] is None


def test_chapter_shows_the_text_that_is_public_now(client, world):
    text = text_of(client, world.pages()["chapter"])
    assert "Uusi teksti." in text
    assert "<p>Teksti.</p>" not in text
    assert "Kouluterveyskysely" in text
    assert "Mulla on yksi kaveri." in text


def test_chapter_in_plain_language(client, world):
    text = text_of(client, world.pages()["chapter_plain"])
    assert "Selkeä teksti." in text
    assert "Uusi teksti." not in text


def test_a_chapter_prefers_the_readers_language(client, world):
    publish(
        f.ChapterRevisionFactory(
            chapter=world.chapter, language="sv", title="Inledning", body="<p>På svenska.</p>"
        )
    )
    text = client.get(world.pages()["chapter"].replace("/fi/", "/sv/", 1), follow=True).content.decode()
    assert "På svenska." in text
    english = client.get(world.pages()["chapter"].replace("/fi/", "/en/", 1), follow=True).content.decode()
    assert "Uusi teksti." in english, "English readers get the source language, not Swedish"


def test_an_ended_chapter_is_gone(client, world):
    world.chapter.ended_at, world.chapter.ended_reason = dt.datetime(2024, 1, 1, tzinfo=dt.UTC), "Yhdistetty."
    world.chapter.save()
    assert client.get(world.pages()["chapter"]).status_code == 404


def test_changes_between_the_two_latest_public_texts(client, world):
    text = text_of(client, world.pages()["chapter_changes"])
    assert "<ins>" in text
    assert "<del>" in text
    assert "Salauusi" not in text


def test_a_chapter_published_once_has_no_changes_yet(client, world):
    chapter = f.ChapterFactory(plan=world.plan)
    publish(f.ChapterRevisionFactory(chapter=chapter, title="Yksi kerta"))
    text = text_of(client, world.url("chapter_changes", chapter.public_id))
    assert "<ins>" not in text


def test_goal_tells_what_success_is_and_what_it_answers_to(client, world):
    text = text_of(client, world.pages()["goal"])
    assert "Apu tulee ajoissa." in text
    assert "12 artikla: Oikeus tulla kuulluksi" in text
    assert "Talousarvio 2024" in text
    assert "Perhekahvila" in text, "measures of subgoals belong to the main goal"
    assert "Haminan kaupunki" in text


def test_goal_shows_the_first_of_each_organisation_and_the_way_to_the_rest(client, world):
    for n in range(5):
        measure_year(
            world.plan, world.cast.kotka, f"Kotkan teko {n}", goal=world.cast.goal, round=world.cast.round
        )
    groups = client.get(world.pages()["goal"]).context["groups"]
    kotka = next(g for g in groups if g["name"] == "Kotkan kaupunki")
    assert len(kotka["items"]) == 3
    assert kotka["more"] == 2
    listed = client.get(kotka["list_url"]).context
    assert listed["page"].paginator.count == 5


def test_measure_tells_its_years_reports_and_money(client, world):
    context = client.get(world.pages()["measure"]).context
    assert [item["done"] for item in context["timeline"]] == ["Avattiin ovet."]
    assert context["money"] == [{"year": 2024, "budget": 12000, "spent": None}]
    assert [y["label"] for y in context["other_years"]] == ["2024", "2023"]
    assert [n.label for n in context["goals"]] == ["4.1.1 Perhe saa tukea"], (
        "a goal that is not public is not named"
    )
    assert client.get(world.pages()["measure_earlier"]).context["is_earlier"]


def test_a_corrected_report_gives_way_to_its_correction(client, world):
    old = measures.ProgressReport.objects.get(done="Avattiin ovet.")
    measures.ProgressReport.objects.create(
        measure_year=old.measure_year,
        period="spring",
        done="Avattiin kolmet ovet.",
        status="under_way",
        corrects=old,
    )
    timeline = client.get(world.pages()["measure"]).context["timeline"]
    assert [item["done"] for item in timeline] == ["Avattiin kolmet ovet."]
    assert timeline[0]["corrects"]


def test_why_a_measure_stopped_is_told(client, world):
    year = world.measure.years.get(round=world.cast.round)
    measures.StatusChange.objects.create(measure_year=year, status="paused", reason="Tila meni remonttiin.")
    assert "Tila meni remonttiin." not in text_of(client, world.pages()["measure"]), "it goes on again"
    year.status = "paused"
    year.save()
    assert "Tila meni remonttiin." in text_of(client, world.pages()["measure"])


def test_measures_are_filtered_by_links(client, world):
    measure_year(
        world.plan, world.cast.kotka, "Nuorten ilta", goal=world.cast.goal, round=world.cast.round,
        status="done", target_groups=["young_13_17"], service_tier=2,
    )  # fmt: skip
    url = world.url("measures")
    for query, titles in (
        ({}, ["Nuorten ilta", "Perhekahvila"]),
        ({"status": "done"}, ["Nuorten ilta"]),
        ({"group": "young_13_17"}, ["Nuorten ilta"]),
        ({"tier": "1"}, ["Perhekahvila"]),
        ({"organisation": world.cast.kotka.public_id}, ["Nuorten ilta"]),
        ({"municipality": world.area.public_id}, ["Perhekahvila"]),
        ({"goal": world.cast.goal.public_id}, ["Nuorten ilta", "Perhekahvila"]),
        ({"goal": world.subgoal.public_id}, ["Perhekahvila"]),
        ({"goal": world.hidden_goal.public_id}, ["Nuorten ilta", "Perhekahvila"]),
        ({"year": "2023"}, ["Perhekahvila"]),
        ({"year": "all"}, ["Nuorten ilta", "Perhekahvila"]),
        ({"status": "done", "tier": "1"}, []),
        ({"status": "'; DROP", "page": "99999", "sort": "x"}, ["Nuorten ilta", "Perhekahvila"]),
    ):
        response = client.get(url, query)
        assert response.status_code == 200
        assert sorted(item["title"] for item in response.context["items"]) == titles, query


def test_a_measure_of_all_years_is_shown_once_by_its_newest_year(client, world):
    response = client.get(world.url("measures"), {"year": "all"})
    assert response.context["page"].paginator.count == 1


def test_lists_are_sorted(client, world):
    measure_year(
        world.plan, world.cast.kotka, "Aamupuuro", goal=world.cast.goal, round=world.cast.round, sort_key="0"
    )
    url = world.url("measures")
    first = {
        sort: client.get(url, {"sort": sort}).context["items"][0]["title"]
        for sort in ("title", "organisation")
    }
    assert first == {"title": "Aamupuuro", "organisation": "Perhekahvila"}


def test_after_a_handover_each_year_names_who_answered_then(client, world):
    measures.MeasureHandover.objects.create(
        measure=world.measure,
        from_organisation=world.cast.kotka,
        to_organisation=world.cast.hamina,
        first_year=2024,
    )
    names = {
        year: client.get(world.url("measures"), {"year": year}).context["items"][0]["organisation"]
        for year in ("2023", "2024")
    }
    assert names == {"2023": "Kotkan kaupunki", "2024": "Haminan kaupunki"}


def test_organisation_tells_the_newest_revision_of_each_evaluation(client, world):
    text = text_of(client, world.pages()["organisation"])
    assert "Uusi arvio." in text
    assert "Vanha arvio." not in text
    assert "Jokaiselle kaveri." in text


def test_emphases_of_a_round_that_has_not_opened_are_not_told(client, world):
    planned = f.RoundFactory(plan=world.plan, year=2026, state="planned")
    measures.OrganisationEmphasis.objects.create(
        round=planned, organisation=world.cast.hamina, text=Translated.of("Vasta ajatus.")
    )
    assert "Vasta ajatus." not in text_of(client, world.pages()["organisation"])


def test_what_an_organisation_did_in_another_plan_is_not_told_here(client, world):
    cast = world.cast
    f.ParticipationFactory(plan=cast.other_plan, organisation=cast.hamina)
    elsewhere = f.RoundFactory(plan=cast.other_plan, year=2024)
    measure_year(cast.other_plan, cast.hamina, "Toisen alueen teko", round=elsewhere)
    measures.YearEvaluation.objects.create(
        round=elsewhere, organisation=cast.hamina, number=1, succeeded="Toisen alueen arvio."
    )
    measures.OrganisationEmphasis.objects.create(
        round=elsewhere, organisation=cast.hamina, text=Translated.of("Toisen alueen painotus.")
    )
    assert "Toisen alueen" not in text_of(client, world.pages()["organisation"])


def test_succession_is_told_both_ways(client, world):
    cast = world.cast
    old = f.OrganisationFactory(
        name=Translated.of("Entinen kuntayhtymä"),
        kind="county",
        ended_on=dt.date(2022, 12, 31),
        successor=cast.county,
    )
    f.ParticipationFactory(plan=world.plan, organisation=old)
    assert "Entinen kuntayhtymä" in text_of(
        client, world.url("organisation", cast.county.public_id, "hyvinvointialue")
    )
    text = text_of(client, world.url("organisation", old.public_id, "entinen-kuntayhtyma"))
    assert "Hyvinvointialue" in text
    groups = client.get(world.url("organisations")).context["groups"]
    assert "Entinen kuntayhtymä" in [item["name"] for item in groups[-1]["items"]]


def test_municipality_tells_people_organisations_and_history(client, world):
    merged = f.AreaFactory(name=Translated.of("Vehkalahti"), ended_on=dt.date(2002, 12, 31))
    AreaSuccession.objects.create(old=merged, new=world.area, year=2003)
    text = text_of(client, world.pages()["municipality"])
    assert "1\xa0017" in text
    assert "Tilastokeskus" in text
    assert "Haminan kaupunki" in text
    assert "Perhekahvila" in text
    assert "2003: Vehkalahti" in text


def test_only_municipalities_of_the_region_have_a_page(client, world):
    stranger = f.AreaFactory(name=Translated.of("Muualla"))
    AreaMembership.objects.create(
        area=stranger, parent=world.cast.other_plan.region.area, started_on=dt.date(2000, 1, 1)
    )
    assert client.get(world.url("municipality", stranger.public_id)).status_code == 404
    assert client.get(world.url("municipality", world.plan.region.area.public_id)).status_code == 404
    context = client.get(world.url("municipalities")).context
    assert [a["name"] for a in context["now"]] == ["Hamina"]
    assert [a["name"] for a in context["before"]] == ["Iitti"]


def test_voices_are_limited_by_goal_and_role(client, world):
    other = f.VoiceFactory(
        plan=world.plan, text=Translated.of("Kerroin saman asian viidelle."), speaker_role="father"
    )
    url = world.url("voices")
    assert len(client.get(url).context["items"]) == 2
    assert [i["text"] for i in client.get(url, {"role": "father"}).context["items"]] == [str(other.text)]
    goal = world.cast.goal.public_id
    assert [i["text"] for i in client.get(url, {"goal": goal}).context["items"]] == ["Mulla on yksi kaveri."]


def test_children_get_plain_texts_alone(client, world):
    text = text_of(client, world.url("children"))
    assert "Sinulla on oikeus hyvään arkeen." in text
    assert "Selkeä teksti." in text
    assert "Uusi teksti." not in text


def test_about_names_those_who_agreed(client, world):
    text = text_of(client, world.url("about"))
    assert "Esimerkki Osallistuja" in text
    person = plans.Participant.objects.get(name="Esimerkki Osallistuja")
    person.consent, person.name = "withdrawn", ""
    person.save()
    assert "Esimerkki Osallistuja" not in text_of(client, world.url("about"))


def test_neighbouring_plans_are_named_only_when_they_are_public(client, world):
    before = f.PlanFactory(region=world.plan.region, title=Translated.of("Edeltäjä"), published_at=None)
    world.plan.predecessor = before
    world.plan.save()
    assert "Edeltäjä" not in text_of(client, world.url("about"))
    before.published_at = world.plan.published_at
    before.save()
    assert "Edeltäjä" in text_of(client, world.url("about"))


def test_print_holds_the_whole_plan(client, world):
    text = text_of(client, world.url("print"))
    for words in (
        "Uusi teksti.",
        "Arjen hyvinvointi",
        "Apu tulee ajoissa.",
        "Perhekahvila",
        "Kouluterveyskysely",
    ):
        assert words in text


def test_an_empty_plan_teaches_instead_of_breaking(client, cast):
    from django.urls import reverse

    plan = f.PlanFactory()
    for name in (
        "home", "plan", "print", "goals", "measures", "organisations", "municipalities", "voices", "children",
        "search", "about",
    ):  # fmt: skip
        assert client.get(reverse(f"publishing:{name}", args=(plan.public_id,))).status_code == 200, name


def test_search_keeps_the_query_and_offers_ways_on(client, world):
    text = text_of(client, world.url("search") + "?q=%22%3Cb%3Eolematon")
    assert 'value="&quot;&lt;b&gt;olematon"' in text
    assert world.url("measures") in text
    found = text_of(client, world.url("search") + "?q=perhekahvilassa&kind=measure")
    assert "<mark>Perhekahvila</mark>" in found
    assert "<mark>" not in text_of(client, world.url("search") + "?q=perhekahvilassa&kind=voice")
