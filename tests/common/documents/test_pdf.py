"""PDF: its structure, and that nothing a person writes makes it fail."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lautta.charts import PAPER, Point, Series, Style, line
from lautta.common.documents import (
    Box,
    Bullets,
    Columns,
    Contents,
    Cover,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Quotation,
    Run,
    Sheet,
    Table,
    Turn,
)  # fmt: skip
from lautta.common.documents.glyphs import BOX, known, printable
from lautta.common.documents.pdf import pictures_as_png, write_pdf
from tests.common.documents.structure import assert_accessible

EMOJI, ARABIC, CHINESE = "\U0001f600❤️\U0001f468‍\U0001f469‍\U0001f467", "مرحبا بالعالم", "漢字"
CHART = line(
    Series("Kotka", [Point(2019 + i, 10 + i) for i in range(4)]),
    key="a", title="Yksinäisyys", description="Kasvaa", style=Style(palette=PAPER),
)  # fmt: skip
HOSTILE = [
    EMOJI, ARABIC, CHINESE, "a" * 400, "ä" * 400, "x-" * 300, "\x00\x07\x1b[31m", "\ud83d", "\u202e\u2066abc", "#let x = 1",
    "$ sum $ @label <label> *not bold* _nor this_", "<script>alert(1)</script>", "\\u{41} \\", "`raw` = Heading", "  ",
    "\u2028\u2029", "e\u0301" * 40, "z" + "\u0335" * 60, "\ufeff\ufffe\uffff", "❤" * 500, "\U000e0001", "١٢٣",
]  # fmt: skip


def sheet(*blocks, **given) -> Sheet:
    return Sheet(
        given.pop("title", "Suunnitelma"), given.pop("language", "fi"), blocks, dated="2026-11-24", **given
    )


def everything(words: str) -> list:
    """Every kind of block with these words in every place for words."""
    return [
        Cover(words, words, words, [words], words),
        Contents("Sisällys"),
        Heading(words, 1, fresh=True),
        Paragraph(words, "lead"),
        Heading(words, 3, colour=2),
        Paragraph([Run(words, ("strong", ("lang", "sv"))), Run("\n"), Run(words, (("a", "https://example.org"),))]),
        Bullets([[Paragraph(words), Bullets([[Paragraph(words)]], start=3)]]),
        Quotation(words, words),
        Table([words, words], [[words, words]] * 3, [1, 2], caption=words, numeric=frozenset({1})),
        Picture(CHART.replace("Kotka", "Kotka ❤"), words, caption=words),
        Facts([(words, words), (words, words)]),
        Columns([Paragraph(words)], [Heading(words, 2), Paragraph(words, "small")]),
        Box([Paragraph(words, "label"), Paragraph(words, "under")]),
        Turn(True),
        Heading(words, 1),
        Turn(False),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_kind_of_block_is_tagged(language):
    pdf = assert_accessible(
        write_pdf(sheet(*everything("Lapsen arki"), language=language, running="Lautta", foot="Versio 1")), language
    )  # fmt: skip
    tree = pdf.tags()
    for name in ("Table", "TH", "Figure", "L", "LI", "BlockQuote", "TOC", "TOCI", "Link"):
        assert tree.named(name), name
    assert "sv" in pdf.languages or language == "sv"
    assert all(t.alt for t in tree.named("Figure"))
    assert pdf.bookmarks[0][1] == "Lapsen arki"


def test_a_level_that_was_skipped_is_mended():
    pdf = assert_accessible(write_pdf(sheet(Heading("Yksi", 1), Heading("Neljä", 4), Heading("", 2))), "fi")
    assert [depth for depth, _title in pdf.bookmarks] == [0, 1]


def test_the_same_sheet_gives_the_same_bytes():
    assert write_pdf(sheet(*everything("Sama"))) == write_pdf(sheet(*everything("Sama")))


@pytest.mark.parametrize("words", HOSTILE, ids=[repr(h)[:18] for h in HOSTILE])
def test_nothing_that_is_written_makes_it_fail(words):
    assert_accessible(write_pdf(sheet(*everything(words), title=words, running=words, foot=words)), "fi")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=60))
def test_no_text_makes_it_fail(words):
    assert write_pdf(sheet(*everything(words), title=words)).startswith(b"%PDF")


def test_every_character_that_is_said_to_have_a_glyph_has_one():
    letters = "".join(chr(c) for c in sorted(known()))
    parts = [letters[i : i + 80] for i in range(0, len(letters), 80)]
    # Any without a glyph would end in the plainest text, with a question mark in its place.
    from lautta.common.documents import pdf as writer

    source = writer._source(sheet(*(Paragraph(" ".join(p)) for p in parts)), lambda text: text)
    assert writer._compiled(source, sheet()).startswith(b"%PDF")


def test_what_has_no_glyph_is_replaced_not_lost():
    assert printable("Moi \U0001f600 ja ❤️") == "Moi ☺ ja ❤" or "♥" in printable("Moi \U0001f600 ja ❤️")
    assert printable("漢") == BOX
    assert printable("a\x00b") == "ab"
    assert "\u200b" in printable("a" * 400)
    assert printable(ARABIC) == ARABIC


def test_an_empty_document_is_a_document():
    assert write_pdf(sheet()).startswith(b"%PDF")
    assert write_pdf(sheet(Cover(""), Contents("Sisällys"))).startswith(b"%PDF")


def test_a_very_long_table_goes_on_over_pages_with_its_head():
    table = Table(["Vuosi", "Teksti"], [[str(i), "sana " * 40] for i in range(1_500)], [1, 4])
    pdf = assert_accessible(write_pdf(sheet(Heading("Taulukko", 1), table)), "fi")
    assert pdf.pages > 40
    assert len(pdf.tags().named("TH")) == 2


def test_one_page_stays_on_one_page():
    short = write_pdf(sheet(Heading("Otsikko", 1), Paragraph("Teksti"), one_page=True))
    long = write_pdf(sheet(*(Paragraph("Lapsen arki sujuu. " * 12) for _ in range(14)), one_page=True))
    assert assert_accessible(short, "fi").pages == assert_accessible(long, "fi").pages == 1


def test_drawings_become_pictures_in_order():
    made = pictures_as_png([CHART, CHART])
    assert len(made) == 2
    assert all(m.startswith(b"\x89PNG") for m in made)
    assert pictures_as_png([]) == []


def test_a_link_leads_to_an_address_or_nowhere():
    pdf = assert_accessible(write_pdf(sheet(Paragraph([Run("x", (("a", "javascript:alert(1)"),))]))), "fi")
    assert not pdf.tags().named("Link")
