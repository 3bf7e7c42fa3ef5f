"""A real installation of its own for a slow proof: a file of SQLite or a database of PostgreSQL, written by many processes."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get("LAUTTA_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")


@dataclass(frozen=True)
class Installation:
    """Where it lives; `call` runs a function of a module of ours in a process of its own."""

    url: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.url,
            "LAUTTA_DATA": str(self.folder),
            "LAUTTA_SECRET_KEY": "verify",
            "DJANGO_SETTINGS_MODULE": "tests.verify.settings",
        }

    def start(self, module: str, *arguments: str) -> subprocess.Popen:
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, module: str, *arguments: str) -> str:
        process = self.start(module, *arguments)
        out, err = process.communicate(timeout=900)
        assert process.returncode == 0, err[-3000:]
        return out

    def answer(self, module: str, *arguments: str) -> dict:
        return json.loads(self.run(module, *arguments).splitlines()[-1])


@contextlib.contextmanager
def installation(kind: str, folder: Path) -> Iterator[Installation]:
    """A migrated, empty installation of `kind` sqlite or postgres; gone afterwards."""
    if kind == "sqlite":
        made = Installation(f"sqlite:///{folder / 'lautta.sqlite3'}", folder)
        made.run("lautta", "migrate", "--verbosity", "0")
        yield made
        return
    import psycopg

    name = f"lautta_verify_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            made = Installation(POSTGRES.rpartition("/")[0] + f"/{name}", folder)
            made.run("lautta", "migrate", "--verbosity", "0")
            yield made
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
