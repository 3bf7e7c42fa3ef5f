"""What stands on papers: from the frozen document alone, in each language, whatever its texts hold."""

import datetime as dt
import json
from io import BytesIO

import pytest
from docx import Document as Word

from lautta.common.documents import Heading, Picture, Quotation, Table, words
from lautta.common.documents.pdf import write_pdf
from lautta.common.translated import Translated
from lautta.decisions.freezing import Document, opened
from lautta.publishing.models import PaperKind
from lautta.publishing.papers import kinds_of, sheet_of
from lautta.publishing.papers.edition import Edition
from lautta.publishing.papers.making import Source, Wanted
from lautta.publishing.papers.rich import rich
from lautta.voices.actions import erase_voice
from tests import factories as f
from tests.common.documents.structure import assert_accessible
from tests.common.documents.test_pdf import HOSTILE

pytestmark = pytest.mark.django_db

INDICATOR = {
    "id": "abc", "source": {"kind": "sotkanet", "id": "1", "name": "THL"}, "kind": "percentage", "decimals": 1,
    "title": {"source": "fi", "texts": {"fi": {"text": "Yksinäisyys", "rev": 1}}}, "unit": {"source": "fi", "texts": {}},
    "direction": "smaller_is_better", "role": "outcome", "goal": None, "owner": None, "note": {"source": "fi", "texts": {}},
    "baseline": {"year": 2019, "value": 12.0}, "target": {"year": 2030, "value": 8.0}, "area": "MK08",
    "value": {"year": 2023, "value": 11.3}, "status": 0, "years": [2019, 2020, 2021, 2022, 2023],
    "values": [12.0, None, 0.0, None, 11.3], "statuses": [0, 3, 1, 2, 0], "vintage": None, "illustrative": True,
}  # fmt: skip


@pytest.fixture
def whole(matter):
    return matter.freeze(kind="whole", round=matter.cast.round, summary=Translated.of("Mittarit ovat uudet."))


def document(version, change=None) -> Document:
    """The version's document; `change` may alter a copy of its data."""
    found = opened(version)
    data = json.loads(version.content)
    if change:
        change(data)
    return Document(data, found.kept)


def with_indicator(data):
    goal = data["part_one"]["goals"][0]["id"]
    data["part_one"]["indicators"] = [dict(INDICATOR, goal=goal)]


def said_by(sheet) -> str:
    return str(sheet.blocks)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind", kinds_of("whole"))
def test_every_paper_in_every_language_and_format(whole, kind, language):
    source = Source(whole)
    assert_accessible(source.bytes_of(Wanted(kind, language, "pdf")), language)
    assert Word(BytesIO(source.bytes_of(Wanted(kind, language, "docx")))).paragraphs


def test_kinds_follow_what_the_version_holds():
    assert PaperKind.MEASURES not in kinds_of("part_one")
    assert PaperKind.ANNEX not in kinds_of("part_two")
    assert kinds_of("extension") == [PaperKind.ONE_PAGE, PaperKind.WHOLE]


def test_papers_do_not_change_with_the_plan_of_today(whole, matter):
    before = Source(whole).bytes_of(Wanted("whole", "fi", "pdf"))
    matter.edit("<p>Uusi teksti.</p>")
    f.GoalFactory(plan=matter.plan)
    assert Source(whole).bytes_of(Wanted("whole", "fi", "pdf")) == before


def test_the_one_page_says_what_a_councillor_asks(whole):
    sheet = sheet_of("one_page", Edition(document(whole, with_indicator)))
    heads = [words(b.text) for b in _deep(sheet.blocks) if isinstance(b, Heading) and b.level]
    assert heads == [
        "Mitä meiltä pyydetään", "Mitä se maksaa", "Mikä muuttui", "Mihin pyrimme", "Mitä lapset sanoivat",
        "Mistä muutoksen näkee",
    ]  # fmt: skip
    text = said_by(sheet)
    assert "Valtuusto hyväksyy suunnitelman." in text
    assert "Välitunnilla saa olla rauhassa." in text
    assert assert_accessible(write_pdf(sheet), "fi").pages == 1


def _deep(blocks):
    from lautta.common.documents.word import _deep as deep

    return list(deep(blocks))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_one_page_is_one_page_at_its_longest(matter, language):
    f.GoalFactory.create_batch(
        5, plan=matter.plan, kind="main", title=Translated.of("Perheiden hyvinvointi " * 9)
    )
    long = Translated.of("Lasten ja nuorten hyvinvointisuunnitelman toimeenpano. " * 60)
    for _n in range(6):
        voice = f.VoiceFactory(plan=matter.plan, text=Translated.of("Kaverin kanssa on kivaa ulkona. " * 30))
        voice.goals.add(matter.cast.goal)
    first = matter.freeze(kind="whole", round=matter.cast.round, proposal=long, summary=long)
    for n in range(12):
        year = f.MeasureYearFactory(
            measure__plan=matter.plan, measure__organisation=matter.cast.hamina, round=matter.cast.round,
            title=Translated.of(f"Pitkä toimenpiteen nimi joka vie monta riviä {n} " * 4),
            published_at=dt.datetime(2024, 1, 5, tzinfo=dt.UTC),
        )  # fmt: skip
        year.goals.add(matter.cast.goal)
    second = matter.freeze(kind="whole", round=matter.cast.round, proposal=long, summary=long)
    assert second.previous == first

    def many(data):
        with_indicator(data)
        row = data["part_one"]["indicators"][0]
        row["title"]["texts"]["fi"]["text"] = "Mittarin nimi on pitkä kuin vuosi " * 6
        data["part_one"]["indicators"] = [dict(row, id=str(n)) for n in range(8)]

    edition = Edition(document(second, many), opened(first), organisation=matter.cast.hamina.public_id)
    from django.utils import translation

    with translation.override(language):
        assert assert_accessible(write_pdf(sheet_of("one_page", edition)), language).pages == 1


