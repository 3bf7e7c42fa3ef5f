"""Two secretaries decide at once: one decision, and one clear message. Threads on PostgreSQL; on SQLite a program on a file."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, connections

from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.actions.decisions import Facts, record_decision
from lautta.decisions.actions.paths import lay_path
from lautta.decisions.actions.versions import freeze
from lautta.decisions.models import Body, Decision, Version
from tests import factories as f
from tests import migrated
from tests.cast import make_cast
from tests.decisions.making import ASKED

ROOT = Path(__file__).resolve().parents[2]
TIMES = 8


def decide_at_once() -> None:
    """AssertionError unless exactly one of TIMES decisions at once gets through, the others with a reason."""
    cast = make_cast()
    chapter = f.ChapterFactory(plan=cast.plan)
    f.ChapterRevisionFactory(chapter=chapter)
    body = Body.objects.create(
        plan=cast.plan, organisation=cast.kotka, kind="council", name=Translated.of("Valtuusto")
    )
    kaisa, paula = cast.actor(cast.kaisa), cast.actor(cast.paula, cast.kotka)
    version = freeze(by=kaisa, plan=cast.plan, kind="part_one", proposal=ASKED)
    lay_path(by=kaisa, version=version, bodies=[(body, "decides")])
    station = version.stations.get()
    start, refused, broken = threading.Barrier(TIMES), [], []

    def run(number: int) -> None:
        try:
            start.wait(timeout=60)
            outcome = "approve" if number % 2 else "commit"
            record_decision(
                by=paula if number % 2 else kaisa, station=station, facts=Facts(outcome, version.frozen_on)
            )
        except Refused as problem:
            refused.append(str(problem.message))
        except Exception as problem:
            broken.append(repr(problem))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(TIMES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not broken, broken[:3]
    assert Decision.objects.count() == 1
    assert len(refused) == TIMES - 1
    assert all("on jo päättänyt tästä" in words for words in refused), refused


def freeze_at_once() -> None:
    """Two that freeze at once: one version; the other is told that nothing has changed since."""
    cast = make_cast()
    f.ChapterRevisionFactory(chapter=f.ChapterFactory(plan=cast.plan))
    kaisa = cast.actor(cast.kaisa)
    start, refused, broken = threading.Barrier(TIMES), [], []

    def run() -> None:
        try:
            start.wait(timeout=60)
            freeze(by=kaisa, plan=cast.plan, kind="part_one", proposal=ASKED)
        except Refused as problem:
            refused.append(str(problem.message))
        except Exception as problem:
            broken.append(repr(problem))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _n in range(TIMES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not broken, broken[:3]
    assert Version.objects.count() == 1
    assert len(refused) == TIMES - 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("work", [decide_at_once, freeze_at_once])
def test_one_of_many_at_once_on_postgresql(work):
    if connection.vendor != "postgresql":
        pytest.skip("threads share no in-memory SQLite; the program below does it on a file")
    work()


@pytest.mark.parametrize("name", ["decide_at_once", "freeze_at_once"])
def test_one_of_many_at_once_on_a_sqlite_file(tmp_path, name):
    migrated.copy_to(tmp_path / "decide.sqlite3")
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'decide.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "lautta.config.settings",
        "LAUTTA_DATA": str(tmp_path),
    }
    environment.pop("LAUTTA_TEST_DB", None)
    code = (
        "import django; django.setup()\nfrom django.utils import translation\ntranslation.activate('fi')\n"
        f"from tests.decisions.test_concurrency import {name}; {name}()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
