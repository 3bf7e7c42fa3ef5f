"""From which indicators a measure's change should show: the plan's joint ones, each once, one of them first."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.indicators.models import Indicator
from lautta.indicators.summaries import AreaSummary
from lautta.measures import actions
from lautta.measures.actions import Sought
from lautta.measures.models import MeasureIndicator, MeasureYear
from lautta.measures.presenters.indicators import _sentence
from lautta.measures.word import _cells
from lautta.plans.models import JointIndicator
from tests import factories as f
from tests.measures.making import given

SMALLER, NEITHER = Indicator.Direction.SMALLER, Indicator.Direction.NEITHER


def an_indicator(cast, name, *, joint=True):
    made = Indicator.objects.create(
        source="sotkanet", source_id=name, title=Translated.of(name), sort_key=name
    )
    if joint:
        JointIndicator.objects.create(plan=cast.plan, indicator=made)
    return made


def chosen(measure_year):
    rows = measure_year.indicator_links.order_by("pk")
    return list(rows.values_list("indicator__source_id", "direction", "is_primary"))


def test_joint_indicators_are_chosen_with_direction_and_the_trail_keeps_what_stood(cast):
    first, second = an_indicator(cast, "yksin"), an_indicator(cast, "kiusattu")
    made, by = given(cast, cast.hamina), cast.actor(cast.hannes)
    rows = [Sought(first, SMALLER, is_primary=True), Sought(second, NEITHER)]
    made = actions.set_indicators(by=by, measure_year=made, rows=rows)
    assert chosen(made) == [("yksin", "smaller_is_better", True), ("kiusattu", "neither", False)]
    version = made.version
    assert actions.set_indicators(by=by, measure_year=made, rows=rows[::-1]).version == version
    made = actions.set_indicators(by=by, measure_year=made, rows=[])
    assert chosen(made) == []
    before, after = AuditEntry.objects.filter(action="measure.indicators").latest("pk").changes["indicators"]
    assert (len(before), after) == (2, [])


@pytest.mark.parametrize("bad", ["not_joint", "twice", "direction", "two_first"])
def test_bad_choices_are_refused_and_nothing_is_stored(cast, bad):
    first, second = an_indicator(cast, "yksin"), an_indicator(cast, "kiusattu")
    rows = {
        "not_joint": [Sought(an_indicator(cast, "muu", joint=False), SMALLER)],
        "twice": [Sought(first, SMALLER), Sought(first, NEITHER)],
        "direction": [Sought(first, "sideways")],
        "two_first": [Sought(first, SMALLER, is_primary=True), Sought(second, SMALLER, is_primary=True)],
    }[bad]
    with pytest.raises(Refused) as no:
        actions.set_indicators(by=cast.actor(cast.hannes), measure_year=given(cast, cast.hamina), rows=rows)
    assert (no.value.field, no.value.status) == ("indicators", 422)
    assert not MeasureIndicator.objects.exists()


def test_one_that_the_plan_has_dropped_may_stay(cast):
    dropped = an_indicator(cast, "yksin")
    made, by = given(cast, cast.hamina), cast.actor(cast.hannes)
    made = actions.set_indicators(by=by, measure_year=made, rows=[Sought(dropped, SMALLER)])
    JointIndicator.objects.all().delete()
    made = actions.set_indicators(by=by, measure_year=made, rows=[Sought(dropped, NEITHER)])
    assert chosen(made) == [("yksin", "neither", False)]


def test_rights_phase_and_version_are_those_of_the_measures_other_parts(cast):
    rows = [Sought(an_indicator(cast, "yksin"), SMALLER)]
    made = given(cast, cast.hamina)
    for person in (cast.kalle, cast.nelli, cast.urho):
        with pytest.raises(PermissionDenied):
            actions.set_indicators(by=cast.actor(person), measure_year=made, rows=rows)
    by = cast.actor(cast.hannes)
    actions.set_indicators(by=by, measure_year=made, rows=rows)
    with pytest.raises(actions.ChangedMeanwhile) as stale:
        actions.set_indicators(by=by, measure_year=made, rows=[])
    assert stale.value.fields == ("indicators",)
    actions.close_round(by=cast.actor(cast.kaisa), round=cast.round)
    with pytest.raises(Refused) as no:
        actions.set_indicators(by=by, measure_year=made, rows=[], version=2)
    assert no.value.status == 409
    assert MeasureIndicator.objects.count() == 1


def test_they_are_carried_over(cast):
    made, by = given(cast, cast.hamina), cast.actor(cast.kaisa)
    rows = [Sought(an_indicator(cast, "yksin"), SMALLER, is_primary=True)]
    made = actions.set_indicators(by=by, measure_year=made, rows=rows)
    later = f.RoundFactory(plan=cast.plan, year=2031)
    (new,) = actions.carry_over(by=by, round=later, organisation=cast.hamina, measure_years=[made])
    assert chosen(new) == chosen(made) == [("yksin", "smaller_is_better", True)]


def test_the_database_itself_allows_one_first(cast):
    made = given(cast, cast.hamina)
    first, second = an_indicator(cast, "yksin"), an_indicator(cast, "kiusattu")
    MeasureIndicator.objects.create(measure_year=made, indicator=first, direction=SMALLER, is_primary=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureIndicator.objects.create(
            measure_year=made, indicator=second, direction=SMALLER, is_primary=True
        )


def test_the_form_ticks_indicators_with_their_direction_and_the_page_tells_them(cast, login):
    first = an_indicator(cast, "yksin")
    an_indicator(cast, "kiusattu")
    made, client = given(cast, cast.hamina), login(cast.hannes)
    place = [cast.plan.public_id, made.measure.public_id, 2024]
    page, key = reverse("measures:section", args=[*place, "indicators"]), first.public_id
    assert "kiusattu" in client.get(page).content.decode()
    wrong = client.post(page, {"version": 1, "primary": key})
    assert wrong.status_code == 422
    answer = client.post(
        page, {"version": 1, f"use_{key}": "on", f"direction_{key}": "larger_is_better", "primary": key}
    )
    assert answer.status_code == 302
    assert chosen(made) == [("yksin", "larger_is_better", True)]
    shown = client.get(reverse("measures:detail", args=place)).content.decode()
    assert "yksin (suurempi on parempi)" in shown
    words = _cells(MeasureYear.objects.get(pk=made.pk))[1]
    assert words.endswith("Mistä muutoksen näkee: yksin (suurempi on parempi)")


def summary(area, value, detectable):
    return AreaSummary(area=area, year=2024, value=value, status=0, detectable=detectable)


@pytest.mark.parametrize(
    ("own", "region", "words"),
    [
        (summary("KU075", 20.0, 3.2), summary("MK08", 20.0, 1.1), "Vasta noin 3,2 prosenttiyksikön muutos"),
        (summary("KU075", 2.0, 3.2), summary("MK08", 2.0, 1.1), "noin 1,1 prosenttiyksikön muutos: katso"),
        (None, summary("MK08", 2.0, 1.1), "Oman kunnan luvusta"),
        (summary("KU075", None, None), None, ""),
        (None, None, ""),
    ],
)
def test_the_smallest_change_is_said_before_choosing(own, region, words):
    said = _sentence(Indicator(kind="percentage", decimals=1), own, region)
    assert (words in said) if words else said == ""
