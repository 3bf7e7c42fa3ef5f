"""Asking politely: real HTTP on loopback."""

import pytest

from lautta.indicators.fetchers.http import Asker
from lautta.indicators.problems import SourceProblem
from tests.indicators.little_source import Reply, little_source


def asker(slept: list[float] | None = None, **arguments) -> Asker:
    return Asker(sleep=(slept if slept is not None else []).append, between=0, **arguments)


def problem_of(asking: Asker, address: str) -> SourceProblem:
    with pytest.raises(SourceProblem) as found:
        asking.get(address)
    return found.value


def test_the_user_agent_says_who_asks():
    with little_source({"/x": Reply(b"{}")}) as source, asker() as asking:
        answer = asking.get(f"{source.base}/x", [("years", "2020"), ("years", "2021")])
    _path, query, headers, _body = source.asked[0]
    assert answer.body == b"{}"
    assert query == "years=2020&years=2021"
    assert headers["User-Agent"].startswith("Lautta/")


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_a_busy_source_is_waited_for(status):
    slept: list[float] = []
    replies = {"/x": [Reply(b"", status), Reply(b"", status), Reply(b"yes")]}
    with little_source(replies) as source, asker(slept) as asking:
        assert asking.get(f"{source.base}/x").body == b"yes"
        assert [a.status for a in asking.take_answers()] == [status, status, 200]
        assert asking.take_answers() == []
    assert slept == [1.0, 4.0]


def test_the_source_may_say_how_long():
    slept: list[float] = []
    replies = {
        "/x": [
            Reply(b"", 429, headers={"Retry-After": "7"}),
            Reply(b"", 503, headers={"Retry-After": "9999"}),
            Reply(b"yes"),
        ]
    }
    with little_source(replies) as source, asker(slept) as asking:
        asking.get(f"{source.base}/x")
    assert slept == [7.0, 120.0]


@pytest.mark.parametrize(
    ("status", "code", "tries"),
    [
        (503, "source_down", 5),
        (429, "too_many_requests", 5),
        (400, "bad_request", 1),
        (403, "forbidden", 1),
        (404, "not_found", 1),
        (204, "unexpected_status", 1),
    ],
)
def test_patience_ends(status, code, tries):
    with little_source({"/x": Reply(b"", status)}) as source, asker() as asking:
        problem = problem_of(asking, f"{source.base}/x")
    assert problem.code == code
    assert len(source.asked) == tries


def test_a_slow_source_is_a_timeout():
    slept: list[float] = []
    patient = asker(slept, timeout=0.05, pauses=(0.0,))
    with little_source({"/x": Reply(b"late", wait=0.5)}) as source, patient as asking:
        problem = problem_of(asking, f"{source.base}/x")
    assert problem.code == "timeout"
    assert len(slept) == 1


def test_a_connection_that_breaks_in_the_middle_is_tried_again():
    replies = {"/x": [Reply(b"half", promised=100), Reply(b"whole")]}
    with little_source(replies) as source, asker() as asking:
        assert asking.get(f"{source.base}/x").body == b"whole"


def test_nobody_there():
    with little_source({}) as source:
        gone = source.base
    with asker(pauses=()) as asking:
        problem = problem_of(asking, f"{gone}/x")
    assert problem.code == "no_connection"


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/x", "http://", "nothing"])
def test_an_address_that_is_none(address):
    with asker(pauses=()) as asking:
        problem = problem_of(asking, address)
    assert problem.code in {"bad_address", "no_connection"}


def test_a_body_without_end_is_cut_off(monkeypatch):
    monkeypatch.setattr("lautta.indicators.fetchers.http.MOST_BYTES", 1000)
    with little_source({"/x": Reply(b"x" * 5000)}) as source, asker() as asking:
        problem = problem_of(asking, f"{source.base}/x")
    assert problem.code == "too_large"
