"""What the actions check of the content before they write it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from lautta.assessments.choices import OtherAssessment
from lautta.assessments.dimensions import CONVENTION, dimensions
from lautta.assessments.models import Assessment
from lautta.common.problems import Refused
from lautta.common.text import sort_key
from lautta.common.translated import Translated
from lautta.measures.checks import FIRST_YEAR, LAST_YEAR, MOST_TEXT, MOST_TITLE, chosen, text
from lautta.measures.choices import VulnerableGroup
from lautta.plans.choices import TargetGroup
from lautta.plans.frameworks import frameworks

REQUIRED = frozenset({"title", "decider", "first_estimate"})
SHORT_TEXTS = {"title": MOST_TITLE, "decider": MOST_TITLE}
TEXTS = (
    "title", "decider", "first_estimate", "change", "known", "stop_reason", "hearing_plan", "background",
    "not_heard_reason", "conflicts", "mitigation", "best_interests", "proposal", "decision", "child_summary",
)  # fmt: skip
LINES = {"preparer_title": 160, "case_number": 80}
DAYS = ("decision_day", "starts_on", "due_on", "decided_on")
CHOICES = {
    "target_groups": TargetGroup,
    "vulnerable_groups": VulnerableGroup,
    "combined_with": OtherAssessment,
}


def known_codes(values: Iterable[str], known: Iterable[str], field: str) -> list[str]:
    """The values in the order of the known ones, each once; Refused when one is unknown."""
    given, order = set(values), list(known)
    if unknown := given - set(order):
        raise Refused(
            _("Tuntematon valinta: %(what)s.") % {"what": ", ".join(sorted(map(str, unknown)))},
            field=field,
            status=422,
        )
    return [code for code in order if code in given]


def line(value: str, field: str, most: int) -> str:
    """One short line."""
    value = (value or "").strip()
    if len(value) > most or "\x00" in value:
        raise Refused(
            _("Teksti on liian pitkä: enintään %(most)s merkkiä.") % {"most": most}, field=field, status=422
        )
    return value


def day(value: Any, field: str) -> Any:
    if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Refused(_("Tarkista vuosi."), field=field, status=422)
    return value


def sentence(value: Translated, field: str, *, required: bool = False, most: int = MOST_TEXT) -> Translated:
    return text(value, field, most=most, required=required)


def clean_columns(assessment: Assessment, values: dict[str, Any]) -> dict[str, Any]:
    """The given columns checked, whichever form or file they came from."""
    clean = dict(values)
    for name in TEXTS:
        if name in clean:
            most = SHORT_TEXTS.get(name, MOST_TEXT)
            clean[name] = text(clean[name], name, most=most, required=name in REQUIRED)
    for name, most in LINES.items():
        if name in clean:
            clean[name] = line(clean[name], name, most)
    for name in DAYS:
        if name in clean:
            day(clean[name], name)
    for name, vocabulary in CHOICES.items():
        if name in clean:
            clean[name] = chosen(clean[name] or [], vocabulary, name)
    if "dimensions" in clean:
        clean["dimensions"] = known_codes(clean["dimensions"] or [], dimensions(), "dimensions")
    if "articles" in clean:
        codes = [item.code for item in frameworks()[CONVENTION].items]
        clean["articles"] = known_codes(clean["articles"] or [], codes, "articles")
    for name in ("proposed", "decided"):
        if clean.get(name) is not None and clean[name].assessment_id != assessment.pk:
            raise Refused(_("Vaihtoehto ei kuulu tähän arviointiin."), field=name, status=422)
    if "target_groups" in clean and not clean["target_groups"]:
        raise Refused(_("Valitse, keitä päätös koskee."), field="target_groups", status=422)
    if "title" in clean:
        title = clean["title"]
        clean["sort_key"] = sort_key(title.in_language(title.source) or str(title))
    return clean
