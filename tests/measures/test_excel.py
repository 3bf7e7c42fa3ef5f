"""Excel round trip: what goes out comes back, every bad cell is named, nothing is half-saved, no file breaks the server."""

import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.measures import actions, reviewing
from lautta.measures.excel import NotReadableError, container, read_upload, workbook
from lautta.measures.excel.columns import columns, sheet_names
from lautta.measures.excel.reading import Upload
from lautta.measures.models import ExcelUpload, Measure, MeasureYear
from tests import factories as f
from tests.measures.making import given as given_measure


def download(cast, language="fi", organisation=None):
    organisation = organisation or cast.hamina
    with translation.override(language):
        content = workbook(
            cast.round,
            organisation,
            reviewing.own_years(cast.round, organisation),
            reviewing.goals_to_choose(cast.round),
            [joint.indicator for joint in reviewing.joint_to_choose(cast.round)],
        )
    return load_workbook(io.BytesIO(content))


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(book):
    return book.worksheets[0]


def column(sheet, title):
    return next(c.column for c in sheet[1] if c.value == title)


def put(sheet, row, **values):
    """put(sheet, 2, Alkaa=…): by heading; underscores are spaces."""
    for title, value in values.items():
        sheet.cell(row, column(sheet, title.replace("_", " "))).value = value


def review(cast, book_or_bytes, organisation=None):
    content = book_or_bytes if isinstance(book_or_bytes, bytes) else saved(book_or_bytes)
    return reviewing.review_of(cast.round, organisation or cast.hamina, read_upload(content))


def a_new_row(sheet, row, **changed):
    put(
        sheet,
        row,
        **{
            "Mitä_tehdään": "Uimakoulu",
            "Mikä_muuttuu_lapsen_arjessa": "Jokainen oppii uimaan.",
            "Tavoite_1": "4.1 Arjen hyvinvointi",
            "Ketä_varten_1": "7–12-vuotiaat",
            "Alkaa": dt.date(2024, 3, 1),
            **changed,
        },
    )


def problems(found):
    return [(r.where, r.column, r.problem) for r in found.rejections]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_download_untouched_changes_nothing_in_any_language(cast, language):
    made = given_measure(
        cast,
        cast.hamina,
        service_tier=2,
        ends_on=dt.date(2024, 12, 31),
        description=Translated.of("Pitkä\n\nkuvaus"),
    )
    actions.change_status(by=cast.actor(cast.kaisa), measure_year=made, status="under_way", timeliness="late")
    given_measure(cast, cast.hamina, title="Toinen", target_groups=["parents", "families", "everyone"])
    found = review(cast, download(cast, language))
    assert problems(found) == []
    assert (len(found.new), len(found.changed), len(found.unchanged)) == (0, 0, 2)


