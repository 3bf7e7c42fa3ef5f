import html
import re

import pytest
from hypothesis import given

from lautta.plans.chapters.diff import Labels, Op, diff, diff_plain, diff_words, render
from lautta.plans.chapters.richtext import Run, canonical, parse
from tests.plans.chapters.strategies import DOCUMENT, calm, three_sides

LABELS = Labels("lisätty:", "poistettu:", "loppuu")


def side(changes, new):
    return tuple(node for change in changes if (node := change.side(new)) is not None)


@calm
@given(DOCUMENT, DOCUMENT)
def test_both_texts_come_back_from_the_difference(old, new):
    changes = diff(old, new)
    assert side(changes, False) == parse(old)
    assert side(changes, True) == parse(new)


@calm
@given(three_sides())
def test_both_texts_come_back_from_a_small_edit(sides):
    base, mine, _ = sides
    changes = diff(base, mine)
    assert side(changes, False) == parse(base)
    assert side(changes, True) == parse(mine)


def letters(text: str) -> str:
    text = re.sub(r'<span class="visually-hidden">[^<]*</span>', "", text)
    return re.sub(r"[\s—]+", "", html.unescape(re.sub(r"<[^>]*>", "", text)))


@calm
@given(DOCUMENT, DOCUMENT)
def test_the_page_shows_both_texts_letter_by_letter(old, new):
    shown = "".join(render(change, LABELS) for change in diff(old, new))
    assert letters(re.sub(r"<del>.*?</del>", "", shown)) == letters(new)
    assert letters(re.sub(r"<ins>.*?</ins>", "", shown)) == letters(old)


@calm
@given(DOCUMENT)
def test_a_text_does_not_differ_from_itself(text):
    assert all(change.op is Op.SAME for change in diff(text, text))


def test_words_are_marked_not_whole_paragraphs():
    [change] = diff("<p>Lapsia on vähän täällä.</p>", "<p>Lapsia on <strong>paljon</strong> täällä.</p>")
    shown = render(change, LABELS)
    assert "<p>Lapsia on <del>" in shown
    assert "vähän" in shown
    assert "<strong>paljon</strong>" in shown
    assert shown.endswith(" täällä.</p>")
    assert shown.count("visually-hidden") == 4


def test_a_made_bold_word_is_a_change():
    [change] = diff("<p>Hei maailma</p>", "<p>Hei <strong>maailma</strong></p>")
    assert change.op is Op.CHANGED


def test_a_new_row_of_a_table_leaves_the_others():
    old = "<table><tr><td>Hamina</td><td>1</td></tr><tr><td>Kotka</td><td>2</td></tr></table>"
    new = old.replace("</table>", "<tr><td>Pyhtää</td><td>3</td></tr></table>")
    [change] = diff(old, new)
    rows = change.parts[0].parts
    assert [row.op for row in rows] == [Op.SAME, Op.SAME, Op.ADDED]


def test_markup_in_words_is_escaped():
    shown = "".join(render(c, LABELS) for c in diff("<p>a</p>", "<p>a &lt;img src=x onerror=1&gt;</p>"))
    assert "img" in shown
    assert "<img" not in shown


def test_plain_texts_differ_line_by_line():
    changes = diff_plain("yksi\nkaksi", "yksi\nkaksi kolme")
    assert [c.op for c in changes] == [Op.SAME, Op.CHANGED]


@pytest.mark.parametrize("words", [["a"], ["a", "b"], ["a", "b", "c", "d", "e"]])
def test_long_dull_texts_keep_every_word_of_both_sides(words):
    old = " ".join(words * (600 // len(words)))
    new = " ".join(list(reversed(words)) * (500 // len(words)))
    parts = diff_words([Run(old)], [Run(new)])
    assert "".join(p.text for p in parts if p.op is not Op.ADDED).split() == old.split()
    assert "".join(p.text for p in parts if p.op is not Op.REMOVED).split() == new.split()


def test_hundreds_of_rewritten_paragraphs_are_all_shown():
    old = canonical("".join(f"<p>vanha {i} sana</p>" for i in range(300)))
    new = canonical("".join(f"<p>uusi {i * 7} lause</p>" for i in range(300)))
    shown = "".join(render(change, Labels("uutta", "pois", "loppu")) for change in diff(old, new))
    assert (shown.count("vanha"), shown.count("lause")) == (300, 300)
