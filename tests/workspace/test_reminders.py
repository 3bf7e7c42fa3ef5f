"""Reminders: who gets one, when, in which language, and never twice."""

import datetime as dt
import threading

import pytest
from django.core import mail as sent_mail
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from lautta.common import mail
from lautta.common.actors import SYSTEM
from lautta.common.duties import Duty
from lautta.common.models import MailMention, OutgoingMail, User
from lautta.workspace.actions.reminders import due_count, send_reminders

DEADLINE = dt.date(2024, 3, 20)


def duty(due: dt.date) -> Duty:
    return Duty(key="k", owner=1, due=due, title="x", url_name="workspace:start")


@pytest.mark.parametrize(
    ("days_from_due", "count"),
    [
        (-31, None),
        (-30, -30),
        (-26, -30),
        (-25, None),
        (-8, None),
        (-7, -7),
        (-3, -7),
        (-2, None),
        (-1, -1),
        (0, -1),
        (1, 1),
        (5, 1),
        (6, None),
        (7, 7),
        (11, 7),
        (12, None),
        (30, 30),
        (34, 30),
        (35, None),
    ],
)
def test_a_duty_is_called_to_mind_on_its_day_counts(days_from_due, count):
    assert due_count(duty(DEADLINE), DEADLINE + dt.timedelta(days=days_from_due)) == count


@pytest.fixture
def round(cast):
    cast.round.deadline, cast.round.opens_on = DEADLINE, dt.date(2024, 1, 2)
    cast.round.save()
    return cast.round


@pytest.mark.django_db
def test_organisations_that_have_not_answered_are_reminded_once(cast, round):
    today = DEADLINE - dt.timedelta(days=7)
    first = send_reminders(by=SYSTEM, today=today)
    assert first >= 3
    assert send_reminders(by=SYSTEM, today=today) == 0
    assert send_reminders(by=SYSTEM, today=today + dt.timedelta(days=1)) == 0
    people = set(OutgoingMail.objects.values_list("user__name", flat=True))
    assert {"Hannes", "Kirsi", "Kalle"} <= people
    assert "Urho" not in people


@pytest.mark.django_db
def test_the_next_day_count_reminds_again(cast, round):
    send_reminders(by=SYSTEM, today=DEADLINE - dt.timedelta(days=7))
    assert send_reminders(by=SYSTEM, today=DEADLINE - dt.timedelta(days=1)) >= 3


@pytest.mark.django_db
def test_who_wants_no_reminders_gets_none(cast, round):
    cast.hannes.wants_reminders = False
    cast.hannes.save()
    send_reminders(by=SYSTEM, today=DEADLINE - dt.timedelta(days=7))
    assert not OutgoingMail.objects.filter(user=cast.hannes).exists()


@pytest.mark.django_db
def test_a_reminder_speaks_the_persons_language_and_leads_to_the_page(cast, round, settings):
    cast.hannes.language = "sv"
    cast.hannes.save()
    send_reminders(by=SYSTEM, today=DEADLINE - dt.timedelta(days=7))
    swedish = OutgoingMail.objects.get(user=cast.hannes)
    finnish = OutgoingMail.objects.get(user=cast.kalle)
    assert f"{settings.SITE_URL}/sv/work/{cast.plan.public_id}/" in swedish.text
    assert "20.3.2024" in swedish.text
    assert swedish.subject != finnish.subject
    assert f"{settings.SITE_URL}/fi/work/" in finnish.html
    assert "<script" not in finnish.html


@pytest.mark.django_db
def test_nobody_hears_of_the_same_duty_twice_within_five_days(cast, round):
    """Ticking every day from a month before the deadline to a month after it."""
    for n in range(-35, 36):
        send_reminders(by=SYSTEM, today=DEADLINE + dt.timedelta(days=n))
    said = MailMention.objects.filter(mail__user=cast.hannes, duty__contains="answer").order_by("said_on")
    days = [(m.said_on - DEADLINE).days for m in said]
    # The day after the deadline comes too soon after the day before it; it is told as soon as five days have passed.
    assert days == [-30, -7, -1, 4, 9, 30]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("quiet", "utc_hour", "sent"),
    [
        ((20, 7), 4, False),
        ((20, 7), 5, True),
        ((20, 7), 17, True),
        ((20, 7), 18, False),
        ((9, 11), 8, False),
        ((0, 0), 0, True),
    ],
)
def test_quiet_hours_are_the_regions_wall_time(cast, round, quiet, utc_hour, sent):
    User.objects.update(quiet_from=quiet[0], quiet_until=quiet[1])
    now = dt.datetime(2024, 3, 13, utc_hour, 30, tzinfo=dt.UTC)
    assert bool(send_reminders(by=SYSTEM, today=DEADLINE - dt.timedelta(days=7), now=now)) is sent


