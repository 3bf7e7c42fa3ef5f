"""Word files built here, also hostile ones."""

# ruff: noqa: E501 (sentences as the files hold them)

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from lautta.plans.importing import PlanUnreadable, account, read_plan, word_opening
from lautta.plans.importing.markup import text_of

W = nsdecls("w")


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_parts(data: bytes, parts: dict[str, str | bytes]) -> bytes:
    """The same package with parts added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def add_xml(document, inner: str):
    paragraph = document.add_paragraph()
    for element in parse_xml(f"<w:p {W} {nsdecls('wp', 'a', 'pic', 'r')} "
                             'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
                             f'xmlns:v="urn:schemas-microsoft-com:vml">{inner}</w:p>'):  # fmt: skip
        paragraph._p.append(element)
    return paragraph


@pytest.fixture
def styled():
    document = Document()
    document.add_paragraph("Esimerkkilän lasten ja nuorten hyvinvointisuunnitelma 2025–2028", style="Title")
    document.add_heading("1 Johdanto", 1)
    paragraph = document.add_paragraph("Suunnitelma on ")
    paragraph.add_run("yhteinen").bold = True
    paragraph.add_run(" ja ")
    paragraph.add_run("elävä").italic = True
    paragraph.add_run(" <asiakirja> (Tilastokeskus, 2023).")
    document.add_heading("Taustaa", 2)
    document.add_paragraph("eka", style="List Bullet")
    document.add_paragraph("toka", style="List Bullet")
    document.add_paragraph("yksi", style="List Number")
    document.add_paragraph("kaksi", style="List Number")
    document.add_paragraph("Meitä kuultiin oikeasti.", style="Quote")
    document.add_paragraph("– Koululainen")
    document.add_heading("2 Päätavoitteet", 1)
    document.add_heading("2.1 Lapset liikkuvat", 2)
    document.add_paragraph("Lapsi liikkuu joka päivä. Koulu tukee liikkumista.")
    document.add_heading("2.2 Nuoret osallistuvat", 2)
    document.add_paragraph("Nuori saa vaikuttaa.")
    document.add_paragraph("Taulukko 1. Väestö", style="Caption")
    table = document.add_table(rows=4, cols=3)
    cells = [["Kunta", "2023", ""], ["A", "1", "2"], ["B", "3", "4"], ["Yhteensä", "4", "7"]]
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    table.cell(0, 1).merge(table.cell(0, 2))
    inner = table.cell(1, 0).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "sisä1", "sisä2"
    document.add_heading("Työryhmä", 1)
    document.add_paragraph("Maija Malli, suunnittelija, Esimerkkilän kunta")
    document.add_paragraph("Kalle Esimerkki, rehtori")
    document.add_heading("Lähteet", 1)
    document.add_paragraph("Tilastokeskus (2023). Väestö.")
    document.sections[0].header.paragraphs[0].text = "Ylätunniste"
    return document


def test_styled_plan(styled):
    plan = read_plan(saved(styled), "suunnitelma.docx")
    assert plan.title == "Esimerkkilän lasten ja nuorten hyvinvointisuunnitelma 2025–2028"
    assert plan.period == (2025, 2028)
    assert [(c.level, c.number, c.title) for c in plan.chapters] == [
        (1, "1", "Johdanto"),
        (2, "", "Taustaa"),
        (1, "2", "Päätavoitteet"),
        (2, "2.1", "Lapset liikkuvat"),
        (2, "2.2", "Nuoret osallistuvat"),
        (1, "", "Lähteet"),
    ]
    assert plan.chapters[0].html == (
        "<p>Suunnitelma on <strong>yhteinen</strong> ja <em>elävä</em> &lt;asiakirja&gt; (Tilastokeskus, 2023).</p>"
    )
    assert plan.chapters[1].html == "<ul><li>eka</li><li>toka</li></ul><ol><li>yksi</li><li>kaksi</li></ol>"
    assert [(q.text, q.role, q.speaker) for q in plan.quotations] == [
        ("Meitä kuultiin oikeasti.", "Koululainen", "pupil")
    ]
    assert [(g.kind, g.number, g.title, len(g.criteria), g.certain) for g in plan.goals] == [
        ("main", "2.1", "Lapset liikkuvat", 2, True),
        ("main", "2.2", "Nuoret osallistuvat", 1, True),
    ]
    assert [(p.name, p.organisation) for p in plan.participants] == [
        ("Maija Malli", "suunnittelija, Esimerkkilän kunta"),
        ("Kalle Esimerkki", "rehtori"),
    ]
    assert [(u.reason, u.excerpt) for u in plan.unread] == [
        ("participants_heading", "Työryhmä"),
        ("page_header", "Ylätunniste"),
    ]
    texts = [p.text for p in styled.paragraphs] + [
        "Kunta 2023 A sisä1 sisä2 1 2 B 3 4 Yhteensä 4 7",
        "Ylätunniste",
    ]
    assert account(plan, "\n".join(texts)) == []


def test_merged_and_nested_cells(styled):
    (table,) = read_plan(saved(styled), "suunnitelma.docx").tables
    assert table.title == "Taulukko 1. Väestö"
    assert table.header == ("Kunta", "2023", "")
    assert table.rows == (("A sisä1 | sisä2", "1", "2"), ("B", "3", "4"), ("Yhteensä", "4", "7"))
    assert '<th colspan="2">2023</th>' in table.html
    codes = [note.code for note in table.notes]
    assert "nested_table_flattened" in codes
    assert "table_total_mismatch" in codes


def test_cells_merged_downwards():
    document = Document()
    table = document.add_table(rows=3, cols=2)
    for row, values in enumerate(
        [("Tavoite", "Toimenpide"), ("Lapset lukevat", "Kirjastokortti"), ("", "Lukupiiri")]
    ):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    plan = read_plan(saved(document), "a.docx")
    assert '<th rowspan="2">Lapset lukevat</th>' in plan.tables[0].html
    assert [(goal.title, goal.description) for goal in plan.goals] == [
        ("Lapset lukevat", "Toimenpide: Kirjastokortti")
    ]


@pytest.mark.parametrize("name", ["heading 1", "Otsikko 1", "Rubrik 1"])
def test_heading_styles_in_three_languages(name):
    document = Document()
    document.styles["Heading 1"].element.find(f"{{{W.split(chr(34))[1]}}}name").set(
        f"{{{W.split(chr(34))[1]}}}val", name
    )
    document.add_paragraph("Johdanto", style=document.styles[name])
    document.add_paragraph("Tekstiä.")
    plan = read_plan(saved(document), "a.docx")
    assert [(c.title, c.certain) for c in plan.chapters] == [("Johdanto", True)]


def test_bold_lines_are_headings_when_no_style_says_so():
    document = Document()
    for size, text in (
        (16, "Nykytila"),
        (None, "Lapset voivat hyvin."),
        (12, "Perheet"),
        (None, "Perheet saavat apua."),
    ):
        run = document.add_paragraph().add_run(text)
        if size:
            run.bold, run.font.size = True, Pt(size)
    plan = read_plan(saved(document), "a.docx")
    assert [(c.level, c.title, c.certain) for c in plan.chapters] == [
        (1, "Nykytila", False),
        (2, "Perheet", False),
    ]


def test_tracked_changes():
    document = Document()
    add_xml(
        document,
        "<w:r><w:t xml:space='preserve'>Lapset </w:t></w:r>"
        "<w:ins w:id='1' w:author='x'><w:r><w:t>voivat</w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='x'><w:r><w:delText>eivät voi</w:delText></w:r></w:del>"
        "<w:r><w:t xml:space='preserve'> hyvin.</w:t></w:r>",
    )
    plan = read_plan(saved(document), "a.docx")
    assert plan.chapters[0].html == "<p>Lapset voivat hyvin.</p>"
    assert [(u.reason, u.excerpt) for u in plan.unread] == [("deleted_text", "eivät voi")]
    assert "insertions_accepted" in [note.code for note in plan.notes]


def test_text_boxes_are_read_once_and_pictures_are_named():
    document = Document()
    box = "<w:txbxContent><w:p><w:r><w:t>Laatikon teksti.</w:t></w:r></w:p></w:txbxContent>"
    add_xml(
        document,
        "<w:r><w:t>Leipäteksti.</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='Kuva' descr='Lautta aalloilla'/></wp:inline></w:drawing></w:r>",
    )
    plan = read_plan(saved(document), "a.docx")
    assert plan.chapters[0].html == "<p>Leipäteksti.</p><p>Laatikon teksti.</p>"
    assert [(u.reason, u.excerpt) for u in plan.unread] == [("image", "Lautta aalloilla")]
    assert "text_box" in [note.code for note in plan.notes]


def test_footnotes_and_comments():
    document = Document()
    add_xml(document, "<w:r><w:t>Köyhyys kasvaa.</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>")
    notes = (
        f"<w:footnotes {W}><w:footnote w:id='2'><w:p><w:r><w:t>Tilastokeskus 2023.</w:t></w:r></w:p></w:footnote>"
        "<w:footnote w:id='3'><w:p><w:r><w:t>Orpo viite.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    comments = f"<w:comments {W}><w:comment w:id='1' w:author='Joku'><w:p><w:r><w:t>Tarkista!</w:t></w:r></w:p></w:comment></w:comments>"
    data = with_parts(saved(document), {"word/footnotes.xml": notes, "word/comments.xml": comments})
    plan = read_plan(data, "a.docx")
    assert text_of(plan.chapters[0].html) == "Köyhyys kasvaa. [2] [2] Tilastokeskus 2023."
    assert [(u.reason, u.excerpt, u.location.part) for u in plan.unread] == [
        ("comment", "Tarkista!", "comments"),
        ("unplaced", "Orpo viite.", "footnotes"),
    ]


def test_table_of_contents_is_named():
    document = Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {W}><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
            "<w:sdtContent><w:p><w:r><w:t>Johdanto 3</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    document.add_heading("Johdanto", 1)
    plan = read_plan(saved(document), "a.docx")
    assert [(u.reason, u.excerpt) for u in plan.unread] == [("table_of_contents", "Johdanto 3")]
    assert [c.title for c in plan.chapters] == ["Johdanto"]


def refusal(data: bytes, name: str = "a.docx") -> str:
    with pytest.raises(PlanUnreadable) as caught:
        read_plan(data, name)
    return caught.value.code


def test_refusals(styled):
    data = saved(styled)
    assert refusal(with_parts(data, {"word/vbaProject.bin": b"x"})) == "macros"
    types = zipfile.ZipFile(io.BytesIO(data)).read("[Content_Types].xml").decode()
    macro = types.replace(
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        "vnd.ms-word.document.macroEnabled.main",
    )
    assert refusal(with_parts(data, {"[Content_Types].xml": macro}), "a.docm") == "macros"
    assert refusal(data[: len(data) // 2]) == "corrupted"
    assert refusal(with_parts(data, {"word/document.xml": b"<w:document"})) == "corrupted"
    assert refusal(b"PK\x03\x04" + b"\0" * 200) == "corrupted"
    assert refusal(data + b"\0" * word_opening.MAX_COMPRESSED) == "too_large"


def test_external_entities_are_refused(styled):
    hostile = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert refusal(with_parts(saved(styled), {"word/document.xml": hostile})) == "corrupted"


def test_zip_bombs_are_refused(styled, monkeypatch):
    data = saved(styled)
    assert refusal(with_parts(data, {"word/media/big.bin": b"\0" * (30 * 1024 * 1024)})) == "zip_bomb"
    many = {f"word/media/{number}.bin": b"" for number in range(word_opening.MAX_ENTRIES + 1)}
    assert refusal(with_parts(data, many)) == "zip_bomb"
    # A header that lies about the size: what really comes out is counted.
    monkeypatch.setattr(word_opening, "MAX_UNPACKED", 10_000_000)
    monkeypatch.setattr(word_opening, "MAX_PART", 1000)
    assert refusal(data) == "zip_bomb"


def test_other_zips(styled):
    def packed(parts):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return stream.getvalue()

    assert refusal(packed({"a.txt": "x"}), "a.zip") == "other_zip"
    assert refusal(packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.odt") == "odt"
    assert refusal(saved(Document())) == "empty"
