"""The workspace's menu: groups, who sees what, where one is."""

import pytest
from django.test import RequestFactory

from lautta.plans.standing import standing_of
from lautta.workspace.context import navigation

pytestmark = pytest.mark.django_db


def groups(cast, who, path="", *, language="fi"):
    request = RequestFactory().get(f"/{language}/work/{cast.plan.public_id}/{path}")
    request.plan, request.standing = cast.plan, standing_of(who, cast.plan)
    return navigation(request)["workspace_nav"]


def places(found):
    return [entry["label"] for group in found for entry in group["items"]]


def test_entries_stand_in_groups(cast):
    found = groups(cast, cast.kaisa)
    assert [g["heading"] for g in found] == [
        "Työn alla",
        "Sisältö",
        "Päätöksenteko",
        "Osallisuus",
        "Tiedot ja ylläpito",
    ]
    assert len(places(found)) == len(set(places(found)))


def test_a_group_with_nothing_to_open_is_left_out(cast):
    found = groups(cast, cast.hannes)
    assert "Tiedot ja ylläpito" not in [g["heading"] for g in found]
    assert "Muutosloki" not in places(found)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("", "Oma työ"),
        ("measures/", "Toimenpiteet"),
        ("measures/rounds/2024/", "Vuosikierrokset"),
        ("decisions/bodies/", "Päätökset"),
        ("nowhere/", None),
    ],
)
def test_the_nearest_entry_is_the_place_where_one_is(cast, path, label):
    current = [e["label"] for g in groups(cast, cast.kaisa, path) for e in g["items"] if e["current"]]
    assert current == ([label] if label else [])
