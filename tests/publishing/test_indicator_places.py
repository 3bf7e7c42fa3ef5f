"""Every municipality of the country, maps, groups, and flows: what pages say, what they hold back, and what they cost."""

import datetime as dt
import re

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lautta.common import clock
from lautta.common.actors import SYSTEM
from lautta.common.translated import Translated
from lautta.indicators import boundaries
from lautta.indicators.actions import set_boundaries
from lautta.indicators.actions.summaries import summarise
from lautta.indicators.areas import code_of_area
from lautta.indicators.boundaries import read_boundaries
from lautta.indicators.ingestors.sotkanet import Metadata
from lautta.indicators.models import Indicator, Vintage
from lautta.indicators.municipalities import municipalities
from lautta.indicators.panels import IndicatorPanel
from lautta.organisations.models import Area, AreaMembership
from lautta.statistics.panel import Status
from tests.factories import AreaFactory
from tests.indicators import factories as f
from tests.indicators.test_boundaries import forget, geojson, square
from tests.publishing.test_indicators import own, read, taken_in  # noqa: F401 (own is a fixture)
from tests.publishing.world import World

pytestmark = pytest.mark.django_db
HIGH, HIDDEN, NONE = "KU049", "KU091", "KU060"


def everywhere(world: World, own: list[str], code: str = "292", **fields) -> Indicator:  # noqa: F811
    """Chance at 10 % in every municipality of the country in the newest year, girls twice as often; one place is high, one is
    withheld, one has none.
    """
    rng = np.random.default_rng(7)
    areas = tuple(dict.fromkeys((*municipalities(), *own, code_of_area(world.plan.region.area), "SSS")))
    years, genders = tuple(range(2014, 2024)), ("female", "male", "total")
    sizes = np.array([200_000 if a == "SSS" else 4_000 for a in areas], float)
    rates = np.array([0.3 if a == HIGH else 0.1 for a in areas])
    shape = (len(areas), len(years))
    size = np.broadcast_to(sizes[:, None], shape)
    girls = rng.binomial((size / 2).astype(int), np.broadcast_to(rates[:, None] * 1.4, shape)).astype(float)
    boys = rng.binomial((size / 2).astype(int), np.broadcast_to(rates[:, None] * 0.6, shape)).astype(float)
    girls[areas.index(NONE)] = boys[areas.index(NONE)] = 0
    count = np.stack([girls, boys, girls + boys], axis=-1)
    size = np.stack([size / 2, size / 2, size], axis=-1)
    status = np.where(count == 0, Status.ZERO, Status.VALUE).astype(np.uint8)
    status[areas.index(HIDDEN)] = Status.SUPPRESSED
    hidden = status == Status.SUPPRESSED
    panel = IndicatorPanel(
        areas, years, genders, np.where(hidden, np.nan, 100 * count / size), status, np.where(hidden, np.nan, count), size
    )  # fmt: skip
    f.taken_in(panel, f.metadata(code, fields.pop("title", "Ilman ystävää, %")))
    made = Indicator.objects.get(source_id=code)
    summarise(by=SYSTEM, vintage=Vintage.objects.current().get(indicator=made))
    return made


def all_places(world: World, made: Indicator, query: str = "") -> str:
    return world.url("indicator_everywhere", made.public_id) + query


def names_in(page: str) -> list[str]:
    return re.findall(r'<th scope="row">(?:<a[^>]*>)?([^<]+)', page)


def test_all_municipalities_are_in_name_order_and_paged(world, client, own):  # noqa: F811
    made = everywhere(world, own)
    first = names_in(read(client, all_places(world, made)))
    assert len(first) == 50
    assert first[:3] == ["Akaa", "Alajärvi", "Alavieska"]
    second = names_in(read(client, all_places(world, made, "?page=2")))
    assert not set(first) & set(second)


