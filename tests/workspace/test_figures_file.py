"""An own file of figures: columns are proposed, every bad cell is named, nothing is half saved."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lautta.common.translated import Translated
from lautta.indicators.ingestors.tables import FileMapping
from lautta.indicators.models import Indicator, RawResponse, SourceArea, StoredResult
from lautta.indicators.reading import current_panel
from lautta.workspace.figures_files import open_file, proposal, rejected_cells
from tests.indicators import making_json_stat as m
from tests.indicators.factories import body

pytestmark = pytest.mark.django_db
GOOD = b"Kunta;Vuosi;Osuus\nKouvola;2022;12,5\nKouvola;2023;13,5\nKotka;2023;8\n"


@pytest.fixture
def address(cast):
    for code, name in (("KU286", "Kouvola"), ("KU285", "Kotka")):
        SourceArea.objects.create(code=code, kind="municipality", name=Translated.of(name), sort_key=code)
    return f"/fi/work/{cast.plan.public_id}/figures/file/"


def upload(client, address, content: bytes, name: str = "kysely.csv"):
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def fields(page: str, **said) -> dict[str, str]:
    """What a browser would send of the page of columns."""
    sent = dict(re.findall(r'name="(packed|filename)" value="([^"]*)"', page))
    chosen = {
        name: (re.search(r'<option value="([^"]*)" selected', rest) or [None, ""])[1]
        for name, rest in re.findall(r'<select name="(\w+)"(.*?)</select>', page, re.S)
    }
    rest = {
        "title_fi": "Oma kysely",
        "kind": "percentage",
        "decimals": "1",
        "direction": "smaller_is_better",
        "threshold": "5",
    }
    return {**sent, **chosen, **rest, **said}


def test_a_file_becomes_the_regions_own_with_its_facts(
    cast, login, address, django_capture_on_commit_callbacks
):
    client = login(cast.kaisa)
    page = upload(client, address, GOOD).content.decode()
    assert "12,5" in page
    assert not RawResponse.objects.exists(), "nothing is stored before the columns are told"
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{address}columns/", fields(page, title_sv="Egen enkät"))
    assert answer.status_code == 302, answer.content.decode()
    found = Indicator.objects.get()
    assert (found.region, found.direction) == (cast.plan.region, "smaller_is_better")
    assert found.title.in_language("sv") == "Egen enkät"
    assert current_panel(found).latest("KU286").value == 13.5
    assert StoredResult.objects.filter(vintage__indicator=found).exists()


def test_a_sheet_of_excel(cast, login, address):
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in (["Alue", "Vuosi", "Arvo"], ["Kotka", 2023, 8.25], ["286", 2023, 9]):
        book.active.append(row)
    book.save(buffer)
    client = login(cast.kaisa)
    page = upload(client, address, buffer.getvalue(), "kysely.xlsx").content.decode()
    assert client.post(f"{address}columns/", fields(page)).status_code == 302
    assert current_panel(Indicator.objects.get()).latest("KU285").value == 8.25


def test_json_stat_says_itself_what_is_what(cast, login, address):
    small = {"alue_23_20260101": ["KU286", "SSS"], "timeperiod_y": ["2020"], "contentscode": ["osuus"]}
    client = login(cast.kaisa)
    page = upload(client, address, body(m.dataset(small)), "taulu.json").content.decode()
    assert 'name="area"' not in page
    assert client.post(f"{address}columns/", fields(page)).status_code == 302
    assert Indicator.objects.get().region == cast.plan.region


def test_every_bad_cell_is_named_and_nothing_is_saved(cast, login, address):
    bad = b"Kunta;Vuosi;Osuus\nKouvola;2022;paljon\nKotka;2022;8\nAtlantis;20x3;ehka\n"
    client = login(cast.kaisa)
    page = upload(client, address, bad).content.decode()
    answer = client.post(f"{address}columns/", fields(page))
    assert answer.status_code == 422
    told = answer.content.decode()
    for words in ("paljon", "ehka", "Atlantis", "20x3"):
        assert words in told.split("<table", 1)[0], words
    assert "Rivillä 2 " in told
    assert "Rivillä 4 " in told
    assert not Indicator.objects.exists()


def test_two_rows_that_contradict_are_told(cast, login, address):
    client = login(cast.kaisa)
    page = upload(client, address, b"Kunta;Vuosi;Osuus\nKotka;2022;1\nKotka;2022;2\n").content.decode()
    answer = client.post(f"{address}columns/", fields(page))
    assert answer.status_code == 422
    assert "kaksi eri arvoa" in answer.content.decode()
    assert not Indicator.objects.exists()


def test_a_value_or_both_parts_of_a_share_are_needed(cast, login, address):
    client = login(cast.kaisa)
    page = upload(client, address, GOOD).content.decode()
    assert client.post(f"{address}columns/", fields(page, value="")).status_code == 422
    assert client.post(f"{address}columns/", fields(page, area="")).status_code == 422
    assert client.post(f"{address}columns/", fields(page, value="Keksitty")).status_code == 422
    assert not Indicator.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04 rubbish", b"x" * 1_000_001, b";;\n;;\n"])
def test_what_is_no_table_is_told_beside_the_field(cast, login, address, content):
    assert upload(login(cast.kaisa), address, content).status_code == 422


@pytest.mark.parametrize("packed", ["", "ä", "%%%", "AAAA"])
def test_a_page_that_came_broken_asks_for_the_file_again(cast, login, address, packed):
    answer = login(cast.kaisa).post(f"{address}columns/", {"packed": packed, "filename": "x.csv"})
    assert answer.status_code == 302


@pytest.mark.parametrize(("who", "status"), [("hannes", 403), ("urho", 404)])
def test_whose_it_is(cast, login, address, who, status):
    client = login(getattr(cast, who))
    assert client.get(address).status_code == status
    assert client.post(f"{address}columns/", {}).status_code == status


def test_columns_are_proposed_once_each():
    assert proposal(["Kommun", "År", "Kön", "Andel"]) == {
        "area": "Kommun", "year": "År", "gender": "Kön", "value": "Andel",
    }  # fmt: skip
    assert proposal(["a", "b"]) == {}


def test_one_bad_row_among_many_is_found(address):
    rows = "".join(f"Kotka;{year};1\n" for year in range(1950, 2020))
    sent = open_file("x.csv", f"k;v;a\n{rows}Kotka;2021;huono\n".encode())
    [problem] = rejected_cells(sent, FileMapping(area="k", year="v", value="a"))
    assert problem["parameters"]["row"] == 72


SMALL = (
    "Kunta;Vuosi;Sukupuoli;Lapsia\nKouvola;2023;yhteensä;40\nKouvola;2023;naiset;37\nKouvola;2023;miehet;3\n"
    "Kotka;2023;yhteensä;0\nKotka;2023;naiset;0\nKotka;2023;miehet;0\n"
).encode()


def test_what_will_be_hidden_is_told_before_anything_is_taken_in(cast, login, address):
    client = login(cast.kaisa)
    page = upload(client, address, SMALL).content.decode()
    sent = fields(page, kind="count", decimals="0", value="Lapsia", numerator="", denominator="")
    answer = client.post(f"{address}columns/", sent)
    told = answer.content.decode()
    assert answer.status_code == 200
    assert "Lautta salaa 2 lukua 6 luvusta" in told
    assert "Alle rajan on 1. Lisäksi salataan 1" in told
    assert not Indicator.objects.exists()
    hides = re.search(r'name="hides" value="([^"]*)"', told)[1]
    other = client.post(f"{address}columns/", {**sent, "hides": hides, "threshold": "38"})
    assert other.status_code == 200, "another limit hides something else: it is told again"
    assert not Indicator.objects.exists()
    assert client.post(f"{address}columns/", {**sent, "hides": hides}).status_code == 302
    found = Indicator.objects.get()
    panel = current_panel(found)
    assert (found.threshold, found.least_respondents) == (5, 0)
    assert [panel.cell("KU286", 2023, g).status.name for g in panel.genders] == [
        "VALUE",
        "SUPPRESSED",
        "SUPPRESSED",
    ]
    assert panel.cell("KU285", 2023).status.name == "ZERO"


def test_few_respondents_are_hidden_by_the_limit_that_is_stated(cast, login, address):
    content = b"Kunta;Vuosi;Osuus;Vastaajia\nKouvola;2023;50;400\nKotka;2023;50;16\n"
    client = login(cast.kaisa)
    page = upload(client, address, content).content.decode()
    sent = fields(page, value="Osuus", numerator="", denominator="Vastaajia", least_respondents="30")
    told = client.post(f"{address}columns/", sent).content.decode()
    assert "Lautta salaa 1 luvun 2 luvusta" in told
    hides = re.search(r'name="hides" value="([^"]*)"', told)[1]
    assert client.post(f"{address}columns/", {**sent, "hides": hides}).status_code == 302
    assert Indicator.objects.get().least_respondents == 30
    assert current_panel(Indicator.objects.get()).latest("KU285") is None
