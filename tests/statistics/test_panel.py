import numpy as np
import pytest

from lautta.statistics.panel import Panel, Status, panel, panel_of_rows

NAN = np.nan


def test_status_codes_are_those_that_are_stored():
    assert [s.value for s in Status] == [0, 1, 2, 3]
    assert [s.name for s in Status] == ["VALUE", "ZERO", "SUPPRESSED", "MISSING"]


def test_zero_suppressed_and_missing_stay_apart():
    p = Panel(np.array([[3.0, 0.0, NAN, NAN]]), np.array([[0, 1, 2, 3]]))
    assert p.observed().tolist() == [[True, True, False, False]]
    assert p.status.dtype == np.uint8
    assert np.isnan(p.values[0, 2:]).all()


def test_absent_row_is_suppressed_only_where_the_year_was_published():
    p = panel_of_rows([[5.0, NAN, NAN], [NAN, NAN, 0.0]])
    assert p.status.tolist() == [
        [Status.VALUE, Status.MISSING, Status.SUPPRESSED],
        [Status.SUPPRESSED, Status.MISSING, Status.ZERO],
    ]


def test_rates_keep_unknown_unknown_and_divide_by_no_zero():
    p = panel([[5.0, 0.0, NAN, 2.0]], denominators=[[10.0, 4.0, 3.0, 0.0]], absent=Status.SUPPRESSED)
    np.testing.assert_array_equal(p.rates(), [[0.5, 0.0, NAN, NAN]])


def test_arrays_are_copied_and_closed():
    source = np.ones((2, 2))
    p = panel(source)
    source[0, 0] = 9
    assert p.values[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        p.values[0, 0] = 2


def test_further_axes_and_choice_of_years():
    p = panel(np.arange(24.0).reshape(2, 4, 3), denominators=np.full((2, 4, 3), 7.0))
    assert p.years(slice(-2, None)).shape == (2, 2, 3)
    assert p.years([0, 3]).values[1, 1, 2] == 23
    assert p.status[0, 0, 0] == Status.ZERO


@pytest.mark.parametrize(
    ("values", "status", "denominators", "words"),
    [
        ([[1.0, 2.0]], [[0]], None, "differ in shape"),
        ([1.0, 2.0], [0, 0], None, "areas and years"),
        ([[1.0]], [[2]], None, "holds a number"),
        ([[0.0]], [[3]], None, "holds a number"),
        ([[NAN]], [[0]], None, "no finite"),
        ([[2.0]], [[1]], None, "zero cell"),
        ([[2.0]], [[4]], None, "not one of"),
        ([[2.0]], [[-1]], None, "not one of"),
        ([[2.0]], [[0]], [[-1.0]], "negative"),
        ([[2.0]], [[0]], [[1.0, 2.0]], "do not fit"),
    ],
)
def test_a_panel_asserts_its_own_shape(values, status, denominators, words):
    with pytest.raises(ValueError, match=words):
        Panel(np.array(values), np.array(status), None if denominators is None else np.array(denominators))


def test_absence_is_never_filled():
    with pytest.raises(ValueError, match="never filled"):
        panel([[1.0]], absent=Status.ZERO)
    with pytest.raises(ValueError, match="no denominators"):
        panel([[1.0]]).rates()
