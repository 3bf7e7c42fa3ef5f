"""`make bench`: SQL queries, CPU ms per request and HTML bytes of the public pages, at 100, 500 and 2,500 measures.

One process, no cache of pages, CPU by `time.process_time` (the median of several requests after one that warms up), on a scratch
SQLite file (or BENCH_DATABASE_URL). A bound that is broken is printed and makes the exit code 1.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZES = (100, 500, 2_500)
REPEATS = 15
# (page, most queries, most CPU ms, most bytes)
BOUNDS = {
    "home": (10, None, 100_000),
    "list": (10, 30.0, 100_000),
    "list, page 2": (10, 30.0, 100_000),
    "list, filtered": (10, 30.0, 100_000),
    "measure": (10, 15.0, 100_000),
    "goal": (10, None, 100_000),
    "search": (10, None, 100_000),
}


@contextmanager
def scratch() -> Iterator[None]:
    """Django on an empty database of its own."""
    with tempfile.TemporaryDirectory(prefix="lautta-bench-") as folder:
        os.environ.setdefault("LAUTTA_SECRET_KEY", "bench")
        os.environ["LAUTTA_DATA"] = folder
        (Path(folder) / "static_collected").mkdir()
        os.environ["DATABASE_URL"] = os.environ.get(
            "BENCH_DATABASE_URL", f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        )
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("messages", "--compile", verbosity=0)
        call_command("migrate", verbosity=0)
        from lautta.config import memory

        memory.settle()  # as the server does
        yield


def main() -> int:
    with scratch():
        from bench import annual_clock, decisions, figures, network, papers, texts

        parts = (figures, texts, decisions, annual_clock, papers, network)
        return max(measure(), *(part.measure() for part in parts))


def measure() -> int:
    from django.conf import settings

    from bench.region import Region

    region, broken = Region(), []
    print(f"{settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}, Python {sys.version.split()[0]}\n")
    print(f"{'measures':>8}  {'page':<16}{'queries':>8}{'CPU ms':>9}{'bytes':>10}")
    for size in SIZES:
        region.grow(size)
        for page, url in region.pages().items():
            queries, cpu, count = one_page(url)
            most = BOUNDS[page]
            over = [
                n
                for n, v, m in zip(("queries", "CPU", "bytes"), (queries, cpu, count), most, strict=True)
                if m and v > m
            ]
            if over:
                broken.append(f"{page} at {size}: {', '.join(over)}")
            print(
                f"{size:>8}  {page:<16}{queries:>8}{cpu:>9.1f}{count:>10}{'  over: ' + ', '.join(over) if over else ''}"
            )
        print()
    for line in broken:
        print("OVER THE BOUND:", line)
    return 1 if broken else 0


def one_page(url: str) -> tuple[int, float, int]:
    """(queries, median CPU ms, bytes) of a GET by an anonymous visitor. RuntimeError unless it answers 200."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    queries = len(captured)  # read now: the next request empties the log
    if response.status_code != 200:
        raise RuntimeError(f"{url} answered {response.status_code}")
    times = []
    for _ in range(REPEATS):
        before = time.process_time()
        client.get(url)
        times.append((time.process_time() - before) * 1000)
    return queries, statistics.median(times), len(response.content)


if __name__ == "__main__":
    sys.exit(main())
