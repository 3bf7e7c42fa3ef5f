"""A fetch killed at any moment never leaves half a vintage."""

import itertools
import random
import signal
import time
from urllib.parse import parse_qs

import pytest

from tests.indicators import factories as f
from tests.indicators.little_source import Reply, little_source
from tests.verify.fetching import INDICATORS
from tests.verify.installation import installation

pytestmark = pytest.mark.verify
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
KILLS = 50
MUNICIPALITIES = {1000 + n: f"{n:03d}" for n in range(1, 301)}
YEARS = range(1995, 2024)


def changing_source() -> dict:
    """300 municipalities in 29 years; every answer has values of its own, so that every fetch makes new vintages."""
    turns = itertools.count()

    def values(query: str) -> Reply:
        source_id, turn = int(parse_qs(query)["indicator"][0]), next(turns)
        rows = [
            {
                "indicator": source_id,
                "region": region,
                "year": year,
                "gender": "total",
                "value": region + year / 8 + turn,
            }
            for region in MUNICIPALITIES
            for year in YEARS
        ]
        return Reply(f.body(rows))

    regions = [f.region(658, "358", "MAA"), *(f.region(key, code) for key, code in MUNICIPALITIES.items())]
    described = {
        f"/indicators/{9000 + n}": Reply(
            f.body(f.description(9000 + n, range={"start": YEARS[0], "end": YEARS[-1]}))
        )
        for n in range(INDICATORS)
    }
    return {"/regions": Reply(f.body(regions)), "/json": values, **described}


@pytest.mark.parametrize("kind", BOTH)
def test_never_half_a_vintage(kind, tmp_path):
    rng = random.Random(11)
    with installation(kind, tmp_path) as made, little_source(changing_source()) as source:
        began = time.monotonic()
        made.run("tests.verify.fetching", "fetch", source.base)
        whole = time.monotonic() - began
        seen = made.answer("tests.verify.fetching", "check")
        in_the_middle = 0
        for _ in range(KILLS):
            process = made.start("tests.verify.fetching", "fetch", source.base)
            time.sleep(rng.uniform(0.3, 1.0) * whole)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            found = made.answer("tests.verify.fetching", "check")
            assert found["wrong"] == []
            assert found["indicators"] == INDICATORS
            assert found["areas"] == seen["areas"]
            in_the_middle += 0 < found["vintages"] - seen["vintages"] < INDICATORS
            seen = found
        last = made.answer("tests.verify.fetching", "fetch", source.base)
        found = made.answer("tests.verify.fetching", "check")
    print(
        f"{kind}: {KILLS} kills, {in_the_middle} with some indicators done and some not, {found['vintages']} vintages"
    )
    assert last["counts"] == {"new": INDICATORS}
    assert found["wrong"] == []
    assert found["running"] > 0, "some were killed while they ran"
    assert in_the_middle > KILLS / 5, "kills fell where they could hurt"


@pytest.mark.parametrize("kind", BOTH)
def test_two_machines_at_once_take_turns(kind, tmp_path):
    """Four fetches of the same indicators side by side, from an empty catalogue: none fails, none writes over another."""
    with installation(kind, tmp_path) as made, little_source(changing_source()) as source:
        machines = [made.start("tests.verify.fetching", "fetch", source.base) for _ in range(4)]
        ends = [(m.communicate(timeout=300), m.returncode) for m in machines]
        found = made.answer("tests.verify.fetching", "check")
    assert [err[-600:] for (_, err), code in ends if code] == []
    assert found["wrong"] == []
    assert found["vintages"] == 4 * INDICATORS
    assert found["done"] == 4
