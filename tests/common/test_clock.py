"""The day of a demo, and everybody else's."""

import datetime as dt

from django.utils import timezone

from lautta.common import clock
from lautta.common.demo_day import keep_demo_day, read_demo_day


def test_without_a_demo_it_is_today(settings):
    settings.DEMO_DAY = None
    assert clock.today() == timezone.localdate()


def test_a_demo_lives_on_the_day_of_its_files(settings):
    settings.DEMO_DAY = dt.date(2024, 10, 14)
    assert clock.today() == dt.date(2024, 10, 14)


def test_the_day_is_kept_beside_the_database(tmp_path):
    folder = tmp_path / "made by the command"
    assert read_demo_day(folder) is None
    keep_demo_day(folder, dt.date(2024, 10, 14))
    assert read_demo_day(folder) == dt.date(2024, 10, 14)
    (folder / "demo_day").write_text("yesterday", "ascii")
    assert read_demo_day(folder) is None


def test_nothing_asks_the_machine_for_the_day_past_the_clock():
    """Rules, duties and pages share one day; true time is for what is recorded."""
    from tests.test_architecture import ROOT, sources

    allowed = {
        "lautta/common/clock.py",
        "lautta/publishing/actions/feedback.py",
        "lautta/workspace/views/account.py",
    }
    asking = {str(p.relative_to(ROOT)) for p in sources() if "timezone.localdate()" in p.read_text("utf-8")}
    assert asking - allowed == set()
