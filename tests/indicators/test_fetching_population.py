"""Population and projection from a table on loopback, from files, by command and behind the page; the scenario follows."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from lautta.common.actors import SYSTEM, Actor
from lautta.common.models import AuditEntry, Job
from lautta.indicators.actions.population import newest, reckon_population, start_population_fetch
from lautta.indicators.actions.summaries import summarise_current
from lautta.indicators.fetchers import Asker
from lautta.indicators.fetchers.pxweb import read_table
from lautta.indicators.fetching_population import (
    TABLES,
    choice,
    fetch_population,
    source_id_of,
    take_population_file,
)
from lautta.indicators.models import FetchEntry, Indicator, StoredResult, Vintage
from lautta.indicators.population import METHOD
from lautta.indicators.population_reading import children_of
from lautta.indicators.reading import current_panel
from lautta.organisations.models import Area, AreaMembership
from tests import factories as f
from tests.indicators import people
from tests.indicators.factories import body
from tests.indicators.little_source import Reply, little_source

pytestmark = pytest.mark.django_db
PANELS = {"observed": people.panel(), "projection": people.panel("projection", seed=6)}


def kymenlaakso():
    """A region of the installation with the three places of the little country."""
    region = f.RegionFactory(area=f.AreaFactory(kind=Area.Kind.REGION, code="08"))
    for code in people.PLACES:
        area = f.AreaFactory(kind=Area.Kind.MUNICIPALITY, code=code[2:])
        AreaMembership.objects.create(area=area, parent=region.area, started_on="2000-01-01")
    return region


@pytest.fixture
def source():
    with little_source({}) as made:

        def table(which):
            def reply(_query: str) -> Reply:
                sent = made.asked[-1][3]
                return Reply(
                    people.answer(PANELS[which], sent) if sent else body(people.description(PANELS[which]))
                )

            return reply

        for which, path in TABLES.items():
            made.replies[f"/fi/{path}"] = table(which)
        yield made


def fetch(source, **arguments):
    return fetch_population(
        by=SYSTEM, base=f"{source.base}/fi", asker=Asker(sleep=lambda s: None, between=0), **arguments
    )


def test_both_tables_become_vintages_with_where_they_came_from(source):
    assert fetch(source).counts == {"new": 2}
    for which in ("observed", "projection"):
        vintage = newest(which, None)
        assert current_panel(vintage.indicator).sha256() == PANELS[which].sha256()
        assert vintage.entry.responses.filter(address__startswith=source.base).exists()
    observed = newest("observed", None).indicator
    assert (observed.source, observed.source_id, observed.licence) == (
        "population",
        "observed:11re",
        "CC BY 4.0",
    )
    assert "väestörakenne" in observed.source_name
    assert str(observed.source_updated) == "2026-04-01"
    assert fetch(source, most_cells=1_500).counts == {"unchanged": 2}


def test_what_is_asked_of_a_table():
    table = read_table(body(people.description(PANELS["observed"])), "x")
    chosen = choice(table)
    assert chosen["alue_23_20260101"] == list(PANELS["observed"].areas)
    assert chosen["ika_1"] == ["SSS", *(f"{n:03d}" for n in range(19))]
    assert source_id_of("projection", TABLES["projection"]) == "projection:14wx"


def test_a_sum_that_does_not_hold_changes_nothing_and_the_other_table_is_taken(source):
    kymenlaakso()
    fetch(source)
    before = list(Vintage.objects.values_list("pk", "state"))
    path = f"/fi/{TABLES['observed']}"
    good = source.replies[path]
    source.replies[path] = lambda query: (
        Reply(people.answer(PANELS["observed"], source.asked[-1][3], spoil=1))
        if source.asked[-1][3]
        else good(query)
    )
    run = fetch(source)
    assert run.counts == {"failed": 1, "unchanged": 1}
    assert run.fetch.entries.get(outcome="failed").problem["code"] == "sums_disagree"
    source.replies[path] = lambda query: Reply(b"<html>") if source.asked[-1][3] else good(query)
    assert fetch(source).counts == {"failed": 1, "unchanged": 1}
    source.replies[path] = Reply(b"", 404)
    assert fetch(source).counts == {"failed": 1, "unchanged": 1}
    assert list(Vintage.objects.values_list("pk", "state")) == before


def test_the_scenario_is_kept_with_seed_code_and_inputs_and_once():
    region = kymenlaakso()
    for which, panel in PANELS.items():
        people.taken_in(which, panel)
    assert reckon_population(by=SYSTEM) == 4
    row = StoredResult.objects.get(parameters={"area": "MK08"}, method=METHOD)
    assert row.seed
    assert row.code_version.startswith("1.")
    assert len(row.inputs_sha256) == 64
    assert reckon_population(by=SYSTEM) == 0
    found = children_of(region, ["MK08", *people.PLACES])
    assert set(found) == {"MK08", *people.PLACES}
    assert found["MK08"].sources["observed"]["name"] == "Keksitty väestö"
    assert AuditEntry.objects.filter(action="result.store").exists()


def test_a_new_vintage_makes_a_new_scenario():
    region = kymenlaakso()
    for which, panel in PANELS.items():
        people.taken_in(which, panel)
    reckon_population(by=SYSTEM)
    before = children_of(region, ["MK08"])["MK08"]
    people.taken_in("projection", people.panel("projection", seed=9))
    assert reckon_population(by=SYSTEM) == 4
    after = children_of(region, ["MK08"])["MK08"]
    assert after.official != before.official
    assert after.scenario == before.scenario
    people.taken_in("observed", people.panel(years=range(2005, 2025)))
    reckon_population(by=SYSTEM)
    assert children_of(region, ["MK08"])["MK08"].base_year == 2024


def test_population_is_no_indicator_that_is_chosen_or_summarised():
    region = kymenlaakso()
    people.taken_in("observed", PANELS["observed"])
    assert not Indicator.objects.for_region(region).exists()
    assert not Indicator.objects.public().exists()
    assert Indicator.objects.population(region).count() == 1
    assert summarise_current(by=SYSTEM) == 0


def test_a_regions_own_file_is_its_own():
    mine, other = kymenlaakso(), f.RegionFactory()
    for which, panel in PANELS.items():
        people.taken_in(which, panel)
    panel = people.panel(seed=12, top="")
    entry = take_population_file(
        by=SYSTEM, which="observed", body=people.as_csv(panel), filename="väestö.csv", region=mine
    )
    assert entry.outcome == "new"
    assert newest("observed", mine).indicator.region == mine
    assert newest("observed", other).indicator.region is None
    reckon_population(by=SYSTEM)
    at = panel.areas.index("KU286")
    assert (
        children_of(mine, ["KU286"])["KU286"].at("observed", (0, 6), 2023)
        == panel.values[at, -1, 0, :7].sum()
    )


def test_less_than_before_waits_for_a_yes():
    kymenlaakso()
    people.taken_in("observed", PANELS["observed"])
    entry = people.taken_in("observed", people.panel(years=range(2010, 2024)))
    assert entry.outcome == "waiting"
    assert newest("observed", None).first_year == 2005
    call_command("fetch", "held", "--accept", entry.vintage.public_id, stdout=io.StringIO())
    assert newest("observed", None).first_year == 2010
    assert StoredResult.objects.filter(vintage=entry.vintage, method=METHOD).count() == 4


def test_the_command_takes_tables_and_files(source, tmp_path, monkeypatch):
    monkeypatch.setattr("lautta.indicators.fetchers.http.time.sleep", lambda seconds: None)
    kymenlaakso()
    told = io.StringIO()
    call_command("fetch", "population", "--url", f"{source.base}/fi", stdout=told)
    assert "reckoned anew for 4 areas" in told.getvalue()
    file = tmp_path / "counted.csv"
    file.write_bytes(people.as_csv(people.panel(years=range(2004, 2024))))
    call_command(
        "fetch", "population", "observed", "--file", str(file), "--source-name", "Oma laskenta", stdout=told
    )
    assert newest("observed", None).indicator.source_name == "Oma laskenta"
    file.write_bytes(b"alue;vuosi;ika;pop\nKU286;2020;0-4;1")
    with pytest.raises(CommandError, match="were not taken in"):
        call_command("fetch", "population", "observed", "--file", str(file), stdout=told)
    assert "single" in told.getvalue() or "0-4" in told.getvalue()
    for wrong in (["--file", str(file)], ["observed", "--file", str(tmp_path / "none")], ["births"]):
        with pytest.raises(CommandError):
            call_command("fetch", "population", *wrong, stdout=told)
    assert newest("observed", None).indicator.source_name == "Oma laskenta"


@pytest.mark.django_db(transaction=True)
def test_the_same_behind_the_page(source, monkeypatch):
    monkeypatch.setattr("lautta.indicators.fetchers.http.time.sleep", lambda seconds: None)
    kymenlaakso()
    job = start_population_fetch(by=SYSTEM, scope="plan", base=f"{source.base}/fi")
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.result["counts"]) == ("done", {"new": 2})
    assert StoredResult.objects.filter(method=METHOD).count() == 4
    gone = start_population_fetch(by=SYSTEM, scope="plan", base=f"{source.base}/nowhere")
    gone = Job.objects.get(pk=gone.pk)
    assert (gone.state, gone.problem["code"]) == ("failed", "not_found")
    assert FetchEntry.objects.filter(outcome="failed").count() == 2


def test_who_may(cast):
    with pytest.raises(PermissionDenied):
        start_population_fetch(by=Actor(user=cast.hannes, role="contributor"))
