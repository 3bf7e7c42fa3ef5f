"""PDF overprint: text drawn twice for weight comes out twice ("HAMINAHAMINA 10171017")."""

from __future__ import annotations

import itertools
import re

MAX_LINE = 600
_NUMBERED = re.compile(r"^(\d{1,2})\.\1\.(?=\s)")


def undouble(line: str) -> str | None:
    """The line once, when the whole of it is made of segments that stand twice; else None.

    "ikä 0–6 v.ikä 0–6 v. 20192019" → "ikä 0–6 v. 2019". A line of digits alone is left as it is.
    """
    squeezed = line.replace(" ", "")
    if len(squeezed) < 4 or len(squeezed) % 2 or len(line) > MAX_LINE or not _all_even(squeezed):
        return None
    segments = _segments(line)
    if segments is None:
        return None
    if len(segments) == 1 and " " not in segments[0] and " " in line:
        # "kyllä kyllä" is speech, "kylläkyllä" is overprint.
        return None
    longest = max(sum(c.isalpha() for c in segment) for segment in segments)
    if longest < (3 if len(segments) > 1 else 4):
        return None
    return " ".join(segments)


def _all_even(text: str) -> bool:
    odd: set[str] = set()
    for character in text:
        odd ^= {character}
    return not odd


def _segments(line: str) -> list[str] | None:
    found: list[str] = []
    at, end = 0, len(line)
    while at < end:
        if line[at] == " ":
            at += 1
            continue
        segment, after = _doubled_at(line, at)
        if not segment:
            return None
        found.append(" ".join(segment.split()))
        at = after
    return found or None


def _doubled_at(line: str, at: int) -> tuple[str, int]:
    end = len(line)
    for middle in range(at + 1, (at + end) // 2 + 2):
        half = line[at:middle].rstrip()
        again = middle
        while again < end and line[again] == " ":
            again += 1
        after = again + len(half)
        if half and line.startswith(half, again) and (after >= end or line[after] == " "):
            return half, after
    return "", at


def undouble_lines(texts: list[str]) -> dict[int, str]:
    """Index → text once, for the lines of a file (stripped). Digits need neighbours that are doubled too."""
    once = {}
    for index, text in enumerate(texts):
        if len(text) >= 4:
            single = undouble(text)
            if single is not None:
                once[index] = single
    once.update(_digit_runs(texts))
    once.update(_doubled_numbering(texts))
    return once


def _digit_runs(texts: list[str]) -> dict[int, str]:
    """ "88", "77", "66" under each other: a stair of doubled numbers."""
    found: dict[int, str] = {}
    run: list[tuple[int, str]] = []

    def close() -> None:
        steps = {int(b) - int(a) for (_, a), (_, b) in itertools.pairwise(run)}
        if len(run) >= 3 and (steps == {1} or steps == {-1}):
            found.update(run)
        run.clear()

    for index, text in enumerate(texts):
        if not text:
            continue
        half = text[: len(text) // 2]
        if len(text) in (2, 4) and text.isascii() and text.isdigit() and half * 2 == text:
            run.append((index, half))
        else:
            close()
    close()
    return found


def _doubled_numbering(texts: list[str]) -> dict[int, str]:
    """ "8.8. …", "7.7. …": headings 8.8 and 7.7 alone would be an odd plan; a chain of three is overprint."""
    hits = {i: m for i, t in enumerate(texts) if t[:1].isdigit() and (m := _NUMBERED.match(t))}
    numbers = [int(m.group(1)) for m in hits.values()]
    if len(numbers) < 3 or {abs(b - a) for a, b in itertools.pairwise(numbers)} != {1}:
        return {}
    return {i: f"{m.group(1)}.{texts[i][m.end() :]}" for i, m in hits.items()}
