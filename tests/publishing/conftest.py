"""The public plan of these tests."""

import pytest
from django.utils import translation

from lautta.common.search import index
from tests.publishing.world import World, make_world


@pytest.fixture(autouse=True)
def finnish():
    """A request leaves its language behind it: each test begins and ends in Finnish."""
    with translation.override("fi"):
        yield


@pytest.fixture
def world(cast) -> World:
    made = make_world(cast)
    index(
        scope=made.plan.public_id,
        kind="measure",
        object_id=made.measure.public_id,
        texts={"fi": ("Perhekahvila", "Lapsi saa kaverin.")},
        url_name="publishing:measure",
        url_kwargs={"plan_id": made.plan.public_id, "measure_id": made.measure.public_id},
    )
    index(
        scope=made.plan.public_id,
        kind="measure",
        object_id=made.draft.public_id,
        texts={"fi": ("Salaindeksi perhekahvila", "Salaindeksi")},
        url_name="publishing:measure",
        audience=f"organisation:{made.cast.hamina.public_id}",
    )
    return made
