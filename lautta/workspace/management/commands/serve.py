"""`lautta serve`: web server, worker and clock in one command, ended together."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time

from django.core.management.base import BaseCommand

from lautta.common.words import lexicon

TICK_EVERY = 60


class Command(BaseCommand):
    help = "Serve the site: gunicorn, the background worker, and `tick` every minute."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--bind", default="127.0.0.1")
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--threads", type=int, default=4)

    def handle(self, *args, port: int, bind: str, workers: int, threads: int, **options):
        python = [sys.executable, "-m"]
        commands = {
            "server": [
                *python, "gunicorn", "lautta.config.wsgi:application", "--bind", f"{bind}:{port}",
                "--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads),
                "--no-control-socket", "--log-level", "warning", "--max-requests", "20000", "--preload",
            ],
            "worker": [*python, "lautta", "db_worker", "--no-reload", "--interval", "1"],
        }  # fmt: skip
        lexicon.prepare()
        self.children = {name: subprocess.Popen(command) for name, command in commands.items()}
        self.stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.stopping.set())
        self.stdout.write(f"Lautta: http://{bind}:{port}/  (Ctrl+C ends it)")
        code = self._watch(python)
        for child in self.children.values():
            child.terminate()
        for child in self.children.values():
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
        sys.exit(code)

    def _watch(self, python: list[str]) -> int:
        next_tick = time.monotonic() + 5
        while not self.stopping.wait(0.5):
            for name, child in self.children.items():
                if child.poll() is not None:
                    self.stderr.write(f"The {name} ended with {child.returncode}.")
                    return child.returncode or 1
            if time.monotonic() >= next_tick:
                next_tick = time.monotonic() + TICK_EVERY
                subprocess.run([*python, "lautta", "tick"], check=False)
        return 0
