"""Each action of the assessment with the cast: who may, what is refused and with which words, what is kept."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from lautta.assessments import actions
from lautta.assessments.models import Alternative, Assessment, Rating
from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.plans.conflicts import StaleForm
from tests import factories as f
from tests.assessments import making
from tests.assessments.making import MEMO, by, t

OUTSIDERS = ["kalle", "paula", "nelli", "urho"]


def refused(action, **values) -> Refused:
    with pytest.raises(Refused) as found:
        action(**values)
    return found.value


# --- memo slip


@pytest.mark.parametrize("who", ["hannes", "kirsi", "kaisa"])
def test_those_who_give_measures_write_memo_slips(cast, who):
    a = making.begun(cast, who=getattr(cast, who))
    assert (a.state, a.version, a.prepared_by) == ("screening", 1, getattr(cast, who))


@pytest.mark.parametrize("who", OUTSIDERS)
def test_others_do_not(cast, who):
    with pytest.raises(PermissionDenied):
        making.begun(cast, who=getattr(cast, who))
    assert not Assessment.objects.exists()


def test_nobody_writes_for_another_organisation(cast):
    with pytest.raises(PermissionDenied):
        making.begun(cast, organisation=cast.kotka)


def test_a_slip_may_be_the_whole_answer(cast):
    a = making.begun(cast, need="no")
    assert a.state == "not_needed"
    assert list(a.state_changes.order_by("pk").values_list("state", "reason")) == [
        ("memo", ""), ("not_needed", "Ilta menee kiinni monelta koululaiselta."),
    ]  # fmt: skip


def test_do_nothing_is_there_from_the_start_in_every_language(cast):
    baseline = making.begun(cast).alternatives.get()
    assert (baseline.position, baseline.code, baseline.is_baseline) == (0, "VE0", True)
    assert {baseline.title.in_language(code) for code in ("fi", "sv", "en")} == {
        "Ei tehdä mitään", "Ingenting görs", "Do nothing",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": Translated()}, "title"),
        ({"title": t("a" * 201)}, "title"),
        ({"decider": Translated()}, "decider"),
        ({"first_estimate": Translated()}, "first_estimate"),
        ({"target_groups": []}, "target_groups"),
        ({"target_groups": ["grown_ups"]}, "target_groups"),
        ({"decision_day": dt.date(1066, 1, 1)}, "decision_day"),
    ],
)
def test_a_bad_slip_is_told_beside_its_field(cast, fields, field):
    problem = refused(making.begun, cast=cast, **fields)
    assert (problem.field, problem.status) == (field, 422)
    assert not Assessment.objects.exists()


def test_a_measure_of_another_plan_is_not_assessed(cast):
    measure = f.MeasureFactory(plan=cast.other_plan)
    assert refused(making.begun, cast=cast, measure=measure).field == "measure"
    own = f.MeasureFactory(plan=cast.plan, organisation=cast.hamina)
    assert making.begun(cast, measure=own).measure == own


def test_a_plan_that_has_ended_takes_no_new_ones(cast):
    a = making.begun(cast)
    cast.plan.phase = "ended"
    cast.plan.save()
    assert "päättynyt" in str(refused(making.begun, cast=cast))
    values = {"first_estimate": t("Toinen.")}
    assert "päättynyt" in str(
        refused(actions.save_step, by=by(cast), assessment=a, version=1, step="memo", values=values)
    )


# --- steps


def save(cast, a, step, user=None, **values):
    return actions.save_step(by=by(cast, user), assessment=a, version=a.version, step=step, values=values)


def test_a_step_is_saved_by_itself_with_its_trail(cast):
    a = making.begun(cast)
    a = save(cast, a, "screening", change=t("Paikka katoaa."), reach="tens")
    entry = AuditEntry.objects.filter(action="assessment.update").get()
    assert entry.changes["reach"] == ["", "tens"]
    assert entry.changes["version"] == [1, 2]
    assert entry.organisation_id == cast.hamina.public_id


def test_saving_the_same_writes_nothing(cast):
    a = making.begun(cast)
    before = AuditEntry.objects.count()
    assert save(cast, a, "memo", title=MEMO["title"], target_groups=MEMO["target_groups"]).version == 1
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("who", OUTSIDERS)
def test_others_save_nothing(cast, who):
    a = making.begun(cast)
    with pytest.raises(PermissionDenied):
        save(cast, a, "screening", user=getattr(cast, who), change=t("x"))


def test_a_column_of_another_step_is_a_mistake_of_the_caller(cast):
    a = making.begun(cast)
    with pytest.raises(TypeError, match="decision"):
        save(cast, a, "screening", decision=t("Ohi."))


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("screening", "background"), ("screening", "decision"), ("assessing", "decision"), ("proposed", "alternatives"),
        ("decided", "hearings"), ("screened", "screening"), ("not_needed", "memo"), ("dropped", "summary"),
        ("followed", "follow_up"),
    ],
)  # fmt: skip
def test_a_step_that_is_not_open_is_refused_with_the_state(cast, state, step):
    a = f.AssessmentFactory(plan=cast.plan, organisation=cast.hamina, state=state, decided_on="2024-12-01")
    calls = {
        "alternatives": lambda: actions.set_alternatives(by=by(cast), assessment=a, version=1, rows=[]),
        "hearings": lambda: actions.set_hearings(
            by=by(cast), assessment=a, version=1, rows=[], not_heard_reason=Translated()
        ),
        "background": lambda: actions.set_background(
            by=by(cast), assessment=a, version=1, background=t("x"), articles=[], indicators=[], voices=[]
        ),
        "follow_up": lambda: actions.set_follow_ups(by=by(cast), assessment=a, version=1, rows=[]),
    }
    with pytest.raises(Refused) as problem:
        calls.get(step, lambda: save(cast, a, step))()
    assert a.get_state_display() in str(problem.value)


def test_two_people_at_different_steps_do_not_disturb_each_other(cast):
    a = making.assessing(cast)
    seen = a.version
    actions.save_step(by=by(cast), assessment=a, version=seen, step="extent", values={"extent": "light"})
    saved = actions.save_step(
        by=by(cast, cast.kirsi),
        assessment=a,
        version=seen,
        step="conflicts",
        values={"conflicts": t("Eri ikäiset.")},
    )
    assert (saved.extent, str(saved.conflicts)) == ("light", "Eri ikäiset.")


def test_two_people_at_the_same_step_do(cast):
    a = making.assessing(cast)
    seen = a.version
    for user, words in ((cast.hannes, "Ensin."), (cast.kirsi, "Sitten.")):
        act = {"by": by(cast, user), "assessment": a, "version": seen, "step": "conflicts"}
        if user == cast.hannes:
            actions.save_step(values={"conflicts": t(words)}, **act)
        else:
            with pytest.raises(StaleForm) as stale:
                actions.save_step(values={"conflicts": t(words)}, **act)
            assert stale.value.changed["conflicts"][1] == {"fi": "Ensin."}
            assert stale.value.version == seen + 1
    assert str(Assessment.objects.get().conflicts) == "Ensin."


@pytest.mark.parametrize(
    ("step", "values", "field"),
    [
        ("screening", {"dimensions": ["weather"]}, "dimensions"),
        ("screening", {"vulnerable_groups": ["rich"]}, "vulnerable_groups"),
        ("screening", {"reach": "everybody"}, "reach"),
        ("extent", {"combined_with": ["astrology"]}, "combined_with"),
        ("extent", {"starts_on": dt.date(2024, 5, 1), "due_on": dt.date(2024, 4, 1)}, None),
        ("extent", {"preparer_title": "x" * 161}, "preparer_title"),
        ("conflicts", {"conflicts": t("x" * 5001)}, "conflicts"),
    ],
)
def test_bad_values_are_refused_and_nothing_is_saved(cast, step, values, field):
    a = making.assessing(cast)
    problem = refused(save, cast=cast, a=a, step=step, **values)
    assert (problem.field, problem.status) == (field, 422)
    assert Assessment.objects.get().version == a.version


def test_an_alternative_of_another_assessment_is_not_proposed(cast):
    other = making.with_ratings(cast)
    a = making.with_ratings(cast)
    assert (
        refused(save, cast=cast, a=a, step="reasoning", proposed=other.alternatives.first()).field
        == "proposed"
    )


# --- alternatives


def set_rows(cast, a, rows):
    return actions.set_alternatives(by=by(cast), assessment=a, version=a.version, rows=rows)


def test_do_nothing_is_never_left_out(cast):
    a = making.assessing(cast)
    a = set_rows(cast, a, [actions.AlternativeRow(t("Toinen"))])
    assert [x.code for x in a.alternatives.in_order()] == ["VE0", "VE1"]
    a = set_rows(cast, a, [])
    assert [x.code for x in a.alternatives.in_order()] == ["VE0"]


def test_those_that_stay_keep_their_ratings_and_close_the_gap(cast):
    a = making.with_ratings(cast)
    first = a.alternatives.get(position=1)
    rows = [actions.AlternativeRow(x.title, x.description, x.public_id) for x in a.alternatives.in_order()]
    a = set_rows(cast, a, [*rows, actions.AlternativeRow(t("Kolmas")), actions.AlternativeRow(t("Neljäs"))])
    third, fourth = a.alternatives.filter(position__in=[2, 3]).in_order()
    rows = [actions.AlternativeRow(x.title, x.description, x.public_id) for x in (first, fourth)]
    a = set_rows(cast, a, rows)
    assert [(x.position, str(x.title)) for x in a.alternatives.in_order()] == [
        (0, "Ei tehdä mitään"), (1, "Lyhennetään vain aamuista"), (2, "Neljäs"),
    ]  # fmt: skip
    assert not Alternative.objects.filter(pk=third.pk).exists()
    assert first.ratings.count() == 2


def test_what_was_proposed_goes_with_its_alternative(cast):
    a = making.with_ratings(cast)
    a = save(cast, a, "reasoning", proposed=a.alternatives.get(position=1))
    a = set_rows(cast, a, [])
    a.refresh_from_db()
    assert a.proposed is None


def test_too_many_alternatives_are_refused(cast):
    a = making.assessing(cast)
    problem = refused(
        set_rows, cast=cast, a=a, rows=[actions.AlternativeRow(t(f"Vaihtoehto {n}")) for n in range(6)]
    )
    assert problem.status == 422
    assert a.alternatives.count() == 1


def test_an_alternative_needs_its_name(cast):
    a = making.assessing(cast)
    assert refused(set_rows, cast=cast, a=a, rows=[actions.AlternativeRow(Translated())]).field == "title"


def test_a_row_of_another_assessment_is_not_written(cast):
    other, a = making.assessing(cast), making.assessing(cast)
    row = actions.AlternativeRow(t("Vieras"), public_id=other.alternatives.get().public_id)
    assert refused(set_rows, cast=cast, a=a, rows=[row]).status == 409


# --- ratings


def rate(cast, a, dimension="safety", **fields):
    row = actions.RatingRow(
        **{"alternative": a.alternatives.get(position=0), "value": 1, "sentence": t("Syy."), **fields}
    )
    return actions.set_ratings(by=by(cast), assessment=a, version=a.version, dimension=dimension, rows=[row])


def test_not_known_is_an_answer_and_no_zero(cast):
    a = making.assessing(cast)
    rate(cast, a, value="not_known")
    assert Rating.objects.get().value is None
    a.refresh_from_db()
    rate(cast, a, value=0)
    assert Rating.objects.get().value == 0


def test_taking_an_answer_back_removes_the_row(cast):
    a = making.assessing(cast)
    a = rate(cast, a)
    rate(cast, a, value=None, sentence=Translated())
    assert not Rating.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"value": 3}, "value"), ({"value": -3}, "value"), ({"value": "high"}, "value"),
        ({"sentence": Translated()}, "sentence"), ({"sentence": t("x" * 601)}, "sentence"),
        ({"value": None}, "value"), ({"groups": ["adults"]}, "groups"),
    ],
)  # fmt: skip
def test_half_an_answer_is_refused_beside_its_field(cast, fields, field):
    a = making.assessing(cast)
    problem = refused(rate, cast=cast, a=a, **fields)
    key = a.alternatives.get().public_id
    assert (problem.field, problem.status) == (f"{field}_{key}", 422)
    assert not Rating.objects.exists()


def test_an_unknown_dimension_and_a_strange_alternative_are_refused(cast):
    other, a = making.assessing(cast), making.assessing(cast)
    assert refused(rate, cast=cast, a=a, dimension="weather").status == 422
    assert refused(rate, cast=cast, a=a, alternative=other.alternatives.get()).status == 422


@pytest.mark.parametrize("wrong", [{"value": 3}, {"value": -3}, {"duration": "eternal"}])
def test_the_database_holds_the_scale(cast, wrong):
    a = making.assessing(cast)
    rate(cast, a)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.update(**wrong)
