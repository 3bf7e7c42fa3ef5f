"""Places of a document that an amendment or a comment can be about."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lautta.common.translated import Translated
from lautta.decisions.choices import TargetKind
from lautta.decisions.comparing import chapter_text
from lautta.decisions.freezing import Document


def targets(document: Document) -> list[tuple[str, str]]:
    """[("chapter:ID", "Luku 2 Nykytila"), …] in reading order, the whole document first."""
    found = [(f"{TargetKind.WHOLE}:", _("Koko asiakirja"))]
    found += [
        (f"{TargetKind.CHAPTER}:{c['id']}", f"{c['number']} {chapter_text(c).get('title', '')}".strip())
        for c in document.chapters
    ]
    found += [
        (f"{TargetKind.GOAL}:{g['id']}", f"{g['number']} {Translated.from_json(g['title'])}".strip())
        for g in document.goals
    ]
    found += [
        (f"{TargetKind.MEASURE}:{m['id']}", str(Translated.from_json(m["title"]))) for m in document.measures
    ]
    found += [
        (f"{TargetKind.INDICATOR}:{i['id']}", str(Translated.from_json(i["title"])))
        for i in document.indicators
    ]
    return found


def target_label(document: Document, kind: str, key: str) -> str:
    """The place in words; empty for the whole document."""
    if kind == TargetKind.WHOLE:
        return ""
    return dict(targets(document)).get(f"{kind}:{key}", "")
