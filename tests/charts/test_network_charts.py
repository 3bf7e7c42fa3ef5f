"""Stairs and the map of places: what tells up from back, and group from group, without colour."""

from lautta import charts
from tests.charts.drawn import read

NAMES = {"key": "k", "title": "Otsikko", "description": "Kuvaus"}


def test_up_is_whole_and_back_is_dashed():
    stairs = [charts.Stair("Kaikille", "Koulu"), charts.Stair("Varhainen tuki", "Kuraattori")]
    drawn = charts.staircase(stairs, [charts.Passage(0, 1, 1), charts.Passage(1, 0, 2)], **NAMES)
    assert drawn.count("stroke-dasharray") == 1
    assert "circle" in drawn
    read(drawn)


def test_an_area_bears_its_groups_letter_and_its_places_by_shape_and_number():
    spots = {"a": charts.Spot("Kotka", 1, [1, 2])}
    drawn = charts.spot_map(
        {"a": (0, 0)}, spots, ["Pohjoinen", "Rannikko"], ["Perhekeskus", "Kohtaamispaikka"], **NAMES
    )
    assert "Kotka B" in drawn
    assert "B  Rannikko" in drawn
    assert ">2</text>" in drawn
