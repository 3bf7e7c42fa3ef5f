"""Events: who may, what is refused, what moves with what; the next year; feeds; tasks."""

import datetime as dt

import icalendar
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from lautta.annual_clock.actions.events import end_event, move_occurrence, update_event
from lautta.annual_clock.actions.feeds import renew_feed
from lautta.annual_clock.actions.imports import import_events
from lautta.annual_clock.actions.tasks import create_task, finish_task
from lautta.annual_clock.actions.years import check_event, prepare_year
from lautta.annual_clock.duties import duties_of_plan
from lautta.annual_clock.happenings import year_of
from lautta.annual_clock.importing import Row
from lautta.annual_clock.models import ClockEvent, Feed
from lautta.annual_clock.shifting import shifts
from lautta.common.problems import Refused
from lautta.common.search import search
from lautta.common.translated import Translated
from lautta.decisions.models import Body
from lautta.plans.models import RoleAssignment
from tests.annual_clock.making import make_event

pytestmark = pytest.mark.django_db
APRIL = dt.date(2024, 4, 9)


def days(cast, event, year=2024):
    return [h.day for h in year_of(cast.plan, year).own(everything=True) if h.event_pk == event.pk]


def council(cast, *meetings):
    body = Body.objects.create(
        plan=cast.plan, organisation=cast.hamina, kind="council", name=Translated.of("Valtuusto")
    )
    for day in meetings:
        body.meetings.create(held_on=day)
    return body


