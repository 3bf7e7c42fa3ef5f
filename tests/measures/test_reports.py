"""Statuses, reports and evaluations: rows are added, nothing is lost."""

import pytest
from django.core.exceptions import PermissionDenied

from lautta.common.problems import Refused
from lautta.measures import actions
from lautta.measures.choices import NEEDS_REASON, TRANSITIONS, Status
from lautta.measures.models import MeasureYear, ProgressReport, StatusChange, YearEvaluation
from tests.measures.making import given


def test_every_status_has_its_moves():
    assert set(TRANSITIONS) == set(Status)
    assert all(before not in after for before, after in TRANSITIONS.items())


@pytest.mark.parametrize("before", list(Status))
@pytest.mark.parametrize("after", list(Status))
def test_only_legal_moves_and_reasons_where_asked(cast, before, after):
    made = given(cast, cast.hamina)
    MeasureYear.objects.filter(pk=made.pk).update(status=before)
    rows = StatusChange.objects.count()

    def move(reason):
        return actions.change_status(
            by=cast.actor(cast.hannes), measure_year=made, status=after, reason=reason
        )

    if after == before:
        assert move("") is None
    elif after not in TRANSITIONS[before]:
        with pytest.raises(Refused) as no:
            move("Syy")
        assert no.value.field == "status"
    else:
        if after in NEEDS_REASON:
            with pytest.raises(Refused) as no:
                move(" ")
            assert no.value.field == "reason"
        assert move("Syy").reason == "Syy"
    moved = after in TRANSITIONS[before]
    assert StatusChange.objects.count() == rows + moved
    made.refresh_from_db()
    assert made.status == (after if moved else before)


def test_timeliness_is_its_own_thing(cast):
    made, by = given(cast, cast.hamina), cast.actor(cast.hannes)
    actions.change_status(by=by, measure_year=made, status="planned", timeliness="late")
    made.refresh_from_db()
    assert (made.status, made.timeliness) == ("planned", "late")


def report(cast, made, **values):
    content = {
        "period": "spring",
        "done": "Kahdeksan iltaa",
        "status": "under_way",
        "timeliness": "on_time",
        **values,
    }
    return actions.submit_report(by=cast.actor(cast.hannes), measure_year=made, **content)


def test_a_report_moves_the_status_and_stays(cast):
    made = given(cast, cast.hamina)
    first = report(cast, made)
    made.refresh_from_db()
    assert (made.status, made.timeliness) == ("under_way", "on_time")
    assert report(cast, made) == first, "the same press twice is one report"
    report(cast, made, done="Vielä yksi ilta")
    assert ProgressReport.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"done": "  "}, "done"),
        ({"done": "x" * 4001}, "done"),
        ({"period": "summer"}, "period"),
        ({"status": "paused"}, "reason"),
        ({"status": "flying"}, "status"),
        ({"language": "de"}, "language"),
    ],
)
def test_a_bad_report_stores_nothing(cast, values, field):
    made = given(cast, cast.hamina)
    with pytest.raises(Refused) as no:
        report(cast, made, **values)
    assert no.value.field == field
    assert not ProgressReport.objects.exists()
    assert StatusChange.objects.count() == 1


def test_a_correction_is_a_new_report_and_the_chain_has_one_end(cast):
    made = given(cast, cast.hamina)
    first = report(cast, made)
    by = cast.actor(cast.hannes)
    second = actions.correct_report(by=by, report=first, done="Yhdeksän iltaa")
    with pytest.raises(Refused):
        actions.correct_report(by=by, report=first, done="Kymmenen")
    assert (second.corrects, second.period) == (first, "spring")
    first.refresh_from_db()
    assert first.done == "Kahdeksan iltaa"
    assert list(ProgressReport.objects.filter(corrected_by__isnull=True)) == [second]


def test_reports_go_on_after_the_round_has_closed(cast):
    made = given(cast, cast.hamina)
    actions.close_round(by=cast.actor(cast.kaisa), round=cast.round)
    report(cast, made)
    with pytest.raises(PermissionDenied):
        actions.submit_report(
            by=cast.actor(cast.kalle), measure_year=made, period="spring", done="Ei kuulu minulle"
        )


def test_an_evaluation_is_saved_revision_by_revision(cast):
    where = {"round": cast.round, "organisation": cast.hamina, "by": cast.actor(cast.kirsi)}
    first = actions.evaluate_year(succeeded="Kävi hyvin", based_on=0, **where)
    assert actions.evaluate_year(succeeded="Kävi hyvin", based_on=0, **where) == first
    with pytest.raises(actions.ChangedMeanwhile) as no:
        actions.evaluate_year(succeeded="Kävi huonosti", based_on=0, **where)
    assert no.value.fields == ("succeeded",)
    actions.evaluate_year(succeeded="Kävi huonosti", based_on=1, **where)
    assert list(YearEvaluation.objects.order_by("number").values_list("number", "succeeded")) == [
        (1, "Kävi hyvin"),
        (2, "Kävi huonosti"),
    ]
    with pytest.raises(PermissionDenied):
        actions.evaluate_year(**{**where, "by": cast.actor(cast.hannes)}, succeeded="Minäkin")
