"""Our own words about indicators: every file holds together and is of an indicator that exists."""

import json

import pytest
import yaml

from lautta.common.translated import Translated
from lautta.indicators.definitions import (
    FOLDER,
    THEME_NAMES,
    DefinitionError,
    RoleKind,
    Theme,
    definition_for,
    definitions,
    load,
    minimum_list,
    wanted_ids,
)
from lautta.indicators.ingestors.sotkanet import Metadata
from lautta.indicators.models import Indicator
from tests.factories import RegionFactory
from tests.indicators import factories as f


def test_all_are_loaded_with_all_three_languages():
    found = definitions()
    assert len(found) == len(list(FOLDER.glob("*.yaml"))) >= 40
    for definition in found.values():
        for text in (definition.title, definition.why, definition.reading, definition.limits):
            assert {code for code, t in text.texts.items() if t.text} == {"fi", "sv", "en"}, definition.code


def test_every_theme_has_some_and_a_name():
    assert {d.theme for d in definitions().values()} == set(Theme) == set(THEME_NAMES)


def test_the_minimum_list_is_of_definitions_and_of_many_themes():
    assert 12 <= len(minimum_list()) == len({d.code for d in minimum_list()})
    assert len({d.theme for d in minimum_list()}) >= 7


def test_pairs_know_each_other():
    paired = [d for d in definitions().values() if d.pair]
    assert paired
    for definition in paired:
        other = definitions()[definition.pair]
        assert other.pair == definition.code or definition.role == RoleKind.COST


def test_ids_and_titles_are_the_sources(shared):
    listed = json.loads((shared / "sotkanet_indicators.json").read_text("utf-8"))
    titles = {str(row["id"]): row["title"] for row in listed}
    for definition in definitions().values():
        if definition.source != "sotkanet":
            continue
        assert definition.source_id in titles, definition.code
        for code, text in definition.title.texts.items():
            assert text.text == " ".join(titles[definition.source_id][code].split()), definition.code
        assert all(i in titles for i in definition.denominator)


WHOM = {"upper_secondary": "lukion", "vocational": "ammatillisen oppilaitoksen"}


def test_the_same_question_is_the_sources_own_of_the_others_it_names(shared):
    titles = {
        str(r["id"]): r["title"]["fi"]
        for r in json.loads((shared / "sotkanet_indicators.json").read_text("utf-8"))
    }
    asked = [d for d in definitions().values() if d.same_question]
    assert len(asked) >= 20
    for definition in asked:
        for whom, source_id in definition.same_question.items():
            assert WHOM[whom] in titles[source_id], (definition.code, source_id)


def test_other_ages_know_each_other():
    for definition in definitions().values():
        for code in definition.other_ages:
            assert definition.code in definitions()[code].other_ages


def test_what_is_fetched_holds_the_same_questions_and_no_own_file():
    wanted = wanted_ids()
    assert len(wanted) == len(set(wanted))
    assert {"328", "337", "346", "3196"} <= set(wanted)
    assert all(i.isdigit() for i in wanted)


@pytest.mark.django_db
def test_an_indicator_that_asks_the_same_of_others_knows_its_direction_and_whom():
    f.taken_in(f.grid(), f.metadata("337", "Ahdistuneisuus, % lukion opiskelijoista"))
    found = Indicator.objects.get()
    assert (found.definition, found.direction, found.respondents) == (
        "",
        "smaller_is_better",
        "upper_secondary",
    )


@pytest.mark.django_db
def test_a_regions_own_file_with_the_name_of_a_definition_is_what_the_definition_says():
    region = RegionFactory()
    about = Metadata(
        source="file", source_id="alkaneet sijoitukset", title=Translated.of("Alkaneet sijoitukset")
    )
    f.taken_in(f.grid(), about, region=region)
    assert Indicator.objects.get().definition == "placements_begun"


GOOD = yaml.safe_load((FOLDER / "placed_outside_home.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    "change",
    [
        {"direction": "up"},
        {"theme": "weather"},
        {"respondents": "everybody"},
        {"kind": "gallons"},
        {"source": "rumour"},
        {"title": {"fi": "Vain suomeksi"}},
        {"why": {"fi": "a", "sv": " ", "en": "c"}},
        {"extra": 1},
        {"notes": [{"year": "soon", "kind": "law", "text": GOOD["title"]}]},
        {"role": {"kind": "sideways"}},
        {"threshold": "few"},
        {"source_id": None, "theme": None},
        {"same_question": {"strangers": "1"}},
        {"role": {"kind": "timeliness", "limit": {"fi": "vain suomeksi"}}},
    ],
)
def test_a_file_that_does_not_hold_together_says_which(change, tmp_path):
    path = tmp_path / "some.yaml"
    path.write_text(yaml.safe_dump({**GOOD, **change}), "utf-8")
    with pytest.raises(DefinitionError, match=r"some\.yaml"):
        load(path)


@pytest.mark.parametrize("text", ["", "- a list", "source: [unclosed", "just words"])
def test_a_file_that_is_no_definition(text, tmp_path):
    path = tmp_path / "some.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(DefinitionError):
        load(path)


@pytest.mark.django_db
def test_a_definition_gives_direction_kind_threshold_and_notes():
    f.taken_in(f.grid(), f.metadata("191", "Kodin ulkopuolelle sijoitetut, %", kind="other"))
    found = Indicator.objects.get()
    assert definition_for("sotkanet", "191").code == found.definition == "placed_outside_home"
    assert (found.direction, found.kind, found.respondents) == ("smaller_is_better", "percentage", "children")
    assert [note.year for note in found.notes.order_by("year")] == [2008, 2023]


@pytest.mark.django_db
def test_a_definition_that_is_written_later_is_taken_at_the_next_fetch():
    f.IndicatorFactory(source_id="191", kind="other", direction="neither")
    f.taken_in(f.grid(), f.metadata("191", "Kodin ulkopuolelle sijoitetut, %"))
    found = Indicator.objects.get()
    assert (found.definition, found.direction) == ("placed_outside_home", "smaller_is_better")
    assert found.notes.count() == 2
