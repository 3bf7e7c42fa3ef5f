"""A table of services: every bad row is named, and none is saved unless all are good or the person says so."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.network import actions
from lautta.network.importing import NotReadable, Table, judge, read_table, template
from lautta.network.importing.judging import Known
from lautta.network.models import Service, ServiceUpload
from tests.network.making import service

HEAD = "Palvelun nimi;Toimija;Kenelle;Mihin tarpeeseen;Puhelin;Kunnat"
GOOD = "Kahvila;Yhdistys;lapset itse;Haluan jutella jonkun kanssa;040 123;Kylä"
KNOWN = Known({"kylä": 1})


def judged(text: str | bytes, known: Known = KNOWN):
    content = text if isinstance(text, bytes) else text.encode()
    return judge(read_table(content), known)


def big(rows: int, bad: set[int]) -> str:
    lines = [HEAD]
    for n in range(2, rows + 2):
        who = "kuninkaat" if n in bad else "lapset itse"
        lines.append(f"Palvelu {n};Yhdistys {n % 50};{who};Haluan jutella jonkun kanssa;040 {n};Kylä")
    return "\n".join(lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_delimiters(encoding, delimiter):
    text = f"{HEAD}\r\n{GOOD.replace('Kahvila', 'Äidin kahvila')}\r\n".replace(";", delimiter)
    found = judged(text.encode(encoding))
    assert found.bad == []
    assert found.good[0][1]["name"] == "Äidin kahvila"
    assert found.good[0][1]["areas"] == [1]


def test_every_bad_cell_is_named_with_row_column_and_reason():
    found = judged(f"{HEAD}\n{GOOD}\nToinen;;kuninkaat;=1+1;soita;Atlantis")
    assert [(cell.row, cell.letter) for cell in found.bad] == [
        (3, "B"),
        (3, "C"),
        (3, "D"),
        (3, "F"),
        (3, "E"),
    ]
    assert all(cell.reason and cell.head for cell in found.bad)
    assert found.bad_rows == [3]
    assert len(found.good) == 1


def test_the_same_service_twice_and_one_that_stands():
    again = Known({"kylä": 1}, frozenset({judged(f"{HEAD}\n{GOOD}").good and _key("Yhdistys", "Kahvila")}))
    assert len(judged(f"{HEAD}\n{GOOD}\n{GOOD}").bad) == 1
    assert len(judged(f"{HEAD}\n{GOOD}", again).bad) == 1


def _key(provider: str, name: str) -> tuple[str, str]:
    from lautta.common.text import sort_key

    return sort_key(provider), sort_key(name)


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "@SUM(A1)", "+cmd|x", "-2+3+cmd"])
def test_a_formula_in_a_text_is_refused(cell):
    assert judged(f"{HEAD}\n{GOOD.replace('Kahvila', cell)}").bad[0].letter == "A"


def test_a_number_with_a_plus_is_a_telephone():
    assert judged(f"{HEAD}\n{GOOD.replace('040 123', '+358 40 123')}").bad == []


def test_an_excel_with_a_formula_without_value():
    book = Workbook()
    book.active.append(HEAD.split(";"))
    book.active.append(GOOD.split(";"))
    book.active["A2"] = "=A9"
    out = io.BytesIO()
    book.save(out)
    assert [(c.row, c.letter) for c in judged(out.getvalue()).bad] == [(2, "A")]


def test_the_template_reads_itself():
    found = judged(template("Kylä"))
    assert found.bad == []
    assert found.good[0][1]["no_appointment"] is True


@pytest.mark.parametrize(
    "content", [b"", b"hei", b"PK\x03\x04rikki", b"\x00\x01\x02", HEAD.encode(), b"Palvelun nimi\nx", b'a"b']
)
def test_what_is_no_table_is_refused_in_words(content):
    with pytest.raises(NotReadable) as refused:
        read_table(content)
    assert str(refused.value)


def test_five_thousand_rows_with_thirty_seven_bad(cast, village):
    bad = set(range(100, 4800, 127))
    assert len(bad) >= 37
    bad = set(sorted(bad)[:37])
    table = read_table(big(5_000, bad).encode())
    by = cast.actor(cast.kaisa)
    kept = actions.keep_upload(by=by, plan=cast.plan, filename="palvelut.csv", table=table)
    with pytest.raises(Refused):
        actions.take_upload(by=by, upload=kept)
    assert not Service.objects.exists()
    done = actions.take_upload(by=by, upload=kept, only_good=True)
    assert (len(done.good), set(done.bad_rows)) == (4_963, bad)
    assert Service.objects.filter(state="draft").count() == 4_963
    assert cast.plan.providers.count() == 50
    assert not ServiceUpload.objects.exists()


def test_the_page_tells_and_takes_in(cast, login, village):
    client, base = login(cast.kaisa), f"/fi/work/{cast.plan.public_id}/network/import/"
    assert client.get(base).status_code == 200
    assert client.get(f"{base}template/").status_code == 200
    response = client.post(base, {"file": _file(f"{HEAD}\n{GOOD}\n")})
    assert response.status_code == 302
    assert client.get(response.url).status_code == 200
    assert client.post(response.url, {"what": "all"}).status_code == 302
    assert Service.objects.get().provider.name.in_language("fi") == "Yhdistys"
    bad = client.post(base, {"file": _file("hei")})
    assert bad.status_code == 422
    assert client.post(response.url, {"what": "all"}).status_code == 404


def test_a_table_is_its_bringers_own_and_a_keepers_work(cast, login, fanni, village, town):
    table = read_table(
        f"{HEAD}\n{GOOD}\n{GOOD.replace('Kylä', 'Kaupunki').replace('Kahvila', 'Toinen')}".encode()
    )
    kept = actions.keep_upload(by=cast.actor(fanni), plan=cast.plan, filename="x.csv", table=table)
    url = f"/fi/work/{cast.plan.public_id}/network/import/{kept.public_id}/"
    assert [cell.row for cell in login(fanni).get(url).context["bad"]] == [3]
    assert login(cast.kaisa).get(url).status_code == 404
    assert login(cast.hannes).get(url).status_code == 403


def _file(text: str):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("palvelut.csv", text.encode(), "text/csv")


def test_an_organisation_of_the_plan_is_known_by_its_name(cast, village):
    service(cast.plan, cast.hamina, name="Entinen")
    table = read_table(f"{HEAD}\n{GOOD.replace('Yhdistys', 'Haminan kaupunki')}".encode())
    kept = actions.keep_upload(by=cast.actor(cast.kaisa), plan=cast.plan, filename="x.csv", table=table)
    actions.take_upload(by=cast.actor(cast.kaisa), upload=kept)
    assert cast.plan.providers.get().organisation == cast.hamina


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda t: (HEAD + "\n" + t).encode("utf-8", "replace"))
)
def test_any_bytes_are_a_table_or_a_refusal(content):
    try:
        table = read_table(content)
    except NotReadable:
        return
    found = judge(Table.from_json(table.to_json()), KNOWN)
    rows = {number for number, _cells in table.rows}
    assert {n for n, _v in found.good} | set(found.bad_rows) == rows
    assert not {n for n, _v in found.good} & set(found.bad_rows)


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='"'), max_size=40)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(CELL, min_size=6, max_size=6), max_size=8))
def test_good_and_bad_part_the_rows(rows):
    text = "\n".join([HEAD, GOOD, *(";".join(f'"{cell}"' for cell in row) for row in rows)])
    found = judged(text)
    assert all(values["name"] and values["audiences"] and values["needs"] for _n, values in found.good)
    for cell in found.bad:
        assert cell.row >= 2
        assert cell.reason


def test_an_organisation_goes_by_its_name_in_any_language(cast, village):
    cast.hamina.name = Translated.of("Haminan kaupunki", sv="Fredrikshamns stad")
    cast.hamina.save()
    rows = [GOOD.replace("Yhdistys", name) for name in ("Haminan kaupunki", "Fredrikshamns stad")]
    table = read_table("\n".join([HEAD, *rows]).encode())
    kept = actions.keep_upload(by=cast.actor(cast.kaisa), plan=cast.plan, filename="x.csv", table=table)
    done = actions.take_upload(by=cast.actor(cast.kaisa), upload=kept, only_good=True)
    assert done.bad_rows == [3]
    assert Service.objects.get().provider.organisation == cast.hamina
