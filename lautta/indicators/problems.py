"""What can be wrong with what a source gives: a code with parameters. `problem_words.py` says each to a person."""

from __future__ import annotations

from typing import Any


class SourceProblem(Exception):
    """The source's answer, or a file, cannot be taken in; nothing was changed."""

    def __init__(self, code: str, **parameters: Any):
        super().__init__(f"{code} {parameters}" if parameters else code)
        self.code, self.parameters = code, parameters

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "parameters": self.parameters}
