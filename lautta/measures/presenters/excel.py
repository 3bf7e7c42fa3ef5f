"""What an upload would do, in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from lautta.measures.choices import Status, Timeliness
from lautta.measures.excel.review import Review, day_text, headings
from lautta.measures.presenters.conflicts import plain_value

MOST_SHOWN = 200


def review_context(found: Review) -> dict[str, Any]:
    """Counts and the rows of each kind; of each at most MOST_SHOWN."""
    names = headings()
    changed = [
        {
            "number": row.number,
            "title": row.title,
            "changes": [
                {"label": names.get(name, name), "before": _shown(name, before), "after": _shown(name, after)}
                for name, before, after in row.changes
            ],
        }
        for row in found.changed[:MOST_SHOWN]
    ]
    return {
        "new": [{"number": r.number, "title": r.title} for r in found.new[:MOST_SHOWN]],
        "new_count": len(found.new),
        "changed": changed,
        "changed_count": len(found.changed),
        "unchanged_count": len(found.unchanged),
        "rejected_count": len(found.rejected),
        "rejections": found.rejections[:MOST_SHOWN],
        "rejections_count": len(found.rejections),
        "more_rejections": max(0, len(found.rejections) - MOST_SHOWN),
        "ignored": found.ignored,
        "good_count": len(found.new) + len(found.changed),
        "is_empty": not found.rows and not found.rejections,
    }


def _shown(name: str, value: Any) -> str:
    if isinstance(value, dt.date):
        return day_text(value)
    if name == "status":
        return str(Status(value).label)
    if name == "timeliness":
        return str(Timeliness(value).label)
    return str(plain_value(name, value)) or "–"
