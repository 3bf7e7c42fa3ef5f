"""Runs against a source on loopback: what comes whole is taken in, what does not changes nothing."""

import json

import pytest

from lautta.common.actors import SYSTEM
from lautta.indicators.fetchers import Asker
from lautta.indicators.fetching import fetch_areas, fetch_sotkanet
from lautta.indicators.models import Fetch, FetchEntry, Indicator, RawResponse, SourceArea, Vintage
from lautta.indicators.reading import current_panel
from tests.indicators import factories as f
from tests.indicators.little_source import Reply, little_source, sotkanet

pytestmark = pytest.mark.django_db


def asker(**arguments) -> Asker:
    return Asker(sleep=lambda seconds: None, between=0, **arguments)


def fetch(source, ids=("4711",), **arguments):
    return fetch_sotkanet(by=SYSTEM, source_ids=ids, base=source.base, asker=asker(), **arguments)


def test_a_whole_fetch():
    seen = []
    with little_source(sotkanet()) as source:
        run = fetch(source, progress=lambda done, total, entry: seen.append((done, total, entry.outcome)))
    assert run.counts == {"new": 1}
    assert seen == [(1, 1, "new")]
    panel = current_panel(Indicator.objects.get())
    for row in f.rows():
        cell = panel.cell(f.CODES[row["region"]], row["year"])
        assert (cell.value, cell.numerator) == (row["value"], row["absValue"])
    asked = [(path, query) for path, query, _headers, _body in source.asked]
    assert [path for path, _ in asked] == ["/regions", "/indicators/4711", "/json"]
    assert asked[2][1].count("years=") == 6
    assert "genders=male&genders=female&genders=total" in asked[2][1]
    run.fetch.refresh_from_db()
    assert (run.fetch.state, run.fetch.wanted) == ("done", 1)
    assert RawResponse.objects.count() == 3
    kouvola = SourceArea.objects.get(code="KU286")
    assert (str(kouvola.name), kouvola.kind, kouvola.parents) == (
        "Kouvola",
        "municipality",
        ["HV10", "MK08", "SSS"],
    )


def test_a_second_fetch_adds_lines_alone():
    with little_source(sotkanet()) as source:
        fetch(source)
        before = Vintage.objects.count(), RawResponse.objects.count(), SourceArea.objects.count()
        run = fetch(source)
    assert run.counts == {"unchanged": 1}
    assert (Vintage.objects.count(), RawResponse.objects.count(), SourceArea.objects.count()) == before
    assert Fetch.objects.count() == 2
    assert FetchEntry.objects.count() == 4


def test_years_may_be_named():
    replies = {**sotkanet(), "/json": Reply(f.body(f.rows(years=range(2018, 2020))))}
    with little_source(replies) as source:
        fetch(source, years=(2018, 2019))
    assert current_panel(Indicator.objects.get()).years == (2018, 2019)


BROKEN = {
    "cut": (Reply(f.body(f.rows())[:500]), "cut_or_broken"),
    "html": (Reply(b"<html>Huoltokatko</html>", kind="text/html"), "html_instead"),
    "empty": (Reply(b""), "empty_answer"),
    "nothing": (Reply(b"[]"), "no_rows"),
    "other": (Reply(f.body(f.rows(12))), "wrong_indicator"),
    "contradiction": (Reply(f.body([*f.rows(), {**f.rows()[0], "value": 99.0}])), "contradicting_rows"),
    "region": (Reply(f.body([*f.rows(), {**f.rows()[0], "region": 5}])), "unknown_region"),
    "year": (Reply(f.body([*f.rows(), {**f.rows()[0], "year": 1999}])), "year_not_asked"),
    "down": (Reply(b"", 503), "source_down"),
    "gone": (Reply(b"", 404), "not_found"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_answer_changes_nothing_and_says_why(kind):
    reply, code = BROKEN[kind]
    with little_source(sotkanet()) as source:
        fetch(source)
        before = list(Vintage.objects.values_list("pk", "state", "sha256"))
        source.replies["/json"] = reply
        run = fetch(source, ids=("4711",))
    assert run.counts == {"failed": 1}
    entry = run.fetch.entries.get(source_id="4711")
    assert entry.problem["code"] == code
    assert entry.indicator == Indicator.objects.get()
    assert list(Vintage.objects.values_list("pk", "state", "sha256")) == before
    assert entry.responses.exists(), "the broken answer is kept to be looked at"


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_answer_at_first_makes_no_indicator(kind):
    reply, _code = BROKEN[kind]
    with little_source({**sotkanet(), "/json": reply}) as source:
        fetch(source)
    assert not Indicator.objects.exists()


def test_one_that_fails_does_not_stop_the_others():
    with little_source(sotkanet()) as source:
        run = fetch(source, ids=("1", "not a number", "4711", "4711"))
    assert run.counts == {"failed": 2, "new": 1}
    assert run.fetch.wanted == 3


@pytest.mark.parametrize(
    "reply", [Reply(b"[]"), Reply(b"<html>"), Reply(f.body(f.REGIONS)[:300]), Reply(b"", 500)]
)
def test_without_regions_the_run_fails_and_nothing_is_asked(reply):
    with little_source({**sotkanet(), "/regions": reply}) as source:
        run = fetch(source)
    run.fetch.refresh_from_db()
    assert run.fetch.state == "failed"
    assert run.problem is not None
    assert not Indicator.objects.exists()
    assert not any(path == "/json" for path, *_ in source.asked)


def test_busy_at_first_and_then_whole():
    replies = sotkanet()
    replies["/json"] = [Reply(b"", 503), Reply(b"", 503), replies["/json"]]
    with little_source(replies) as source:
        assert fetch(source).counts == {"new": 1}


def test_a_region_that_moves_to_another_id_keeps_its_code():
    with little_source(sotkanet()) as source:
        fetch_areas(by=SYSTEM, base=source.base, asker=asker())
        moved = [r if r["id"] != 152 else {**r, "id": 103} for r in f.REGIONS if r["id"] != 103]
        moved.append(f.region(152, "285", name="Kotka"))
        source.replies["/regions"] = Reply(json.dumps(moved).encode())
        fetch_areas(by=SYSTEM, base=source.base, asker=asker())
    assert dict(SourceArea.objects.filter(kind="municipality").values_list("code", "sotkanet_id")) == {
        "KU286": 103,
        "KU285": 152,
        "KU075": 63,
    }
