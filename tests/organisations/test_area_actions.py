"""Areas: who may write them, memberships that end, successions that add up."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from lautta.common.actors import SYSTEM
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations import actions
from lautta.organisations.models import Area
from tests import factories as f

pytestmark = pytest.mark.django_db
D = dt.date
T = Translated.of


def area(code="142", kind="municipality", name="Iitti"):
    return actions.create_area(by=SYSTEM, kind=kind, code=code, name=T(name))


@pytest.mark.parametrize("name", ["kaisa", "hannes", "urho"])
def test_areas_belong_to_the_installation_not_to_a_plan(cast, name):
    by, here = cast.actor(getattr(cast, name)), f.AreaFactory()
    region = f.AreaFactory(kind="region")
    calls = [
        lambda: actions.create_area(by=by, kind="municipality", code="999", name=T("Uusi")),
        lambda: actions.join_area(by=by, area=here, parent=region),
        lambda: actions.leave_area(by=by, area=here, parent=region, last_day=D(2020, 12, 31)),
        lambda: actions.succeed_area(by=by, old=here, new=f.AreaFactory(), year=2021),
        lambda: actions.set_population(by=by, area=here, year=2020, counts={(0, 6): 1}, source="x"),
        lambda: actions.create_region(by=by, area=region, name=T("Uusi")),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied):
            call()


def test_a_municipality_changes_region_and_both_stay_known():
    iitti, kymi, hame = area(), area("08", "region", "Kymenlaakso"), area("07", "region", "Päijät-Häme")
    actions.join_area(by=SYSTEM, area=iitti, parent=kymi)
    actions.leave_area(by=SYSTEM, area=iitti, parent=kymi, last_day=D(2020, 12, 31))
    actions.join_area(by=SYSTEM, area=iitti, parent=hame, started_on=D(2021, 1, 1))
    assert list(Area.objects.within(kymi, D(2020, 12, 31))) == [iitti]
    assert list(Area.objects.within(kymi, D(2021, 1, 1))) == []
    assert list(Area.objects.within(hame, D(2021, 1, 1))) == [iitti]
    with pytest.raises(Refused):
        actions.leave_area(by=SYSTEM, area=iitti, parent=kymi, last_day=D(2021, 12, 31))
    with pytest.raises(Refused) as refusal:
        actions.join_area(by=SYSTEM, area=iitti, parent=hame, started_on=D(2020, 6, 1))
    assert refusal.value.field == "started_on"


def test_near_holds_the_area_its_members_and_what_else_they_belong_to():
    kunta, region, county = area(), area("08", "region"), area("10", "county")
    far = area("091")
    actions.join_area(by=SYSTEM, area=kunta, parent=region)
    actions.join_area(by=SYSTEM, area=kunta, parent=county, started_on=D(2023, 1, 1))
    assert set(Area.objects.near(region, D(2022, 1, 1))) == {kunta, region}
    assert set(Area.objects.near(region, D(2023, 1, 1))) == {kunta, region, county}
    assert far not in Area.objects.near(region, D(2023, 1, 1))


def test_shares_of_a_succession_never_pass_the_whole():
    old, first, second = area("754"), area("286"), area("285")
    actions.succeed_area(by=SYSTEM, old=old, new=first, year=2009, share=Decimal("0.6"))
    assert old.ended_on is None
    with pytest.raises(Refused) as refusal:
        actions.succeed_area(by=SYSTEM, old=old, new=second, year=2009, share=Decimal("0.5"))
    assert refusal.value.field == "share"
    actions.succeed_area(by=SYSTEM, old=old, new=second, year=2009, share=Decimal("0.4"))
    assert old.ended_on == D(2008, 12, 31)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "142"}, None),
        ({"kind": "village"}, "kind"),
        ({"code": "12345"}, "code"),
        ({"name": T("")}, "name"),
    ],
)
def test_what_an_area_cannot_be_is_said(values, field):
    area()
    with pytest.raises(Refused) as refusal:
        actions.create_area(by=SYSTEM, **{"kind": "municipality", "code": "143", "name": T("Uusi"), **values})
    assert refusal.value.field == field


def test_population_of_a_year_is_replaced_whole_per_source():
    here = area()
    counts = {(0, 6): 62, (7, 15): 150}
    actions.set_population(
        by=SYSTEM, area=here, year=2019, counts=counts, source="ennuste", basis="projection"
    )
    actions.set_population(
        by=SYSTEM, area=here, year=2019, counts={(0, 6): 61}, source="ennuste", basis="projection"
    )
    actions.set_population(by=SYSTEM, area=here, year=2019, counts=counts, source="toteuma")
    rows = here.population.filter(source="ennuste").values_list("age_from", "age_to", "count")
    assert list(rows) == [(0, 6, 61)]
    assert here.population.count() == 3
    with pytest.raises(Refused):
        actions.set_population(by=SYSTEM, area=here, year=2020, counts={(7, 6): 1}, source="x")
    with pytest.raises(Refused):
        actions.set_population(by=SYSTEM, area=here, year=2020, counts={(0, 6): -1}, source="x")


def test_a_region_speaks_known_languages():
    with pytest.raises(Refused):
        actions.create_region(by=SYSTEM, area=area("08", "region"), name=T("Uusi"), languages=("fi", "de"))
