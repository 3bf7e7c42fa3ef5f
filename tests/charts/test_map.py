from dataclasses import replace

from lautta.charts import PAPER, Outlines, Reading, Style, choropleth
from tests.charts.drawn import named, read, words

STYLE = Style(palette=PAPER, suppressed="Salattu", missing="Tietoa ei ole")
SQUARES = {code: f"M{x} 0l100 0 0 100-100 0z" for code, x in (("a", 0), ("b", 100), ("c", 200), ("d", 300))}
OUTLINES = Outlines(400, 100, SQUARES, {code: (50 + 100 * i, 50, 50) for i, code in enumerate("abcd")})
READINGS = {
    "a": Reading("Aura & Ähtäri", 5, own=True), "b": Reading("Berg", 0), "c": Reading("Cee", 4.4, suppressed=True),
}  # fmt: skip


def draw(readings=READINGS, **options):
    return choropleth(
        OUTLINES, readings, (1, 2, 3, 4), key="k", title="t", description="d", **{"style": STYLE, **options}
    )


def fills(svg):
    """Ground of each area by its path; a group without a fill has its parent's."""
    found = {}

    def walk(element, fill):
        fill = element.get("fill", fill)
        if element.get("d") in SQUARES.values():
            found.setdefault(element.get("d"), fill)
        for child in element:
            walk(child, fill)

    walk(read(svg), None)
    return found


def test_each_area_has_the_paint_of_its_class():
    found = fills(draw())
    assert [found[SQUARES[c]] for c in "abcd"] == [
        PAPER.sequential[4],
        PAPER.sequential[0],
        PAPER.surface,
        "none",
    ]
    assert [e.get("fill") for e in named(draw(), "use")] == ["url(#k-h)"]


def test_a_missing_area_has_a_dotted_edge():
    group = next(g for g in named(draw(), "g") if g.get("fill") == "none")
    assert group.get("stroke-dasharray")


def test_class_numbers_stand_in_the_areas_and_in_the_key():
    shown = words(draw())
    assert shown.count("5") == 2
    assert shown.count("1") == 2
    assert shown.count("3") == 1
    assert {"Salattu", "Tietoa ei ole"} <= set(shown)


def test_an_area_without_room_has_no_number():
    narrow = Outlines(400, 100, SQUARES, dict.fromkeys("abcd", (50, 50, 2)))
    svg = choropleth(narrow, READINGS, (1, 2, 3, 4), key="k", title="t", description="d")
    assert words(svg).count("5") == 1


def test_the_own_area_is_outlined_over_the_others():
    outlined = [e for e in named(draw(), "path") if e.get("fill") == "none" and e.get("d") == SQUARES["a"]]
    assert [e.get("stroke") for e in outlined] == [PAPER.surface, PAPER.ink]


def test_a_tooltip_names_the_area_and_never_a_withheld_value():
    titles = [e.text for e in named(draw(), "title")]
    assert "Aura & Ähtäri 5" in titles
    assert "Cee Salattu" in titles
    assert not any("4.4" in t for t in titles)
    assert len(named(draw(titles=False), "title")) == 1


def test_the_two_sides_of_a_diverging_map_differ_in_their_marks():
    svg = draw(diverging=True)
    patterns = {e.get("id"): [child.tag for child in e] for e in named(svg, "pattern")}
    assert patterns["k-1"] != patterns["k-5"]
    assert patterns["k-2"] != patterns["k-4"]


def test_the_key_names_only_what_the_map_has():
    svg = draw({code: Reading(code, 1) for code in "abcd"})
    assert not {"Salattu", "Tietoa ei ole"} & set(words(svg))


def test_a_foreign_path_cannot_break_out():
    bad = Outlines(10, 10, {"a": '"/><script>alert(1)</script>'}, {})
    svg = choropleth(bad, {}, (1, 2, 3, 4), key="k", title="t", description="d")
    assert "<script" not in svg


def test_zero_stands_apart_from_the_lowest_class_where_it_has_a_word():
    svg = draw(style=replace(STYLE, zero="nolla"))
    assert fills(svg)[SQUARES["b"]] == PAPER.surface
    assert "nolla" in words(svg)
    assert "nolla" not in words(draw())
    missing = draw({**READINGS, "b": Reading("Berg", 2)}, style=replace(STYLE, zero="nolla"))
    assert "nolla" not in words(missing)
