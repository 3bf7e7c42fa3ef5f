"""What of this room stands in the year: meetings of bodies, last days of decisions and of statements."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import CharField, DateField, F, Q, Value
from django.db.models.functions import Cast
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lautta.common.events import Event, Lane
from lautta.common.translated import Translated
from lautta.decisions.choices import OPEN_OUTCOMES
from lautta.decisions.models import BodyMeeting, Decision, StatementRequest, Station
from lautta.plans.models import Plan
from lautta.plans.standing import Standing

_MEETING, _STATION, _STATEMENT = "meeting", "station", "statement"


def events_between(
    plan: Plan, first: dt.date, last: dt.date, standing: Standing | None = None
) -> list[Event]:
    """Meetings for all; in the workspace also what is decided or asked for by a day without a meeting. One query.

    The three are read as one union, since the clock's page reads every room.
    """
    days = (first, last)
    rows = _columns(
        BodyMeeting.objects.standing().filter(body__plan=plan, held_on__range=days), _MEETING, "held_on",
        "body__organisation_id", "body__name", body="body_id", body_kind="body__kind", illustrative="body__is_illustrative",
    )  # fmt: skip
    if standing is not None:
        # What has been decided waits no more; what was tabled or returned still does.
        decided = Decision.objects.standing().exclude(outcome__in=sorted(OPEN_OUTCOMES)).values("station")
        stations = Station.objects.filter(
            version__plan=plan, version__withdrawn_on__isnull=True, meeting__isnull=True, due__range=days
        ).exclude(pk__in=decided)
        asked = StatementRequest.objects.filter(plan=plan, due__range=days)
        if not standing.sees_all_drafts:
            asked = asked.filter(
                Q(organisation__in=standing.organisation_ids) | Q(pk__in=StatementRequest.objects.public())
            )
        rows = rows.union(
            _columns(
                stations, _STATION, "due", "body__organisation_id", "body__name", body="body_id",
                body_kind="body__kind", illustrative="body__is_illustrative",
            ),
            _columns(asked, _STATEMENT, "due", "organisation_id", "matter", illustrative="is_illustrative"),
            all=True,
        )  # fmt: skip
    return [_event(plan, *row) for row in rows]


def _columns(
    rows,
    what: str,
    day: str,
    organisation: str,
    name: str,
    *,
    illustrative: str,
    body: str = "",
    body_kind: str = "",
):
    """The same columns of each, so that they can be read together."""
    return rows.order_by().values_list(
        Value(what, output_field=CharField()),
        "public_id",
        Cast(F(day), DateField()),
        organisation,
        name,
        F(body) if body else Cast(Value(None), BodyMeeting._meta.get_field("id")),
        F(body_kind) if body_kind else Value("", output_field=CharField()),
        illustrative,
    )


def _event(
    plan: Plan, what: str, public_id: str, day: dt.date, organisation: int | None, name: Translated, body: int | None,
    body_kind: str, illustrative: bool,
) -> Event:  # fmt: skip
    title: Any
    if what == _MEETING:
        url, parameter, title, kind = "decisions:meeting", "meeting_id", name, "meeting"
    elif what == _STATION:
        url, parameter, kind = "decisions:station", "station_id", "deadline"
        title = format_lazy(_("Päätettävä viimeistään: {body}"), body=name)
    else:
        url, parameter, kind = "decisions:statement", "request_id", "deadline"
        title = format_lazy(_("Lausunto viimeistään: {matter}"), matter=name)
    return Event(
        key=f"{what}:{public_id}", day=day, lane=Lane.DECISIONS, kind=kind, title=title, organisation=organisation,
        body=body, body_kind=body_kind, url_name=url, url_kwargs={"plan_id": plan.public_id, parameter: public_id},
        is_public=what == _MEETING, is_illustrative=bool(illustrative),
    )  # fmt: skip
