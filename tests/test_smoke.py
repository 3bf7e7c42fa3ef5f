import pytest


@pytest.mark.django_db
def test_standing_is_tied_to_plan_and_organisation(cast):
    from lautta.organisations.permissions import Permission
    from lautta.plans.standing import standing_of

    standing = standing_of(cast.hannes, cast.plan)
    assert standing.can(Permission.EDIT_MEASURES, cast.hamina)
    assert not standing.can(Permission.EDIT_MEASURES, cast.kotka)
    assert not standing_of(cast.hannes, cast.other_plan).is_member