def test_filters_are_links_and_say_who_differs(world, client, own):  # noqa: F811
    made = everywhere(world, own)
    page = read(client, all_places(world, made))
    # One place in 500 is called by chance; the one that was made to differ always is.
    higher = names_in(read(client, all_places(world, made, "?difference=higher")))
    assert "Espoo" in higher
    assert len(higher) <= 4
    assert f"Luku on selvästi korkeampi {len(higher)} kunnassa" in page
    assert "?difference=higher" in page
    assert names_in(read(client, all_places(world, made, "?difference=hidden"))) == ["Helsinki"]
    region = names_in(read(client, all_places(world, made, "?region=MK18")))
    assert "Kajaani" in region
    assert "Espoo" not in region
    assert "Näillä rajauksilla" in read(client, all_places(world, made, "?region=MK18&difference=hidden"))


def test_zero_withheld_and_a_number_differ_in_map_and_table(world, client, own):  # noqa: F811
    made = everywhere(world, own)
    page = read(client, all_places(world, made))
    assert ">nolla</text>" in page
    assert ">ei näytetä</text>" in page
    hidden = read(client, all_places(world, made, "?difference=hidden"))
    assert re.search(r"Helsinki</th><td[^>]*>ei näytetä", hidden)
    none = read(client, all_places(world, made, "?region=MK21"))
    assert re.search(r"Eckerö</th>", none)
    assert re.search(r'data-label="Luku">0,0', read(client, all_places(world, made, "?difference=lower")))


def test_the_map_has_outlines_once_they_are_stored_and_tiles_until_then(world, client, own):  # noqa: F811
    second = AreaFactory(kind="municipality", code="142")
    AreaMembership.objects.create(area=second, parent=world.plan.region.area, started_on=dt.date(2000, 1, 1))
    own = [*own, "KU142"]
    made = everywhere(world, own)
    address = world.url("indicator", made.public_id)
    forget()
    assert "graph-map" not in read(client, all_places(world, made))
    shapes = [square(code[2:], 20 + n, 60) for n, code in enumerate(dict.fromkeys([*own, HIGH, HIDDEN]))]
    set_boundaries(by=SYSTEM, boundaries=read_boundaries(geojson(*shapes)), year=2023, source="Koerajat 2023")
    for page in (read(client, address), read(client, all_places(world, made))):
        assert "graph-map" in page
        assert "Koerajat 2023" in page
        assert "graph-tiles" not in page
    forget()


def test_the_country_with_real_outlines_stays_light(world, client, own, shared):  # noqa: F811
    made = everywhere(world, own)
    forget()
    body = (shared / "municipalities_2023.geojson").read_bytes()
    set_boundaries(by=SYSTEM, boundaries=read_boundaries(body), year=2023, source="Tilastokeskus 2023")
    response = client.get(all_places(world, made))
    assert b"graph-map" in response.content
    assert len(response.content) <= 120_000
    forget()


def test_girls_and_boys_stand_beside_the_region_and_the_country(world, client, own):  # noqa: F811
    made = everywhere(world, own)
    page = read(client, world.url("indicator", made.public_id) + f"?area={own[0]}")
    assert "Tytöillä luku on selvästi korkeampi kuin pojilla." in page
    assert page.count("graph-gaps") == 2
    assert "ero voi olla sattumaa" not in page


def test_the_same_question_of_others_is_linked_and_not_compared(world, client, own):  # noqa: F811
    made = everywhere(world, own)
    assert "Sama kysymys eri vastaajilta" not in read(client, world.url("indicator", made.public_id))
    other = everywhere(world, own, "3917", title="Ei yhtään läheistä ystävää, % lukion opiskelijoista")
    page = read(client, world.url("indicator", made.public_id) + f"?area={own[0]}")
    assert "Sama kysymys eri vastaajilta" in page
    assert "rinnakkain, eivät vertailuna" in page
    assert f"/indicators/{other.public_id}/" in page
    back = read(client, world.url("indicator", other.public_id) + f"?area={own[0]}")
    assert f"/indicators/{made.public_id}/" in back
    assert "Lukion opiskelijat" in back


def series(
    source_id: str, title: str, cells: dict, kind: str, region=None, source: str = "sotkanet"
) -> Indicator:
    about = Metadata(source=source, source_id=source_id, title=Translated.of(title), kind=kind, decimals=0)
    f.taken_in(f.panel(cells), about, region=region)
    made = Indicator.objects.get(source=source, source_id=source_id, region=region)
    summarise(by=SYSTEM, vintage=Vintage.objects.current().get(indicator=made))
    return made


