import pytest
from hypothesis import given
from hypothesis import strategies as st

from lautta.charts.svg import escape, group, line, marker, num, tag, trace


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1, "1"),
        (1.0, "1"),
        (1.04, "1"),
        (1.05001, "1.1"),
        (-0.04, "0"),
        (-0.06, "-0.1"),
        (12.34, "12.3"),
        (100, "100"),
    ],
)
def test_coordinates_have_one_decimal_at_most(value, written):
    assert num(value) == written


@given(st.text())
def test_escaped_text_is_text(text):
    from xml.etree import ElementTree

    read = ElementTree.fromstring(f'<a b="{escape(text)}">{escape(text)}</a>')
    if (
        "\r" not in text
        and all(c >= " " or c in "\t\n" for c in text)
        and not any("\ufffe" <= c <= "\uffff" for c in text)
    ):
        assert read.text == text or not text


def test_what_xml_cannot_hold_is_replaced():
    assert escape("a\x00b\ud800") == "a\ufffdb\ufffd"


def test_a_tag_leaves_out_what_is_none():
    assert tag("g", stroke_width=1.26, fill=None, d='"') == '<g stroke-width="1.3" d="&quot;"/>'


def test_an_empty_group_is_nothing():
    assert group([], fill="red") == ""


def test_straight_lines_are_written_short():
    assert 'd="M1 2H5"' in line(1, 2, 5, 2)
    assert 'd="M1 2V5"' in line(1, 2, 1, 5)
    assert 'd="M1 2L3 5"' in line(1, 2, 3, 5)


def test_no_points_no_path():
    assert trace([]) == ""
    assert trace([(1, 2), (3, 4.25)]) == "M1 2 3 4.2"


def test_shapes_differ():
    assert len({marker(shape, 0, 0) for shape in ("circle", "square", "triangle", "diamond")}) == 4
