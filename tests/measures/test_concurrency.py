"""Sixteen writers at once: no lost update, by count; and one answer, one upload, however many press."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, connections

from lautta.measures import actions
from lautta.measures.models import MeasureYear, RoundAnswer, YearEvaluation
from tests.cast import make_cast
from tests.measures import hammer
from tests.measures.making import given

ROOT = Path(__file__).resolve().parents[2]


def needs_postgres():
    if connection.vendor != "postgresql":
        pytest.skip("threads share no in-memory SQLite; the program below does it on a file")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_lose_no_update_on_postgresql():
    needs_postgres()
    cast = make_cast()
    made = given(cast, cast.hamina)
    accepted, _refused = hammer.hammer(made.pk, cast.actor(cast.hannes))
    hammer.check(made.pk, accepted)


@pytest.mark.verify
def test_sixteen_writers_lose_no_update_on_a_sqlite_file(tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'hammer.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "lautta.config.settings",
        "LAUTTA_DATA": str(tmp_path),
    }
    environment.pop("LAUTTA_TEST_DB", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.measures.hammer"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.startswith(f"accepted {hammer.WRITERS * hammer.SAVES} ")


def at_once(work, times=8):
    """Run `work` in threads that begin together; returns what they raised."""
    start, raised = threading.Barrier(times), []

    def run():
        try:
            start.wait(timeout=30)
            work()
        except Exception as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return raised


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_pressing_at_once_is_pressing_once_on_postgresql():
    needs_postgres()
    cast = make_cast()
    by, later = cast.actor(cast.kaisa), {"round": cast.round, "organisation": cast.hamina}
    made = given(cast, cast.hamina)
    next_round = actions.open_round(
        by=by,
        round=actions.create_round(
            by=by, plan=cast.plan, year=2031, deadline=cast.round.deadline.replace(year=2031)
        ),
    )

    assert at_once(lambda: actions.answer_round(by=by, **later)) == []
    assert RoundAnswer.objects.count() == 1
    carry = {"round": next_round, "organisation": cast.hamina, "measure_years": [made]}
    assert at_once(lambda: actions.carry_over(by=by, **carry)) == []
    assert MeasureYear.objects.filter(round=next_round).count() == 1
    assert at_once(lambda: actions.evaluate_year(by=by, succeeded="Hyvin", **later)) == []
    assert YearEvaluation.objects.count() == 1
    assert at_once(lambda: actions.publish_measure(by=by, measure_year=made)) == []
    report = {"measure_year": made, "period": "spring", "done": "Sama teksti", "status": "under_way"}
    assert at_once(lambda: actions.submit_report(by=by, **report)) == []
    assert made.reports.count() == 1
