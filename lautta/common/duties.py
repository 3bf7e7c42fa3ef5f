"""Duties are pulled from the rooms, never copied: what waits for whom, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that waits for one person.

    key: the same for the same duty on every day and machine, unique within the installation
    owner: primary key of the user
    due: local date, the last day
    title: what to do, as a verb (lazily translated); detail: of what (lazily translated or plain)
    """

    key: str
    owner: int
    due: dt.date
    title: str | Promise
    url_name: str
    url_kwargs: Mapping[str, str | int] = field(default_factory=dict)
    kind: str = ""
    detail: str | Promise = ""
    scope: str = ""

    @property
    def url(self) -> str:
        """The address in the active language."""
        return reverse(self.url_name, kwargs=dict(self.url_kwargs))
