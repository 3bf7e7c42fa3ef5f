"""The demo's made-up population: whole, the same everywhere, near the facts, and marked."""

from pathlib import Path

import pytest

from lautta.indicators.actions.population import newest
from lautta.indicators.actions.summaries import is_illustrative
from lautta.workspace.loading.figures import SOURCE, read_figures
from lautta.workspace.loading.population import load_population, panels

DEMO = Path(__file__).resolve().parents[2] / "demo"


@pytest.fixture(scope="module")
def found():
    return read_figures(DEMO)


@pytest.fixture(scope="module")
def made(found):
    return panels(found.population, found.inhabitants, found.regions)


def test_the_same_every_time_and_to_2040(found, made):
    again = panels(found.population, found.inhabitants, found.regions)
    assert {w: p.sha256() for w, p in made.items()} == {w: p.sha256() for w, p in again.items()}
    assert made["observed"].years[-1] == 2023
    assert made["projection"].years[-1] == 2040


def test_near_the_facts_of_the_six_municipalities(found, made):
    panel = made["observed"]
    for code, facts in found.population.children.items():
        row = panel.values[panel.area_positions[code], panel.years.index(2019), 0]
        for known, ages in zip(facts, (slice(0, 7), slice(7, 16)), strict=True):
            assert abs(row[ages].sum() - known) < 5 * known**0.5


@pytest.mark.django_db
def test_marked_as_made_up(made):
    load_population(made, SOURCE, say=lambda text: None)
    for which in ("observed", "projection"):
        vintage = newest(which, None)
        assert is_illustrative(vintage)
        assert "keksitty" in vintage.indicator.source_name
