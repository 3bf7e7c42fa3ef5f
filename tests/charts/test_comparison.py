"""Alternatives beside each other."""

import re

import pytest

from lautta.charts import PAPER, Compared, Scored, Style, comparison
from tests.charts.drawn import check_sound, named, overlaps, words

NAMES = {2: "Selvästi paremmin", 1: "Paremmin", 0: "Ei muutosta", -1: "Huonommin", -2: "Selvästi huonommin"}
THREE = [
    Compared("VE0", "Ei tehdä mitään"),
    Compared("VE1", "Iltabussi kaikkina arki-iltoina", chosen=True),
    Compared("VE2", "Yhteiskyydit harrastuksiin seurojen kanssa"),
]
LIFE = [
    Scored("Arki ja terveys", [-1, 1, 1]),
    Scored("Kaverit ja vapaa-aika", [-2, 2, 1]),
    Scored("Yhdenvertaisuus", [0, 1, None], unknown=frozenset({2})),
    Scored("Palvelut", [None, 0, 0]),
]


def draw(alternatives=THREE, rows=LIFE, **options):
    given = {"names": NAMES, "unknown_label": "Ei tiedetä", "chosen_label": "Ehdotus", **options}
    return comparison(alternatives, rows, key="c", title="Vertailu", description="Kuva.", **given)


@pytest.mark.parametrize("width", [340, 640])
def test_it_is_sound_and_no_words_lie_on_others(width):
    svg = draw(width=width, style=Style(missing="Ei arvioitu"))
    check_sound(svg, key="c")
    assert overlaps(svg) == []


def test_the_number_stands_beside_every_mark():
    said = words(draw())
    assert [said.count(n) for n in ("+2", "+1", "0", "−1", "−2", "?")] == [1, 4, 3, 1, 1, 2], said


def test_direction_and_count_tell_without_colour():
    """Two triangles for "clearly", one for "somewhat"; worse points down."""

    def shapes(value):
        svg = draw([Compared("VE0")], [Scored("A", [value])], names={})
        marks = [p.get("d") for p in named(svg, "path") if (p.get("d") or "").endswith("z")]
        tops = [[float(n) for n in re.findall(r"-?[\d.]+", d)][1::2] for d in marks]
        return ["up" if ys[0] < ys[1] else "down" for ys in tops]

    assert [shapes(v) for v in (-2, -1, 0, 1, 2)] == [["down"] * 2, ["down"], [], ["up"], ["up"] * 2]


def test_not_known_zero_and_unsaid_differ():
    drawings = {
        draw([Compared("VE0")], [row], names={})
        for row in (Scored("A", [0]), Scored("A", [None]), Scored("A", [None], frozenset({0})))
    }
    assert len(drawings) == 3


def test_the_scale_is_kept_whatever_is_given():
    assert "+2" in words(draw(rows=[Scored("A", [7, -9, float("nan")])]))
    assert "−2" in words(draw(rows=[Scored("A", [7, -9, float("nan")])]))


def test_the_proposed_one_is_marked_in_words():
    assert words(draw()).count("Ehdotus") == 1
    none = [Compared(a.code, a.label) for a in THREE]
    assert "Ehdotus" not in words(draw(none))


def test_keys_of_absence_only_where_there_is_absence():
    said = words(draw(style=Style(palette=PAPER, missing="Ei arvioitu")))
    assert {"Ei tiedetä", "Ei arvioitu"} <= set(said)
    full = words(draw(rows=[Scored("A", [1, 1, 1])], style=Style(missing="Ei arvioitu")))
    assert not {"Ei tiedetä", "Ei arvioitu"} & set(full)
    assert set(NAMES.values()) <= set(full)


def test_without_alternatives_or_rows_it_is_an_empty_drawing():
    check_sound(draw([], []), key="c")
    check_sound(draw([], LIFE), key="c")
    check_sound(draw(THREE, []), key="c")
