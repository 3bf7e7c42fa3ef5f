from lautta.charts import PAPER, Reading, Style, tile_map
from tests.charts.drawn import named, overlaps, read, words

STYLE = Style(palette=PAPER, number=lambda v: f"{v:.1f}", suppressed="Salattu", missing="Tietoa ei ole")
COMMON = {"key": "k", "title": "t", "description": "d", "style": STYLE}
BREAKS = (1, 2, 3, 4)
FEW = {"a": (0, 0), "b": (1, 0), "c": (0, 1), "d": (1, 1)}
READINGS = {
    "a": Reading("Kotka", 0, own=True), "b": Reading("Kouvola", 5), "c": Reading("Hamina", 2.2, suppressed=True),
    "d": Reading("Pyhtää", None),
}  # fmt: skip
MANY = {str(i): (i % 20, i // 20) for i in range(300)}


def test_a_few_tiles_bear_name_and_value():
    svg = tile_map(FEW, READINGS, BREAKS, **COMMON)
    assert {"Kotka", "0.0", "Kouvola", "5.0", "Hamina", "Pyhtää", "Salattu", "Tietoa ei ole"} <= set(
        words(svg)
    )
    assert "2.2" not in svg
    assert overlaps(svg) == []


def test_tiles_are_of_one_size_and_do_not_touch():
    svg = tile_map(MANY, {c: Reading(c, int(c) % 6) for c in MANY}, BREAKS, **COMMON)
    tiles = [e for e in named(svg, "rect") if len(e) and e[0].tag.endswith("title")]
    assert len(tiles) == 300
    assert len({(e.get("width"), e.get("height")) for e in tiles}) == 1
    side = (640 - 4) / 20
    assert float(tiles[0].get("width")) < side


def test_many_tiles_name_themselves_and_withhold_what_is_withheld():
    readings = {c: Reading(f"Kunta {c}", 7.7, suppressed=c == "5") for c in MANY}
    svg = tile_map(MANY, readings, BREAKS, width=340, **COMMON)
    titles = [e.text for e in named(svg, "title")]
    assert "Kunta 5 Salattu" in titles
    assert "Kunta 6 7.7" in titles
    assert len(svg.encode()) < 60_000


def test_the_own_tile_is_outlined():
    for places in (FEW, {**MANY, "a": (0, 20)}):
        groups = named(tile_map(places, READINGS, BREAKS, **COMMON), "g")
        (outlined,) = [e for e in groups if e.get("stroke") == PAPER.ink]
        assert len(outlined) == 1


def test_a_tile_without_a_reading_is_missing():
    svg = tile_map({"a": (0, 0)}, {}, BREAKS, **COMMON)
    assert "Tietoa ei ole" in words(svg)
    assert read(tile_map({}, {}, BREAKS, **COMMON)) is not None