def placements(world: World, own: list[str], began: float | None, ended: float | None, region=None) -> None:  # noqa: F811
    """Both flows of every area in 2021–2023; None in the first area is withheld in the newest year."""
    for name, newest in (("alkaneet sijoitukset", began), ("päättyneet sijoitukset", ended)):
        cells = {}
        for area in [*own, *(f"KU{n}" for n in range(900, 910))]:
            for year in (2021, 2022, 2023):
                value = newest if area == own[0] and year == 2023 else 20.0
                if value is not None:
                    cells[area, year] = value
        series(name, name.capitalize(), cells, "count", region or world.plan.region, "file")


def test_flows_say_their_balance(world, client, own):  # noqa: F811
    placements(world, own, 31.0, 24.0)
    page = read(client, world.url("flows") + f"?area={own[0]}")
    assert "Ensin mainittuja on 7 enemmän." in page
    assert '<td class="num">+7</td>' in page


def test_a_balance_is_not_told_where_a_half_of_it_is_withheld(world, client, own):  # noqa: F811
    placements(world, own, 31.0, None)
    page = read(client, world.url("flows") + f"?area={own[0]}")
    assert "+" not in "".join(re.findall(r'<td class="num">([^<]*)</td>', page))
    row = re.search(r'<th scope="row">2023</th>(.*?)</tr>', page)[1]
    assert re.findall(r">([^<>]+)</td>", row) == ["31", "ei näytetä", "ei näytetä"]


def test_another_regions_own_file_is_no_flow_of_ours(world, client, own):  # noqa: F811
    placements(world, own, 31.0, 24.0, region=world.cast.other_plan.region)
    assert "Alkaneet sijoitukset" not in read(client, world.url("flows"))


def test_deadlines_name_their_law_and_costs_are_marked_as_ours(world, client, own):  # noqa: F811
    areas = [*own, *(f"KU{n}" for n in range(900, 910)), "SSS"]
    years = (2019, 2020, 2021, 2022)
    series("3520", "Ajoissa huhti–syyskuu, %", {(a, y): 95.0 for a in areas for y in years}, "percentage")
    series("127", "Väestö", {(a, y): 2_000.0 for a in areas for y in years}, "count")
    series("3375", "Kustannukset", {(a, y): 500.0 for a in areas for y in years}, "euro")
    page = read(client, world.url("flows") + f"?area={own[0]}")
    assert "7 arkipäivää (lastensuojelulaki (417/2007) 26 §)" in page
    assert "250\xa0€ asukasta kohti" in page
    assert "Laskettu tässä palvelussa" in page
    assert "graph-line" in page


def test_pages_cost_the_same_however_much_there_is(world, client, own):  # noqa: F811
    made = everywhere(world, own)
    placements(world, own, 31.0, 24.0)
    pages = [
        all_places(world, made), world.url("flows") + f"?area={own[0]}",
        client.get(world.url("indicator", made.public_id), follow=True).redirect_chain[-1][0],
    ]  # fmt: skip

    def queries() -> list[int]:
        counts = []
        for address in pages:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
        return counts

    few = queries()
    for n in range(12):
        taken_in(world, own, title=f"Mittari {n}, %", code=str(6000 + n))
    everywhere(world, own, "3917", title="Lukio")
    everywhere(world, own, "3932", title="Ammatillinen")
    assert queries() == few
    assert max(few) <= 10, few


def test_outlines_that_lack_an_area_of_the_region_leave_the_tiles(world, client, own):  # noqa: F811
    made = everywhere(world, own)
    forget()
    body = geojson(square(HIGH[2:], 20, 60), square(HIDDEN[2:], 21, 60))
    set_boundaries(by=SYSTEM, boundaries=read_boundaries(body), year=2023, source="Koe")
    assert boundaries.drawn_areas(own, boundaries.newest()) is None
    assert client.get(world.url("indicator", made.public_id), follow=True).status_code == 200
    assert Area.objects.within(world.plan.region.area, clock.today()).exists()
    forget()
