"""Data files of frameworks hold together, and one that does not is named."""

import copy

import pytest

from lautta.common.translated import LANGUAGES
from lautta.plans.choices import TargetGroup
from lautta.plans.frameworks import FrameworkError, frameworks, load


def test_every_file_loads_with_codes_titles_and_a_source():
    found = frameworks()
    assert {"child_strategy", "convention"} <= found.keys()
    for framework in found.values():
        assert framework.source
        assert framework.items
        assert len(framework.codes) == len(framework.items)
        for item in framework.items:
            assert all(item.title.in_language(language) for language in LANGUAGES), item.code


def test_the_convention_has_its_substantive_articles_in_order():
    codes = [item.code for item in frameworks()["convention"].items]
    assert codes == [str(n) for n in range(1, 43)]
    assert str(frameworks()["convention"].item("12").title) == "Oikeus tulla kuulluksi"
    assert frameworks()["convention"].item("99") is None


GOOD = {
    "framework": {"key": "x", "name": {"fi": "a", "sv": "b", "en": "c"}, "source": {"title": "Lähde"}},
    "groups": {"g": {"fi": "r", "sv": "r", "en": "r"}},
    "items": [
        {"code": "1", "title": {"fi": "a", "sv": "b", "en": "c"}, "group": "g"},
        {"code": "2", "title": {"fi": "a", "sv": "b", "en": "c"}},
    ],
}


def test_items_are_grouped_in_the_files_order():
    framework = load(GOOD, "x.yaml")
    assert [(str(g.title), [i.code for i in g.items]) for g in framework.groups] == [
        ("r", ["1"]),
        ("", ["2"]),
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d["framework"].pop("key"),
        lambda d: d["framework"].pop("source"),
        lambda d: d["framework"]["name"].pop("sv"),
        lambda d: d.pop("items"),
        lambda d: d["items"][0].pop("code"),
        lambda d: d["items"][0]["title"].update(en=" "),
        lambda d: d["items"][1].update(code="1"),
        lambda d: d["items"][0].update(code="1" * 21),
        lambda d: d["items"].append("teksti"),
        lambda d: d["groups"]["g"].pop("en"),
    ],
)
def test_a_spoilt_file_is_named(spoil):
    data = copy.deepcopy(GOOD)
    spoil(data)
    with pytest.raises(FrameworkError, match=r"x\.yaml"):
        load(data, "x.yaml")


def test_goals_and_measures_speak_of_the_same_target_groups():
    from lautta.measures import choices

    assert set(choices.TargetGroup.values) == set(TargetGroup.values)
