"""Voices in the workspace, as people use them."""

import datetime as dt

import pytest
from django.urls import reverse

from lautta.common.drafts import draft_of, keep_draft
from lautta.common.translated import Translated
from lautta.voices import actions, duties
from lautta.voices.forms import MonthField
from lautta.voices.models import Voice
from tests import factories as f

GOOD = {
    "text": "Välitunnilla saa olla rauhassa.",
    "language": "fi",
    "speaker_role": "pupil",
    "age_group": "7_12",
    "method": "interview",
    "heard_month": "5/2024",
}


def url(cast, name, *args):
    return reverse(f"voices:{name}", args=(cast.plan.public_id, *args))


@pytest.fixture
def waiting(cast):
    return f.VoiceFactory(
        plan=cast.plan, organisation=cast.hamina, state="pending", text=Translated.of("Pihalla on tilaa.")
    )


def test_a_contributor_writes_down_what_was_said(login, cast):
    response = login(cast.hannes).post(
        url(cast, "new"), {**GOOD, "organisation": cast.hamina.public_id, "goals": [cast.goal.public_id]}
    )
    assert response.status_code == 302
    voice = Voice.objects.get()
    assert (voice.state, voice.organisation, voice.heard_month) == (
        "pending",
        cast.hamina,
        dt.date(2024, 5, 1),
    )
    assert list(voice.goals.all()) == [cast.goal]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "a" * 2001}, "text"),
        ({"speaker_role": "king"}, "speaker_role"),
        ({"heard_month": "toukokuu"}, "heard_month"),
        ({"heard_month": "1/2099"}, "heard_month"),
        ({"goals": ["bbbbbbbbbb"]}, "goals"),
        ({"organisation": ""}, "organisation"),
        ({"text": "a\x00b"}, "text"),
    ],
)
def test_bad_input_is_told_and_nothing_is_saved(login, cast, fields, field):
    given = {**GOOD, "organisation": cast.hamina.public_id, **fields}
    response = login(cast.hannes).post(url(cast, "new"), given)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Voice.objects.exists()


def test_another_organisations_name_cannot_be_used(login, cast):
    response = login(cast.hannes).post(url(cast, "new"), {**GOOD, "organisation": cast.kotka.public_id})
    assert response.status_code == 422
    assert not Voice.objects.exists()


def test_what_looks_personal_is_asked_about_before_saving(login, cast):
    given = {**GOOD, "organisation": cast.hamina.public_id, "text": "Matti lyö, soita 040 1234567."}
    client = login(cast.hannes)
    response = client.post(url(cast, "new"), given)
    assert response.status_code == 422
    text = response.content.decode()
    assert "näyttää henkilötiedolta" in text
    assert "040 1234567" in text
    assert not Voice.objects.exists()
    assert client.post(url(cast, "new"), {**given, "checked": "on"}).status_code == 302
    assert Voice.objects.get().state == "pending", "checked or not, it waits for moderation"


def test_who_sees_and_opens_what(login, cast, waiting):
    published = f.VoiceFactory(plan=cast.plan, text=Translated.of("Julkinen ääni."))
    elsewhere = f.VoiceFactory(plan=cast.other_plan, text=Translated.of("Muualla."))
    for user, status, sees in (
        (cast.kaisa, 200, True),
        (cast.hannes, 200, True),
        (cast.nelli, 200, True),
        (cast.kalle, 200, False),
        (cast.paula, 403, False),
        (cast.urho, 404, False),
    ):
        response = login(user).get(url(cast, "list"))
        assert response.status_code == status, user
        text = response.content.decode()
        assert ("Pihalla on tilaa." in text) is sees, user
        assert "Muualla." not in text
        if status == 200:
            assert "Julkinen ääni." in text
    for user, edits, moderates in (
        (cast.kaisa, 200, 200), (cast.hannes, 200, 403), (cast.kalle, 404, 403), (cast.paula, 404, 403),
        (cast.urho, 404, 404),
    ):  # fmt: skip
        assert login(user).get(url(cast, "edit", waiting.public_id)).status_code == edits, user
        assert login(user).get(url(cast, "moderate", waiting.public_id)).status_code == moderates, user
    assert login(cast.hannes).get(url(cast, "edit", published.public_id)).status_code == 403
    for name in ("edit", "moderate"):
        assert login(cast.kaisa).get(url(cast, name, elsewhere.public_id)).status_code == 404


