"""Word: opened again and read: headings, lists, tables, pictures, languages."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from lautta.common.documents import (
    Bullets,
    Contents,
    Cover,
    Heading,
    Paragraph,
    Picture,
    Run,
    Sheet,
    Table,
    Turn,
)  # fmt: skip
from lautta.common.documents.word import write_sheet
from tests.common.documents.test_pdf import CHART, HOSTILE, everything


def opened(*blocks, language: str = "fi", title: str = "Suunnitelma"):
    return Document(BytesIO(write_sheet(Sheet(title, language, blocks, running="Lautta", foot="Versio 1"))))


def test_headings_are_headings_and_none_is_skipped():
    doc = opened(Heading("Nimi", 0), Heading("Yksi", 1), Heading("Neljä", 4))
    assert [(p.style.name, p.text) for p in doc.paragraphs if p.text] == [
        ("Title", "Nimi"), ("Heading 1", "Yksi"), ("Heading 2", "Neljä"),
    ]  # fmt: skip


def test_the_head_of_a_table_repeats_and_is_marked():
    doc = opened(Table(["Vuosi", "Luku"], [["2024", "1"], ["2025", "2"]], [1, 1], numeric=frozenset({1})))
    table = doc.tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [c.text for c in table.rows[2].cells] == ["2025", "2"]


def test_a_picture_has_words():
    doc = opened(Picture(CHART, "Kaavio kasvaa"))
    assert doc.inline_shapes[0]._inline.docPr.get("descr") == "Kaavio kasvaa"


def test_a_second_numbered_list_begins_anew():
    first, second = (Bullets([[Paragraph("a")], [Paragraph("b")]], start=n) for n in (1, 5))
    doc = opened(first, second)
    numbers = [p._p.pPr.numPr.numId.val for p in doc.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


@pytest.mark.parametrize(("language", "code"), [("fi", "fi-FI"), ("sv", "sv-FI"), ("en", "en-GB")])
def test_the_language_is_said(language, code):
    doc = opened(Paragraph([Run("ord", (("lang", "sv"),))]), language=language)
    assert doc.core_properties.language == code
    assert doc.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == code
    run = next(p for p in doc.paragraphs if p.text == "ord").runs[0]
    assert run._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "sv-FI"


def test_pages_turn_and_contents_lead_to_their_places():
    doc = opened(
        Cover("Nimi"),
        Contents("Sisällys"),
        Heading("Luku", 1),
        Turn(True),
        Heading("Taulukko", 1),
        Turn(False),
    )
    assert [s.page_width > s.page_height for s in doc.sections] == [False, True, False]
    anchors = {e.get(qn("w:anchor")) for e in doc.element.iter(qn("w:hyperlink"))}
    names = {e.get(qn("w:name")) for e in doc.element.iter(qn("w:bookmarkStart"))}
    assert anchors
    assert anchors <= names


@pytest.mark.parametrize("words", HOSTILE, ids=[repr(h)[:18] for h in HOSTILE])
def test_nothing_that_is_written_makes_it_fail(words):
    opened(*everything(words), title=words)
