import numpy as np
import pytest

from lautta.statistics.lines import fit_lines, segments, slope_price, windows


def test_cochran_armitage_as_published():
    """Agresti, Categorical Data Analysis, infant malformation and the mother's drinking: M² = 6.57."""
    present = np.array([[48.0, 38, 5, 1, 1]])
    size = present + [[17066, 14464, 788, 126, 37]]
    p = present.sum() / size.sum()
    line = fit_lines(present / size, size / (p * (1 - p)), [0, 0.5, 1.5, 4, 7])
    assert line.slope[0] ** 2 * line.squares[0] == pytest.approx(6.57, abs=0.01)


def test_against_polyfit_with_holes():
    rng = np.random.default_rng(1)
    y, w, t = rng.normal(size=(20, 9)), rng.uniform(0.2, 3, (20, 9)), np.arange(2000, 2009.0)
    w[rng.random((20, 9)) < 0.25] = 0
    line = fit_lines(np.where(w > 0, y, np.nan), w, t)
    for i in range(20):
        k = w[i] > 0
        slope, start = np.polyfit(t[k], y[i, k], 1, w=np.sqrt(w[i, k]))
        assert line.slope[i] == pytest.approx(slope, rel=1e-6)
        assert line.rest[i] == pytest.approx(
            (w[i, k] * (y[i, k] - start - slope * t[k]) ** 2).sum(), rel=1e-6
        )
        assert line.points[i] == k.sum()


def test_windows_end_at_the_last_year_and_do_not_overlap():
    years = np.arange(2000, 2014.0)
    assert [years[w].tolist() for w in windows(years, 5)] == [
        list(range(2008, 2014)),
        list(range(2002, 2008)),
        [2000, 2001],
    ]
    assert [years[::2][w].tolist() for w in windows(years[::2], 4)] == [
        [2008, 2010, 2012],
        [2002, 2004, 2006],
        [2000],
    ]


def test_segments_from_years_and_from_a_mask():
    years = np.arange(2000, 2005.0)
    assert segments([2003], years, 2).tolist() == [[0, 0, 0, 1, 1]] * 2
    mask = np.zeros((2, 5), bool)
    mask[1, 2] = True
    assert segments(mask, years, 2).tolist() == [[0] * 5, [0, 0, 1, 1, 1]]
    assert not segments(None, years, 2).any()


def test_price_of_correlated_years_is_what_simulation_gives():
    rng = np.random.default_rng(2)
    r, m = 0.6, 6
    noise = np.zeros((60_000, m))
    noise[:, 0] = rng.normal(size=60_000)
    for t in range(1, m):
        noise[:, t] = r * noise[:, t - 1] + np.sqrt(1 - r**2) * rng.normal(size=60_000)
    line = fit_lines(noise, np.ones_like(noise), np.arange(m))
    shown, price = slope_price(m)
    products = (line.residuals[:, 1:] * line.residuals[:, :-1]).sum() / line.rest.sum()
    assert np.interp(products, shown, np.linspace(0, 0.95, 96)) == pytest.approx(r, abs=0.02)
    promised = (line.rest / (m - 2)).mean() / line.squares[0]
    assert line.slope.var() / promised == pytest.approx(price[60], rel=0.03)
    assert price[0] == pytest.approx(1)
