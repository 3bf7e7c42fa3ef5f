"""The workspace's pages of joint indicators, walked as the coordinator walks them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lautta.indicators.definitions import minimum_list
from lautta.plans.models import JointIndicator
from tests.indicators.factories import IndicatorFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 14


def url(cast, name: str, **ids) -> str:
    return reverse(f"plans:{name}", kwargs={"plan_id": cast.plan.public_id, **ids})


@pytest.fixture
def kaisa(cast, login):
    return login(cast.kaisa)


def given(**values) -> dict:
    return {"direction": "smaller_is_better", "role": "outcome", "goal": "", "owner": ""} | values


def test_choosing_shows_it_in_the_list_with_its_target(cast, kaisa):
    made = IndicatorFactory()
    answer = kaisa.post(
        url(cast, "indicator_new", indicator_id=made.public_id),
        given(
            baseline_value="8,5", baseline_year="2019", target_value="7,5", target_year="2027", note="Siksi."
        ),
    )
    assert answer.status_code == 302
    joint = JointIndicator.objects.get()
    assert (joint.baseline_value, joint.target_value, joint.target_year) == (8.5, 7.5, 2027)
    page = kaisa.get(url(cast, "indicators")).content.decode()
    assert "lähtötaso 8,5 (2019)" in page
    assert "tavoite 7,5 (2027)" in page
    assert "1 yhteinen mittari" in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"target_value": "paljon", "target_year": "2027"}, "Kirjoita luku, esimerkiksi 8,5."),
        (
            {"baseline_value": "8", "baseline_year": "2027", "target_value": "7", "target_year": "2020"},
            "Tavoitevuoden pitää olla",
        ),
        ({"target_value": "7"}, "Kirjoita, mihin vuoteen mennessä"),
        (
            {"baseline_value": "8", "baseline_year": "2019", "target_value": "9", "target_year": "2027"},
            "Tavoite on huonompi kuin lähtötaso",
        ),
    ],
)
def test_what_does_not_go_together_is_said_and_nothing_is_saved(cast, kaisa, values, sentence):
    made = IndicatorFactory()
    answer = kaisa.post(url(cast, "indicator_new", indicator_id=made.public_id), given(**values))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not JointIndicator.objects.exists()


def test_a_target_on_the_wrong_side_is_kept_when_it_is_meant(cast, kaisa):
    made = IndicatorFactory()
    values = given(
        baseline_value="8", baseline_year="2019", target_value="9", target_year="2027", confirmed="on"
    )
    assert kaisa.post(url(cast, "indicator_new", indicator_id=made.public_id), values).status_code == 302


def test_a_stale_form_overwrites_nothing(cast, kaisa):
    joint = JointIndicator.objects.create(plan=cast.plan, indicator=IndicatorFactory())
    address = url(cast, "indicator", joint_id=joint.public_id)
    assert kaisa.post(address, given(seen="1", note="Ensin.")).status_code == 302
    answer = kaisa.post(address, given(seen="1", note="Myöhässä."))
    assert answer.status_code in (409, 422)
    joint.refresh_from_db()
    assert str(joint.note) == "Ensin."


def test_the_minimum_list_asks_for_a_reason(cast, kaisa):
    code = minimum_list()[0].code
    assert "Päättämättä" in kaisa.get(url(cast, "indicators")).content.decode()
    address = url(cast, "indicator_leave_out", code=code)
    assert kaisa.post(address, {"reason": " "}).status_code == 422
    assert kaisa.post(address, {"reason": "Luku on meillä liian pieni."}).status_code == 302
    assert "Luku on meillä liian pieni." in kaisa.get(url(cast, "indicators")).content.decode()
    kaisa.post(url(cast, "indicator_take_back", code=code))
    assert not cast.plan.left_out_indicators.exists()
    assert kaisa.get(url(cast, "indicator_leave_out", code="nothing-such")).status_code == 404


def test_removing_asks_why(cast, kaisa):
    joint = JointIndicator.objects.create(plan=cast.plan, indicator=IndicatorFactory())
    address = url(cast, "indicator_remove", joint_id=joint.public_id)
    assert kaisa.post(address, {"reason": ""}).status_code == 422
    assert JointIndicator.objects.exists()
    assert kaisa.post(address, {"reason": "Ei kerro enää mitään."}).status_code == 302
    assert not JointIndicator.objects.exists()


def test_the_catalogue_is_searched_by_name_and_leaves_out_what_is_followed(cast, kaisa):
    one, other = IndicatorFactory(), IndicatorFactory()
    JointIndicator.objects.create(plan=cast.plan, indicator=one)
    page = kaisa.get(url(cast, "indicator_choose")).content.decode()
    assert one.public_id not in page
    assert other.public_id in page
    assert (
        "Mittareita ei löytynyt" in kaisa.get(url(cast, "indicator_choose") + "?q=olematon").content.decode()
    )


@pytest.mark.parametrize("who", ["hannes", "nelli", "paula"])
def test_others_do_not_choose(cast, login, who):
    assert login(getattr(cast, who)).get(url(cast, "indicators")).status_code in (403, 404)


def test_lists_ask_the_same_at_100_and_2500(cast, kaisa):
    def queries(name: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert kaisa.get(url(cast, name)).status_code == 200
        return len(asked)

    def grow(count: int) -> None:
        made = IndicatorFactory._meta.model.objects.bulk_create(IndicatorFactory.build_batch(count))
        JointIndicator.objects.bulk_create(
            JointIndicator(plan=cast.plan, indicator=i, position=n) for n, i in enumerate(made[: count // 2])
        )

    grow(100)
    few = {name: queries(name) for name in ("indicators", "indicator_choose")}
    grow(2400)
    assert {name: queries(name) for name in few} == few
    assert max(few.values()) <= MOST_QUERIES, few
