from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.charts import PAPER, Pair, Style, gaps
from tests.charts.drawn import named, overlaps, paths, words

STYLE = Style(palette=PAPER, number=lambda v: f"{v:.1f}", suppressed="Salattu", missing="Tietoa ei ole")
COMMON = {
    "key": "k", "title": "t", "description": "d", "style": STYLE, "first_label": "Tytöt", "second_label": "Pojat",
}  # fmt: skip


def test_each_pair_shows_both_groups_and_their_distance():
    svg = gaps([Pair("Yksinäisyys", 30, 12)], **COMMON)
    assert {"Tytöt", "Pojat", "Yksinäisyys", "18.0"} <= set(words(svg))
    # One of each in the row and one in the key.
    assert len(named(svg, "circle")) == 2
    assert len([e for e in named(svg, "rect") if e.get("stroke") == PAPER.accent]) == 2
    assert len(paths(svg, stroke_opacity="0.35")) == 1


def test_a_group_that_is_withheld_leaves_no_gap_to_recover_it_from():
    svg = gaps([Pair("A", 30, 12, second_suppressed=True), Pair("B", 1, None), Pair("C", 0, 2)], **COMMON)
    assert {"Salattu", "Tietoa ei ole"} <= set(words(svg))
    assert "18.0" not in words(svg)
    assert "2.0" in words(svg)
    assert len(paths(svg, stroke_opacity="0.35")) == 1


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "Yksinäisyys",
                    "Kokee ahdistuneisuutta, kohtalaista tai vaikeaa, viimeksi kuluneiden viikkojen aikana",
                ]
            ),
            st.none() | st.floats(0, 100),
            st.none() | st.floats(0, 100),
        ),
        max_size=5,
    ),
    st.sampled_from([340, 640]),
)
def test_no_words_lie_on_others(rows, width):
    assert overlaps(gaps([Pair(*row) for row in rows], unit="%", width=width, **COMMON)) == []
