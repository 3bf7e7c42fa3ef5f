"""`python -m bench.network`: find help over 5,000 services, a table of 5,000 rows. Part of `make bench`."""

from __future__ import annotations

import statistics
import sys
import time

SERVICES, ROWS, BAD = 5_000, 5_000, 37
# (page, most queries, most CPU ms)
BOUNDS = {
    "who": (10, 30.0),
    "need": (10, 30.0),
    "answers": (10, 30.0),
    "answers, page 9": (10, 30.0),
    "answers, village": (10, 30.0),
    "everything": (10, 30.0),
    "service": (10, 30.0),
}
REPEATS = 15


def measure() -> int:
    from django.urls import reverse

    from tests.cast import make_cast
    from tests.network.making import many, municipality

    cast = make_cast()
    areas = [municipality(cast.plan, f"Kunta {n}") for n in range(6)]
    many(cast.plan, SERVICES, areas)
    plan, first = cast.plan.public_id, cast.plan.services.first()

    def help_at(*parts: str) -> str:
        return reverse("publishing:help", args=(plan, *parts))

    answers = help_at("small", "together")
    pages = {
        "who": help_at(), "need": help_at("small"), "answers": answers, "answers, page 9": f"{answers}?page=9",
        "answers, village": f"{answers}?municipality={areas[0].public_id}", "everything": help_at("any", "any"),
        "service": reverse("publishing:service", args=(plan, first.public_id, "palvelu-0")),
    }  # fmt: skip
    print(f"\n{SERVICES} services\n{'page':<20}{'queries':>8}{'CPU ms':>9}{'bytes':>10}")
    broken = 0
    for page, url in pages.items():
        queries, cpu, size = one(url)
        most_queries, most_cpu = BOUNDS[page]
        over = queries > most_queries or cpu > most_cpu
        broken += over
        print(f"{page:<20}{queries:>8}{cpu:>9.1f}{size:>10}{'  over' if over else ''}")
    table(cast, areas[0])
    return 1 if broken else 0


def table(cast, area) -> None:
    """CPU and memory of a table of 5,000 rows with 37 bad ones."""
    import tracemalloc

    from lautta.network import actions
    from lautta.network.actions.uploads import known_in
    from lautta.network.importing import judge, read_table
    from lautta.network.rules import reach_of
    from lautta.plans.standing import standing_of

    lines = ["Palvelun nimi;Toimija;Kenelle;Mihin tarpeeseen;Puhelin;Kunnat"]
    for n in range(ROWS):
        who = "kuninkaat" if n % (ROWS // BAD) == 1 and n < BAD * (ROWS // BAD) else "lapset itse"
        lines.append(f"Tuotu {n};Yhdistys {n % 50};{who};Haluan jutella jonkun kanssa;040 {n};{area.name}")
    content = "\n".join(lines).encode()
    by, reach = cast.actor(cast.kaisa), reach_of(standing_of(cast.kaisa, cast.plan))
    tracemalloc.start()
    began = time.process_time()
    read = read_table(content)
    reading = time.process_time() - began
    began = time.process_time()
    found = judge(read, known_in(cast.plan, reach))
    judging = time.process_time() - began
    began = time.process_time()
    kept = actions.keep_upload(by=by, plan=cast.plan, filename="palvelut.csv", table=read)
    actions.take_upload(by=by, upload=kept, only_good=True)
    taking = time.process_time() - began
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(
        f"table of {ROWS} rows, {len(found.bad_rows)} bad: read {reading:.2f} s, judged {judging:.2f} s, "
        f"kept and taken in {taking:.2f} s CPU (traced), {peak:.0f} MB at most"
    )


def one(url: str) -> tuple[int, float, int]:
    """(queries, median CPU ms, bytes)."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    queries = len(captured)
    if response.status_code != 200:
        raise RuntimeError(f"{url} answered {response.status_code}")
    times = []
    for _ in range(REPEATS):
        before = time.process_time()
        client.get(url)
        times.append((time.process_time() - before) * 1000)
    return queries, statistics.median(times), len(response.content)


if __name__ == "__main__":
    from bench.__main__ import scratch

    with scratch():
        sys.exit(measure())
