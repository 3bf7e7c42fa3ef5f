"""An empty, migrated database, made once for a state of the sources: migrating takes longer than most tests together."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _state() -> str:
    """A mark that changes with any source or requirement."""
    found = hashlib.sha256(sys.version.encode())
    for path in [ROOT / "requirements.lock", *sorted((ROOT / "lautta").rglob("*.py"))]:
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:20]


@contextmanager
def _alone() -> Iterator[Path]:
    """The folder of this state's files; whoever comes second waits."""
    folder = Path(tempfile.gettempdir()) / f"lautta-migrated-{os.getuid()}-{_state()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def _migrate(url: str, folder: Path) -> None:
    """In a process of its own: the suite's settings are not its settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LAUTTA_", "DJANGO_", "DATABASE_URL"))}
    environment = {
        **kept, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lautta.config.settings", "LAUTTA_DATA": str(folder),
        "LAUTTA_SECRET_KEY": "tests-only",
    }  # fmt: skip
    command = [sys.executable, "-m", "lautta", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def migrated() -> Path:
    """The SQLite file."""
    with _alone() as folder:
        path, made = folder / "empty.sqlite3", folder / "making.sqlite3"
        if not path.exists():
            made.unlink(missing_ok=True)
            _migrate(f"sqlite:///{made}", folder)
            with sqlite3.connect(made) as whole:  # what stands in the log goes into the file
                whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            whole.close()
            made.rename(path)
    return path


def template(url: str) -> str:
    """The name of the PostgreSQL database that test databases are copied from; those of earlier states are dropped."""
    import psycopg

    name = f"lautta_template_{_state()}"
    with _alone() as folder, psycopg.connect(url, autocommit=True) as server:
        known = {
            row[0]
            for row in server.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'lautta_template_%'"
            )
        }
        if name not in known:
            for other in known:
                server.execute(f'DROP DATABASE IF EXISTS "{other}"')
            server.execute(f'CREATE DATABASE "{name}_making"')
            _migrate(url.rsplit("/", 1)[0] + f"/{name}_making", folder)
            server.execute(f'ALTER DATABASE "{name}_making" RENAME TO "{name}"')
    return name


def copy_to(target: Path) -> None:
    """A migrated database of one's own at `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(migrated(), target)


def load_into(connection: sqlite3.Connection) -> None:
    """The same into an open, empty database."""
    source = sqlite3.connect(f"file:{migrated()}?mode=ro", uri=True)
    source.backup(connection)
    source.close()
