"""What a wellbeing report rests on: figures with their stored verdicts, the year's measures and their reports, and voices."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lautta.common import clock
from lautta.common.templatetags.look import number
from lautta.common.translated import LANGUAGES, Translated
from lautta.decisions.freezing.canonical import quotation_hash
from lautta.indicators.areas import code_of_area
from lautta.indicators.summaries import AreaSummary
from lautta.indicators.summary_reading import summaries_of
from lautta.measures.choices import Status
from lautta.measures.models import MeasureYear, ProgressReport, YearEvaluation
from lautta.organisations.models import Area, Organisation
from lautta.plans.models import JointIndicator, Plan
from lautta.publishing.presenters.figures import words
from lautta.voices.models import Voice

SCHEMA = 1
MOST_VOICES = 12
# So many indicators are named in a drafted sentence.
MOST_NAMED = 6


@dataclass(frozen=True)
class Said:
    """A voice that a report shows; as in a version its words and salt stand beside the content."""

    voice: Voice
    salt: str
    text: dict[str, str]


@dataclass(frozen=True)
class Basis:
    """The data of one organisation's year, read once."""

    plan: Plan
    organisation: Organisation
    area: Area
    year: int
    figures: Sequence[tuple[JointIndicator, AreaSummary]]
    measures: Sequence[tuple[MeasureYear, ProgressReport | None]]
    evaluation: YearEvaluation | None
    voices: Sequence[Voice]


def basis_of(plan: Plan, organisation: Organisation, year: int) -> Basis:
    """A constant number of queries. The area is the organisation's own, else the region."""
    area = organisation.area or plan.region.area
    joint = list(plan.joint_indicators.in_order().with_content())
    code = code_of_area(area)
    found = summaries_of([j.indicator_id for j in joint], [code])
    for row in joint:
        row.indicator.direction = row.direction
    years: list[MeasureYear] = list(
        MeasureYear.objects.filter(round__plan=plan, round__year=year)
        .public()
        .of_organisation(organisation)
        .select_related("measure")
        .in_order()
    )
    newest: dict[int, ProgressReport] = {}
    reports = ProgressReport.objects.filter(measure_year__in=years, corrected_by__isnull=True)
    for report in reports.order_by("created_at", "pk"):
        newest[report.measure_year_id] = report
    evaluations = YearEvaluation.objects.filter(round__plan=plan, round__year=year, organisation=organisation)
    voices = plan.voices.public().by_children().filter(organisation=organisation, heard_month__year=year)
    return Basis(
        plan, organisation, area, year,
        [(j, found[j.indicator_id, code]) for j in joint if (j.indicator_id, code) in found],
        [(y, newest.get(y.pk)) for y in years],
        evaluations.order_by("-number").first(),
        list(voices.newest_first()[:MOST_VOICES]),
    )  # fmt: skip


# --- frozen ----------------------------------------------------------------------------------------


def draw_report(basis: Basis, texts: dict[str, Translated]) -> tuple[dict[str, Any], list[Said]]:
    """(content, the quotations that it names by hash)."""
    said = [
        Said(v, secrets.token_hex(16), {code: t for code in LANGUAGES if (t := v.text.in_language(code))})
        for v in basis.voices
    ]
    plan = basis.plan
    document = {
        "schema": SCHEMA,
        "kind": "wellbeing",
        "number": 0,
        "year": basis.year,
        "frozen_on": clock.today().isoformat(),
        "cover": {"proposal": Translated().to_json(), "summary": Translated().to_json()},
        "plan": {
            "id": plan.public_id,
            "title": plan.title.to_json(),
            "period": [plan.period_start, plan.period_end],
            "region": {"name": plan.region.area.name.to_json(), "languages": list(plan.region.languages)},
            "organisations": [],
            "illustrative": plan.is_illustrative,
        },
        "organisation": {"id": basis.organisation.public_id, "name": basis.organisation.name.to_json()},
        "area": {"code": code_of_area(basis.area), "name": basis.area.name.to_json()},
        "texts": {name: text.to_json() for name, text in texts.items()},
        "figures": [_figure(joint, summary) for joint, summary in basis.figures],
        "measures": [_measure(year, report) for year, report in basis.measures],
        "evaluation": _evaluation(basis.evaluation),
        "quotations": {
            s.voice.public_id: {
                "hash": quotation_hash(s.salt, s.text),
                "role": s.voice.speaker_role,
                "age_group": s.voice.age_group,
            }
            for s in said
        },
    }
    return document, said


