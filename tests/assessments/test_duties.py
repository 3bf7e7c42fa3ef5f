"""What an assessment leaves waiting, and for whom."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from lautta.assessments import actions, duties
from lautta.plans.standing import standing_of
from tests import factories as f
from tests.assessments import making
from tests.assessments.making import by, t

TODAY = dt.date(2024, 11, 1)


def of(cast, user):
    return duties.duties_of(standing_of(user, cast.plan), TODAY)


def keys(found) -> list[tuple[str, str]]:
    return [(d.url_name, str(d.title)) for d in found]


def test_an_unfinished_one_waits_for_the_one_who_prepares_it(cast):
    a = making.begun(cast)
    assert [(d.due, d.owner, d.url) for d in of(cast, cast.hannes)] == [
        (
            making.MEMO["decision_day"],
            cast.hannes.pk,
            f"/fi/work/{cast.plan.public_id}/assessments/{a.public_id}/",
        )
    ]
    assert of(cast, cast.kirsi) == []
    assert of(cast, cast.kalle) == []
    assert of(cast, cast.kaisa) == [], "a coordinator’s plan-wide power makes nobody’s duty"


def test_the_agreed_day_comes_before_the_day_of_the_decision(cast):
    a = making.assessing(cast)
    actions.save_step(
        by=by(cast), assessment=a, version=a.version, step="extent", values={"due_on": dt.date(2024, 11, 20)}
    )
    assert of(cast, cast.hannes)[0].due == dt.date(2024, 11, 20)


def test_without_a_day_nobody_is_hurried(cast):
    making.begun(cast, decision_day=None)
    assert of(cast, cast.hannes) == []


def test_when_the_preparer_has_left_it_waits_for_all(cast):
    making.begun(cast)
    cast.hannes.memberships.get().roles.update(ended_on=dt.date(2024, 1, 1))
    assert [d.owner for d in duties.duties_of_plan(cast.plan, TODAY)] == [cast.kirsi.pk]


def test_follow_ups_return_as_duties_after_the_decision(cast):
    a = making.decided(cast)
    actions.publish(by=by(cast, cast.kirsi), assessment=a)
    assert keys(of(cast, cast.hannes)) == [
        ("assessments:follow_up_done", "Katso, kävikö niin kuin arvioitiin")
    ]
    assert of(cast, cast.hannes)[0].due == dt.date(2025, 6, 1)
    actions.finish_follow_up(
        by=by(cast), follow_up=a.follow_ups.get(), result=t("Kävi."), done_on=dt.date(2024, 1, 1)
    )
    assert of(cast, cast.hannes) == []


def test_a_result_waits_for_publishing_and_again_when_it_has_moved_on(cast):
    a = making.proposed(cast)
    assert keys(of(cast, cast.kirsi)) == [("assessments:detail", "Julkaise vaikutusten arviointi")]
    assert keys(of(cast, cast.hannes)) == [("assessments:detail", "Kirjaa päätös ja seuranta")]
    actions.publish(by=by(cast, cast.kirsi), assessment=a)
    assert of(cast, cast.kirsi) == []
    b = making.begun(cast)
    actions.move(by=by(cast), assessment=b, state="screened", reason=t("Riittää."))
    assert len(of(cast, cast.kirsi)) == 1
    assert "Julkaise vaikutusten arviointi" not in str(keys(of(cast, cast.hannes)))


def test_one_person_and_everybody_hear_the_same(cast):
    making.decided(cast)
    making.begun(cast)
    for user in (cast.hannes, cast.kirsi, cast.kalle, cast.paula, cast.kaisa):
        alone = {d.key for d in of(cast, user)}
        assert alone == {d.key for d in duties.duties_of_plan(cast.plan, TODAY) if d.owner == user.pk}


def test_an_ended_plan_leaves_no_duties(cast):
    making.begun(cast)
    cast.plan.phase = "ended"
    cast.plan.save()
    assert duties.duties_of_plan(cast.plan, TODAY) == []


def test_the_queries_are_as_many_for_one_as_for_hundreds(cast):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            duties.duties_of_plan(cast.plan, TODAY)
        return len(queries)

    making.decided(cast)
    few = asked()
    f.AssessmentFactory._meta.model.objects.bulk_create(
        f.AssessmentFactory.build(
            plan=cast.plan, organisation=cast.hamina, state=state, baseline=None, due_on=TODAY
        )
        for state in ("screening", "screened", "assessing") * 100
    )
    assert asked() == few <= 6
