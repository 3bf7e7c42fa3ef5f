"""What a frozen version holds: canonical JSON made from the plan of today, and read again from itself alone."""

from lautta.decisions.freezing.canonical import digest, dumped
from lautta.decisions.freezing.document import SCHEMA, Drawn, draw
from lautta.decisions.freezing.opened import Document, opened

__all__ = ["SCHEMA", "Document", "Drawn", "digest", "draw", "dumped", "opened"]
