"""An indicator with data of Kotka, Hamina and the plan's own region."""

import pytest

from lautta.common.translated import Translated
from lautta.indicators.models import SourceArea
from lautta.plans.figures.resolving import area_of
from tests import factories as f
from tests.indicators.factories import metadata, panel, taken_in

YEARS = range(2019, 2024)
OTHERS = [f"KU{n:03d}" for n in range(1, 12)]


def values(own: str, last: float = 8.4, **changed: float) -> dict[tuple[str, int], float]:
    """Kotka 8.4 in 2023 and a tenth more each year before; KU075 has no row in 2023; the region half of Kotka's."""
    cells = {(area, year): 20.0 + n for n, area in enumerate(OTHERS) for year in YEARS}
    for year in YEARS:
        cells["KU285", year] = last + (2023 - year) / 10
        cells[own, year] = (last + (2023 - year) / 10) / 2
        if year < 2023:
            cells["KU075", year] = 5.0
    cells["KU010", 2023] = 0.0
    return cells


@pytest.fixture
def chapter(cast):
    return f.ChapterFactory(plan=cast.plan)


@pytest.fixture
def take(cast):
    """`take(last=9.1)`: a vintage of the indicator; returns the indicator."""
    for code, name in (("KU285", "Kotka"), ("KU075", "Hamina")):
        SourceArea.objects.create(
            code=code,
            kind="municipality",
            sort_key=code,
            name=Translated.of(name, sv=f"{name} sv", en=f"{name} en"),
        )

    def _take(cells=None, **changes):
        found = cells if cells is not None else values(area_of(cast.plan), **changes)
        entry = taken_in(panel(found), metadata("4711", "Ilman ystävää, %"))
        return entry.indicator

    return _take


@pytest.fixture
def indicator(take):
    return take()
