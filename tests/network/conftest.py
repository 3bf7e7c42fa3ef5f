"""The cast with a family-centre coordinator of one area."""

import pytest

from lautta.common.translated import Translated
from lautta.network.models import AreaPart, CentreArea
from tests import factories as f
from tests.network.making import municipality


@pytest.fixture
def village(cast):
    return municipality(cast.plan, "Kylä")


@pytest.fixture
def town(cast):
    return municipality(cast.plan, "Kaupunki")


@pytest.fixture
def fanni(cast, village):
    """Family-centre coordinator at the county, whose area is the village."""
    user = f.UserFactory(name="Fanni", email="fanni@test.invalid")
    f.RoleAssignmentFactory(
        plan=cast.plan,
        role="family_centre_coordinator",
        membership=f.MembershipFactory(user=user, organisation=cast.county),
    )
    area = CentreArea.objects.create(
        plan=cast.plan, name=Translated.of("Idän alue"), sort_key="1", coordinator=user
    )
    AreaPart.objects.create(centre_area=area, area=village)
    return user
