"""Own files of a region."""

import pytest

from lautta.common.actors import SYSTEM
from lautta.common.translated import Translated
from lautta.indicators.files import take_file
from lautta.indicators.ingestors.tables import FileMapping
from lautta.indicators.models import Indicator, SourceArea
from lautta.indicators.reading import current_panel
from tests.factories import RegionFactory
from tests.indicators import making_json_stat as m
from tests.indicators.factories import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    for code, name in (("KU286", "Kouvola"), ("KU285", "Kotka")):
        SourceArea.objects.create(code=code, kind="municipality", name=Translated.of(name), sort_key=code)
    return RegionFactory()


def take(region, content: bytes, name: str = "kysely"):
    return take_file(
        by=SYSTEM,
        region=region,
        name=name,
        title=Translated.of("Oma kysely, %"),
        body=content,
        filename="kysely.csv",
        mapping=FileMapping(area="kunta", year="vuosi", value="osuus"),
    )


def test_a_file_becomes_the_regions_own_indicator(region):
    entry = take(region, b"kunta,vuosi,osuus\nKouvola,2023,12.5\nKotka,2023,8\n")
    assert entry.outcome == "new"
    found = Indicator.objects.get()
    assert (found.region, found.source) == (region, "file")
    assert current_panel(found).latest("KU286").value == 12.5
    assert list(Indicator.objects.for_region(region)) == [found]
    assert not Indicator.objects.for_region(RegionFactory()).exists()


def test_the_same_name_again_is_its_next_vintage_and_another_regions_stays_apart(region):
    take(region, b"kunta,vuosi,osuus\nKouvola,2023,12.5\n")
    assert take(region, b"kunta,vuosi,osuus\nKouvola,2023,13\n").outcome == "new"
    assert Indicator.objects.get().vintages.count() == 2
    take(RegionFactory(), b"kunta,vuosi,osuus\nKouvola,2023,1\n")
    assert Indicator.objects.count() == 2


def test_a_bad_file_changes_nothing_and_says_why(region):
    entry = take(region, b"kunta,vuosi,osuus\nKouvola,2023,paljon\n")
    assert entry.problem["code"] == "bad_cell"
    assert not Indicator.objects.exists()


def test_json_stat_needs_no_mapping(region):
    small = {"alue_23_20260101": ["KU286", "SSS"], "timeperiod_y": ["2020"], "contentscode": ["osuus"]}
    assert take(region, body(m.dataset(small))).outcome == "new"
    both = {**small, "contentscode": ["vaesto", "osuus"]}
    assert take(region, body(m.dataset(both)), "toinen").problem["code"] == "several_contents"