@pytest.mark.django_db
def test_what_a_quiet_hour_kept_back_comes_later(cast, round):
    today, day = DEADLINE - dt.timedelta(days=7), dt.datetime(2024, 3, 13, tzinfo=dt.UTC)
    assert send_reminders(by=SYSTEM, today=today, now=day.replace(hour=2)) == 0
    assert send_reminders(by=SYSTEM, today=today, now=day.replace(hour=9)) >= 3


@pytest.mark.django_db
def test_a_digest_comes_once_a_week_in_place_of_reminders(cast, round):
    cast.hannes.wants_digest = True
    cast.hannes.save()
    monday = DEADLINE - dt.timedelta(days=9)
    for n in range(14):
        send_reminders(by=SYSTEM, today=monday + dt.timedelta(days=n))
    mails = OutgoingMail.objects.filter(user=cast.hannes).order_by("pk")
    assert [m.kind for m in mails] == ["digest", "digest"]
    assert "Viikon kooste" in mails[0].subject


@pytest.mark.django_db
def test_the_log_shows_ones_own_mails_and_all_to_the_coordinator(cast, round, login):
    send_reminders(by=SYSTEM, today=DEADLINE - dt.timedelta(days=7))
    address = reverse("workspace:mails", args=(cast.plan.public_id,))
    assert "Kalle" in login(cast.kaisa).get(address).content.decode()
    own = login(cast.hannes).get(address).content.decode()
    assert "Muistutus" in own
    assert "Kalle" not in own


@pytest.mark.django_db
def test_deliver_sends_each_mail_once(cast, round):
    send_reminders(by=SYSTEM, today=DEADLINE - dt.timedelta(days=7))
    waiting = OutgoingMail.objects.count()
    assert mail.deliver() == (waiting, 0)
    assert mail.deliver() == (0, 0)
    assert len(sent_mail.outbox) == waiting
    assert OutgoingMail.objects.filter(state="sent", sent_at__isnull=False).count() == waiting


@pytest.mark.django_db
def test_a_mail_that_cannot_be_sent_waits_and_gives_up_in_the_end(cast, round, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError("no route")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    mail.queue(to=cast.hannes, kind="test", key="one", subject="Hei", text="…")
    for attempt in range(1, mail.MOST_ATTEMPTS + 1):
        OutgoingMail.objects.update(claimed_at=None)
        assert mail.deliver() == (0, 1), attempt
    row = OutgoingMail.objects.get()
    assert (row.state, row.attempts, row.problem) == ("failed", mail.MOST_ATTEMPTS, "OSError")
    assert mail.deliver() == (0, 0)


@pytest.mark.django_db
def test_what_a_dead_machine_had_claimed_is_sent_after_its_lease(cast):
    mail.queue(to=cast.hannes, kind="test", key="one", subject="Hei", text="…")
    row = mail._claim()
    assert mail.deliver() == (0, 0), "another machine has it"
    OutgoingMail.objects.filter(pk=row.pk).update(
        claimed_at=row.created_at - mail.LEASE - dt.timedelta(minutes=1)
    )
    assert mail.deliver() == (1, 0)


@pytest.mark.django_db
def test_a_key_is_queued_once(cast):
    for _ in range(3):
        mail.queue(to=cast.hannes, kind="test", key="one", subject="Hei\r\nBcc: x@y.invalid", text="…")
    row = OutgoingMail.objects.get()
    assert "\n" not in row.subject


@pytest.mark.django_db
def test_tick_runs_and_says_what_it_did(cast, capsys):
    call_command("tick", verbosity=2)
    assert "reminders queued" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_two_machines_at_once_remind_once(cast, round):
    """Four threads tick the same moment; SQLite in memory is one connection, so this one runs on PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("threads share no in-memory database; make verify does the same with processes on SQLite")
    today = DEADLINE - dt.timedelta(days=7)
    start, problems = threading.Barrier(4), []

    def machine():
        try:
            start.wait()
            send_reminders(by=SYSTEM, today=today)
            mail.deliver()
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=machine) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    mentions = MailMention.objects.count()
    assert mentions == len(set(MailMention.objects.values_list("key", flat=True)))
    assert (
        OutgoingMail.objects.values("user").distinct().count()
        == OutgoingMail.objects.count()
        == len(sent_mail.outbox)
    )
