"""What search holds of versions, decisions and statements: what is public. The actions call this in their own transaction."""

from __future__ import annotations

from django.utils import translation

from lautta.common import search
from lautta.common.translated import LANGUAGES
from lautta.decisions.choices import TIERS
from lautta.decisions.choices_statements import RequestState
from lautta.decisions.freezing.opened import opened
from lautta.decisions.models import Decision, StatementRequest, Version
from lautta.decisions.presenters import title_of


def index_version(version: Version) -> None:
    """A version that has been sent to somebody is found by its name and by what is asked; with it what bodies decided on it."""
    scope = version.plan.public_id
    if version.withdrawn_on is not None or not version.stations.exists():
        search.unindex(scope=scope, kind="version", object_id=version.public_id)
    else:
        document, texts = opened(version), {}
        for language in LANGUAGES:
            body = [document.proposal.in_language(language), document.summary.in_language(language)]
            if any(body):
                with translation.override(language):
                    texts[language] = (title_of(version), "\n".join(filter(None, body)))
        search.index(
            scope=scope, kind="version", object_id=version.public_id, texts=texts, url_name="publishing:version",
            url_kwargs={"plan_id": scope, "version_id": version.public_id}, weight=1,
        )  # fmt: skip
    if version.withdrawn_on is not None:
        for decision in Decision.objects.filter(station__version=version).select_related("station__body"):
            search.unindex(scope=scope, kind="decision", object_id=decision.public_id)


def index_decision(decision: Decision) -> None:
    """A public body's decision that stands is found by the body, by what it did and by its own words."""
    station = decision.station
    version, body = station.version, station.body
    scope = version.plan.public_id
    if decision.corrected or version.withdrawn_on is not None or body.kind in TIERS:
        search.unindex(scope=scope, kind="decision", object_id=decision.public_id)
        return
    texts = {}
    for language in LANGUAGES:
        with translation.override(language):
            owner = f"{body.organisation.name}, " if body.organisation else ""
            title = f"{owner}{body.name}: {decision.get_outcome_display()}"
            facts = (
                title_of(version),
                decision.section,
                decision.case_number,
                decision.wording.in_language(language),
            )
            texts[language] = (title, "\n".join(filter(None, facts)))
    search.index(
        scope=scope, kind="decision", object_id=decision.public_id, texts=texts, url_name="publishing:version",
        url_kwargs={"plan_id": scope, "version_id": version.public_id},
    )  # fmt: skip


def index_statement(request: StatementRequest) -> None:
    """A published statement is found by who gave it, what was said, and how it was answered."""
    scope = request.plan.public_id
    if request.state != RequestState.PUBLISHED:
        search.unindex(scope=scope, kind="statement", object_id=request.public_id)
        return
    points, texts = list(request.statement.points.order_by("position")), {}
    for language in LANGUAGES:
        said = [
            words for point in points for text in (point.text, point.answer) if (words := text.in_language(language))
        ]  # fmt: skip
        if said:
            with translation.override(language):
                texts[language] = (f"{request.who}: {request.matter}", "\n".join(said))
    search.index(
        scope=scope, kind="statement", object_id=request.public_id, texts=texts, url_name="publishing:statement",
        url_kwargs={"plan_id": scope, "request_id": request.public_id}, purge_old=True,
    )  # fmt: skip
