"""Many processes write the same chapter and the same measure: no error, no lost update, by a count."""

import os

import pytest

from tests.verify.installation import installation

pytestmark = pytest.mark.verify
PROCESSES, SAVES = (
    int(os.environ.get("LAUTTA_FLOOD_PROCESSES", "16")),
    int(os.environ.get("LAUTTA_FLOOD_SAVES", "100")),
)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_no_update_is_lost(kind, tmp_path):
    with installation(kind, tmp_path) as made:
        made.run("tests.verify.flood", "prepare")
        writers = [made.start("tests.verify.flood", "write", f"w{n}", str(SAVES)) for n in range(PROCESSES)]
        ends = [(w.communicate(timeout=3000), w.returncode) for w in writers]
        assert [err[-500:] for (_out, err), code in ends if code] == []
        found = made.answer("tests.verify.flood", "count")
    assert found["revisions"] == PROCESSES * SAVES + 1
    assert found["gapless"]
    assert found["marks"] == sorted(f"w{p}-{n}" for p in range(PROCESSES) for n in range(SAVES))
    assert found["description"] == str(PROCESSES * SAVES)
    assert found["version"] == PROCESSES * SAVES + 1
