"""The trail: a row with every write, without names, only inside the write's transaction."""

import pytest
from django.db import transaction

from lautta.common.actors import SYSTEM
from lautta.common.audit import apply_changes, record
from lautta.common.models import AuditEntry
from lautta.common.translated import Translated


@pytest.mark.django_db(transaction=True)
def test_a_trail_outside_a_transaction_is_a_mistake(cast):
    with pytest.raises(RuntimeError):
        record(by=SYSTEM, action="x", target=cast.plan)


@pytest.mark.django_db
def test_a_row_says_who_by_number_what_and_how(cast):
    with transaction.atomic():
        record(
            by=cast.actor(cast.kaisa), action="goal.update", target=cast.goal, scope=cast.plan.public_id,
            changes={"title": (Translated.of("Ennen"), Translated.of("Nyt")), "owner": (None, cast.kotka)},
        )  # fmt: skip
    row = AuditEntry.objects.get()
    assert (row.actor_id, row.actor_role, row.kind, row.object_id) == (
        cast.kaisa.pk, "coordinator", "goal", cast.goal.public_id,
    )  # fmt: skip
    assert row.changes == {"title": [{"fi": "Ennen"}, {"fi": "Nyt"}], "owner": [None, cast.kotka.public_id]}
    assert "Kaisa" not in str(vars(row))


@pytest.mark.django_db
def test_only_what_differs_is_a_change(cast):
    assert apply_changes(cast.goal, {"number": "4.1", "colour": 2}) == {"colour": (1, 2)}
    assert cast.goal.colour == 2


@pytest.mark.django_db
def test_a_write_that_fails_leaves_no_trail(cast):
    class StopHere(Exception):
        pass

    def write_and_fail():
        with transaction.atomic():
            record(by=SYSTEM, action="x", target=cast.plan)
            raise StopHere

    with pytest.raises(StopHere):
        write_and_fail()
    assert not AuditEntry.objects.exists()
