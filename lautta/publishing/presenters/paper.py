"""The plan as one document."""

from collections.abc import Iterable, Mapping

from lautta.measures.choices import TargetGroup
from lautta.measures.models import MeasureYear
from lautta.plans.figures.showing import numbers_of
from lautta.publishing.presenters.chapters import Entry
from lautta.publishing.presenters.goals import Node
from lautta.publishing.presenters.words import chapter_html, listed, words


def chapters(found: Iterable[Entry]) -> list[dict]:
    """Chapters at heading level 2, subchapters of a chapter on paper at 3, their own headings under them."""
    found = list(found)
    numbers = numbers_of(entry.revision for entry in found)
    own = {entry.chapter.pk for entry in found}
    made = []
    for n, entry in enumerate(found, start=1):
        level, anchor = (3 if entry.chapter.parent_id in own else 2), f"luku-{n}"
        body, _anchors = chapter_html(
            entry.revision.body, top=level + 1, prefix=anchor, figures=numbers.get(entry.revision.pk, ())
        )
        made.append({"entry": entry, "anchor": anchor, "level": level, "body": body})
    return made


def measures(years: Iterable[MeasureYear], goals: Mapping[int, list[Node]]) -> list[dict]:
    """Rows of the table of measures, by goal. Years come with their measure and organisation."""
    rows = [
        {
            "title": words(year.title),
            "organisation": words(year.measure.organisation.name),
            "goals": ", ".join(node.goal.number for node in goals.get(year.pk, []) if node.goal.number),
            "change": words(year.change),
            "groups": ", ".join(listed(year.target_groups, TargetGroup)),
            "status": year.get_status_display(),
            "timeliness": year.get_timeliness_display() if year.timeliness else "",
            "place": (goals[year.pk][0].goal.position if goals.get(year.pk) else 10**6),
        }
        for year in years
    ]
    return sorted(rows, key=lambda row: row["place"])
