"""No text is ever lost: many processes write one chapter at once, on a database of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import migrated

ROOT = Path(__file__).resolve().parents[3]
WRITER = "tests.plans.chapters.concurrent_writer"
WRITERS, SAVES = 3, 4

_PREPARE = """
import django; django.setup()
from lautta.common.actors import SYSTEM
from lautta.plans.actions.chapters import create_chapter
from tests import factories as f
chapter = create_chapter(by=SYSTEM, plan=f.PlanFactory(), texts={"fi": ("T", "<p>Alku.</p>", "")})
print(chapter.pk)
"""
_READ = """
import sys, json, django; django.setup()
from lautta.plans.models import ChapterRevision
rows = ChapterRevision.objects.filter(chapter=int(sys.argv[1]), language="fi").order_by("number")
print(json.dumps(list(rows.values_list("number", "based_on", "body"))))
"""


def _environment(database: str, data: Path) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "lautta.config.settings",
        "LAUTTA_DATA": str(data),
        "LAUTTA_SECRET_KEY": "tests-only",
        "PYTHONPATH": str(ROOT),
    }


def _run(environment, *arguments: str) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def _prove(environment, folder: Path) -> None:
    chapter = _run(environment, "-c", _PREPARE).strip().splitlines()[-1]
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", WRITER, chapter, str(n), str(SAVES), str(folder), str(WRITERS)],
            env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for n in range(WRITERS)
    ]  # fmt: skip
    saved, conflicts = [], 0
    for writer in writers:
        out, errors = writer.communicate(timeout=240)
        assert writer.returncode == 0, errors[-2000:]
        for line in out.splitlines():
            body, met = json.loads(line)
            saved.append(body)
            conflicts += met
    rows = json.loads(_run(environment, "-c", _READ, chapter))
    assert [number for number, _, _ in rows] == list(range(1, WRITERS * SAVES + 2))
    assert all(based_on == number - 1 for number, based_on, _ in rows)
    assert len(saved) == WRITERS * SAVES
    assert set(saved) <= {body for _, _, body in rows}
    last = rows[-1][2]
    for n in range(WRITERS):
        for i in range(SAVES):
            assert last.count(f"<p>kirjoittaja {n} lause {i}</p>") == 1
    assert conflicts >= WRITERS - 1, "the writers never met: the proof proves nothing"


def test_no_text_is_lost_on_sqlite(tmp_path):
    migrated.copy_to(tmp_path / "proof.sqlite3")
    _prove(_environment(f"sqlite:///{tmp_path / 'proof.sqlite3'}", tmp_path), tmp_path)


@pytest.mark.postgres
def test_no_text_is_lost_on_postgres(tmp_path):
    if os.environ.get("LAUTTA_TEST_DB") != "postgres":
        pytest.skip("set LAUTTA_TEST_DB=postgres")
    psycopg = pytest.importorskip("psycopg")
    server = os.environ.get("LAUTTA_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
    name = "proof_chapters_" + os.environ.get("LAUTTA_TEST_SUFFIX", "main")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            environment = _environment(server.rsplit("/", 1)[0] + "/" + name, tmp_path)
            _run(environment, "-m", "lautta", "migrate", "-v0")
            _prove(environment, tmp_path)
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
