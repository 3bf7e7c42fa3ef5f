"""What stands in the year, pulled from the rooms: like duties, never copied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise

from lautta.common.translated import Translated


class Lane(StrEnum):
    """The two lanes of the annual clock."""

    DECISIONS = "decisions"
    IMPLEMENTATION = "implementation"


@dataclass(frozen=True, slots=True)
class Event:
    """One day, or a run of days, of one room.

    key: the same on every machine, unique within the installation; it becomes the UID in a calendar
    organisation: primary key, None for the whole plan; body: primary key of the body that meets
    kind: a word of annual_clock.choices.EventKind
    url_name: of the page in the workspace; `is_public` says whether the public clock may show it
    """

    key: str
    day: dt.date
    lane: Lane
    kind: str
    title: str | Promise | Translated
    organisation: int | None = None
    last: dt.date | None = None
    body: int | None = None
    body_kind: str = ""
    detail: str | Promise | Translated = ""
    url_name: str = ""
    url_kwargs: Mapping[str, str | int] = field(default_factory=dict)
    is_public: bool = False
    is_illustrative: bool = False
