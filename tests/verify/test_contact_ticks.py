"""`lautta tick` on several machines at once asks each contact once."""

import pytest

from tests.verify.contacts import ADDRESSES
from tests.verify.installation import installation

pytestmark = pytest.mark.verify


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_four_machines_ask_each_contact_once(kind, tmp_path):
    with installation(kind, tmp_path) as made:
        made.run("tests.verify.contacts", "prepare")
        machines = [made.start("lautta", "tick") for _ in range(4)]
        ends = [(m.communicate(timeout=600)[1], m.returncode) for m in machines]
        assert [err[-500:] for err, code in ends if code] == []
        made.run("lautta", "tick")
        found = made.answer("tests.verify.contacts", "count")
    assert found["mails"] == found["sent"] == ADDRESSES
    assert found["asked"] == found["services"] == 2 * ADDRESSES
    assert found["handed_over"] == found["different"] == ADDRESSES
