from hypothesis import given
from hypothesis import strategies as st

from lautta.charts.lettering import cut, width_of, wrap


@given(st.text(max_size=60), st.floats(20, 300))
def test_what_is_cut_fits(text, room):
    assert width_of(cut(text, room)) <= room


@given(st.text(alphabet="abc äö", max_size=80), st.floats(30, 300), st.integers(1, 4))
def test_lines_fit_and_are_few(text, room, most):
    lines = wrap(text, room, most=most)
    assert len(lines) <= most
    assert all(width_of(line) <= room for line in lines)


@given(st.text(alphabet="abc ", max_size=40))
def test_nothing_is_lost_when_there_is_room(text):
    assert "".join(wrap(text, 60, most=99)).replace(" ", "") == text.replace(" ", "")


def test_a_long_word_breaks_where_it_says():
    assert wrap("lastensuojelu\u00adilmoitukset", 110) == ["lastensuojelu-", "ilmoitukset"]


def test_what_does_not_fit_ends_in_an_ellipsis():
    assert cut("Kymenlaakso", 50).endswith("…")
    assert wrap("yksi kaksi kolme neljä", 40, most=2)[-1].endswith("…")
