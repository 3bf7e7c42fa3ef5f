"""Measures: six fields are enough, others' work is never written over, public when its organisation says so."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from lautta.common import search
from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.measures import actions
from lautta.measures.actions import Amount
from lautta.measures.models import Measure, MeasureHandover, MeasureYear
from tests import factories as f
from tests.measures.making import given


def test_six_fields_are_enough_and_the_measure_is_a_draft(cast):
    made = given(cast, cast.hamina, by=cast.actor(cast.hannes), title="Äidin päivä")
    assert made.published_at is None
    assert made.status_changes.get().status == "planned"
    assert made.sort_key
    entry = AuditEntry.objects.get(action="measure.create")
    assert (entry.scope, entry.organisation_id) == (cast.plan.public_id, cast.hamina.public_id)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", Translated()),
        ("title", Translated.of("x" * 201)),
        ("change", Translated()),
        ("goals", []),
        ("target_groups", []),
        ("target_groups", ["martians"]),
        ("ends_on", dt.date(2023, 1, 1)),
        ("starts_on", dt.date(24, 1, 1)),
        ("service_tier", 9),
        ("responsible_title", "x" * 161),
    ],
)
def test_bad_content_is_refused_by_its_field_and_nothing_is_stored(cast, field, value):
    with pytest.raises(Refused) as no:
        given(cast, cast.hamina, **{field: value})
    assert (no.value.field, no.value.status) == (field, 422)
    assert not Measure.objects.exists()


def test_goals_partners_and_people_of_other_plans_are_refused(cast):
    strange_goal = f.GoalFactory(plan=cast.other_plan)
    for field, value in (
        ("goals", [strange_goal]),
        ("partners", [cast.elsewhere]),
        ("responsible", cast.urho),
    ):
        with pytest.raises(Refused) as no:
            given(cast, cast.hamina, **{field: value})
        assert no.value.field == field


def test_an_organisation_that_does_not_take_part_gives_no_measures(cast):
    with pytest.raises(Refused):
        given(cast, cast.elsewhere)


def test_only_hamina_and_the_coordinator_write_haminas_measures(cast):
    made = given(cast, cast.hamina)
    for person in (cast.kalle, cast.paula, cast.nelli, cast.urho):
        with pytest.raises(PermissionDenied):
            actions.update_measure(by=cast.actor(person), measure_year=made, sectors=["school"])
    actions.update_measure(by=cast.actor(cast.hannes), measure_year=made, sectors=["school"])
    assert MeasureYear.objects.get().sectors == ["school"]


def test_a_closed_round_takes_no_changes_but_the_coordinators(cast):
    made = given(cast, cast.hamina)
    actions.close_round(by=cast.actor(cast.kaisa), round=cast.round)
    with pytest.raises(Refused) as no:
        actions.update_measure(by=cast.actor(cast.hannes), measure_year=made, sectors=["school"])
    assert no.value.status == 409
    actions.update_measure(by=cast.actor(cast.kaisa), measure_year=made, sectors=["school"])
    actions.update_measure(by=SYSTEM, measure_year=MeasureYear.objects.get(), sectors=["health"])


def test_a_stale_save_stores_nothing_and_names_what_others_changed(cast):
    made = given(cast, cast.hamina)
    by = cast.actor(cast.hannes)
    actions.update_measure(by=by, measure_year=made, title=Translated.of("Uusi nimi"), sectors=["school"])
    with pytest.raises(actions.ChangedMeanwhile) as no:
        actions.update_measure(by=by, measure_year=made, change=Translated.of("Toinen muutos"))
    assert no.value.fields == ("title", "sectors")
    now = MeasureYear.objects.get()
    assert (str(now.title), str(now.change), now.version) == ("Uusi nimi", "Lapsi tulee kuulluksi.", 2)
    actions.update_measure(by=by, measure_year=made, version=2, change=Translated.of("Toinen muutos"))
    assert MeasureYear.objects.get().version == 3


def test_saving_what_stands_stores_nothing(cast):
    made = given(cast, cast.hamina)
    actions.update_measure(by=cast.actor(cast.hannes), measure_year=made, title=made.title, goals=[cast.goal])
    assert MeasureYear.objects.get().version == 1
    assert not AuditEntry.objects.filter(action="measure.update").exists()


def test_the_trail_does_not_name_the_responsible_person(cast):
    made = given(cast, cast.hamina)
    actions.update_measure(by=cast.actor(cast.hannes), measure_year=made, responsible=cast.kirsi)
    assert AuditEntry.objects.get(action="measure.update").changes["responsible"] == [None, None]


def found(cast, words):
    return search.search(cast.plan.public_id, words, language="fi").total


def test_publishing_is_the_leads_and_puts_it_into_the_search(cast):
    made = given(cast, cast.hamina, title="Leikkikesä linnoituksella")
    assert found(cast, "leikkikesä") == 0
    with pytest.raises(PermissionDenied):
        actions.publish_measure(by=cast.actor(cast.hannes), measure_year=made)
    made = actions.publish_measure(by=cast.actor(cast.kirsi), measure_year=made)
    assert found(cast, "leikkikesä") == 1
    made = actions.update_measure(
        by=cast.actor(cast.kirsi), measure_year=made, title=Translated.of("Uimakoulu")
    )
    assert (found(cast, "leikkikesä"), found(cast, "uimakoulu")) == (0, 1)
    actions.unpublish_measure(by=cast.actor(cast.kirsi), measure_year=made, reason="Virhe")
    assert found(cast, "uimakoulu") == 0
    assert AuditEntry.objects.get(action="measure.unpublish").changes["reason"] == [None, "Virhe"]


def test_the_search_knows_the_newest_public_year(cast):
    old = actions.publish_measure(
        by=cast.actor(cast.kaisa), measure_year=given(cast, cast.hamina, title="Satupolku")
    )
    later = f.RoundFactory(plan=cast.plan, year=2031)
    (new,) = actions.carry_over(
        by=cast.actor(cast.kaisa), round=later, organisation=cast.hamina, measure_years=[old]
    )
    new = actions.update_measure(
        by=cast.actor(cast.kaisa), measure_year=new, title=Translated.of("Runopolku")
    )
    assert (found(cast, "satupolku"), found(cast, "runopolku")) == (1, 0)
    new = actions.publish_measure(by=cast.actor(cast.kaisa), measure_year=new)
    assert (found(cast, "satupolku"), found(cast, "runopolku")) == (0, 1)
    actions.unpublish_measure(by=cast.actor(cast.kaisa), measure_year=new)
    assert (found(cast, "satupolku"), found(cast, "runopolku")) == (1, 0)


def amounts(cast, *values, kind="budget"):
    return [Amount(cast.hamina, 2024, kind, Decimal(v), tier=2, funding="oma") for v in values]


def test_money_is_rows_of_decimals_and_the_trail_keeps_what_stood(cast):
    made, by = given(cast, cast.hamina), cast.actor(cast.hannes)
    made = actions.set_money(by=by, measure_year=made, rows=amounts(cast, "12000.10", "0"))
    made = actions.set_money(by=by, measure_year=made, rows=amounts(cast, "9000"))
    assert [r.amount for r in made.money.all()] == [Decimal("9000.00")]
    before, after = AuditEntry.objects.filter(action="measure.money").latest("pk").changes["money"]
    assert [row[4] for row in before] == ["0.00", "12000.10"]
    assert [row[4] for row in after] == ["9000.00"]
    version = made.version
    assert actions.set_money(by=by, measure_year=made, rows=amounts(cast, "9000.00")).version == version


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity", "99999999999"])
def test_impossible_amounts_are_refused(cast, amount):
    made = given(cast, cast.hamina)
    with pytest.raises(Refused) as no:
        actions.set_money(by=cast.actor(cast.hannes), measure_year=made, rows=amounts(cast, "5", amount))
    assert no.value.field == "money"
    assert not made.money.exists()


def test_person_years_are_rows_too(cast):
    made = given(cast, cast.hamina)
    made = actions.set_person_years(by=cast.actor(cast.hannes), measure_year=made, rows=amounts(cast, "0.4"))
    assert made.person_years.get().amount == Decimal("0.40")
    with pytest.raises(Refused):
        actions.set_person_years(
            by=cast.actor(cast.hannes), measure_year=made, rows=amounts(cast, "1", kind="gift")
        )


def test_a_stale_resource_save_is_refused(cast):
    made, by = given(cast, cast.hamina), cast.actor(cast.hannes)
    actions.set_money(by=by, measure_year=made, rows=amounts(cast, "1"))
    with pytest.raises(actions.ChangedMeanwhile) as no:
        actions.set_money(by=by, measure_year=made, rows=amounts(cast, "2"))
    assert no.value.fields == ("money",)


def test_ending_needs_a_reason_and_can_be_undone(cast):
    made, by = given(cast, cast.hamina), cast.actor(cast.hannes)
    with pytest.raises(Refused):
        actions.end_measure(by=by, measure=made.measure, ended_on=dt.date(2024, 6, 1), reason="")
    actions.end_measure(by=by, measure=made.measure, ended_on=dt.date(2024, 6, 1), reason="Hanke loppui")
    actions.resume_measure(by=by, measure=made.measure)
    made.measure.refresh_from_db()
    assert made.measure.ended_on is None
    assert AuditEntry.objects.filter(action__in=["measure.end", "measure.resume"]).count() == 2


def test_a_successor_takes_over_with_the_address_and_history_stays(cast):
    former = cast.kotka
    made = given(cast, former)
    address = made.measure.public_id
    later = f.RoundFactory(plan=cast.plan, year=2031)
    with pytest.raises(Refused):
        actions.hand_over(by=cast.actor(cast.kaisa), measure=made.measure, to=cast.county, first_year=2031)
    former.ended_on, former.successor = dt.date(2030, 12, 31), cast.county
    former.save()
    measure = actions.hand_over(
        by=cast.actor(cast.kaisa), measure=made.measure, to=cast.county, first_year=2031
    )
    actions.carry_over(by=cast.actor(cast.kaisa), round=later, organisation=cast.county, measure_years=[made])
    assert (measure.public_id, measure.organisation) == (address, cast.county)
    assert MeasureHandover.objects.get().from_organisation == former
    assert [y.round.year for y in MeasureYear.objects.of_organisation(former)] == [2024]
    assert [y.round.year for y in MeasureYear.objects.of_organisation(cast.county)] == [2031]


def test_measures_of_a_group(cast):
    mine = given(cast, cast.hamina, target_groups=["families", "parents"])
    given(cast, cast.hamina, target_groups=["children_7_12"])
    assert list(MeasureYear.objects.for_group("parents")) == [mine]
