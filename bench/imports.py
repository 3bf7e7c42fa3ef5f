"""`python -m bench.imports [sqlite|postgres]`: all that the replay of Sotkanet has, fetched twice; what it costs, who waits.

Needs shared/tools/sotkanet_replay.py beside the project. A bound that is broken is printed and makes the exit code 1. CPU is
of the fetching process alone; another process writes one row after another meanwhile and tells the longest it waited.
"""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
POSTGRES = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
MOST_CPU, MOST_MEMORY, LONGEST_WAIT = 60.0, 600.0, 2.0


@contextmanager
def replay() -> Iterator[str]:
    """The base address of a replay on loopback."""
    command = [sys.executable, str(SHARED / "tools" / "sotkanet_replay.py"), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip()  # type: ignore[union-attr]
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        return
    import psycopg

    name = f"lautta_bench_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield POSTGRES.rpartition("/")[0] + f"/{name}"
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def setup() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()


def write() -> None:
    """Another writer: a small transaction every 20 ms until told to stop; prints how long the longest took and how many."""
    setup()
    from django.db import transaction

    from lautta.common.actors import SYSTEM
    from lautta.common.audit import record
    from lautta.common.models import User

    someone, _ = User.objects.get_or_create(email="writer@bench.invalid")
    longest, count, stop = 0.0, 0, Path(sys.argv[2])
    while not stop.exists():
        began = time.monotonic()
        with transaction.atomic():
            record(by=SYSTEM, action="bench.write", target=someone)
        longest, count = max(longest, time.monotonic() - began), count + 1
        time.sleep(0.02)
    print(longest, count)


def measure(kind: str, base: str, folder: Path) -> list[str]:
    setup()
    from django.core.management import call_command

    from lautta.common.actors import SYSTEM
    from lautta.indicators.fetchers import Asker
    from lautta.indicators.fetching import fetch_sotkanet
    from lautta.indicators.models import Indicator
    from lautta.indicators.reading import current_panel, panels_of

    call_command("migrate", verbosity=0)
    with (SHARED / "data" / "sotkanet_coverage.csv").open(encoding="utf-8") as handle:
        ids = [row["indicator"] for row in csv.DictReader(handle)]
    stop, broken = folder / "stop", []
    writer = subprocess.Popen(
        [sys.executable, "-m", "bench.imports", "write", str(stop)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    for turn in ("first", "second"):
        cpu, wall = time.process_time(), time.monotonic()
        run = fetch_sotkanet(by=SYSTEM, source_ids=ids, base=base, asker=Asker(between=0))
        cpu, wall = time.process_time() - cpu, time.monotonic() - wall
        told = ", ".join(f"{outcome} {count}" for outcome, count in run.counts.items())
        print(f"{kind}, {turn} fetch of {len(ids)}: {told}; {cpu:.1f} CPU s, {wall:.1f} s by the clock")
        if cpu > MOST_CPU:
            broken.append(f"{cpu:.0f} CPU s")
    stop.touch()
    longest, count = (writer.communicate(timeout=60)[0] or "0 0").split()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"peak memory {memory:.0f} MB; {count} other writes meanwhile, the longest {float(longest) * 1000:.0f} ms"
    )
    if memory > MOST_MEMORY or float(longest) > LONGEST_WAIT:
        broken.append("memory or waiting")
    indicators = list(Indicator.objects.all())
    largest = Indicator.objects.get(source_id="1065")
    one = median(lambda: current_panel(largest))
    many = median(lambda: panels_of(indicators[:60], areas=["KU286", "KU285", "MK08", "SSS"], counts=False))
    print(
        f"one panel (44,256 rows) {one * 1000:.2f} ms; 60 panels, four areas of each, {many * 1000:.1f} ms\n"
    )
    return [f"{kind}: {what}" for what in broken]


def median(call) -> float:
    call()
    times = []
    for _ in range(21):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return sorted(times)[10]


def main() -> int:
    if sys.argv[1:2] == ["write"]:
        write()
        return 0
    if sys.argv[1:2] == ["measure"]:
        broken = measure(sys.argv[2], sys.argv[3], Path(sys.argv[4]))
        for line in broken:
            print("OVER THE BOUND:", line)
        return 1 if broken else 0
    if not (SHARED / "tools" / "sotkanet_replay.py").exists():
        print("shared/tools/sotkanet_replay.py is not beside the project: nothing to measure.")
        return 1
    codes = []
    with replay() as base:
        for kind in sys.argv[1:] or ("sqlite", "postgres"):
            with (
                tempfile.TemporaryDirectory(prefix="lautta-bench-") as name,
                database(kind, Path(name)) as url,
            ):
                place = {"DATABASE_URL": url, "LAUTTA_DATA": name, "LAUTTA_SECRET_KEY": "bench"}
                command = [sys.executable, "-m", "bench.imports", "measure", kind, base, name]
                codes.append(
                    subprocess.run(command, cwd=ROOT, env={**os.environ, **place}, check=False).returncode
                )
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
