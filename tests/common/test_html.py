"""Rich text: what is let in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lautta.common.html import plain_text, sanitise


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<p style="position:fixed">x</p>',
        "<svg><script>alert(1)</script></svg>",
        '<iframe src="https://example.invalid"></iframe>',
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        '<form action="//example.invalid"><input name=q></form>',
    ],
)
def test_what_could_run_or_reach_out_goes(bad):
    clean = sanitise(f"<p>ennen</p>{bad}<p>jälkeen</p>").lower()
    for word in ("script", "onerror", "javascript:", "style=", "<iframe", "<form", "<svg", "data:"):
        assert word not in clean
    assert "ennen" in clean


def test_what_an_editor_makes_stays():
    text = (
        "<h2>Otsikko</h2><p><strong>vahva</strong> <em>vino</em></p><ul><li>kohta</li></ul>"
        '<table><caption>T</caption><thead><tr><th scope="col">a</th></tr></thead>'
        '<tbody><tr><td colspan="2">1</td></tr></tbody></table>'
    )
    assert sanitise(text) == text


@given(st.text(max_size=300))
def test_sanitising_twice_changes_nothing_more(text):
    once = sanitise(text)
    assert sanitise(once) == once


def test_plain_words_of_rich_text():
    assert plain_text("<p>Yksi &amp; kaksi</p><ul><li>kolme</li></ul>") == "Yksi & kaksi\nkolme"