def test_what_changed_is_told_of_the_version_before(whole, matter):
    matter.edit("<p>Arki kantaa nyt paremmin.</p>")
    later = matter.freeze(kind="whole", round=matter.cast.round)
    edition = Edition(opened(later), opened(whole))
    text = said_by(sheet_of("one_page", edition))
    assert "Edellisestä versiosta: 0 uutta, 1 muuttunutta ja 0 poistunutta kohtaa." in text
    assert "Muuttunut: 1 " in text


def test_an_organisations_copy_counts_its_own(whole, matter):
    own = sheet_of("one_page", Edition(opened(whole), organisation=matter.cast.kotka.public_id))
    assert "'Toimenpiteitä 2024', '0'" in said_by(own) or "Toimenpiteitä" in said_by(own)
    assert str(matter.cast.kotka.name) in said_by(own)


def test_a_removed_quotation_is_gone_and_says_so(whole, matter):
    assert "rauhassa" in said_by(sheet_of("plan", Edition(opened(whole))))
    erase_voice(by=matter.kaisa, voice=matter.voice)
    text = said_by(sheet_of("plan", Edition(opened(whole))))
    assert "rauhassa" not in text
    assert "poistettu pyynnöstä" in text


def test_the_annex_draws_and_tells_the_same_numbers(whole):
    sheet = sheet_of("annex", Edition(document(whole, with_indicator)))
    picture = next(b for b in _deep(sheet.blocks) if isinstance(b, Picture))
    assert "12,0\xa0% (2019)" in picture.alt
    assert "11,3\xa0% (2023)" in picture.alt
    table = [b for b in _deep(sheet.blocks) if isinstance(b, Table)][-1]
    assert [list(r) for r in table.rows] == [
        ["2023", "11,3\xa0%"], ["2022", "ei näytetä"], ["2021", "0,0\xa0%"], ["2019", "12,0\xa0%"],
    ]  # fmt: skip
    assert "4.4" not in picture.svg


def test_another_language_falls_back_and_says_so(whole):
    from django.utils import translation

    with translation.override("en"):
        pdf = assert_accessible(write_pdf(sheet_of("plan", Edition(opened(whole)))), "en")
    assert "fi" in pdf.languages


@pytest.mark.parametrize("text", HOSTILE[:8:2] + HOSTILE[6:8], ids=repr)
def test_no_text_of_a_version_makes_a_paper_fail(whole, text):
    def hostile(data):
        with_indicator(data)
        data["part_one"]["indicators"][0]["title"]["texts"]["fi"]["text"] = text
        for chapter in data["part_one"]["chapters"]:
            for told in chapter["texts"].values():
                told |= {
                    "title": text,
                    "body": f"<h2>{text}</h2><p>{text}</p><table><tr><td>{text}</td></tr></table>",
                }
        for row in (*data["part_one"]["goals"], *data["part_two"]["measures"]):
            row["title"] = {"source": "fi", "texts": {"fi": {"text": text, "rev": 1}}}

    for kind in kinds_of("whole"):
        assert_accessible(write_pdf(sheet_of(kind, Edition(document(whole, hostile)))), "fi")


def test_empty_chapters_and_nothing_at_all(whole):
    def bare(data):
        for chapter in data["part_one"]["chapters"]:
            chapter["texts"] = {}
        data["part_one"]["goals"], data["part_two"]["measures"], data["part_one"]["indicators"] = [], [], []

    for kind in kinds_of("whole"):
        assert_accessible(write_pdf(sheet_of(kind, Edition(document(whole, bare)))), "fi")


def test_rich_text_keeps_lists_tables_and_quotations():
    html = (
        "<h2>Otsikko</h2><p>Teksti <strong>vahva</strong><br>rivi</p><ol start='3'><li>kolme<ul><li>ali</li></ul></li></ol>"
        "<table><caption>Nimi</caption><thead><tr><th>A</th><th colspan='2'>B</th></tr></thead>"
        "<tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody></table><blockquote><p>Sanat</p></blockquote><hr>"
    )
    made = rich(html, under=1)
    assert [type(b).__name__ for b in made] == ["Heading", "Paragraph", "Bullets", "Table", "Quotation"]
    assert made[0].level == 2
    assert made[2].start == 3
    assert [words(h) for h in made[3].heads] == ["A", "B", ""]
    assert isinstance(made[4], Quotation)


def test_a_table_too_wide_for_paper_becomes_lines():
    html = "<table><tr>" + "<td>x</td>" * 20 + "</tr></table>"
    assert [type(b).__name__ for b in rich(html, under=1)] == ["Paragraph"]
