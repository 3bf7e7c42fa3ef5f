"""The day it is in the installation's zone. In a demo, the day that the demo's files tell: there the autumn's reports are
being written whenever somebody tries it. What is recorded (audit, sent mail, time of a save) keeps the true time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone


def today() -> dt.date:
    return settings.DEMO_DAY or timezone.localdate()


@contextmanager
def as_of(day: dt.date) -> Iterator[None]:
    """Let it be the day while history is being brought in at the command line. Not for a running server: all its threads see it."""
    before = settings.DEMO_DAY
    settings.DEMO_DAY = day
    try:
        yield
    finally:
        settings.DEMO_DAY = before
