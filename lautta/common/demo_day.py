"""The day a demo pretends to be, kept beside its database. No Django: the settings ask."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

FILE = "demo_day"


def read_demo_day(folder: Path) -> dt.date | None:
    """The day kept by `keep_demo_day`, or None."""
    try:
        return dt.date.fromisoformat((folder / FILE).read_text("ascii").strip())
    except (OSError, ValueError):
        return None


def keep_demo_day(folder: Path, day: dt.date) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(f"{day.isoformat()}\n", "ascii")
