"""The door of this package: bytes in, a draft to check out."""

from __future__ import annotations

from .assembling import assemble
from .decoding import decode, kind_of
from .result import ImportedPlan
from .text_reading import read_text
from .words import LANGUAGES, detect_language


def read_plan(data: bytes, filename: str, *, language_hint: str | None = None) -> ImportedPlan:
    """Reads an existing plan as a draft to check.

    data: the file's bytes, a docx or a text (also text taken from a PDF). filename: its name, used for its
    ending and as the last resort for a title. language_hint: fi, sv or en when the user has said it;
    otherwise it is detected. The first reading in a process loads a dictionary (seconds): run it outside
    a request.

    Raises PlanUnreadable when the file can only be refused.
    """
    if kind_of(data, filename) == "docx":
        from .word_reading import read_docx

        reading, language = read_docx(data, language_hint)
    else:
        text, notes = decode(data)
        language = language_hint if language_hint in LANGUAGES else detect_language(text)
        reading = read_text(text, language)
        reading.notes[:0] = notes
    return assemble(reading, language=language, filename=filename)
