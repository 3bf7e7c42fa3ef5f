"""A form that somebody else saved meanwhile: what is typed stays in the fields, what is stored now stands above them."""

from __future__ import annotations

from lautta.common.problems import Refused
from lautta.plans.conflicts import StaleForm


class ShowsStale:
    """Before ActionForm. The field `seen` takes the newest version, so that the next saving is a choice and not an accident."""

    stale: StaleForm | None = None

    def refuse(self, problem: Refused) -> None:
        if isinstance(problem, StaleForm):
            self.stale = problem
            self.data = self.data.copy()  # type: ignore[has-type]
            self.data["seen"] = str(problem.version)
        super().refuse(problem)  # type: ignore[misc]

    @property
    def stored_now(self) -> list[tuple[str, str]]:
        """(name of the field, what is stored) of all that has words."""
        held = self.stale.changed if self.stale else {}
        return [
            (str(self.fields[name].label), str(now))  # type: ignore[attr-defined]
            for name, (_then, now) in held.items()
            if name in self.fields and str(now)  # type: ignore[attr-defined]
        ]

    @property
    def status(self) -> int:
        """Of the answer: 409 for a conflict, 422 for other errors, else 200."""
        if self.stale:
            return 409
        return 422 if self.errors else 200  # type: ignore[attr-defined]