def test_the_coordinator_decides(login, cast, waiting):
    client = login(cast.kaisa)
    page = url(cast, "moderate", waiting.public_id)
    assert client.post(page, {"reject": "1", "version": 1, "reason": ""}).status_code == 422
    assert client.post(page, {"publish": "1", "version": 7}).status_code == 422, "somebody else was faster"
    assert client.post(page, {"publish": "1", "version": 1}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "published"
    assert client.post(page, {"reject": "1", "version": 2, "reason": "Pyynnöstä."}).status_code == 302
    assert client.post(page, {"erase": "1", "version": 3}).status_code == 302
    assert not Voice.objects.exists()


def test_moderation_points_out_and_asks(login, cast):
    voice = f.VoiceFactory(plan=cast.plan, state="pending", text=Translated.of("Matti lyö."))
    client, page = login(cast.kaisa), url(cast, "moderate", voice.public_id)
    assert "näyttää nimeltä" in client.get(page).content.decode()
    response = client.post(page, {"publish": "1", "version": 1})
    assert response.status_code == 422
    assert "checked" in response.context["form"].errors
    assert client.post(page, {"publish": "1", "version": 1, "checked": "on"}).status_code == 302


def test_two_people_editing_at_once_lose_nothing(login, cast, waiting):
    client, page = login(cast.kaisa), url(cast, "edit", waiting.public_id)
    actions.update_voice(
        by=cast.actor(cast.hannes, cast.hamina),
        voice=waiting,
        version=1,
        values={"text": Translated.of("Pihalla on paljon tilaa.")},
    )
    mine = {**GOOD, "text": "Pihalla on tilaa juosta.", "organisation": cast.hamina.public_id, "version": 1}
    response = client.post(page, mine)
    assert response.status_code == 409
    text = response.content.decode()
    assert "Pihalla on paljon tilaa." in text
    assert "Pihalla on tilaa juosta." in text
    waiting.refresh_from_db()
    assert str(waiting.text) == "Pihalla on paljon tilaa."
    again = client.post(page, {**mine, "version": response.context["form"]["version"].value()})
    assert again.status_code == 302
    waiting.refresh_from_db()
    assert str(waiting.text) == "Pihalla on tilaa juosta."


def test_translations_are_kept_beside_the_original(login, cast, waiting):
    page = url(cast, "edit", waiting.public_id)
    given = {
        **GOOD,
        "organisation": cast.hamina.public_id,
        "in_sv": "På rasten får man vara i fred.",
        "version": 1,
    }
    assert login(cast.kaisa).post(page, given).status_code == 302
    waiting.refresh_from_db()
    assert waiting.text.in_language("sv") == "På rasten får man vara i fred."
    assert not waiting.text.is_stale("sv")
    assert (
        login(cast.kaisa).post(page, {**given, "text": "Välitunnilla on rauha.", "version": 2}).status_code
        == 302
    )
    waiting.refresh_from_db()
    assert waiting.text.is_stale("sv")


def test_a_draft_comes_back(login, cast):
    by = cast.actor(cast.hannes, cast.hamina)
    key = f"voice:{cast.plan.public_id}:new"
    keep_draft(by=by, key=key, fields={**GOOD, "text": "Kesken jäi"})
    client = login(cast.hannes)
    assert "Kesken jäi" in client.get(url(cast, "new")).content.decode()
    client.post(url(cast, "new"), {**GOOD, "organisation": cast.hamina.public_id})
    assert draft_of(cast.hannes, key) is None


def test_the_list_is_limited_by_links(login, cast, waiting):
    waiting.goals.add(cast.goal)
    f.VoiceFactory(plan=cast.plan, text=Translated.of("Julkinen ääni."), speaker_role="father")
    client = login(cast.kaisa)
    for query, shown in (
        ({}, ["Pihalla on tilaa.", "Julkinen ääni."]),
        ({"state": "pending"}, ["Pihalla on tilaa."]),
        ({"role": "father"}, ["Julkinen ääni."]),
        ({"goal": cast.goal.public_id}, ["Pihalla on tilaa."]),
        ({"goal": "x", "role": "father"}, []),
        ({"state": "nonsense", "role": "nonsense"}, ["Pihalla on tilaa.", "Julkinen ääni."]),
    ):
        response = client.get(url(cast, "list"), query)
        assert response.status_code == 200
        assert [str(i["voice"].text) for i in response.context["items"]] == shown, query


def test_the_list_costs_the_same_at_any_length(login, cast, django_assert_max_num_queries):
    Voice.objects.bulk_create(
        Voice(
            plan=cast.plan,
            text=Translated.of(f"Ääni {n}"),
            speaker_role="pupil",
            method="survey",
            state="pending",
            organisation=cast.hamina,
        )
        for n in range(2_500)
    )
    Voice.goals.through.objects.bulk_create(
        Voice.goals.through(voice_id=pk, goal_id=cast.goal.pk)
        for pk in Voice.objects.values_list("pk", flat=True)
    )
    client = login(cast.kaisa)
    with django_assert_max_num_queries(14):
        response = client.get(url(cast, "list"))
    assert len(response.context["items"]) == 40
    assert len(response.content) < 100_000


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2024-05", dt.date(2024, 5, 1)),
        ("5/2024", dt.date(2024, 5, 1)),
        ("05.2024", dt.date(2024, 5, 1)),
        ("", None),
    ],
)
def test_a_month_is_read_as_people_write_it(typed, month):
    assert MonthField(required=False).clean(typed) == month


TODAY = dt.date(2024, 5, 1)


def test_waiting_voices_are_the_coordinators_duty(cast, waiting):
    from lautta.plans.standing import standing_of

    (duty,) = duties.duties_of(standing_of(cast.kaisa, cast.plan), TODAY)
    assert (duty.owner, duty.due, str(duty.detail)) == (cast.kaisa.pk, TODAY, "1 ääni odottaa")
    assert duty.url == url(cast, "list") or duty.url.startswith("/")
    assert duties.duties_of(standing_of(cast.hannes, cast.plan), TODAY) == []
    assert [d.owner for d in duties.duties_of_plan(cast.plan, TODAY)] == [cast.kaisa.pk]


def test_no_duty_when_nothing_waits(cast, waiting, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert duties.duties_of_plan(cast.plan, TODAY)
    waiting.state = "published"
    waiting.save()
    assert duties.duties_of_plan(cast.plan, TODAY) == []
    assert duties.duties_of_plan(cast.other_plan, TODAY) == []
