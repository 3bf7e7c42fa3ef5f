"""The demo's made-up figures: the same everywhere, sensible, and marked."""

from pathlib import Path

import numpy as np
import pytest

from lautta.common.actors import SYSTEM
from lautta.indicators.actions.summaries import is_illustrative, summarise_current
from lautta.indicators.models import Indicator, Vintage
from lautta.indicators.reading import current_panel
from lautta.statistics.panel import Status
from lautta.workspace.loading.figures import FiguresFile, load_figures, panel_of, read_figures
from lautta.workspace.loading.reading import BadFiles

DEMO = Path(__file__).resolve().parents[2] / "demo"


@pytest.fixture(scope="module")
def found() -> FiguresFile:
    return read_figures(DEMO)


def test_at_least_forty_indicators_for_every_municipality(found):
    assert len(found.figures) >= 40
    assert len(found.inhabitants) >= 300
    assert {"KU075", "KU285", "KU286", "KU489", "KU624", "KU935"} <= set(found.inhabitants)


def test_the_same_numbers_every_time(found):
    figure = found.figures[0]
    assert panel_of(figure, found).sha256() == panel_of(figure, found).sha256()


def test_sums_few_cases_and_percentages_hold(found):
    for figure in found.figures:
        panel = panel_of(figure, found)
        total = panel.genders.index("total")
        country = panel.areas.index("SSS")
        shown = panel.status <= Status.ZERO
        assert (panel.values[panel.status == Status.ZERO] == 0).all()
        assert np.isnan(panel.values[panel.status == Status.SUPPRESSED]).all()
        if figure.total:
            counts = panel.values[shown]
            assert ((counts == 0) | (counts >= figure.definition.threshold)).all(), figure.definition.code
            continue
        counts = panel.numerators[shown]
        assert ((counts == 0) | (counts >= figure.definition.threshold)).all(), figure.definition.code
        if figure.definition.kind == "percentage":
            assert (panel.values[shown] <= 100).all(), figure.definition.code
        municipalities = [n for n, code in enumerate(panel.areas) if code.startswith("KU")]
        known = np.nansum(panel.numerators[municipalities][..., total], axis=0)
        assert (known <= panel.numerators[country, :, total] + 1e-9).all()


def test_a_single_gender_is_never_told_by_the_total(found):
    figure = next(f for f in found.figures if f.genders)
    hidden = panel_of(figure, found).status == Status.SUPPRESSED
    assert hidden.any()
    assert (hidden.sum(axis=-1) != 1).all()


@pytest.mark.django_db
def test_loaded_figures_are_marked_as_made_up(found, cast):
    few = FiguresFile(found.figures[:2], found.inhabitants, found.regions, found.population)
    load_figures(few, say=lambda text: None)
    assert Vintage.objects.current().count() == 2
    assert all(is_illustrative(v) for v in Vintage.objects.current())
    assert current_panel(Indicator.objects.first()) is not None
    assert summarise_current(by=SYSTEM) == 2
    assert summarise_current(by=SYSTEM) == 0, "what is kept already is left as it is"


def test_a_broken_file_says_what_is_wrong(tmp_path):
    (tmp_path / "figures.yaml").write_text(
        "figures: {nothing_known: {level: 1, share: 1}}\ninhabitants: {}\nregions: {}\n"
    )
    with pytest.raises(BadFiles, match="nothing_known"):
        read_figures(tmp_path)
