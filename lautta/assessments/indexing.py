"""What search holds of assessments: the text that is public, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lautta.assessments.models import Assessment, Publication
from lautta.common import search
from lautta.common.translated import LANGUAGES, Translated

KIND = "assessment"


def reindex(assessment: Assessment, publication: Publication | None) -> None:
    """Put what is public into the index, or take the assessment out. In the caller's transaction."""
    scope, key = assessment.plan.public_id, assessment.public_id
    if publication is None:
        search.unindex(scope=scope, kind=KIND, object_id=key)
        return
    written = list(_texts(publication.document))
    texts = {}
    for language in LANGUAGES:
        title = publication.title.in_language(language)
        body = [words for text in written if (words := text.in_language(language))]
        if title or body:
            texts[language] = (title or str(publication.title.shown(language).text), "\n".join(body))
    search.index(
        scope=scope,
        kind=KIND,
        object_id=key,
        texts=texts,
        url_name="publishing:assessment",
        url_kwargs={"plan_id": scope, "assessment_id": key},
        purge_old=True,
    )


# Parts whose texts people wrote; names of plan and choices would be found everywhere.
_PARTS = (
    "memo", "screening", "extent", "background", "alternatives", "hearings", "ratings", "conflicts", "reasoning",
    "decision", "follow_up", "child_summary",
)  # fmt: skip
_SKIPPED = frozenset({"question", "label"})


def _texts(document: dict[str, Any]) -> Iterator[Translated]:
    for part in _PARTS:
        yield from _walk(document[part])


def _walk(value: Any) -> Iterator[Translated]:
    if isinstance(value, dict):
        if set(value) == {"source", "texts"}:
            yield Translated.from_json(value)
            return
        for name, inner in value.items():
            if name not in _SKIPPED:
                yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)
