"""`lautta fetch …` and the same in the background."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from lautta.common.actors import SYSTEM
from lautta.common.models import Job
from lautta.indicators.actions import set_schedule, start_due_fetches, start_fetch
from lautta.indicators.due import due_fetches
from lautta.indicators.models import AreaBoundary, FetchSchedule, Indicator, SourceArea, Vintage
from tests.indicators import factories as f
from tests.indicators.little_source import Reply, little_source, sotkanet
from tests.indicators.test_boundaries import DEGREES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr("lautta.indicators.fetchers.http.time.sleep", lambda seconds: None)


@pytest.fixture
def source():
    with little_source(sotkanet()) as made:
        yield made


def run(*arguments) -> str:
    out = io.StringIO()
    call_command("fetch", *arguments, stdout=out)
    return out.getvalue()


def test_a_line_each_and_a_sum(source):
    told = run("sotkanet", "4711", "--url", source.base)
    assert "[1/1] 4711 No friend, % – New data" in told
    assert "Done: New data 1." in told
    assert "No changes 1" in run("sotkanet", "4711", "--url", source.base)


def test_what_fails_is_said_and_the_exit_code_is_not_0(source):
    source.replies["/json"] = Reply(b"<html>")
    with pytest.raises(CommandError, match="1 were not taken in"):
        run("sotkanet", "4711", "--url", source.base)
    source.replies["/regions"] = Reply(b"[")
    with pytest.raises(CommandError, match="cut or broken"):
        run("sotkanet", "4711", "--url", source.base)


@pytest.mark.parametrize("years", ["soon", "2020-2010", "1066-1067", "2010-2020-2030"])
def test_years_that_are_none(years, source):
    with pytest.raises(CommandError, match="--years"):
        run("sotkanet", "4711", "--url", source.base, "--years", years)


def test_areas_and_outlines(source, tmp_path):
    run("areas", "--url", source.base)
    assert SourceArea.objects.filter(kind="municipality").count() == 3
    path = tmp_path / "kunnat.geojson"
    path.write_bytes(DEGREES)
    assert "2 areas" in run("areas", "--file", str(path), "--year", "2024")
    assert AreaBoundary.objects.filter(year=2024).count() == 2
    path.write_bytes(b"{}")
    with pytest.raises(CommandError, match="Nothing was changed"):
        run("areas", "--file", str(path))
    with pytest.raises(CommandError, match="No such file"):
        run("areas", "--file", str(tmp_path / "nothing"))


def test_what_waits_is_listed_and_decided(source):
    run("sotkanet", "4711", "--url", source.base)
    source.replies["/json"] = Reply(f.body(f.rows(regions=[658, 152])))
    assert "lautta fetch held" in run("sotkanet", "4711", "--url", source.base)
    waiting = Vintage.objects.waiting().get()
    assert f"{waiting.public_id}  4711" in run("held")
    assert "Accepted" in run("held", "--accept", waiting.public_id)
    assert "Nothing waits" in run("held")
    with pytest.raises(CommandError):
        run("held", "--refuse", waiting.public_id)
    with pytest.raises(CommandError, match="no such"):
        run("held", "--accept", "nothing")


@pytest.mark.parametrize("choice", ["alue", "=KU286", "alue="])
def test_a_choice_that_is_none(choice):
    with pytest.raises(CommandError, match="--choose"):
        run("pxweb", "x", "--choose", choice, "--url", "http://127.0.0.1:1")


def test_a_job_moves_its_bar_and_counts(source, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = start_fetch(by=SYSTEM, source_ids=["4711", "1"], base=source.base)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.DONE, 2, 2)
    assert job.result["counts"] == {"new": 1, "failed": 1}


def test_a_job_without_a_source_fails_with_its_code(source, django_capture_on_commit_callbacks):
    source.replies["/regions"] = Reply(b"<html>")
    with django_capture_on_commit_callbacks(execute=True):
        job = start_fetch(by=SYSTEM, source_ids=["4711"], base=source.base)
    job.refresh_from_db()
    assert (job.state, job.problem["code"]) == (Job.State.FAILED, "html_instead")


def test_the_yearly_fetch_takes_the_population_along():
    set_schedule(by=SYSTEM, source="sotkanet", month=3, day=15, source_ids=["4711"])
    assert start_due_fetches(by=SYSTEM, today=dt.date(2026, 3, 15)) == 1
    assert sorted(Job.objects.values_list("kind", flat=True)) == ["indicator_fetch", "population_fetch"]


def test_the_yearly_fetch_runs_once(source, django_capture_on_commit_callbacks):
    set_schedule(by=SYSTEM, source="sotkanet", month=3, day=15, source_ids=["4711"], base_address=source.base)
    assert due_fetches(dt.date(2026, 3, 14)) == []
    with django_capture_on_commit_callbacks(execute=True):
        assert start_due_fetches(by=SYSTEM, today=dt.date(2026, 3, 15)) == 1
        assert start_due_fetches(by=SYSTEM, today=dt.date(2026, 3, 15)) == 0
    assert Indicator.objects.get().source_id == "4711"
    assert due_fetches(dt.date(2026, 12, 31)) == []
    assert len(due_fetches(dt.date(2027, 3, 20))) == 1
    set_schedule(by=SYSTEM, source="sotkanet", month=3, day=15, source_ids=["4711"], is_active=False)
    assert due_fetches(dt.date(2027, 3, 20)) == []
    assert FetchSchedule.objects.count() == 1
