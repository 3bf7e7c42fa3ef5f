"""One writer of the flood: `flood prepare`, `flood write N TIMES`, `flood count`. Run as a process of its own."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from lautta.common.models import User
from lautta.common.translated import Translated
from lautta.common.words import lexicon
from lautta.measures.actions.measures import update_measure
from lautta.measures.checks import ChangedMeanwhile
from lautta.measures.models import MeasureYear
from lautta.plans.actions.chapters import EditConflict, save_revision
from lautta.plans.models import Chapter, ChapterRevision, Plan
from lautta.plans.standing import standing_of
from tests import factories as f
from tests.cast import make_cast


def prepare() -> None:
    lexicon.prepare()
    cast = make_cast()
    chapter = f.ChapterFactory(plan=cast.plan)
    f.ChapterRevisionFactory(chapter=chapter, body="<p>start</p>")
    year = f.MeasureYearFactory(
        measure__plan=cast.plan,
        measure__organisation=cast.hamina,
        round=cast.round,
        description=Translated.of("0"),
        published_at="2024-01-01T00:00:00Z",
    )
    year.goals.add(cast.goal)


def write(writer: str, times: int) -> None:
    """Add `times` marks to the chapter and as many to the measure; on a conflict look again and add to what stands."""
    plan = Plan.objects.get(region__isnull=False, chapters__isnull=False)
    actor = standing_of(User.objects.get(name="Kaisa"), plan).actor()
    chapter, year = Chapter.objects.get(), MeasureYear.objects.get()
    tries = 0
    for n in range(times):
        while True:
            tries += 1
            latest = chapter.revisions.filter(language="fi").order_by("-number").first()
            try:
                save_revision(
                    by=actor, chapter=chapter, language="fi", title=latest.title, plain=latest.plain,
                    body=f"{latest.body}<p>{writer}-{n}</p>", based_on=latest.number,
                )  # fmt: skip
            except EditConflict:
                continue
            break
        while True:
            tries += 1
            seen = MeasureYear.objects.get(pk=year.pk)
            count = int(seen.description.in_language("fi"))
            try:
                update_measure(
                    by=actor,
                    measure_year=seen,
                    version=seen.version,
                    description=Translated.of(str(count + 1)),
                )
            except ChangedMeanwhile:
                continue
            break
    print(json.dumps({"tries": tries}))


def count() -> None:
    texts = list(ChapterRevision.objects.order_by("number").values_list("number", "body"))
    print(
        json.dumps(
            {
                "revisions": len(texts),
                "gapless": [n for n, _ in texts] == list(range(1, len(texts) + 1)),
                "marks": sorted(texts[-1][1].replace("</p>", "").split("<p>")[2:]),
                "description": MeasureYear.objects.get().description.in_language("fi"),
                "version": MeasureYear.objects.get().version,
            }
        )
    )


if __name__ == "__main__":
    {"prepare": prepare, "write": lambda: write(sys.argv[2], int(sys.argv[3])), "count": count}[sys.argv[1]]()
