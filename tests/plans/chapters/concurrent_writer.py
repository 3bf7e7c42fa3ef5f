"""One writer of the concurrency proof, run as a process of its own: reads, adds a paragraph, saves, merges on
conflict.

Arguments: chapter's key, name of the writer, number of saves. Prints every text it saved, one JSON string a
line.
"""

import json
import sys

import django

django.setup()

from lautta.common.actors import SYSTEM
from lautta.plans.actions.chapters import EditConflict, save_revision, texts_of
from lautta.plans.chapters.merge import Choice, Kind, merge_rich, put_together
from lautta.plans.models import Chapter


def merged(base: str, mine: str, theirs: str) -> str:
    hunks = merge_rich(base, mine, theirs)
    return put_together(
        [n for h in hunks for n in (h.chosen(Choice.BOTH) if h.kind is Kind.CONFLICT else h.result)]
    )


def write(chapter: Chapter, sentence: str) -> tuple[str, int]:
    """The text that was saved, and how many conflicts came first."""
    base = chapter.revisions.filter(language="fi").latest("number")
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
    for n in range(saves):
        body, conflicts = write(chapter, f"kirjoittaja {name} lause {n}")
        print(json.dumps([body, conflicts]))


main()