def _figure(joint: JointIndicator, summary: AreaSummary) -> dict[str, Any]:
    indicator = joint.indicator
    target = None
    if joint.target_year is not None and joint.target_value is not None:
        target = {"year": joint.target_year, "value": joint.target_value}
    value = None
    if summary.year is not None and summary.value is not None:
        value = {"year": summary.year, "value": summary.value}
    return {
        "id": indicator.public_id,
        "source": {"kind": indicator.source, "id": indicator.source_id, "name": indicator.source_name},
        "title": indicator.title.to_json(),
        "unit": indicator.unit.to_json(),
        "kind": indicator.kind,
        "decimals": indicator.decimals,
        "direction": joint.direction,
        "goal": joint.goal.public_id if joint.goal else None,
        "target": target,
        "baseline": None,
        "note": joint.note.to_json(),
        "value": value,
        "status": int(summary.status),
        "country": summary.country,
        "is_median": summary.is_median,
        "against_country": int(summary.against_country),
        "trend": int(summary.trend),
        "trend_from": summary.trend_from,
        "change": summary.change,
        "detectable": summary.detectable,
        "years": list(summary.years),
        "values": list(summary.values),
        "statuses": [int(s) for s in summary.statuses],
        "illustrative": summary.is_illustrative,
    }


def _measure(year: MeasureYear, report: ProgressReport | None) -> dict[str, Any]:
    told = None
    if report is not None:
        told = {
            "period": report.period, "language": report.language, "done": report.done, "changed": report.changed,
            "evidence": report.evidence, "timeliness": report.timeliness,
        }  # fmt: skip
    return {
        "id": year.measure.public_id, "title": year.title.to_json(), "change": year.change.to_json(),
        "status": year.status, "report": told, "illustrative": year.is_illustrative,
    }  # fmt: skip


def _evaluation(found: YearEvaluation | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "language": found.language, "succeeded": found.succeeded, "difficult": found.difficult,
        "next_year": found.next_year,
    }  # fmt: skip


# --- drafted ---------------------------------------------------------------------------------------


def first_texts(basis: Basis) -> dict[str, Translated]:
    """The five texts to begin from, in every language of the region, said of the data and of nothing else."""
    spoken = [code for code in LANGUAGES if code in (basis.plan.region.languages or LANGUAGES)]
    by_language = {}
    for code in spoken or ["fi"]:
        with translation.override(code):
            by_language[code] = {
                "summary": "",
                "figures": _about_figures(basis),
                "done": _about_measures(basis),
                "heard": _about_voices(basis),
                "ahead": "",
            }
    first = next(iter(by_language))
    return {
        name: Translated.from_mapping(
            {code: texts[name] for code, texts in by_language.items() if texts[name]}, source=first
        )
        for name in by_language[first]
    }


def _about_figures(basis: Basis) -> str:
    """Strengths, worries and what moved, by the verdicts that are stored; silence about what cannot be told."""
    good: list[str] = []
    bad: list[str] = []
    better: list[str] = []
    worse: list[str] = []
    for joint, summary in basis.figures:
        title = str(joint.indicator.title)
        tone = words.compared(joint.indicator, summary.against_country).tone
        turn = words.moved(joint.indicator, summary.trend).tone
        by_tone = {("good", True): good, ("bad", True): bad, ("good", False): better, ("bad", False): worse}
        for given, beside in ((tone, True), (turn, False)):
            if given:
                by_tone[given, beside].append(title)
    lines = []
    for sentence, names in (
        (_("Selvästi paremmin kuin muualla: %(names)s."), good),
        (_("Selvästi huonommin kuin muualla: %(names)s."), bad),
        (_("Parempaan on menty näissä: %(names)s."), better),
        (_("Huonompaan on menty näissä: %(names)s."), worse),
    ):
        if names:
            more = len(names) - MOST_NAMED
            shown = "; ".join(names[:MOST_NAMED])
            if more > 0:
                shown += " " + ngettext("ja %(count)s muu", "ja %(count)s muuta", more) % {"count": more}
            lines.append(sentence % {"names": shown})
    if basis.figures and not lines:
        lines.append(
            _(
                "Yksikään mittari ei eroa selvästi muusta maasta eikä ole selvästi muuttunut. "
                "Pienessä kunnassa se ei vielä kerro, että kaikki on hyvin."
            )
        )
    return "\n".join(lines)


def _about_measures(basis: Basis) -> str:
    states = [year.status for year, _report in basis.measures]
    if not states:
        return ""
    facts = {
        "all": number(len(states)), "done": number(states.count(Status.DONE)),
        "under_way": number(states.count(Status.UNDER_WAY)), "year": str(basis.year),
    }  # fmt: skip
    told = _(
        "Vuonna %(year)s toimenpiteitä oli %(all)s. Niistä valmistui %(done)s ja käynnissä on %(under_way)s."
    )
    silent = sum(report is None for _year, report in basis.measures)
    line = told % facts
    if silent:
        line += " " + _("Raportti puuttuu vielä: %(count)s.") % {"count": number(silent)}
    return line


def _about_voices(basis: Basis) -> str:
    count = len(basis.voices)
    if not count:
        return ""
    return ngettext(
        "Lapset ja nuoret ovat sanoneet meille tänä vuonna muun muassa tämän.",
        "Lapset ja nuoret ovat sanoneet meille tänä vuonna muun muassa nämä %(count)s asiaa.",
        count,
    ) % {"count": number(count)}
