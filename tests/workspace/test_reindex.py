"""`lautta reindex` brings into search what was stored before its kind was searched, and changes nothing else."""

import pytest
from django.core.management import call_command

from lautta.common import search
from lautta.common.models import AuditEntry
from lautta.plans.models import JointIndicator
from tests.indicators import factories as numbers

pytestmark = pytest.mark.django_db


def test_joint_indicators_of_before_are_found(cast, capsys):
    indicator = numbers.taken_in(numbers.grid(), numbers.metadata("4711", "Ilman ystävää, %")).indicator
    JointIndicator.objects.create(plan=cast.plan, indicator=indicator)
    assert not search.search(cast.plan.public_id, "ystävä", language="fi").hits
    before = AuditEntry.objects.count()
    call_command("reindex")
    call_command("reindex")
    hits = search.search(cast.plan.public_id, "ystävä", language="fi").hits
    assert [(h.kind, h.object_id) for h in hits] == [("indicator", indicator.public_id)]
    assert "indicators: 1" in capsys.readouterr().out
    assert AuditEntry.objects.count() == before
