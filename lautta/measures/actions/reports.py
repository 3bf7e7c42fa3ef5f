"""What happened: statuses, progress reports and the year's evaluation. Rows are only added."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lautta.common.actors import Actor
from lautta.common.audit import record
from lautta.common.problems import Refused
from lautta.common.translated import LANGUAGES
from lautta.measures.checks import ChangedMeanwhile
from lautta.measures.choices import NEEDS_REASON, TRANSITIONS, ReportPeriod, Status, Timeliness
from lautta.measures.models import MeasureYear, ProgressReport, Round, StatusChange, YearEvaluation
from lautta.measures.rules import REPORTING, require_phase
from lautta.measures.writing import locked, names
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.access import require

MOST_REPORT = 4_000
# The same words from the same person within this time are the same press of the button.
SAME_PRESS = dt.timedelta(minutes=10)


def _long_text(value: str, field: str, *, required: bool = False) -> str:
    value = value.strip()
    if required and not value:
        raise Refused(_("Kirjoita tähän jotakin."), field=field, status=422)
    if len(value) > MOST_REPORT:
        raise Refused(
            _("Teksti on liian pitkä: enintään %(most)s merkkiä.") % {"most": MOST_REPORT},
            field=field,
            status=422,
        )
    return value


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise Refused(_("Tuntematon kieli."), field="language", status=422)
    return language


def _move(by: Actor, current: MeasureYear, status: str, timeliness: str, reason: str) -> StatusChange | None:
    """Add the change when something changes; `current` is locked by the caller."""
    reason = reason.strip()
    if status not in Status.values or timeliness not in Timeliness.values:
        raise Refused(_("Tuntematon tila."), field="status", status=422)
    if len(reason) > 500:
        raise Refused(
            _("Teksti on liian pitkä: enintään %(most)s merkkiä.") % {"most": 500}, field="reason", status=422
        )
    before, before_timeliness = Status(current.status), current.timeliness
    if status != before and status not in TRANSITIONS[before]:
        raise Refused(
            _("Tilasta ”%(before)s” ei voi siirtyä suoraan tilaan ”%(after)s”.")
            % {"before": before.label, "after": Status(status).label},
            field="status",
            status=422,
        )
    if status in NEEDS_REASON and not reason and status != before:
        raise Refused(_("Kerro lyhyesti syy."), field="reason", status=422)
    if status == before and timeliness == before_timeliness and not reason:
        return None
    if status in NEEDS_REASON and not reason:
        newest = current.status_changes.order_by("-pk").first()
        reason = newest.reason if newest else ""
    made = StatusChange.objects.create(
        measure_year=current, status=status, timeliness=timeliness, reason=reason, by=by.user
    )
    MeasureYear.objects.filter(pk=current.pk).update(status=status, timeliness=timeliness)
    current.status, current.timeliness = status, timeliness
    changes = {
        "status": (before.value, status),
        "timeliness": (before_timeliness, timeliness),
        "reason": (None, reason),
    }
    changes = {n: pair for n, pair in changes.items() if pair[0] != pair[1] and pair != (None, "")}
    record(by=by, action="measure.status", target=current, changes=changes, **names(current.measure))
    return made


@transaction.atomic
def change_status(
    *,
    by: Actor,
    measure_year: MeasureYear,
    status: str,
    timeliness: str = Timeliness.UNKNOWN,
    reason: str = "",
) -> StatusChange | None:
    """A legal move (choices.TRANSITIONS), with a reason where one is asked. None when nothing changes."""
    current = locked(by, measure_year, Permission.REPORT, REPORTING)
    made = _move(by, current, str(status), str(timeliness), reason)
    measure_year.status, measure_year.timeliness = current.status, current.timeliness
    return made


@transaction.atomic
def submit_report(
    *,
    by: Actor,
    measure_year: MeasureYear,
    period: str,
    done: str,
    changed: str = "",
    evidence: str = "",
    status: str | None = None,
    timeliness: str | None = None,
    reason: str = "",
    language: str = "fi",
    is_illustrative: bool = False,
) -> ProgressReport:
    """Add a report; the status moves with it (None: stays). The same text sent twice in a row is one report."""
    current = locked(by, measure_year, Permission.REPORT, REPORTING)
    if period not in ReportPeriod.values:
        raise Refused(_("Valitse kausi."), field="period", status=422)
    texts = {
        "done": _long_text(done, "done", required=True),
        "changed": _long_text(changed, "changed"),
        "evidence": _long_text(evidence, "evidence"),
    }
    twin = current.reports.filter(
        author=by.user, period=period, created_at__gt=timezone.now() - SAME_PRESS, **texts
    ).first()
    if twin and by.user:
        return twin
    return _add_report(
        by, current, period, texts, status, timeliness, reason, _language(language), is_illustrative
    )


@transaction.atomic
def correct_report(
    *,
    by: Actor,
    report: ProgressReport,
    done: str,
    changed: str = "",
    evidence: str = "",
    status: str | None = None,
    timeliness: str | None = None,
    reason: str = "",
    language: str | None = None,
) -> ProgressReport:
    """A new report in place of `report`, which stays readable as corrected. Only the newest of a chain can be corrected."""
    current = locked(by, report.measure_year, Permission.REPORT, REPORTING)
    if ProgressReport.objects.filter(corrects=report).exists():
        raise Refused(_("Raportti on jo korjattu. Korjaa uusinta."))
    texts = {
        "done": _long_text(done, "done", required=True),
        "changed": _long_text(changed, "changed"),
        "evidence": _long_text(evidence, "evidence"),
    }
    language = _language(language or report.language)
    return _add_report(
        by,
        current,
        report.period,
        texts,
        status,
        timeliness,
        reason,
        language,
        report.is_illustrative,
        corrects=report,
    )


def _add_report(
    by, current, period, texts, status, timeliness, reason, language, is_illustrative, corrects=None
) -> ProgressReport:
    status = current.status if status is None else str(status)
    timeliness = current.timeliness if timeliness is None else str(timeliness)
    _move(by, current, status, timeliness, reason)
    made = ProgressReport.objects.create(
        measure_year=current, period=period, language=language, status=status, timeliness=timeliness,
        is_illustrative=is_illustrative, author=by.user, corrects=corrects, **texts,
    )  # fmt: skip
    action = "report.correct" if corrects else "report.submit"
    changes = {
        "period": (None, str(period)),
        "status": (None, status),
        "corrects": (None, corrects and corrects.public_id),
    }
    record(by=by, action=action, target=made, changes=changes, **names(current.measure))
    return made


@transaction.atomic
def evaluate_year(
    *,
    by: Actor,
    round: Round,
    organisation: Organisation,
    succeeded: str,
    difficult: str = "",
    next_year: str = "",
    language: str = "fi",
    based_on: int | None = None,
    is_illustrative: bool = False,
) -> YearEvaluation:
    """A new revision of the organisation's evaluation; the same text again adds none.

    `based_on` is the number the writer saw (0: none). ChangedMeanwhile when a newer one stands; None does not ask.
    """
    require(by, Permission.EVALUATE_YEAR, plan=round.plan, organisation=organisation)
    current = Round.objects.select_for_update().get(pk=round.pk)
    require_phase(by, current, REPORTING)
    texts = {
        "succeeded": _long_text(succeeded, "succeeded", required=True),
        "difficult": _long_text(difficult, "difficult"),
        "next_year": _long_text(next_year, "next_year"),
        "language": _language(language),
    }
    newest = (
        YearEvaluation.objects.filter(round=current, organisation=organisation).order_by("-number").first()
    )
    if newest and all(getattr(newest, name) == value for name, value in texts.items()):
        return newest
    number = newest.number if newest else 0
    if based_on is not None and based_on != number:
        fields = [n for n in ("succeeded", "difficult", "next_year") if getattr(newest, n) != texts[n]]
        raise ChangedMeanwhile(newest, fields)
    made = YearEvaluation.objects.create(
        round=current,
        organisation=organisation,
        number=number + 1,
        author=by.user,
        is_illustrative=is_illustrative,
        **texts,
    )
    record(
        by=by, action="evaluation.save", target=made, scope=round.plan.public_id, organisation=organisation.public_id,
        changes={"number": (number or None, number + 1)},
    )  # fmt: skip
    return made
