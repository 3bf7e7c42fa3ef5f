"""Bytes to JSON, with a clear word for each way it can fail."""

from __future__ import annotations

import json
from typing import Any

from lautta.indicators.problems import SourceProblem


def read_json(body: bytes) -> Any:
    """The JSON of a body. Raises SourceProblem: html_instead (a page with status 200), cut_or_broken, not_finite."""
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"<":
        raise SourceProblem("html_instead", start=start[:60].decode("utf-8", "replace"))
    if not start:
        raise SourceProblem("empty_answer")
    try:
        return json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise SourceProblem("cut_or_broken", bytes=len(body)) from error


def _no_constant(word: str) -> float:
    raise SourceProblem("not_finite", value=word)
