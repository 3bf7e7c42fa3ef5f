"""An uploaded workbook: kept, dropped, taken in. All rows or, when the person says so, the good ones."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lautta.common.actors import Actor
from lautta.common.audit import record
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.measures.actions.indicators import set_indicators
from lautta.measures.actions.measures import create_measure, update_measure
from lautta.measures.actions.reports import change_status
from lautta.measures.excel.reading import Upload
from lautta.measures.excel.review import TEXTS, Review, Row
from lautta.measures.models import ExcelUpload, Round
from lautta.measures.reviewing import review_of
from lautta.measures.rules import EDITING, require_phase
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.access import require

KEPT = dt.timedelta(days=7)


@transaction.atomic
def keep_upload(
    *, by: Actor, round: Round, organisation: Organisation, filename: str, upload: Upload
) -> ExcelUpload:
    """Keep what was read until the person decides; it takes the place of the person's earlier upload. Old ones go."""
    require(by, Permission.EDIT_MEASURES, plan=round.plan, organisation=organisation)
    require_phase(by, round, EDITING)
    if by.user is None:
        raise Refused(_("Lataus tarvitsee kirjautuneen käyttäjän."), status=403)
    ExcelUpload.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    ExcelUpload.objects.filter(round=round, organisation=organisation, user=by.user).delete()
    return ExcelUpload.objects.create(
        round=round,
        organisation=organisation,
        user=by.user,
        filename=filename[-120:],
        content=upload.to_json(),
    )


@transaction.atomic
def drop_upload(*, by: Actor, upload: ExcelUpload) -> None:
    """Forget the upload: nothing of it is taken in."""
    require(by, Permission.EDIT_MEASURES, plan=upload.round.plan, organisation=upload.organisation)
    ExcelUpload.objects.filter(pk=upload.pk).delete()


@transaction.atomic
def take_upload(*, by: Actor, upload: ExcelUpload, only_valid: bool = False, language: str = "fi") -> Review:
    """Make and change measures by the upload, in one transaction: all of it or nothing.

    Judged anew against what stands now. With rejected rows Refused, unless `only_valid` leaves those rows out. `language`
    is that of the texts of new measures.
    """
    require(by, Permission.EDIT_MEASURES, plan=upload.round.plan, organisation=upload.organisation)
    mine = ExcelUpload.objects.select_for_update(of=("self",)).filter(pk=upload.pk).first()
    if mine is None:
        raise Refused(_("Tämä tiedosto on jo tuotu tai hylätty."))
    # One take-in of a round at a time: the rows are judged and written against the same state.
    round = Round.objects.select_for_update().get(pk=upload.round_id)
    round.plan = upload.round.plan
    require_phase(by, round, EDITING)
    found = review_of(round, upload.organisation, Upload.from_json(mine.content))
    if found.rejections and not only_valid:
        raise Refused(_("Tiedostossa on kohtia, jotka pitää korjata. Mitään ei tallennettu."))
    for row in found.new:
        _make(by, round, upload.organisation, row, language)
    for row in found.changed:
        _change(by, row)
    mine.delete()
    counts = {"new": len(found.new), "changed": len(found.changed), "rejected": len(found.rejected)}
    record(
        by=by,
        action="measures.import",
        target=round,
        scope=round.plan.public_id,
        organisation=upload.organisation.public_id,
        changes={name: (None, count) for name, count in counts.items()},
    )
    return found


def _make(by: Actor, round: Round, organisation: Organisation, row: Row, language: str) -> None:
    values = {name: value for name, value in row.values.items() if value not in ("", None)}
    for name in TEXTS:
        if name in values:
            values[name] = Translated.of(values[name], language=language)
    indicators = values.pop("indicators", [])
    made = create_measure(by=by, plan=round.plan, round=round, organisation=organisation, **values)
    if indicators:
        made = set_indicators(by=by, measure_year=made, rows=indicators)
    if row.status:
        change_status(by=by, measure_year=made, **row.status)


def _change(by: Actor, row: Row) -> None:
    values = dict(row.values)
    for name in TEXTS:
        if name in values:
            before = getattr(row.standing, name)
            source = before.source if before else row.standing.title.source
            values[name] = before.with_text(source, values[name])
    current, indicators = row.standing, values.pop("indicators", None)
    if values:
        current = update_measure(by=by, measure_year=current, **values)
    if indicators is not None:
        current = set_indicators(by=by, measure_year=current, rows=indicators)
    if row.status:
        change_status(by=by, measure_year=current, **row.status)
