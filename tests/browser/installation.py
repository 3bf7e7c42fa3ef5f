"""The demo installation that the browser visits: loaded once a run, copied for each worker, served by a process of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests.migrated import copy_to

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "lautta.sqlite3"
PATIENCE = 120


def environment(folder: Path, static: Path, **more: str) -> dict[str, str]:
    """What a process of the installation in `folder` sees. The suite's own settings are not its settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LAUTTA_", "DJANGO_", "DATABASE_URL"))}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "LAUTTA_DATA": str(folder),
        "LAUTTA_SECRET_KEY": "browser",
        "LAUTTA_STATIC": str(static),
        **more,
    }


def build(folder: Path) -> None:
    """The demo with what the pages need besides, in `folder`: database, collected static files, addresses.json."""
    copy_to(folder / DATABASE)
    command = [sys.executable, "-m", "tests.browser.prepare", str(folder)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(folder, folder / "static"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (
        f"the demo could not be prepared:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    )


def built_once(shared: Path) -> Path:
    """The prepared demo of this run in `shared`; the first worker builds it and the others wait.

    LAUTTA_BROWSER_DEMO names a folder that is kept from run to run, for those who write tests.
    """
    folder = Path(os.environ.get("LAUTTA_BROWSER_DEMO") or shared / "browser-demo")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "addresses.json").exists():
            build(folder)
    return folder


def copy_database(source: Path, target: Path) -> None:
    """All of one SQLite file into another, also while a server reads and writes the target."""
    with sqlite3.connect(source) as old, sqlite3.connect(target, timeout=30) as new:
        old.backup(new)
    old.close()
    new.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@dataclass
class Installation:
    """A running copy of the prepared demo in `folder`."""

    prepared: Path
    folder: Path
    port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    def start(self) -> None:
        """Copy the demo and serve it by gunicorn, as `lautta serve` does."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.restore()
        self._run(
            "gunicorn", "lautta.config.wsgi:application", "--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread",
            "--workers", "1", "--threads", "8", "--no-control-socket", "--log-level", "warning", "--timeout", "120",
        )  # fmt: skip
        self._wait()

    def restore(self) -> None:
        """The demo as it was prepared."""
        copy_database(self.prepared / DATABASE, self.database)

    def start_worker(self) -> subprocess.Popen:
        """The process that does the work behind the page."""
        return self._run("lautta", "db_worker", "--no-reload", "--no-startup-delay", "--interval", "0.3")

    def end(self, process: subprocess.Popen) -> None:
        """End one process of the installation, as a keeper would."""
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self.processes.remove(process)

    def command(self, *arguments: str) -> str:
        """Run `lautta …` to its end and give what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "lautta", *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True,
            check=False, timeout=PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def rows(self, query: str, *values: object) -> list[tuple]:
        """What stands in the database, past all pages."""
        connection = sqlite3.connect(self.database, timeout=30)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    @property
    def environment(self) -> dict[str, str]:
        return environment(self.folder, self.prepared / "static", LAUTTA_URL=self.url)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")

    def _run(self, module: str, *arguments: str) -> subprocess.Popen:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.processes[0].poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise AssertionError(f"the server does not answer:\n{self.log[-3000:]}")

    def stop(self) -> None:
        for process in reversed(list(self.processes)):
            self.end(process)
        shutil.rmtree(self.folder, ignore_errors=True)


if __name__ == "__main__":  # while other tests run; LAUTTA_BROWSER_DEMO says where
    built_once(Path())