def test_the_workbook_has_lists_guide_dates_and_locked_ids(cast):
    made = given_measure(cast, cast.hamina, title='=HYPERLINK("x")')
    book = download(cast)
    sheet = sheet_of(book)
    assert [s.title for s in book.worksheets] == ["Toimenpiteet", "Valinnat", "Ohje"]
    assert book["Valinnat"].sheet_state == "hidden"
    assert sheet["A2"].value == made.measure.public_id
    assert sheet["A2"].protection.locked
    assert not sheet["C2"].protection.locked
    assert sheet.protection.sheet
    assert sheet["C2"].data_type == "s", "text that looks like a formula stays text"
    assert sheet["C2"].quotePrefix
    start = sheet.cell(2, column(sheet, "Alkaa"))
    assert start.is_date
    assert start.value.date() == dt.date(2024, 1, 1)
    lists = [v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert len(lists) == 7
    assert all(place.startswith("'Valinnat'!") for place in lists)
    assert "Uimakoulu" not in str(book["Ohje"]["A1"].value)
    assert "2024" in book["Ohje"]["A1"].value


@pytest.mark.parametrize("text", ["=1+1", "+358", "-5", "@SUM(A1)", "\t=1"])
def test_formula_like_text_makes_the_round_trip(cast, text):
    given_measure(cast, cast.hamina, title=text)
    found = review(cast, download(cast))
    assert problems(found) == []
    assert len(found.unchanged) == 1


def test_new_and_changed_rows_are_previewed_and_taken_in(cast):
    made = given_measure(cast, cast.hamina)
    book = download(cast)
    sheet = sheet_of(book)
    put(sheet, 2, Mitä_tehdään="Uusi nimi", Tila="Käynnissä", Palvelutaso="Varhainen tuki")
    a_new_row(sheet, 3, Tila="Peruttu", Tilan_syy="Ei rahaa", Ketä_varten_2="Lapsiperheet")
    found = review(cast, book)
    assert problems(found) == []
    assert [name for name, _b, _a in found.changed[0].changes] == ["title", "service_tier", "status"]
    assert [r.title for r in found.new] == ["Uimakoulu"]
    by = cast.actor(cast.hannes)
    kept = actions.keep_upload(
        by=by, round=cast.round, organisation=cast.hamina, filename="x.xlsx", upload=read_upload(saved(book))
    )
    assert MeasureYear.objects.count() == 1, "nothing is saved before the person says so"
    actions.take_upload(by=by, upload=kept)
    made.refresh_from_db()
    assert (str(made.title), made.status, made.service_tier, made.version) == ("Uusi nimi", "under_way", 2, 2)
    new = MeasureYear.objects.exclude(pk=made.pk).get()
    assert (new.status, new.status_changes.last().reason) == ("cancelled", "Ei rahaa")
    assert new.target_groups == ["children_7_12", "families"]
    assert not ExcelUpload.objects.exists()
    with pytest.raises(Refused):
        actions.take_upload(by=by, upload=kept)


BAD = [
    ({"Mitä_tehdään": None}, "Mitä tehdään", "pakollinen"),
    ({"Mitä_tehdään": "x" * 201}, "Mitä tehdään", "201"),
    ({"Mitä_tehdään": True}, "Mitä tehdään", "tekstiä"),
    ({"Mikä_muuttuu_lapsen_arjessa": ""}, "Mikä muuttuu lapsen arjessa", "pakollinen"),
    ({"Tavoite_1": "9.9 Ei ole"}, "Tavoite 1", "Valitse listasta"),
    ({"Tavoite_1": None}, "Tavoite 1", "pakollinen"),
    ({"Ketä_varten_1": "Avaruusolennot"}, "Ketä varten 1", "0–6-vuotiaat"),
    ({"Alkaa": "eilen"}, "Alkaa", "24.11.2026"),
    ({"Alkaa": dt.date(1950, 1, 1)}, "Alkaa", "vuosi"),
    ({"Alkaa": "30.2.2024"}, "Alkaa", "24.11.2026"),
    ({"Päättyy": dt.date(2023, 1, 1)}, "Päättyy", "ennen kuin se alkaa"),
    ({"Tila": "Lennossa"}, "Tila", "Käynnissä"),
    ({"Tila": "Tauolla"}, "Tilan syy", "syy"),
    ({"Palvelutaso": "Viides"}, "Palvelutaso", "Varhainen tuki"),
    ({"Aikataulu": "#N/A"}, "Aikataulu", "virhearvo"),
    ({"Kuvaus": "=SUM(A1:A2)"}, "Kuvaus", "Kaavalla"),
    ({"Vastuuhenkilön_tehtävä": "x" * 161}, "Vastuuhenkilön tehtävä", "161"),
]


@pytest.mark.parametrize(("changed", "head", "words"), BAD)
def test_every_rejected_cell_is_named_with_its_heading_and_reason(cast, changed, head, words):
    book = download(cast)
    sheet = sheet_of(book)
    a_new_row(sheet, 2, **changed)
    a_new_row(sheet, 3, Mitä_tehdään="Hyvä rivi")
    found = review(cast, book)
    ((where, named, problem),) = problems(found)
    letter = sheet.cell(2, column(sheet, head)).column_letter
    assert (where, named) == (f"Toimenpiteet!{letter}2", head)
    assert words in problem
    assert [r.title for r in found.new] == ["Hyvä rivi"]


def test_nothing_is_saved_unless_all_is_right_or_only_the_good_are_asked_for(cast):
    book = download(cast)
    a_new_row(sheet_of(book), 2, Alkaa="eilen")
    a_new_row(sheet_of(book), 3)
    by = cast.actor(cast.hannes)
    kept = actions.keep_upload(
        by=by, round=cast.round, organisation=cast.hamina, filename="x.xlsx", upload=read_upload(saved(book))
    )
    with pytest.raises(Refused):
        actions.take_upload(by=by, upload=kept)
    assert not Measure.objects.exists()
    actions.take_upload(by=by, upload=kept, only_valid=True)
    assert MeasureYear.objects.count() == 1


def test_a_measure_changed_since_the_download_is_named_and_not_written_over(cast):
    made = given_measure(cast, cast.hamina)
    book = download(cast)
    put(sheet_of(book), 2, Mitä_tehdään="Excelissä muutettu")
    actions.update_measure(
        by=cast.actor(cast.kirsi), measure_year=made, title=Translated.of("Lautassa muutettu")
    )
    ((where, head, problem),) = problems(review(cast, book))
    assert (where, head) == ("Toimenpiteet!B2", "Versio")
    assert "latauksen jälkeen" in problem
    unchanged = download(cast)
    put(sheet_of(unchanged), 2, Versio=1)
    assert problems(review(cast, unchanged)) == [], "an untouched row is no conflict"


def test_ids_of_others_twice_or_unknown_are_refused(cast):
    mine, other = given_measure(cast, cast.hamina), given_measure(cast, cast.kotka)
    elsewhere = f.MeasureFactory(plan=cast.other_plan)
    for key, words in (
        (other.measure.public_id, "toisen organisaation"),
        (elsewhere.public_id, "ei ole toimenpidettä"),
        ("x" * 400, "ei ole toimenpidettä"),
        (mine.measure.public_id, "kahdella rivillä"),
    ):
        book = download(cast)
        a_new_row(sheet_of(book), 3, Tunnus=key)
        found = problems(review(cast, book))
        assert any(words in problem for _w, _h, problem in found), (key, found)
        assert other.measure.public_id not in str([p for _w, _h, p in found])


def test_illegal_moves_of_status_are_named(cast):
    made = given_measure(cast, cast.hamina)
    actions.change_status(by=cast.actor(cast.kaisa), measure_year=made, status="done")
    book = download(cast)
    put(sheet_of(book), 2, Tila="Tauolla", Tilan_syy="Kesä")
    ((where, head, problem),) = problems(review(cast, book))
    assert (head, "Valmis" in problem, "Tauolla" in problem) == ("Tila", True, True)


def test_merged_cells_extra_columns_and_a_missing_column(cast):
    book = download(cast)
    sheet = sheet_of(book)
    a_new_row(sheet, 2)
    sheet.cell(1, 40).value = "Oma muistiinpano"
    sheet.merge_cells("P5:P6")
    found = review(cast, book)
    assert found.ignored == ["AN ”Oma muistiinpano”"]
    assert [r.where for r in found.rejections] == ["Toimenpiteet!P5:P6"]
    sheet.delete_cols(column(sheet, "Alkaa"))
    with pytest.raises(NotReadableError, match="Alkaa"):
        read_upload(saved(book))


def test_a_formula_with_its_value_is_read_by_its_value(cast):
    book = download(cast)
    sheet = sheet_of(book)
    a_new_row(sheet, 2, Kuvaus="=1+1")
    content = saved(book)
    letter = sheet.cell(2, column(sheet, "Kuvaus")).column_letter
    old = f'<c r="{letter}2"'.encode()

    def with_value(xml):
        at = xml.index(old)
        end = xml.index(b"</c>", at)
        cell = xml[at:end].replace(b"<v></v>", b"").replace(b"<v />", b"").replace(b"<v/>", b"")
        return xml[:at] + cell + b"<v>2</v>" + xml[end:]

    found = review(cast, rewritten(content, "xl/worksheets/sheet1.xml", with_value))
    assert problems(found) == []
    assert found.new[0].values["description"] == "2"


def rewritten(content, name, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, change(data) if entry.filename == name else data)
    return out.getvalue()


def plain_book(rows, title="Toimenpiteet"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def zip_of(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def far_away():
    book = Workbook()
    book.active.title = "Toimenpiteet"
    book.active["A1"] = "Tunnus"
    book.active["XFD1048576"] = "x"
    return saved(book)


UNREADABLE = {
    "empty": (lambda: b"", "tyhjä"),
    "text": (lambda: b"hello;world\n", "xlsx"),
    "old xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "vanha"),
    "a zip": (lambda: zip_of(a="b"), "xlsx"),
    "bomb": (lambda: zip_of(**{"xl/workbook.xml": b"0" * (container.MOST_UNPACKED + 1)}), "liian suureksi"),
    "truncated": (lambda: plain_book([["Tunnus"]])[:-200], "xlsx"),
    "wrong sheet": (lambda: plain_book([["Tunnus"]], "Taul1"), "Taul1"),
    "no headings": (lambda: plain_book([["a", "b"]]), "Mitä tehdään"),
    "no rows": (lambda: plain_book([]), "Mitä tehdään"),
    "a cell far away": (far_away, "liikaa"),
    "too many rows": (lambda: plain_book([["Tunnus"], *[["x"]] * 10_001]), "10000"),
    "a document type": (
        lambda: rewritten(
            plain_book([["Tunnus"]]),
            "xl/workbook.xml",
            lambda x: b'<!DOCTYPE a [<!ENTITY b "c">]>' + x.split(b"?>")[-1],
        ),
        "xlsx",
    ),
    "a broken sheet": (
        lambda: rewritten(plain_book([["Tunnus"]]), "xl/worksheets/sheet1.xml", lambda x: x[: len(x) // 2]),
        "xlsx",
    ),
    "a bad reference": (
        lambda: rewritten(
            plain_book([["Tunnus"]]), "xl/worksheets/sheet1.xml", lambda x: x.replace(b'r="A1"', b'r="1A"')
        ),
        "xlsx",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_files_that_will_not_do_are_refused_with_a_sentence(name):
    make, words = UNREADABLE[name]
    with translation.override("fi"), pytest.raises(NotReadableError) as no:
        read_upload(make())
    assert words in str(no.value)


GARBAGE = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=60),
    st.dates(dt.date(1901, 1, 1), dt.date(9999, 12, 31)), st.sampled_from(["=1/0", "#REF!", "4.1", "Peruttu", "Kaikki"]),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(GARBAGE, min_size=24, max_size=24), max_size=5))
def test_whatever_stands_in_the_cells_nothing_breaks_and_nothing_is_half_saved(cast, rows):
    heads = [c.title() for c in columns(2, 2)]
    content = plain_book([heads, *rows])
    upload = read_upload(content)
    assert Upload.from_json(upload.to_json()) == upload
    found = reviewing.review_of(cast.round, cast.hamina, upload)
    assert len(found.rows) == len(found.new) + len(found.changed) + len(found.unchanged) + len(found.rejected)
    before = MeasureYear.objects.count()
    by = cast.actor(cast.hannes)
    kept = actions.keep_upload(by=by, round=cast.round, organisation=cast.hamina, filename="x", upload=upload)
    if found.rejections:
        with pytest.raises(Refused):
            actions.take_upload(by=by, upload=kept)
        assert MeasureYear.objects.count() == before
    actions.take_upload(by=by, upload=kept, only_valid=True)
    assert MeasureYear.objects.count() == before + len(found.new)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=3000))
def test_random_bytes_are_refused_and_never_raise_anything_else(content):
    for data in (content, b"PK\x03\x04" + content):
        with pytest.raises(NotReadableError):
            read_upload(data)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 10**6), byte=st.integers(0, 255))
