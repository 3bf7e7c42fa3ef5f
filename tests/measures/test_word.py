"""The Word table: real headings in order, tables whose header repeats, the reader's language."""

import io

from django.urls import reverse
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn

from lautta.common.translated import Translated
from lautta.measures import actions
from tests import factories as f
from tests.measures.making import given


def paper(client, cast, language="fi", query=""):
    with translation.override(language):
        page = reverse("measures:word_file", args=[cast.plan.public_id, 2024])
    return Document(io.BytesIO(client.get(page + query).content))


def test_by_organisation_and_goal_with_headings_and_repeated_headers(cast, login):
    other = f.GoalFactory(
        plan=cast.plan, number="4.2", title=Translated.of("Osallisuus", sv="Delaktighet"), position=1_000_000
    )
    given(cast, cast.hamina, title="Ensimmäinen")
    given(cast, cast.hamina, title="Toinen \x01 merkki", goals=[other])
    given(cast, cast.kotka, title="Kotkan oma")
    actions.set_emphasis(
        by=cast.actor(cast.hannes),
        round=cast.round,
        organisation=cast.hamina,
        text=Translated.of("Arki ensin"),
    )
    doc = paper(login(cast.kaisa), cast)
    heads = [(p.style.name, p.text) for p in doc.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    assert heads == [
        ("Title", "Toimenpiteet 2024"),
        ("Heading 1", "Haminan kaupunki"),
        ("Heading 2", "Painotukset"),
        ("Heading 2", "4.1 Arjen hyvinvointi"),
        ("Heading 2", "4.2 Osallisuus"),
        ("Heading 1", "Kotkan kaupunki"),
        ("Heading 2", "4.1 Arjen hyvinvointi"),
    ]
    assert len(doc.tables) == 3
    for table in doc.tables:
        marks = [
            row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
            for row in table.rows
        ]
        assert marks == [True] + [False] * (len(table.rows) - 1)
    assert doc.tables[1].rows[1].cells[0].text == "Toinen  merkki"


def test_the_language_of_the_document_is_the_readers(cast, login):
    given(cast, cast.hamina)
    for language, locale in (("fi", "fi-FI"), ("sv", "sv-FI"), ("en", "en-GB")):
        doc = paper(login(cast.kaisa), cast, language)
        assert doc.core_properties.language == locale
        mark = doc.styles["Normal"].element.rPr.find(qn("w:lang"))
        assert mark.get(qn("w:val")) == locale
    assert "Åtgärder 2024" in [p.text for p in paper(login(cast.kaisa), cast, "sv").paragraphs]


def test_neighbours_drafts_and_emphases_stay_out(cast, login):
    given(cast, cast.hamina, title="Haminan luonnos")
    actions.set_emphasis(
        by=cast.actor(cast.hannes),
        round=cast.round,
        organisation=cast.hamina,
        text=Translated.of("Haminan painotus"),
    )
    doc = paper(login(cast.kalle), cast)
    text = "\n".join(
        [p.text for p in doc.paragraphs] + [c.text for t in doc.tables for r in t.rows for c in r.cells]
    )
    assert "Haminan" not in text
    mine = paper(login(cast.hannes), cast, query=f"?organisation={cast.hamina.public_id}")
    assert mine.tables[0].rows[1].cells[0].text == "Haminan luonnos"
