"""Papers of assessments and statements, and what the law asks on the papers of a version."""

import datetime as dt
from io import BytesIO

import pytest
from docx import Document as Word

from lautta.assessments import actions as assessments
from lautta.common.actors import SYSTEM
from lautta.common.translated import Translated
from lautta.decisions.freezing import Document
from lautta.plans.checklist.reading import checklist_document
from lautta.publishing.actions.papers import drop_papers_with_removed_words, make_paper
from lautta.publishing.models import Paper
from lautta.publishing.papers import sheet_of
from lautta.publishing.papers.edition import Edition
from lautta.publishing.papers.making import Source, Wanted
from lautta.publishing.papers.reading import frozen_assessment
from tests.assessments.making import SAID, begun, decided
from tests.common.documents.structure import assert_accessible
from tests.decisions.asking import Hamina
from tests.decisions.test_pages import public

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(matter):
    """Hamina's assessment, decided and public."""
    made = decided(matter.cast)
    assessments.publish(by=matter.kaisa, assessment=made, checked=True)
    return frozen_assessment(matter.plan, made.public_id)


@pytest.fixture
def hamina(matter, settings):
    return Hamina(matter.cast, settings)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_an_assessment_as_pdf_and_word(published, language):
    source = Source(published)
    assert_accessible(source.bytes_of(Wanted("assessment", language, "pdf")), language)
    word = Word(BytesIO(source.bytes_of(Wanted("assessment", language, "docx"))))
    assert any(SAID in p.text for p in word.paragraphs)
    assert source.filename(Wanted("assessment", language, "pdf")).endswith(f"{language}.pdf")


def test_a_stopped_slip_is_a_short_paper(matter):
    made = begun(matter.cast, need="no", first_estimate=Translated.of("Ei koske lapsia."))
    assessments.publish(by=matter.kaisa, assessment=made, checked=True)
    sheet = sheet_of("assessment", Source(frozen_assessment(matter.plan, made.public_id)).edition())
    assert "Ei koske lapsia." in str(sheet.blocks)
    assert "Vaihtoehdot" not in str(sheet.blocks)


def test_the_paper_of_an_assessment_goes_with_what_is_published(matter, published, client):
    paper = make_paper(
        by=SYSTEM, plan=matter.plan, source=Source(published), wanted=Wanted("assessment", "fi", "docx")
    )
    url = public(matter.plan, "public_paper", paper.public_id)
    assert client.get(url).status_code == 200
    assert paper.public_id in client.get(public(matter.plan, "public_papers")).content.decode()
    assert drop_papers_with_removed_words(by=SYSTEM) == 0
    assessments.erase_hearing(by=matter.kaisa, hearing=published.assessment.hearings.get())
    assert client.get(url).status_code == 404
    assert drop_papers_with_removed_words(by=SYSTEM) == 1
    now = frozen_assessment(matter.plan, published.assessment.public_id)
    assert SAID not in str(sheet_of("assessment", Source(now).edition()).blocks)


def test_an_assessment_that_is_taken_back_takes_its_paper(matter, published, client):
    paper = make_paper(
        by=SYSTEM, plan=matter.plan, source=Source(published), wanted=Wanted("assessment", "fi", "docx")
    )
    assessments.unpublish(by=matter.kaisa, assessment=published.assessment, reason="Virhe.")
    assert client.get(public(matter.plan, "public_paper", paper.public_id)).status_code == 404
    assert drop_papers_with_removed_words(by=SYSTEM) == 1
    assert not Paper.objects.exists()


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_statements_as_a_paper(hamina, matter, form):
    version = matter.freeze()
    assert "statements" not in Source(version).kinds
    hamina.published(version=version)
    assert hamina.given(version=version).state == "given"
    source = Source(version)
    assert "statements" in source.kinds
    content = source.bytes_of(Wanted("statements", "fi", form))
    assert_accessible(content, "fi") if form == "pdf" else Word(BytesIO(content))
    blocks = str(sheet_of("statements", source.edition()).blocks)
    # What waits for its answers has not been published and is not on the paper.
    assert blocks.count("Haminan nuorisovaltuusto") == 1
    assert "Bussi puuttuu." in blocks


def test_a_new_answer_makes_another_paper_of_statements_alone(hamina, matter):
    version = matter.freeze()
    request = hamina.published(version=version)
    before = {kind: Source(version).inputs(Wanted(kind, "fi", "pdf")) for kind in ("statements", "one_page")}
    request.statement.points.all().delete()
    after = {kind: Source(version).inputs(Wanted(kind, "fi", "pdf")) for kind in ("statements", "one_page")}
    assert before["statements"] != after["statements"]
    assert before["one_page"] == after["one_page"]


def test_what_lacks_of_the_law_is_printed_and_stays_as_it_was(matter):
    version = matter.freeze()
    source = Source(version)
    checklist = source.document.data["checklist"]
    lacking = [row for row in checklist["items"] if row["state"] != "covered"]
    assert lacking
    assert checklist == checklist_document(matter.plan, dt.date(2024, 3, 1))
    whole, page = (str(sheet_of(kind, source.edition()).blocks) for kind in ("whole", "one_page"))
    for row in lacking:
        assert row["title"]["fi"] in whole
    assert "Lain vaatimuksista puuttuu" in page
    assert lacking[0]["title"]["fi"] in page


def test_an_older_version_without_the_list_still_makes_its_papers(matter):
    version = matter.freeze()
    data = {k: v for k, v in Source(version).document.data.items() if k != "checklist"}
    sheet = sheet_of("whole", Edition(Document(data)))
    assert "Mitä laki vaatii" not in str(sheet.blocks)