def test_a_flipped_byte_is_refused_or_read(place, byte):
    content = bytearray(plain_book([[c.title() for c in columns(1, 1)], ["", 1, "a", "b"]]))
    content[place % len(content)] = byte
    try:
        read_upload(bytes(content))
    except NotReadableError:
        pass


def test_the_sheet_has_a_name_in_every_language():
    assert len(sheet_names()) == 3


def upload_page(cast):
    return reverse("measures:excel_upload", args=[cast.plan.public_id, 2024, cast.hamina.public_id])


def test_the_whole_trip_by_pages(cast, login):
    client = login(cast.hannes)
    download_page = reverse(
        "measures:excel_download", args=[cast.plan.public_id, 2024, cast.hamina.public_id]
    )
    answer = client.get(download_page)
    assert (
        'filename="toimenpiteet-2024-Haminan-kaupunki.xlsx"'.lower() in answer["Content-Disposition"].lower()
    )
    book = load_workbook(io.BytesIO(answer.content))
    a_new_row(sheet_of(book), 2)
    a_new_row(sheet_of(book), 3, Alkaa="eilen")
    file = io.BytesIO(saved(book))
    file.name = "täytetty.xlsx"
    answer = client.post(upload_page(cast), {"file": file})
    check = answer["Location"]
    text = client.get(check).content.decode()
    assert "Toimenpiteet!" in text
    assert "Tuo vain kelvollinen rivi (1)" in text
    assert client.post(check, {"what": "all"}).status_code == 409
    assert client.post(check, {"what": "valid"}).status_code == 302
    assert MeasureYear.objects.count() == 1
    assert client.get(check).status_code == 404


def test_a_bad_file_is_said_beside_the_field(cast, login):
    client = login(cast.hannes)
    file = io.BytesIO(b"not excel")
    file.name = "x.xlsx"
    answer = client.post(upload_page(cast), {"file": file})
    assert answer.status_code == 422
    assert "ei ole Excel-tiedosto" in answer.content.decode()
    assert client.post(upload_page(cast)).status_code == 422
