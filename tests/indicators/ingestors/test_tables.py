"""Own files: columns by a mapping, every refusal names its row."""

import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from lautta.indicators.ingestors.tables import FileMapping, area_names, read_file
from lautta.indicators.problems import SourceProblem
from lautta.statistics.panel import Status

AREAS = area_names(
    [
        ("KU286", ["Kouvola"]),
        ("KU285", ["Kotka"]),
        ("KU047", ["Enontekiö", "Enontekis"]),
        ("MK08", ["Kymenlaakso"]),
        ("SSS", ["Koko maa"]),
    ]
)
MAPPING = FileMapping(area="Kunta", year="Vuosi", value="Osuus")
SHARES = FileMapping(area="Kunta", year="Vuosi", numerator="Lapsia", denominator="Vastaajia")


def csv_of(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(lines).encode(encoding)


def xlsx_of(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(body: bytes, mapping: FileMapping = MAPPING):
    return read_file(body, "tiedosto", mapping, AREAS)[0]


def problem_of(body: bytes, mapping: FileMapping = MAPPING) -> SourceProblem:
    with pytest.raises(SourceProblem) as problem:
        read(body, mapping)
    return problem.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_csv(encoding, mark):
    lines = [
        "Kunta;Vuosi;Osuus",
        "Kouvola;2023;1 234,5",
        "285;2023;7",
        "enontekiö;2022;0",
        "KU047;2023;-1,5 %",
    ]
    panel = read(csv_of(*(line.replace(";", mark) for line in lines), encoding=encoding))
    assert panel.latest("KU286").value == 1234.5
    assert panel.latest("KU285").value == 7
    assert panel.cell("KU047", 2022).status == Status.ZERO
    assert panel.cell("KU047", 2023).value == -1.5


def test_an_xlsx_with_genders():
    mapping = FileMapping(area="Kunta", year="Vuosi", value="Osuus", gender="Sukupuoli")
    rows = [
        ("Kunta", "Vuosi", "Sukupuoli", "Osuus"),
        ("Kotka", 2023, "Tytöt", 12.5),
        ("Kotka", 2023, "Pojat", 8),
        (47, 2023, None, 3),
    ]
    panel = read(xlsx_of(*rows), mapping)
    assert panel.latest("KU285", "female").value == 12.5
    assert panel.latest("KU285", "male").value == 8
    assert panel.latest("KU047").value == 3


def test_shares_are_made_of_numerators_and_denominators():
    rows = [("Kunta", "Vuosi", "Lapsia", "Vastaajia"), ("Kotka", 2023, 7, 350), ("Kouvola", 2023, "<5", 12)]
    panel = read(xlsx_of(*rows), SHARES)
    cell = panel.latest("KU285")
    assert (cell.value, cell.numerator, cell.denominator) == (2.0, 7, 350)
    assert panel.cell("KU286", 2023).status == Status.SUPPRESSED
    assert panel.cell("KU286", 2023).numerator is None


def test_hidden_missing_and_zero_stay_apart():
    panel = read(
        csv_of(
            "Kunta;Vuosi;Osuus",
            "Kotka;2020;*",
            "Kotka;2021;..",
            "Kotka;2022;0",
            "Kotka;2023;...",
            "Kouvola;2020;5",
        )
    )
    statuses = [panel.cell("KU285", year).status for year in range(2020, 2024)]
    assert statuses == [Status.SUPPRESSED, Status.MISSING, Status.ZERO, Status.SUPPRESSED]
    assert panel.cell("KU286", 2021).status == Status.MISSING, "an absent row of an own file hides nothing"


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        (b"", "no_rows", {}),
        (csv_of("Kunta;Vuosi;Osuus"), "no_rows", {}),
        (csv_of("Kunta;Vuosi", "Kotka;2020"), "no_column", {"column": "Osuus"}),
        (csv_of("Kunta;Vuosi;Osuus", "Atlantis;2020;1"), "unknown_area", {"row": 2, "area": "Atlantis"}),
        (csv_of("Kunta;Vuosi;Osuus", "Kotka;2020;1", "Kotka;pian;1"), "bad_year", {"row": 3}),
        (csv_of("Kunta;Vuosi;Osuus", "Kotka;2020;paljon"), "bad_cell", {"row": 2, "column": "Osuus"}),
        (csv_of("Kunta;Vuosi;Osuus", "Kotka;2020;1e99"), "bad_cell", {"row": 2}),
        (csv_of("Kunta;Vuosi;Osuus", "Kotka;2020;1", "KU285;2020;2"), "contradicting_rows", {"year": 2020}),
        (csv_of("Kunta;Vuosi;Osuus", "Kotka;1300;1"), "year_out_of_range", {"year": 1300}),
        (b"PK\x03\x04broken", "unreadable_file", {}),
        (b"\x00\x01\x02", "unreadable_file", {}),
        (b"\x81\x8d\xff", "unreadable_file", {}),
    ],
)
def test_a_refusal_says_where(body, code, said):
    problem = problem_of(body)
    assert problem.code == code
    assert said.items() <= problem.parameters.items()


def test_a_numerator_cannot_exceed_its_denominator():
    body = csv_of("Kunta;Vuosi;Lapsia;Vastaajia", "Kotka;2020;1;2", "Kotka;2021;3;2")
    problem = problem_of(body, SHARES)
    assert (problem.code, problem.parameters["row"]) == ("numerator_over_denominator", 3)


def test_one_stray_cell_does_not_ask_for_all_memory():
    book = Workbook()
    book.active.append(("Kunta", "Vuosi", "Osuus"))
    book.active["XFD1048576"] = 1
    target = io.BytesIO()
    book.save(target)
    assert problem_of(target.getvalue()).code == "too_many_rows"


def test_a_name_of_two_areas_is_the_municipalitys_or_nobodys():
    names = area_names(
        [("MK21", ["Ahvenanmaa"]), ("SA7", ["Ahvenanmaa"]), ("KU049", ["Espoo"]), ("SK011", ["Espoo"])]
    )
    assert "ahvenanmaa" not in names
    assert names["espoo"] == "KU049"


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_end_in_a_problem(data):
    problem_of(data)


@given(st.lists(st.lists(st.text(max_size=8), min_size=3, max_size=3), max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_cells_end_in_a_panel_or_a_problem(rows):
    body = "Kunta;Vuosi;Osuus\n" + "\n".join(";".join(row) for row in rows)
    with contextlib.suppress(SourceProblem):
        assert read(body.encode("utf-8", "ignore")).areas
