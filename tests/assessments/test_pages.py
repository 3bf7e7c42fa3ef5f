"""The assessment in the workspace, as people use it; every page in three languages."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lautta.assessments import actions
from lautta.assessments.forms.beginning import NewMemoForm, ScreeningForm
from lautta.assessments.models import Assessment, Rating
from lautta.common.drafts import draft_of, keep_draft
from lautta.common.translated import Translated
from tests import factories as f
from tests.assessments import making
from tests.assessments.making import SAID, TITLE, by, t

SLIP = {
    "title": "Uimahallin aukiolo", "decider": "Hyvinvointilautakunta", "decision_day": "4.12.2024",
    "target_groups": ["children_7_12"], "first_estimate": "Ilta jää pois.", "need": "screen",
}  # fmt: skip


def url(cast, name, *args):
    return reverse(f"assessments:{name}", args=(cast.plan.public_id, *args))


def step(cast, a, code):
    return url(cast, "step", a.public_id, code)


def content(response) -> str:
    return response.content.decode()


# --- the light steps


def test_the_memo_slip_asks_six_things_and_the_screening_at_most_twelve(cast):
    slip = NewMemoForm()
    assert len(slip.visible_fields()) == 6
    assert list(slip.fields) == [
        "title",
        "decider",
        "decision_day",
        "target_groups",
        "first_estimate",
        "need",
    ]
    a = making.begun(cast)
    screening = ScreeningForm(assessment=a)
    assert len(screening.visible_fields()) <= 12
    assert [b.name for b in screening.visible_fields() if b.field.required] == [], "each may wait"


def test_a_slip_leads_to_the_screening(cast, login):
    response = login(cast.hannes).post(url(cast, "new"), SLIP)
    a = Assessment.objects.get()
    assert (response.status_code, response.url) == (302, step(cast, a, "screening"))
    assert (str(a.title), a.decision_day, a.organisation) == (
        "Uimahallin aukiolo",
        dt.date(2024, 12, 4),
        cast.hamina,
    )


def test_a_slip_that_ends_leads_to_its_page(cast, login):
    response = login(cast.hannes).post(url(cast, "new"), {**SLIP, "need": "no"}, follow=True)
    assert "Arviointia ei tarvittu" in content(response)
    assert Assessment.objects.get().state == "not_needed"


def test_the_slip_is_written_in_the_language_of_the_page(cast, login):
    login(cast.hannes).post(url(cast, "new").replace("/fi/", "/sv/"), {**SLIP, "title": "Simhallen"})
    assert Assessment.objects.get().title.source == "sv"


@pytest.mark.parametrize("field", ["title", "decider", "target_groups", "first_estimate", "need"])
def test_what_is_missing_is_told_beside_its_field(cast, login, field):
    given = {k: v for k, v in SLIP.items() if k != field}
    response = login(cast.hannes).post(url(cast, "new"), given)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("paula", 403), ("nelli", 403), ("urho", 404)])
def test_who_may_not_write_slips(cast, login, who, status):
    client = login(getattr(cast, who))
    assert client.get(url(cast, "new")).status_code == status
    assert client.post(url(cast, "new"), SLIP).status_code == status


def test_a_slip_about_a_measure_knows_it(cast, login):
    measure = f.MeasureFactory(plan=cast.plan, organisation=cast.hamina)
    f.MeasureYearFactory(measure=measure, round=cast.round, title=Translated.of("Harrastusbussi"))
    address = f"{url(cast, 'new')}?measure={measure.public_id}"
    client = login(cast.hannes)
    assert "Harrastusbussi" in content(client.get(address))
    client.post(address, SLIP)
    assert Assessment.objects.get().measure == measure


def test_the_coordinator_chooses_nothing_but_may(cast, login):
    f.ParticipationFactory(plan=cast.plan)
    response = login(cast.kaisa).get(url(cast, "new"))
    assert response.context["organisation"] == cast.county


def test_the_screening_stops_with_its_reason_or_goes_on(cast, login):
    client = login(cast.hannes)
    a = making.begun(cast)
    given = {"version": a.version, "change": "Paikka katoaa.", "dimensions": ["safety"], "result": "screened"}
    response = client.post(step(cast, a, "screening"), given)
    assert (response.status_code, "stop_reason" in response.context["form"].errors) == (422, True)
    assert Assessment.objects.get().version == a.version, "half of it is not saved"
    client.post(step(cast, a, "screening"), {**given, "stop_reason": "Vähäinen."})
    assert Assessment.objects.get().state == "screened"
    b = making.begun(cast)
    response = client.post(step(cast, b, "screening"), {**given, "result": "assessing", "next": "1"})
    assert response.url == step(cast, b, "extent")
    b.refresh_from_db()
    assert (b.state, b.dimensions) == ("assessing", ["safety"])


def test_the_screening_may_wait(cast, login):
    a = making.begun(cast)
    login(cast.hannes).post(step(cast, a, "screening"), {"version": 1, "change": "Kesken.", "result": ""})
    a.refresh_from_db()
    assert (a.state, str(a.change)) == ("screening", "Kesken.")


# --- rows


def test_rows_are_written_without_a_script(cast, login):
    a = making.assessing(cast)
    client = login(cast.hannes)
    baseline = a.alternatives.get().public_id
    given = {
        "version": a.version, f"title_{baseline}": "Ei tehdä mitään", f"description_{baseline}": "",
        "title_new1": "Pidetään auki", "description_new1": "Kaksi iltaa.", "again": "1",
    }  # fmt: skip
    response = client.post(step(cast, a, "alternatives"), given, follow=True)
    assert [str(x.title) for x in a.alternatives.in_order()] == ["Ei tehdä mitään", "Pidetään auki"]
    assert response.context["form"].keys()[-1] == "new1", "the next empty row is there"
    added = a.alternatives.get(position=1).public_id
    a.refresh_from_db()
    given = {
        "version": a.version, f"title_{baseline}": "Nykytila", f"title_{added}": "", f"remove_{added}": "on",
        f"remove_{baseline}": "on",
    }  # fmt: skip
    client.post(step(cast, a, "alternatives"), given)
    assert [str(x.title) for x in a.alternatives.in_order()] == ["Nykytila"], "VE0 is not removed by any form"


def test_a_half_filled_row_is_told_and_an_empty_one_is_none(cast, login):
    a = making.assessing(cast)
    client = login(cast.hannes)
    given = {
        "version": a.version,
        "who_new1": "Lapsia",
        "method_new1": "",
        "said_new1": "",
        "not_heard_reason": "",
    }
    response = client.post(step(cast, a, "hearings"), given)
    assert response.status_code == 422
    assert {"method_new1", "said_new1"} <= set(response.context["form"].errors)
    assert not a.hearings.exists()
    response = client.post(step(cast, a, "hearings"), {**given, "who_new1": "", "not_heard_reason": "Kiire."})
    assert response.status_code == 302
    given = {
        **given,
        "version": a.version + 1,
        "method_new1": "play",
        "said_new1": SAID,
        "heard_on_new1": "1.3.2024",
    }
    assert client.post(step(cast, a, "hearings"), given).status_code == 302
    assert a.hearings.get().heard_on == dt.date(2024, 3, 1)


def test_follow_ups_need_a_day_and_somebody(cast, login):
    a = making.assessing(cast)
    client = login(cast.hannes)
    response = client.post(step(cast, a, "follow_up"), {"version": a.version, "what_new1": "Kävijät"})
    assert {"due_on_new1", "who_new1"} <= set(response.context["form"].errors)
    good = {"version": a.version, "what_new1": "Kävijät", "who_new1": "johtaja", "due_on_new1": "2025-05-01"}
    assert client.post(step(cast, a, "follow_up"), good).status_code == 302
    assert a.follow_ups.get().who == "johtaja"


def test_one_dimension_at_a_time_and_on_to_the_next(cast, login):
    a = making.assessing(cast)
    client = login(cast.hannes)
    first = client.get(step(cast, a, "ratings"))
    assert first.url == url(cast, "ratings", a.public_id, "friends")
    key = a.alternatives.get().public_id
    given = {
        "version": a.version,
        f"value_{key}": "not_known",
        f"sentence_{key}": "Ei ole kysytty.",
        "next": "1",
    }
    response = client.post(first.url, given)
    assert response.url == url(cast, "ratings", a.public_id, "safety")
    assert Rating.objects.get().value is None
    response = client.post(
        response.url, {"version": a.version + 1, f"value_{key}": "1", f"sentence_{key}": ""}
    )
    assert (response.status_code, f"sentence_{key}" in response.context["form"].errors) == (422, True)
    response = client.post(response.wsgi_request.path, {"version": a.version + 1})
    assert response.status_code == 302, "an area of life may wait"


def test_an_unknown_dimension_and_step_are_not_found(cast, login):
    a = making.assessing(cast)
    client = login(cast.hannes)
    assert client.get(url(cast, "ratings", a.public_id, "weather")).status_code == 404
    assert client.get(step(cast, a, "astrology")).status_code == 404
    assert client.get(url(cast, "move", a.public_id, "decided")).status_code == 404


# --- nothing is lost


def test_a_draft_comes_back_and_goes_when_saved(cast, login):
    a = making.assessing(cast)
    key = f"assessment:{a.public_id}:conflicts"
    keep_draft(by=by(cast), key=key, fields={"conflicts": "Puolikas lause", "version": str(a.version)})
    client = login(cast.hannes)
    page = content(client.get(step(cast, a, "conflicts")))
    assert "Puolikas lause" in page
    assert "Palautimme luonnoksesi" in page
    client.post(step(cast, a, "conflicts"), {"version": a.version, "conflicts": "Koko lause."})
    assert draft_of(cast.hannes, key) is None


def test_what_somebody_else_saved_is_shown_before_it_is_overwritten(cast, login):
    a = making.assessing(cast)
    actions.save_step(
        by=by(cast, cast.kirsi),
        assessment=a,
        version=a.version,
        step="conflicts",
        values={"conflicts": t("Kirsin.")},
    )
    client = login(cast.hannes)
    given = {"version": a.version, "conflicts": "Hanneksen.", "mitigation": ""}
    response = client.post(step(cast, a, "conflicts"), given)
    assert response.status_code == 409
    assert "Kirsin." in content(response)
    assert "Hanneksen." in content(response)
    given["version"] = response.context["form"].data["version"]
    assert client.post(step(cast, a, "conflicts"), given).status_code == 302
    a.refresh_from_db()
    assert str(a.conflicts) == "Hanneksen."


# --- moves, publishing


def test_what_is_missing_is_told_with_the_way_to_mend_it(cast, login):
    a = making.assessing(cast)
    client = login(cast.hannes)
    page = content(client.get(url(cast, "move", a.public_id, "proposed")))
    assert "Lisää ainakin yksi vaihtoehto" in page
    assert step(cast, a, "alternatives") in page
    response = client.post(url(cast, "move", a.public_id, "proposed"))
    assert response.status_code == 422
    assert Assessment.objects.get().state == "assessing"


def test_the_way_from_proposal_to_followed(cast, login):
    a = making.proposed(cast)
    client = login(cast.hannes)
    chosen = a.alternatives.get(position=1).public_id
    given = {
        "version": a.version,
        "decided_on": "2024-12-04",
        "decided": chosen,
        "decision": "Valittiin VE1.",
    }
    assert client.post(step(cast, a, "decision"), given).status_code == 302
    follow = {
        "version": a.version + 1,
        "what_new1": "Kävijät",
        "who_new1": "johtaja",
        "due_on_new1": "2024-01-01",
    }
    assert client.post(step(cast, a, "follow_up"), follow).status_code == 302
    assert client.post(url(cast, "move", a.public_id, "decided")).status_code == 302
    address = url(cast, "follow_up_done", a.public_id, a.follow_ups.get().public_id)
    assert client.post(address, {"result": ""}).status_code == 422
    assert client.post(address, {"result": "Kävi hyvin."}).status_code == 302
    assert client.post(url(cast, "move", a.public_id, "followed")).status_code == 302
    a.refresh_from_db()
    assert a.state == "followed"


def test_dropping_asks_why(cast, login):
    a = making.begun(cast)
    client = login(cast.hannes)
    assert client.post(url(cast, "move", a.public_id, "dropped"), {"reason": ""}).status_code == 422
    assert (
        client.post(url(cast, "move", a.public_id, "dropped"), {"reason": "Esitys vedettiin."}).status_code
        == 302
    )
    a.refresh_from_db()
    assert (a.state, str(a.stop_reason)) == ("dropped", "Esitys vedettiin.")


def test_the_lead_publishes_and_takes_back(cast, login):
    a = making.begun(cast, need="no")
    client = login(cast.kirsi)
    assert "Julkaise" in content(client.get(url(cast, "detail", a.public_id)))
    assert client.post(url(cast, "publish", a.public_id)).status_code == 302
    assert a.publications.current().count() == 1
    assert client.post(url(cast, "publish", a.public_id)).status_code == 409, "nothing has changed"
    assert client.post(url(cast, "unpublish", a.public_id), {"reason": ""}).status_code == 422
    assert client.post(url(cast, "unpublish", a.public_id), {"reason": "Väärä."}).status_code == 302
    assert not a.publications.current().exists()


def test_the_contributor_sees_no_publishing(cast, login):
    a = making.begun(cast, need="no")
    client = login(cast.hannes)
    assert url(cast, "publish", a.public_id) not in content(client.get(url(cast, "detail", a.public_id)))
    for name in ("publish", "unpublish"):
        assert client.get(url(cast, name, a.public_id)).status_code == 403


def test_what_looks_personal_is_shown_before_publishing(cast, login):
    a = making.proposed(cast)
    hearing = a.hearings.get()
    hearing.said = t("Soita 040 1234567.")
    hearing.save()
    client = login(cast.kirsi)
    assert "040 1234567" in content(client.get(url(cast, "publish", a.public_id)))
    assert client.post(url(cast, "publish", a.public_id)).status_code == 422
    assert client.post(url(cast, "publish", a.public_id), {"checked": "on"}).status_code == 302


def test_erasing_is_a_button_of_the_lead(cast, login):
    a = making.proposed(cast)
    a = actions.move(by=by(cast), assessment=a, state="assessing", reason=t("Korjataan."))
    address = url(cast, "erase_hearing", a.public_id, a.hearings.get().public_id)
    assert address not in content(login(cast.hannes).get(step(cast, a, "hearings")))
    assert login(cast.hannes).post(address).status_code == 403
    client = login(cast.kirsi)
    assert address in content(client.get(step(cast, a, "hearings")))
    assert client.post(address).status_code == 302
    assert not a.hearings.exists()


def test_translations_are_written_beside_their_source(cast, login):
    a = making.decided(cast)
    client = login(cast.hannes)
    page = content(client.get(url(cast, "translate", a.public_id, "sv")))
    assert SAID in page
    hearing = a.hearings.get().public_id
    given = {
        "version": a.version,
        "decision": "Nämnden valde VE1.",
        f"hearing-{hearing}-said": "Lugn och ro.",
    }
    assert client.post(url(cast, "translate", a.public_id, "sv"), given).status_code == 302
    a.refresh_from_db()
    assert a.decision.in_language("sv") == "Nämnden valde VE1."
    assert a.hearings.get().said.in_language("sv") == "Lugn och ro."
    assert client.get(url(cast, "translate", a.public_id, "fi")).status_code == 404


# --- who sees what


def test_a_draft_is_of_its_organisation_and_the_coordinator(cast, login):
    a = making.proposed(cast)
    for user, status in (
        (cast.hannes, 200), (cast.kirsi, 200), (cast.nelli, 200), (cast.kaisa, 200), (cast.kalle, 404), (cast.urho, 404),
    ):  # fmt: skip
        assert login(user).get(url(cast, "detail", a.public_id)).status_code == status, user
    assert TITLE not in content(login(cast.kalle).get(url(cast, "list")))


def test_others_see_what_is_published_and_not_what_came_after(cast, login):
    a = making.proposed(cast)
    actions.publish(by=by(cast, cast.kirsi), assessment=a)
    actions.save_step(
        by=by(cast),
        assessment=a,
        version=a.version,
        step="summary",
        values={"child_summary": t("Uutta tekstiä.")},
    )
    page = content(login(cast.kalle).get(url(cast, "detail", a.public_id)))
    assert SAID in page
    assert "Uutta tekstiä." not in page
    assert "Näet sen, mitä arvioinnista on julkaistu." in page
    assert login(cast.kalle).get(step(cast, a, "summary")).status_code == 404
    mine = content(login(cast.hannes).get(url(cast, "detail", a.public_id)))
    assert "Uutta tekstiä." in mine
    assert "muutettu julkaisemisen jälkeen" in mine


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_opens_in_every_language(cast, login, language):
    f.VoiceFactory(plan=cast.plan)
    a, b = making.decided(cast), making.with_ratings(cast)
    actions.publish(by=by(cast, cast.kirsi), assessment=a)
    client = login(cast.kaisa)
    pages = [
        url(cast, "list"),
        url(cast, "new"),
        url(cast, "detail", a.public_id),
        url(cast, "detail", b.public_id),
    ]
    pages += [step(cast, a, code) for code in ("decision", "follow_up", "summary")]
    pages += [
        step(cast, b, code)
        for code in ("memo", "screening", "extent", "background", "alternatives", "hearings", "conflicts", "reasoning", "summary")
    ]  # fmt: skip
    pages += [
        url(cast, "ratings", b.public_id, "safety"), url(cast, "publish", a.public_id), url(cast, "unpublish", a.public_id),
        url(cast, "move", b.public_id, "proposed"), url(cast, "move", b.public_id, "dropped"),
        url(cast, "follow_up_done", a.public_id, a.follow_ups.get().public_id), url(cast, "translate", a.public_id, "en"),
    ]  # fmt: skip
    for page in pages:
        response = client.get(page.replace("/fi/", f"/{language}/"))
        assert response.status_code == 200, page
        assert f'lang="{language}"' in content(response)


def test_the_list_asks_the_same_of_100_and_2500(cast, login):
    client = login(cast.kaisa)
    asked = {}
    for size in (100, 2_500):
        made = f.AssessmentFactory._meta.model.objects
        made.bulk_create(
            f.AssessmentFactory.build(plan=cast.plan, organisation=cast.hamina, baseline=None)
            for _ in range(size - made.count())
        )
        client.get(url(cast, "list"))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"{url(cast, 'list')}?state=screening")
        assert response.context["page"].paginator.count == size
        asked[size] = len(queries)
    assert asked[100] == asked[2_500] <= 12
