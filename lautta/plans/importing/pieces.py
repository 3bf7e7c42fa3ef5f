"""The shape between reading a file and building a plan: both readers give a list of pieces in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from .result import Location, Note, Unread


@dataclass
class Piece:
    """One block. kind: heading | para | item | table | quotation | blockquote | caption | person | title.

    text is plain; html its escaped inline form when the file had emphasis. A table has header and rows
    (lists of plain text) and html when its cells are merged. group marks where a page or a text frame begins.
    """

    kind: str
    text: str
    at: Location
    html: str = ""
    level: int = 0
    number: str = ""
    style: str = ""  # heading: pipe, decimal, word, markdown, underline, caps, plain, style, bold
    certain: bool = True
    ordered: bool = False
    role: str = ""
    speaker: str = ""
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    organisation: str = ""
    group: int = 0
    glued: bool = False
    narrow: bool = False
    mark: str = ""
    label: str = ""


@dataclass
class Reading:
    """What a reader gives to the assembler."""

    pieces: list[Piece]
    unread: list[Unread] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    title: str = ""
