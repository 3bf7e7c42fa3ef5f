"""Children by age on the public site: one sentence, one set of numbers, refusals in words, and what a page costs."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from lautta.common import clock
from lautta.common.actors import SYSTEM
from lautta.indicators.actions.population import reckon_population
from lautta.indicators.actions.summaries import DEMO_SOURCE
from lautta.indicators.areas import code_of_area
from lautta.indicators.population import ALL
from lautta.indicators.population_reading import children_of
from lautta.organisations.models import Area
from lautta.publishing.presenters import population as presenter
from tests.indicators import people
from tests.publishing.world import World, _area

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10


@pytest.fixture
def places(world: World) -> list[str]:
    """Hamina and two more, by the panels' codes."""
    for name in ("Kotka", "Kouvola"):
        _area(world.plan, name)
    found = Area.objects.within(world.plan.region.area, clock.today())
    return [code_of_area(a) for a in found.filter(kind="municipality")]


def stored(world: World, places: list[str], *, years=people.YEARS, **arguments):
    for which in ("observed", "projection"):
        panel = people.panel(which, places, years if which == "observed" else None, top="")
        people.taken_in(which, panel, **arguments)
    reckon_population(by=SYSTEM)
    top = code_of_area(world.plan.region.area)
    return children_of(world.plan.region_id, [top, *places])


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d\xa0]*", text)


def test_before_anything_is_fetched_the_page_says_so(client, world):
    for name in ("population", "area_population"):
        page = client.get(world.pages()[name])
        assert page.status_code == 200
        assert "Väestöä ei ole vielä haettu" in page.content.decode()
    assert client.get(world.url("population_data", "csv")).status_code == 404


def test_one_plain_sentence(client, world, places):
    found = stored(world, places)[code_of_area(world.area)]
    page = client.get(world.pages()["area_population"]).content.decode()
    now = presenter.number(found.at("observed", ALL, 2023))
    low, high = presenter.said(found)["low"], presenter.said(found)["high"]
    assert (
        f"Lapsia ja nuoria on vuonna 2035 noin {low} – {high}, jos mikään ei muutu. Nyt heitä on {now}."
        in page
    )
    assert "keksittyjä" not in page


def test_the_table_holds_the_charts_numbers(client, world, places):
    found = stored(world, places)[code_of_area(world.area)]
    page = client.get(world.pages()["area_population"]).content.decode()
    assert 'role="img"' in page
    tables = presenter.year_tables(found)
    assert [t["ages"] for t in tables] == ["0–6 v", "7–12 v", "13–15 v", "16–17 v"]
    for table in tables:
        for row in table["rows"]:
            assert row["people"] in page
            assert row["range"] in page
    assert tables[0]["rows"][-1]["year"] == 2040
    assert {r["year"] for r in tables[0]["rows"]} == set(presenter.shown_years(found))


def test_municipalities_sum_to_the_region_in_every_column(client, world, places):
    stored(world, places)
    shown = client.get(world.url("population")).context["places"]
    assert len(shown["rows"]) == 3

    def whole(text):
        return int(text.replace("\xa0", ""))

    assert sum(whole(r["now"]) for r in shown["rows"]) == whole(shown["total"]["now"])
    for column in range(3):
        for what in ("people", "official"):
            parts = [whole(r["cells"][column][what]) for r in shown["rows"]]
            assert sum(parts) == whole(shown["total"]["cells"][column][what])


def test_the_plans_ages_are_what_they_say(client, world, places):
    stored(world, places)
    table = client.get(world.pages()["area_population"]).context["plan_table"]
    assert [row["ages"] for row in table["rows"]] == ["0–6 v", "7–14 v", "0–14 v"]


def test_why_two_numbers_and_how_sure(client, world, places):
    stored(world, places)
    page = client.get(world.pages()["area_population"]).content.decode()
    assert "Miksi lukuja on kaksi" in page
    assert "Kokeilimme laskelmaa menneistä vuosista" in page
    assert "76,4" in page


def test_the_profile_has_the_short_form_with_a_link(client, world, places):
    stored(world, places)
    page = client.get(world.pages()["municipality"]).content.decode()
    assert "jos mikään ei muutu" in page
    assert world.pages()["area_population"] in page
    assert "jos mikään" not in client.get(world.pages()["former_municipality"]).content.decode()
    assert client.get(world.url("area_population", world.old_municipality.public_id)).status_code == 404


def test_too_few_years_in_words(client, world, places):
    stored(world, places, years=range(2015, 2024))
    for name in ("area_population", "municipality"):
        page = client.get(world.pages()[name]).content.decode()
        assert "tarvitaan tiedot vähintään 12 vuodelta, ja nyt niitä on 9 vuodelta" in page
        assert "Virallisen ennusteen mukaan" in page
        assert "jos mikään ei muutu" not in page


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_refusal_has_words(language):
    with translation.override(language):
        for code, asked in {
            "too_few_years": {"years": 9, "least": 12}, "years_missing": {}, "boundary": {"year": 2018},
            "member": {"areas": ["KU286"]}, "past": {"year": 2040}, "new_one": {},
        }.items():  # fmt: skip
            words = presenter.refusal_words({"code": code, "parameters": asked}, {"KU286": "Kouvola"})
            assert words
            assert "%" not in words
    assert presenter.refusal_words({}, {}) == ""


def test_made_up_numbers_say_so_on_every_page(client, world, places):
    stored(world, places, run_source=DEMO_SOURCE)
    for name in ("population", "area_population", "municipality"):
        assert "keksittyjä esimerkkejä" in client.get(world.pages()[name]).content.decode(), name
    made = client.get(world.url("population_data", "csv"))
    assert "example-population" in made["Content-Disposition"]


def test_files_hold_every_year_and_group(client, world, places):
    found = stored(world, places)
    code = code_of_area(world.area)
    sent = client.get(world.url("area_population_data", world.area.public_id, "csv"))
    rows = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig"))))
    assert {r["area_code"] for r in rows} == {code}
    wanted = next(r for r in rows if (r["year"], r["ages"], r["kind"]) == ("2035", "0–17", "scenario"))
    assert int(wanted["people"]) == found[code].at("scenario", ALL, 2035)
    assert int(wanted["low"]) <= int(wanted["people"]) <= int(wanted["high"])
    sheet = load_workbook(io.BytesIO(client.get(world.url("population_data", "xlsx")).content)).worksheets[0]
    assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} == set(found)
    assert client.get(world.url("population_data", "json")).status_code == 404


def test_an_address_with_another_slug_is_sent_on(client, world):
    sent = client.get(world.url("area_population", world.area.public_id, "x"))
    assert sent.status_code == 301
    assert sent["Location"] == world.pages()["area_population"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_pages_are_light_and_cost_few_queries_however_many_places(client, world, places, language):
    stored(world, places)

    def measured(path):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path)
        assert page.status_code == 200
        assert len(page.content) < 100_000
        return len(queries)

    paths = [world.pages()[n].replace("/fi/", f"/{language}/", 1) for n in ("population", "area_population")]
    before = [measured(path) for path in paths]
    more = [code_of_area(_area(world.plan, f"Kunta {n}")) for n in range(25)]
    stored(world, [*places, *more])
    assert [measured(path) for path in paths] == before
    assert max(before) <= MOST_QUERIES
