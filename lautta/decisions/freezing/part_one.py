"""Part I of today as plain data: chapters in every language, goals, joint indicators with value and vintage, sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lautta.indicators.areas import code_of_area
from lautta.indicators.models import Vintage
from lautta.indicators.summary_reading import summaries_of
from lautta.plans.figures.rendering import plain_figures
from lautta.plans.figures.showing import numbers_of
from lautta.plans.models import ChapterRevision, Goal, Plan
from lautta.voices.models import Voice


def part_one(plan: Plan, voices: Iterable[Voice]) -> dict[str, Any]:
    """The newest text of every living chapter and goal. A constant number of queries."""
    voices = list(voices)
    return {
        "chapters": _chapters(plan, voices),
        "goals": _goals(plan, voices),
        "indicators": _indicators(plan),
        "left_out": [
            {"code": row.code, "reason": row.reason.to_json()}
            for row in plan.left_out_indicators.order_by("code")
        ],
        "sources": _sources(plan),
        "linked_plans": [
            {
                "id": row.public_id, "kind": row.kind, "title": row.title.to_json(), "url": row.url, "years": row.years,
                "organisation": row.organisation.public_id if row.organisation else None,
            }
            for row in plan.linked_plans.select_related("organisation").order_by("pk")
        ],
    }  # fmt: skip


def _chapters(plan: Plan, voices: list[Voice]) -> list[dict[str, Any]]:
    chapters = list(
        plan.chapters.living()
        .in_order()
        .select_related("parent", "organisation")
        .prefetch_related("citations__source")
    )
    newest = ChapterRevision.objects.filter(chapter__in=chapters).latest_per_language().order_by("language")
    revisions = list(newest.select_related("chapter"))
    numbers = numbers_of(revisions)
    texts: dict[int, dict[str, Any]] = {}
    for revision in revisions:
        held = numbers.get(revision.pk, [])
        texts.setdefault(revision.chapter_id, {})[revision.language] = {
            "title": revision.title,
            "body": plain_figures(revision.body, held),
            "plain": plain_figures(revision.plain, held),
            "revision": revision.number,
            "made_from": revision.made_from,
            "figures": [
                {
                    "token": f.token, "text": f.text, "indicator": f.indicator.public_id, "area": f.area_code,
                    "year": f.year, "value": f.value, "vintage": f.vintage_number, "sha256": f.vintage_sha256,
                }
                for f in held
            ],
        }  # fmt: skip
    quoted: dict[int, list[str]] = {}
    for voice in voices:
        if voice.chapter_id:
            quoted.setdefault(voice.chapter_id, []).append(voice.public_id)
    return [
        {
            "id": chapter.public_id,
            "parent": chapter.parent.public_id if chapter.parent else None,
            "organisation": chapter.organisation.public_id if chapter.organisation else None,
            "kind": chapter.kind,
            "number": chapter.number,
            "source_language": chapter.source_language,
            "texts": texts.get(chapter.pk, {}),
            "quotations": quoted.get(chapter.pk, []),
            "sources": sorted(c.source.public_id for c in chapter.citations.all()),
        }
        for chapter in chapters
    ]


def _goals(plan: Plan, voices: list[Voice]) -> list[dict[str, Any]]:
    quoted: dict[int, list[str]] = {}
    for voice in voices:
        for goal in voice.goals.all():
            quoted.setdefault(goal.pk, []).append(voice.public_id)
    goals = plan.goals.current().in_order().with_content().select_related("parent")
    return [_goal(goal, quoted.get(goal.pk, [])) for goal in goals]


def _goal(goal: Goal, quoted: list[str]) -> dict[str, Any]:
    mirrors: dict[str, list[str]] = {}
    for row in goal.mirrorings.all():
        mirrors.setdefault(row.framework, []).append(row.code)
    return {
        "id": goal.public_id,
        "parent": goal.parent.public_id if goal.parent else None,
        "kind": goal.kind,
        "number": goal.number,
        "colour": goal.colour,
        "title": goal.title.to_json(),
        "description": goal.description.to_json(),
        "plain": goal.plain.to_json(),
        "status": goal.status,
        "target_groups": goal.target_groups,
        "owner": goal.owner.public_id if goal.owner else None,
        "criteria": [{"id": c.public_id, "text": c.text.to_json()} for c in goal.criteria.all()],
        "mirrors": {framework: sorted(codes) for framework, codes in mirrors.items()},
        "linked_plans": sorted(p.public_id for p in goal.linked_plans.all()),
        "quotations": quoted,
    }


def _indicators(plan: Plan) -> list[dict[str, Any]]:
    rows = list(plan.joint_indicators.in_order().with_content())
    area = code_of_area(plan.region.area)
    said = summaries_of([row.indicator_id for row in rows], [area])
    vintages = {
        v.indicator_id: v
        for v in Vintage.objects.filter(indicator__in=[r.indicator_id for r in rows], state=Vintage.State.CURRENT)
        .only("indicator_id", "number", "sha256")
    }  # fmt: skip
    made = []
    for row in rows:
        newest, vintage, indicator = (
            said.get((row.indicator_id, area)),
            vintages.get(row.indicator_id),
            row.indicator,
        )
        made.append(
            {
                "id": indicator.public_id,
                "source": {
                    "kind": indicator.source,
                    "id": indicator.source_id,
                    "name": indicator.source_name,
                },
                "title": indicator.title.to_json(),
                "unit": indicator.unit.to_json(),
                "kind": indicator.kind,
                "decimals": indicator.decimals,
                "direction": row.direction,
                "role": row.role,
                "goal": row.goal.public_id if row.goal else None,
                "owner": row.owner.public_id if row.owner else None,
                "baseline": _point(row.baseline_year, row.baseline_value),
                "target": _point(row.target_year, row.target_value),
                "note": row.note.to_json(),
                "area": area,
                "value": _point(newest.year, newest.value) if newest else None,
                "status": newest.status if newest else None,
                "years": list(newest.years) if newest else [],
                "values": list(newest.values) if newest else [],
                "statuses": list(newest.statuses) if newest else [],
                "vintage": {"number": vintage.number, "sha256": vintage.sha256} if vintage else None,
                "illustrative": bool(newest and newest.is_illustrative),
            }
        )
    return made


def _point(year: int | None, value: float | None) -> dict[str, Any] | None:
    return None if year is None or value is None else {"year": year, "value": value}


def _sources(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "id": row.public_id, "authors": row.authors, "year": row.year, "title": row.title,
            "publisher": row.publisher, "url": row.url,
        }
        for row in plan.sources.order_by("sort_key", "pk")
    ]  # fmt: skip
