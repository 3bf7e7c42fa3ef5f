"""`python -m bench.annual_clock`: 2,000 events of 40 organisations as a clock, and their clashes. Part of `make bench`."""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import time

EVENTS, ORGANISATIONS, YEAR = 2_000, 40, 2024
REPEATS = 15
# (page, most queries, most CPU ms, most bytes); in the workspace those of the session and the standing are counted too
BOUNDS = {
    "public clock": (10, 50.0, 150_000),
    "workspace clock": (12, 50.0, 150_000),
    "public clock, filtered": (10, 50.0, 150_000),
}
CLASHES_SECONDS = 0.5
FEED_SECONDS = 5.0


def crowd():
    """A cast whose plan has a crowded year: single days, weeks, second Tuesdays, and a tenth of all workshops."""
    from lautta.annual_clock.models import ClockEvent
    from lautta.common.translated import Translated
    from lautta.decisions.models import Body, BodyMeeting
    from tests import factories as f
    from tests.cast import make_cast

    cast = make_cast()
    organisations = [f.ParticipationFactory(plan=cast.plan).organisation for _n in range(ORGANISATIONS)]
    rules = (
        {"repeat": "once"},
        {"repeat": "yearly", "off_holiday": "next"},
        {"repeat": "nth", "nth": 2, "weekday": 1, "month": 0},
    )
    events = []
    made = 0
    while made < EVENTS:
        n = len(events)
        rule = rules[2] | {"month": 1 + n % 12} if n % 3 == 2 else rules[n % 3]
        events.append(
            ClockEvent(
                plan=cast.plan, organisation=organisations[n % ORGANISATIONS],
                title=Translated.of(f"Tapahtuma {n}", sv=f"Händelse {n}"),
                lane=("decisions", "implementation")[n % 2], kind="workshop" if n % 10 == 0 else "other",
                concerns=["schools"] if n % 2 else ["family_centres"],
                starts_on=dt.date(YEAR, 1, 1) + dt.timedelta(days=n * 7 % 366),
                starts_at=dt.time(9 + n % 6), ends_at=dt.time(11 + n % 6), is_public=True, **rule,
            )
        )  # fmt: skip
        made += 1
    ClockEvent.objects.bulk_create(events)
    for n, organisation in enumerate(organisations):
        body = Body.objects.create(
            plan=cast.plan, organisation=organisation, kind="council", name=Translated.of(f"Valtuusto {n}")
        )
        BodyMeeting.objects.bulk_create(
            BodyMeeting(body=body, held_on=dt.date(YEAR, m, 1 + n % 28)) for m in (3, 6, 9, 12)
        )
    return cast


def measure() -> int:
    from django.test import Client
    from django.urls import reverse

    from bench.decisions import one as once
    from lautta.annual_clock import clashes
    from lautta.annual_clock.actions.feeds import renew_feed
    from lautta.annual_clock.found import people_of
    from lautta.annual_clock.happenings import year_of

    cast = crowd()
    plan = cast.plan.public_id
    signed_in = Client()
    signed_in.force_login(cast.kaisa, backend="allauth.account.auth_backends.AuthenticationBackend")
    public = reverse("publishing:clock_year", args=(plan, YEAR))
    pages = {
        "public clock": (Client(), public),
        "public clock, filtered": (Client(), f"{public}?lane=decisions&month=4"),
        "workspace clock": (signed_in, reverse("annual_clock:clock_year", args=(plan, YEAR))),
    }
    print(
        f"\n{EVENTS} events of {ORGANISATIONS} organisations\n{'page':<24}{'queries':>8}{'CPU ms':>9}{'bytes':>10}"
    )
    broken = 0
    for page, (client, url) in pages.items():
        found = once(client, url)
        over = [n for n, v, m in zip(("queries", "CPU", "bytes"), found, BOUNDS[page], strict=True) if v > m]
        broken += bool(over)
        print(
            f"{page:<24}{found[0]:>8}{found[1]:>9.1f}{found[2]:>10}{'  over: ' + ', '.join(over) if over else ''}"
        )
    happenings = year_of(cast.plan, YEAR, cast.actor(cast.kaisa).standing).everything()
    times = []
    for _n in range(3):
        began = time.process_time()
        findings = clashes.find(happenings, YEAR, people=people_of)
        times.append(time.process_time() - began)
    spent = statistics.median(times)
    broken += spent > CLASHES_SECONDS
    print(
        f"clashes among {len(happenings)}: {len(findings)} found, {spent:.3f} s CPU{'  over' if spent > CLASHES_SECONDS else ''}"
    )
    secret = renew_feed(by=cast.actor(cast.kaisa), plan=cast.plan, organisation=cast.county)
    began = time.process_time()
    size = len(Client().get(reverse("calendars:feed", args=(secret,))).content)
    print(f"an organisation’s feed: {size} bytes, {time.process_time() - began:.2f} s CPU")
    return 1 if broken else 0


if __name__ == "__main__":
    from bench.__main__ import scratch

    with scratch():
        sys.exit(measure())
