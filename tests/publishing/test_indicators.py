"""Indicators on the public site: what is said, what is not, and what a page costs."""

import csv
import io
import json

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from lautta.common import clock
from lautta.common.actors import SYSTEM
from lautta.indicators.actions.summaries import summarise
from lautta.indicators.areas import code_of_area
from lautta.indicators.models import Indicator, Vintage
from lautta.organisations.models import Area
from tests.indicators import factories as f
from tests.publishing.world import World

pytestmark = pytest.mark.django_db
YEARS = range(2012, 2024)
MOST_QUERIES = 10


@pytest.fixture
def own(world: World) -> list[str]:
    """The region's own municipalities by the panels' codes."""
    found = Area.objects.within(world.plan.region.area, clock.today())
    return [code_of_area(a) for a in found.filter(kind="municipality")]


def taken_in(
    world: World, own: list[str], *, high: str = "", hidden: str = "", title="Ilman ystävää, %", code="4711"
):
    """An indicator of the region, its municipalities and 40 strangers by chance at 10 %; `high` has 30 %, `hidden` no row
    in the newest year.
    """
    rng = np.random.default_rng(4)
    region = code_of_area(world.plan.region.area)
    areas = [*own, *(f"KU{n}" for n in range(901, 941)), region, "SSS"]
    cells, cases, sizes = {}, [], []
    for area in areas:
        size = {"SSS": 900_000, region: 30_000}.get(area, 3_000)
        for year in YEARS:
            if area == hidden and year == YEARS[-1]:
                continue
            n = int(rng.binomial(size, 0.3 if area == high else 0.1))
            cells[area, year] = 100 * n / size
            cases.append(n)
            sizes.append(size)
    about = f.metadata(code, title)
    f.taken_in(f.panel(cells, numerators=cases, denominators=sizes), about)
    made = Indicator.objects.get(source_id=code)
    Indicator.objects.filter(pk=made.pk).update(definition="no_close_friend", direction="smaller_is_better")
    summarise(by=SYSTEM, vintage=Vintage.objects.current().get(indicator=made))
    return Indicator.objects.get(pk=made.pk)


def read(client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_nothing_followed_is_an_empty_state_that_teaches(world, client):
    assert "Mittareita ei ole vielä valittu" in read(client, world.url("indicators"))


def test_a_clear_difference_is_named_and_chance_is_not(world, client, own):
    made = taken_in(world, own, high=own[0])
    page = read(client, world.url("indicators") + f"?area={own[0]}")
    assert "selvästi korkeampi" in page
    other = read(
        client, world.url("indicator", made.public_id) + f"?area={code_of_area(world.plan.region.area)}"
    )
    assert "ei selvää eroa" in other
    assert "Samat luvut taulukkona" in other


def test_a_withheld_number_says_so_and_is_never_zero(world, client, own):
    made = taken_in(world, own, hidden=own[0])
    page = read(client, world.url("indicator", made.public_id) + f"?area={own[0]}")
    assert '<p class="stat-value">ei näytetä</p>' in page


def test_an_unknown_area_shows_the_region_and_another_regions_file_is_not_found(world, client, own):
    made = taken_in(world, own)
    assert world.plan.region.area.name.shown("fi").text in read(
        client, world.url("indicator", made.public_id) + "?area=KU999"
    )
    foreign = f.IndicatorFactory(source="file", region=world.cast.other_plan.region)
    assert client.get(world.url("indicator", foreign.public_id)).status_code == 404


def test_the_municipality_shows_its_profile_and_the_region_its_matrix(world, client, own):
    taken_in(world, own, high=own[0])
    area = Area.objects.get(code=own[0][2:])
    assert "Selvästi huonommin kuin muualla" in read(client, world.url("municipality", area.public_id))
    assert "Luvut rinnakkain" in read(client, world.url("municipalities"))


def test_files_tell_zero_withheld_and_missing_apart(world, client, own):
    made = taken_in(world, own, hidden=own[0])
    body = client.get(world.url("indicator_data", made.public_id, "csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    withheld = [r for r in rows if r["area_code"] == own[0] and r["year"] == str(YEARS[-1])]
    assert [(r["value"], r["status"]) for r in withheld] == [("", "suppressed")]
    stat = json.loads(client.get(world.url("indicator_data", made.public_id, "json")).content)
    assert len(stat["value"]) == int(np.prod(stat["size"]))
    place = (
        stat["dimension"]["area"]["category"]["index"].index(own[0]) * stat["size"][1] + stat["size"][1] - 1
    )
    assert (stat["value"][place], stat["status"][str(place)]) == (None, "suppressed")
    sheet = load_workbook(io.BytesIO(client.get(world.url("indicator_data", made.public_id, "xlsx")).content))
    cells = list(sheet.worksheets[0].iter_rows(values_only=True))
    assert (own[0], YEARS[-1], "suppressed") in {(r[0], r[2], r[6]) for r in cells}
    assert client.get(world.url("indicator_data", made.public_id, "exe")).status_code == 404


def test_pages_ask_the_same_however_many_indicators_there_are(world, client, own):
    made = taken_in(world, own)
    area = Area.objects.get(code=own[0][2:])
    pages = {
        "indicators": world.url("indicators"),
        "indicator": world.url("indicator", made.public_id) + f"?area={own[0]}",
        "municipality": world.url("municipality", area.public_id),
        "municipalities": world.url("municipalities"),
    }

    def queries() -> dict[str, int]:
        counts = {}
        for name, address in pages.items():
            final = client.get(address, follow=True)
            address = final.redirect_chain[-1][0] if final.redirect_chain else address
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts[name] = len(asked)
        return counts

    few = queries()
    for n in range(25):
        taken_in(world, own, title=f"Mittari {n}, %", code=str(5000 + n))
    assert queries() == few
    assert max(few.values()) <= MOST_QUERIES, few


def test_a_measure_names_where_its_change_shows(world, client, own):
    made = taken_in(world, own)
    year = world.measure.years.filter(published_at__isnull=False).order_by("-round__year").first()
    year.indicator_links.create(indicator=made, direction="smaller_is_better", is_primary=True)
    page = read(client, world.url("measure", world.measure.public_id))
    assert "Mistä muutoksen näkee" in page
    assert f"/indicators/{made.public_id}/" in page
