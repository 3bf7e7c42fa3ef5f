"""Where the assessment goes, and what the public may read of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lautta.assessments import rules
from lautta.assessments.checks import sentence
from lautta.assessments.choices import NEEDS_REASON, REOPENINGS, TRANSITIONS, State
from lautta.assessments.frozen import as_document, sha256_of, without_hearing
from lautta.assessments.indexing import reindex
from lautta.assessments.models import Assessment, Hearing, Publication, StateChange
from lautta.assessments.readiness import missing_for
from lautta.assessments.signs import looks_personal
from lautta.assessments.writing import locked, trail, write
from lautta.common import search
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.voices.actions import LooksPersonal


@transaction.atomic
def move(
    *,
    by: Actor,
    assessment: Assessment,
    state: str,
    reason: Translated | None = None,
    language: str = "fi",
) -> Assessment:
    """Take the assessment to another state, by the one table of legal moves.

    Refused (409) for a move that the table does not know, (422) without the reason that a stop or a reopening needs, and with
    the first thing that is missing. A stop's reason is shown to the public.
    """
    current = locked(by, assessment)
    before = current.state
    if state not in TRANSITIONS[before]:
        names = {"from": State(before).label, "to": State(state).label if state in State.values else state}
        raise Refused(_("Tilasta ”%(from)s” ei voi siirtyä tilaan ”%(to)s”.") % names)
    reason = reason or Translated(language)
    stop = state in NEEDS_REASON
    if stop and not reason:
        reason = current.stop_reason
    if (stop or (before, state) in REOPENINGS) and not reason:
        raise Refused(_("Kerro syy."), field="reason", status=422)
    if missing := missing_for(current, state):
        raise Refused(missing[0].sentence, status=422)
    if stop:
        current.stop_reason = sentence(reason, "reason")
    current.state = state
    words = reason.in_language(reason.source) or ""
    checked_save(StateChange(assessment=current, state=state, reason=words, by=by.user))
    return write(by, current, "assessment.phase", {"state": (before, state)})


@transaction.atomic
def publish(*, by: Actor, assessment: Assessment, checked: bool = False) -> Publication:
    """Put today's text before the public, in place of an earlier one.

    Refused while there is no result yet, and when nothing has changed. LooksPersonal while what was heard shows signs of
    personal data, unless `checked` says that somebody looked.
    """
    current = locked(by, assessment, Permission.PUBLISH_MEASURES)
    if not rules.can_be_published(current):
        raise Refused(
            _("Arvioinnin voi julkaista, kun se on pysähtynyt perusteluineen tai ehdotus on tehty.")
        )
    if not checked and looks_personal(current):
        raise LooksPersonal
    document = as_document(current)
    sha256 = sha256_of(document)
    former = current.publications.current().select_for_update().first()
    if former is not None and former.sha256 == sha256:
        raise Refused(_("Julkisessa arvioinnissa on jo sama teksti."))
    if former is not None:
        former.withdrawn_at = timezone.now()
        checked_save(former, fields=["withdrawn_at"])
    made = Publication(
        assessment=current, number=current.publications.count() + 1, document=document, sha256=sha256,
        title=current.title, sort_key=current.sort_key, state=current.state, organisation=current.organisation,
        decision_day=current.decided_on or current.decision_day, is_illustrative=current.is_illustrative, by=by.user,
    )  # fmt: skip
    checked_save(made)
    reindex(current, made)
    trail(
        by,
        current,
        "assessment.publish",
        {"number": (former and former.number, made.number), "sha256": ("", sha256)},
    )
    return made


@transaction.atomic
def unpublish(*, by: Actor, assessment: Assessment, reason: str) -> Assessment:
    """Take it out of the public, with the reason."""
    current = locked(by, assessment, Permission.PUBLISH_MEASURES)
    if not reason.strip():
        raise Refused(_("Kerro syy."), field="reason", status=422)
    former = current.publications.current().select_for_update().first()
    if former is None:
        raise Refused(_("Arviointi ei ole julkinen."))
    former.withdrawn_at = timezone.now()
    checked_save(former, fields=["withdrawn_at"])
    reindex(current, None)
    trail(
        by, current, "assessment.unpublish", {"number": (former.number, None), "reason": ("", reason.strip())}
    )
    return current


@transaction.atomic
def erase_hearing(*, by: Actor, hearing: Hearing) -> None:
    """Remove what was heard for good, from every published text and from search too. No word of it stays anywhere.

    The one thing that may alter what has been published: its hash is made anew.
    """
    current = locked(by, hearing.assessment, Permission.PUBLISH_MEASURES)
    public = None
    for publication in current.publications.select_for_update():
        publication.document = without_hearing(publication.document, hearing.public_id)
        publication.sha256 = sha256_of(publication.document)
        checked_save(publication, fields=["document", "sha256"])
        public = publication if publication.withdrawn_at is None else public
    key = hearing.public_id
    hearing.delete()
    reindex(current, public)
    search.purge()
    write(by, current, "assessment.erase", {"hearings": (key, None)})
