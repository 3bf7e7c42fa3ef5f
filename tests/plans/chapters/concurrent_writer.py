"""One writer of the concurrency proof, run as a process of its own: reads, adds a paragraph, saves, merges on
conflict.

Arguments: chapter's key, name of the writer, number of saves, a folder where the writers wait for each other, how many they are.
Prints every text it saved, one JSON string a line. All have read the first text before any saves: they are sure to meet.
"""

import json
import sys
import time
from pathlib import Path

import django

django.setup()

from lautta.common.actors import SYSTEM
from lautta.plans.actions.chapters import EditConflict, save_revision, texts_of
from lautta.plans.chapters.merge import Choice, Kind, merge_rich, put_together
from lautta.plans.models import Chapter, ChapterRevision


def merged(base: str, mine: str, theirs: str) -> str:
    hunks = merge_rich(base, mine, theirs)
    return put_together(
        [n for h in hunks for n in (h.chosen(Choice.BOTH) if h.kind is Kind.CONFLICT else h.result)]
    )


def newest(chapter: Chapter) -> ChapterRevision:
    return chapter.revisions.filter(language="fi").latest("number")


def wait_for_the_others(folder: Path, name: str, writers: int) -> None:
    (folder / f"{name}.here").touch()
    while len(list(folder.glob("*.here"))) < writers:
        time.sleep(0.01)


def write(chapter: Chapter, base: ChapterRevision, sentence: str) -> tuple[str, int]:
    """The text that was saved, and how many conflicts came first."""
    text, conflicts = base.body + f"<p>{sentence}</p>", 0
    while True:
        try:
            saved = save_revision(
                by=SYSTEM, chapter=chapter, language="fi", title="T", body=text, based_on=base.number,
                origin="merge" if conflicts else "edit",
            )  # fmt: skip
            return texts_of(saved)[1], conflicts
        except EditConflict as conflict:
            conflicts += 1
            text, base = merged(base.body, text, conflict.latest.body), conflict.latest


def main() -> None:
    key, name, saves = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    chapter = Chapter.objects.get(pk=key)
    base = newest(chapter)
    wait_for_the_others(Path(sys.argv[4]), name, int(sys.argv[5]))
    for n in range(saves):
        body, conflicts = write(chapter, base if n == 0 else newest(chapter), f"kirjoittaja {name} lause {n}")
        print(json.dumps([body, conflicts]))


main()
