"""`lautta tick` on several machines at once, and killed in the middle."""

import random
import signal
import time

import pytest

from tests.verify.installation import installation
from tests.verify.ticking import PEOPLE

pytestmark = pytest.mark.verify
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.mark.parametrize("kind", BOTH)
def test_four_machines_send_each_reminder_once(kind, tmp_path):
    with installation(kind, tmp_path) as made:
        made.run("tests.verify.ticking", "prepare")
        machines = [made.start("lautta", "tick") for _ in range(4)]
        ends = [(m.communicate(timeout=600)[1], m.returncode) for m in machines]
        assert [err[-500:] for err, code in ends if code] == []
        found = made.answer("tests.verify.ticking", "count")
    assert found["people"] >= PEOPLE
    assert found["mails"] == found["sent"] == found["people"]
    assert found["handed_over"] == found["different"] == found["mails"]
    assert found["mentions"] == found["different_mentions"]


@pytest.mark.parametrize("kind", BOTH)
def test_a_tick_killed_at_any_moment_loses_nothing_and_queues_nothing_twice(kind, tmp_path):
    """SIGKILL at ten random moments, then one whole run. A mail whose sender died after handing it over waits for its lease."""
    rng = random.Random(7)
    with installation(kind, tmp_path) as made:
        made.run("tests.verify.ticking", "prepare")
        for _ in range(10):
            machine = made.start("lautta", "tick")
            time.sleep(rng.uniform(0.8, 4.0))
            machine.send_signal(signal.SIGKILL)
            machine.communicate()
        made.run("lautta", "tick")
        found = made.answer("tests.verify.ticking", "count")
    assert found["people"] >= PEOPLE
    assert found["mails"] == found["people"], "no reminder is queued twice"
    assert found["mentions"] == found["different_mentions"]
    assert found["handed_over"] == found["different"], "none is sent twice before its lease has run out"
    assert found["mails"] - found["sent"] <= 10, "at most the one in hand at each kill waits"
