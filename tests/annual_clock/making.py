"""Events for tests."""

import datetime as dt

from lautta.annual_clock.actions.events import create_event
from lautta.common.translated import Translated


def make_event(cast, by=None, *, title="Työpaja", **values):
    """An event of the whole plan on 9 April 2024, made by the coordinator."""
    given = {
        "lane": "implementation",
        "kind": "other",
        "starts_on": dt.date(2024, 4, 9),
        "repeat": "once",
        **values,
    }
    return create_event(by=by or cast.actor(cast.kaisa), plan=cast.plan, title=Translated.of(title), **given)
