"""Rich texts for property tests: real structures with words that are easy to confuse with markup."""

from hypothesis import settings
from hypothesis import strategies as st

from lautta.plans.chapters.richtext import canonical

# A shared machine has no even pace: examples are counted, not timed.
calm = settings(deadline=None, max_examples=60)

WORDS = st.sampled_from(
    [
        "lapsi", "arki", "ja", "ö", "10 %", "2 * 3", "*", "**", "a_b", "#", "## x", "- x", "1. x", "> x", "|",
        "a|b", "[x]", "(y)", "<u>", "a < b", "&amp;", "&", "\\", "\\*", "---", "https://x.fi", "”lainaus”",
        "\u00a0", "x\u00a0y", "1 017",
        "|= x", "| a |", "<p>", "</p>", "`", "~", "•", "2) x", "lapsi,", "perhe.",
        "😀", "–", "!", "=", "***",
    ]
)  # fmt: skip
PHRASE = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _marked(pair) -> str:
    mark, text = pair
    if mark == "a":
        return f'<a href="https://lautta.invalid/?a=1&amp;b=(2)">{text}</a>'
    return f"<{mark}>{text}</{mark}>" if mark else text


MARK = st.sampled_from(["", "", "", "strong", "em", "u", "s", "sub", "sup", "cite", "a"])
_BIT = st.tuples(MARK, st.tuples(MARK, PHRASE.map(_escape)).map(_marked)).map(_marked)
INLINE = st.lists(st.one_of(_BIT, st.sampled_from([" ", "<br>"])), min_size=1, max_size=4).map("".join)


def _tag(tag, inner):
    return inner.map(lambda x: f"<{tag}>{x}</{tag}>")


P = _tag("p", INLINE)
HEADING = st.sampled_from(["h2", "h3", "h4"]).flatmap(lambda h: _tag(h, INLINE))
_FLAT = st.lists(_tag("li", INLINE), min_size=1, max_size=3).map("".join)
_OPEN = st.sampled_from([("<ul>", "</ul>"), ("<ol>", "</ol>"), ('<ol start="4">', "</ol>")])
LIST = st.tuples(_OPEN, _FLAT).map(lambda x: x[0][0] + x[1] + x[0][1])
_ITEM = st.lists(st.one_of(INLINE, LIST, P), min_size=1, max_size=3).map(lambda x: f"<li>{''.join(x)}</li>")
DEEP_LIST = st.tuples(_OPEN, st.lists(_ITEM, min_size=1, max_size=3)).map(
    lambda x: x[0][0] + "".join(x[1]) + x[0][1]
)
_CELL = st.tuples(
    st.sampled_from(["td", "th", 'td colspan="2"']), st.one_of(INLINE, st.just(""), P, LIST)
).map(lambda x: f"<{x[0]}>{x[1]}</{x[0][:2]}>")
_TABLE_ROW = st.lists(_CELL, min_size=1, max_size=3).map(lambda x: f"<tr>{''.join(x)}</tr>")
TABLE = st.tuples(
    st.one_of(st.just(""), _tag("caption", INLINE)), st.lists(_TABLE_ROW, min_size=1, max_size=3)
).map(lambda x: f"<table>{x[0]}{''.join(x[1])}</table>")
QUOTE = _tag("blockquote", st.lists(st.one_of(P, P, LIST), min_size=1, max_size=2).map("".join))
FIGURE = st.tuples(st.one_of(TABLE, P), INLINE).map(
    lambda x: f"<figure>{x[0]}<figcaption>{x[1]}</figcaption></figure>"
)
BLOCK = st.one_of(P, P, P, HEADING, LIST, DEEP_LIST, TABLE, QUOTE, FIGURE, st.just("<hr>"))
DOCUMENT = st.lists(BLOCK, max_size=6).map(lambda x: canonical("".join(x)))


@st.composite
def edited(draw, source):
    """The blocks of `source` (a list of HTML blocks) with some changed, some taken out and some put in."""
    out = []
    for block in source:
        fate = draw(st.sampled_from(["keep", "keep", "keep", "drop", "append", "before"]))
        if fate == "before":
            out.append(draw(P))
        if fate == "append" and block.endswith("</p>"):
            out.append(block[:-4] + " " + draw(PHRASE.map(_escape)) + "</p>")
        elif fate != "drop":
            out.append(block)
    if draw(st.booleans()):
        out.append(draw(P))
    return out


@st.composite
def three_sides(draw):
    """(base, mine, theirs) in canonical HTML."""
    base = draw(st.lists(st.one_of(P, P, LIST, HEADING), max_size=6))
    return tuple(canonical("".join(side)) for side in (base, draw(edited(base)), draw(edited(base))))
