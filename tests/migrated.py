"""An empty, migrated SQLite file, made once for a state of the sources: migrating takes longer than most tests together."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _state() -> str:
    """A mark that changes with any source or requirement."""
    found = hashlib.sha256(sys.version.encode())
    for path in [ROOT / "requirements.lock", *sorted((ROOT / "lautta").rglob("*.py"))]:
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:20]


def migrated() -> Path:
    """The file; whoever asks first makes it, the others wait."""
    folder = Path(tempfile.gettempdir()) / f"lautta-migrated-{os.getuid()}-{_state()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / "empty.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            made = folder / "making.sqlite3"
            made.unlink(missing_ok=True)
            kept = {
                k: v
                for k, v in os.environ.items()
                if not k.startswith(("LAUTTA_", "DJANGO_", "DATABASE_URL"))
            }
            environment = {
                **kept, "DATABASE_URL": f"sqlite:///{made}", "DJANGO_SETTINGS_MODULE": "lautta.config.settings",
                "LAUTTA_DATA": str(folder), "LAUTTA_SECRET_KEY": "tests-only",
            }  # fmt: skip
            command = [sys.executable, "-m", "lautta", "migrate", "--verbosity", "0"]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)
            with sqlite3.connect(made) as whole:  # what stands in the log goes into the file
                whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            whole.close()
            made.rename(path)
    return path


def copy_to(target: Path) -> None:
    """A migrated database of one's own at `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(migrated(), target)


def load_into(connection: sqlite3.Connection) -> None:
    """The same into an open, empty database."""
    source = sqlite3.connect(f"file:{migrated()}?mode=ro", uri=True)
    source.backup(connection)
    source.close()