def test_a_contributor_keeps_their_own_organisations_events_only(cast):
    hannes = cast.actor(cast.hannes, cast.hamina)
    event = make_event(cast, hannes, organisation=cast.hamina)
    assert event.organisation == cast.hamina
    for organisation in (None, cast.kotka):
        with pytest.raises(PermissionDenied):
            make_event(cast, hannes, organisation=organisation)
    with pytest.raises(PermissionDenied):
        update_event(by=cast.actor(cast.kalle, cast.kotka), event=event, version=1, starts_on=APRIL)
    with pytest.raises(PermissionDenied):
        make_event(cast, cast.actor(cast.nelli, cast.hamina), organisation=cast.hamina)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts_at": dt.time(10), "ends_at": dt.time(9)}, "ends_at"),
        ({"ends_at": dt.time(9)}, "starts_at"),
        ({"days": 0}, "ends_on"),
        ({"repeat": "relative"}, "relative_to"),
        ({"repeat": "yearly", "repeat_until": dt.date(2024, 1, 1)}, "repeat_until"),
        (
            {"repeat": "nth", "nth": 2, "weekday": 1, "month": 2, "repeat_until": dt.date(2024, 12, 1)},
            "repeat_until",
        ),
        ({"starts_on": dt.date(1500, 1, 1)}, "starts_on"),
        ({"concerns": ["nobody"]}, "concerns"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(cast, values, field):
    with pytest.raises(Refused) as refused:
        make_event(cast, **values)
    assert refused.value.field == field
    assert not ClockEvent.objects.exists()


def test_three_weeks_before_the_council_follows_the_council(cast):
    body = council(cast, dt.date(2024, 6, 17), dt.date(2025, 1, 13))
    event = make_event(cast, repeat="relative", relative_body=body, offset=-21, starts_on=dt.date(2024, 1, 1))
    assert days(cast, event) == [dt.date(2024, 5, 27), dt.date(2024, 12, 23)]
    body.meetings.filter(held_on=dt.date(2024, 6, 17)).update(held_on=dt.date(2024, 6, 24))
    assert days(cast, event) == [dt.date(2024, 6, 3), dt.date(2024, 12, 23)]


def test_a_rule_that_hangs_on_nothing_is_refused(cast):
    with pytest.raises(Refused, match="kokouspäiviä"):
        make_event(cast, repeat="relative", relative_body=council(cast), offset=-21)


def test_dependents_are_shown_first_and_shift_together(cast):
    first = make_event(cast)
    second = make_event(
        cast, title="Kutsu", repeat="relative", relative_to=first, offset=-14, starts_on=dt.date(2024, 1, 1)
    )
    third = make_event(
        cast, title="Esite", repeat="relative", relative_to=second, offset=-7, starts_on=dt.date(2024, 1, 1)
    )
    to = dt.date(2024, 5, 7)
    seen = [(str(s.title), s.before, s.after) for s in shifts(first, APRIL, to)]
    assert seen == [
        ("Esite", dt.date(2024, 3, 19), dt.date(2024, 4, 16)),
        ("Kutsu", dt.date(2024, 3, 26), dt.date(2024, 4, 23)),
    ]
    assert days(cast, third) == [dt.date(2024, 3, 19)], "looking moves nothing"
    move_occurrence(by=cast.actor(cast.kaisa), event=first, own_day=APRIL, to=to, version=1)
    assert (days(cast, first), days(cast, second), days(cast, third)) == (
        [to],
        [dt.date(2024, 4, 23)],
        [dt.date(2024, 4, 16)],
    )


def test_a_move_by_years_takes_its_followers_along(cast):
    first = make_event(cast)
    make_event(
        cast, title="Kutsu", repeat="relative", relative_to=first, offset=-14, starts_on=dt.date(2024, 1, 1)
    )
    [seen] = shifts(first, APRIL, dt.date(2027, 4, 13))
    assert (seen.before, seen.after) == (dt.date(2024, 3, 26), dt.date(2027, 3, 30))


def test_a_circle_of_events_is_refused(cast):
    first = make_event(cast)
    second = make_event(cast, repeat="relative", relative_to=first, offset=7, starts_on=dt.date(2024, 1, 1))
    with pytest.raises(Refused, match="kehässä"):
        update_event(
            by=cast.actor(cast.kaisa), event=first, version=1, repeat="relative", relative_to=second, offset=7
        )


def test_one_occurrence_is_moved_and_another_cancelled(cast):
    event = make_event(cast, repeat="yearly")
    kaisa = cast.actor(cast.kaisa)
    event = move_occurrence(by=kaisa, event=event, own_day=APRIL, to=dt.date(2024, 9, 3), version=1)
    event = move_occurrence(by=kaisa, event=event, own_day=dt.date(2025, 4, 9), to=None, version=2)
    assert days(cast, event) == [dt.date(2024, 9, 3)]
    assert days(cast, event, 2025) == []
    with pytest.raises(Refused, match="tallensi"):
        move_occurrence(by=kaisa, event=event, own_day=APRIL, to=APRIL, version=1)
    with pytest.raises(Refused, match="ei ole tuona päivänä"):
        move_occurrence(by=kaisa, event=event, own_day=dt.date(2024, 4, 10), to=APRIL, version=3)


def test_what_others_hang_on_stays(cast):
    first = make_event(cast)
    make_event(cast, repeat="relative", relative_to=first, offset=7, starts_on=dt.date(2024, 1, 1))
    with pytest.raises(Refused):
        end_event(by=cast.actor(cast.kaisa), event=first)


def test_only_what_is_published_is_found(cast):
    event = make_event(cast, title="Kevätpäivä", is_public=True)
    assert search(cast.plan.public_id, "kevätpäivä", language="fi").total == 1
    update_event(by=cast.actor(cast.kaisa), event=event, version=1, is_public=False)
    assert search(cast.plan.public_id, "kevätpäivä", language="fi").total == 0


def test_the_next_year_with_one_button_and_then_checked(cast):
    once = make_event(cast, title="Seminaari", is_public=True)
    yearly = make_event(cast, title="Teemaviikko", repeat="yearly")
    kaisa = cast.actor(cast.kaisa)
    assert prepare_year(by=kaisa, plan=cast.plan, year=2025) == 2
    assert prepare_year(by=kaisa, plan=cast.plan, year=2025) == 0
    copy = once.copies.get()
    assert (copy.starts_on, copy.is_public) == (dt.date(2025, 4, 8), False)
    [duty] = duties_of_plan(cast.plan, dt.date(2024, 12, 1))
    assert duty.owner == cast.kaisa.pk
    for event in (copy, yearly):
        check_event(by=kaisa, check=event.checks.get())
    assert duties_of_plan(cast.plan, dt.date(2024, 12, 1)) == []


def test_a_feed_is_read_without_cookies_and_an_old_address_stops(cast, client):
    make_event(
        cast, title="Julkinen", is_public=True, starts_at=dt.time(9, 30), starts_on=dt.date(2026, 4, 9)
    )
    make_event(cast, title="Sisäinen", starts_on=dt.date(2026, 4, 10))
    old = renew_feed(by=cast.actor(cast.hannes, cast.hamina), plan=cast.plan, organisation=cast.hamina)
    from lautta.common import clock

    with clock.as_of(dt.date(2026, 3, 1)):
        response = client.get(reverse("calendars:feed", args=(old,)))
        assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert not response.cookies
        titles = [str(e["SUMMARY"]) for e in icalendar.Calendar.from_ical(response.content).walk("VEVENT")]
        assert "Julkinen" in titles
        assert "Sisäinen" not in titles
        new = renew_feed(by=cast.actor(cast.hannes, cast.hamina), plan=cast.plan, organisation=cast.hamina)
        assert client.get(reverse("calendars:feed", args=(old,))).status_code == 404
        assert client.get(reverse("calendars:feed", args=(new,))).status_code == 200
    missing = client.get(reverse("calendars:feed", args=("nothing",)))
    assert (missing.status_code, dict(missing.cookies)) == (404, {})
    assert new not in Feed.objects.get().secret_hash


def test_a_persons_feed_ends_with_their_role_and_account(cast, client):
    secret = renew_feed(by=cast.actor(cast.hannes, cast.hamina), plan=cast.plan)
    address = reverse("calendars:feed", args=(secret,))
    assert client.get(address).status_code == 200
    RoleAssignment.objects.filter(membership__user=cast.hannes).update(ended_on=dt.date(2024, 1, 1))
    assert client.get(address).status_code == 404


def test_a_feed_keeps_uids_counts_changes_and_says_what_is_cancelled(cast, client):
    event = make_event(cast, repeat="yearly", is_public=True, starts_on=dt.date(2025, 4, 9))
    secret = renew_feed(by=cast.actor(cast.kaisa), plan=cast.plan)

    def read():
        content = client.get(reverse("calendars:feed", args=(secret,))).content
        rows = icalendar.Calendar.from_ical(content).walk("VEVENT")
        return {str(e["UID"]): e for e in rows if "event-" in str(e["UID"])}

    from lautta.common import clock

    with clock.as_of(dt.date(2026, 3, 1)):
        before = read()
        move_occurrence(
            by=cast.actor(cast.kaisa), event=event, own_day=dt.date(2026, 4, 9), to=None, version=1
        )
        after = read()
    assert set(before) == set(after)
    gone = f"event-{event.public_id}-20260409@lautta"
    assert (str(after[gone]["STATUS"]), int(before[gone]["SEQUENCE"]), int(after[gone]["SEQUENCE"])) == (
        "CANCELLED",
        0,
        1,
    )


def test_an_import_saves_all_or_nothing(cast):
    values = {
        "starts_on": APRIL,
        "starts_at": None,
        "ends_at": None,
        "days": 1,
        "repeat": "once",
        "description": "",
        "place": "",
    }
    good = [Row(n, f"Rivi {n}", APRIL, values, uid=f"u{n}") for n in (1, 2)]
    given = {
        "plan": cast.plan,
        "organisation": cast.hamina,
        "lane": "decisions",
        "kind": "meeting",
        "language": "fi",
    }
    by = cast.actor(cast.hannes, cast.hamina)
    with pytest.raises(Refused):
        import_events(by=by, rows=[*good, Row(3, "Huono", problem="x")], **given)
    never = Row(
        4, "Ei koskaan", APRIL, values | {"repeat": "yearly", "repeat_until": dt.date(2024, 1, 1)}, uid="u4"
    )
    with pytest.raises(Refused, match="Rivi 4"):
        import_events(by=by, rows=[*good, never], **given)
    assert not ClockEvent.objects.exists()
    assert import_events(by=by, rows=[*good, Row(3, "Huono", problem="x")], leave_out_bad=True, **given) == (
        2,
        0,
    )
    assert import_events(by=by, rows=good, **given) == (0, 2)


def test_a_task_waits_for_its_owner_and_falls_to_the_lead_when_one_is_gone(cast):
    kaisa, today = cast.actor(cast.kaisa), dt.date(2024, 3, 1)
    task = create_task(
        by=kaisa, plan=cast.plan, title=Translated.of("Varaa sali"), owner=cast.hannes, due=APRIL
    )
    assert [d.owner for d in duties_of_plan(cast.plan, today)] == [cast.hannes.pk]
    cast.hannes.is_active = False
    cast.hannes.save()
    assert [d.owner for d in duties_of_plan(cast.plan, today)] == [cast.kirsi.pk]
    cast.hannes.delete()
    RoleAssignment.objects.filter(membership__user=cast.kirsi).update(ended_on=dt.date(2024, 1, 1))
    assert [d.owner for d in duties_of_plan(cast.plan, today)] == [cast.kaisa.pk]
    with pytest.raises(PermissionDenied):
        finish_task(by=cast.actor(cast.kalle, cast.kotka), task=task)
    finish_task(by=kaisa, task=task)
    assert duties_of_plan(cast.plan, today) == []


def test_a_task_is_for_somebody_of_the_plan(cast):
    with pytest.raises(Refused) as refused:
        create_task(
            by=cast.actor(cast.kaisa), plan=cast.plan, title=Translated.of("X"), owner=cast.urho, due=APRIL
        )
    assert refused.value.field == "owner"
