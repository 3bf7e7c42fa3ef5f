"""What reading a plan gives: frozen values only, with codes that a page turns into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SPEAKERS = (
    "child",
    "pupil",
    "young_person",
    "youth_council",
    "parent",
    "mother",
    "father",
    "professional",
    "other",
)
GOAL_KINDS = ("cross_cutting", "means", "main", "subgoal")

UNREADABLE_CODES = (
    "empty",  # nothing but blank
    "too_large",  # params: limit_mb
    "pdf",  # the text has to be taken out of it first
    "old_word",  # .doc
    "encrypted",  # password
    "macros",  # .docm or a docx that carries macros
    "odt",
    "rtf",
    "other_zip",  # a zip that is not a Word document
    "zip_bomb",  # params: limit_mb or limit_entries
    "corrupted",
    "binary",  # neither text nor Word
)

UNREAD_REASONS = (
    "chart",
    "comment",
    "deleted_text",
    "embedded_object",
    "fragment",
    "graphic_debris",
    "graphic_text",
    "image",
    "page_footer",
    "page_header",
    "page_number",
    "participants_heading",
    "repeated_text",
    "speaker_without_quotation",
    "table_of_contents",
    "unplaced",
)

NOTE_CODES = (
    "heading_guessed",  # title
    "heading_moved",  # title, from_line, to_line
    "chapters_reordered",  # titles
    "hyphen_guessed",  # words
    "overprint_removed",  # count
    "paragraph_joined",  # start, end: two distant halves were put together
    "paragraph_cut",  # excerpt: the text begins or ends in the middle of a sentence
    "list_reversed",  # first, last
    "table_totals_checked",  # title, columns
    "table_total_mismatch",  # title, column, stated, computed
    "table_cells_guessed",  # title
    "table_header_guessed",  # title
    "nested_table_flattened",  # title
    "text_box",  # excerpt
    "insertions_accepted",  # count
    "columns_unfolded",  # columns: text set side by side, read one column after the other
    "encoding_guessed",  # encoding
    "characters_replaced",  # count
    "period_guessed",  # start, end
    "title_guessed",  # title
    "goals_guessed",  # count
    "quotation_guessed",  # excerpt
    "personal_data",  # count of participants: consent is needed before publishing
    "personal_data_in_text",  # excerpt: an e-mail address or telephone number
    "no_headings",  # the whole text became one chapter
    "numbering_gap",  # missing: chapter numbers never found
)


class PlanUnreadable(Exception):
    """The file cannot be read at all. `code` is one of UNREADABLE_CODES, `params` fill the message."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Location:
    """Where in the file: 1-based inclusive lines (text) or paragraphs (docx); page where pages are known."""

    first: int
    last: int
    page: int | None = None
    unit: str = "line"  # line | paragraph | part
    part: str = ""  # docx: footnotes, comments, header, footer


@dataclass(frozen=True)
class Note:
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    location: Location | None = None


@dataclass(frozen=True)
class Unread:
    """A part of the file that became nothing; `excerpt` is its whole text, `times` how often it occurs."""

    location: Location
    excerpt: str
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)
    times: int = 1


@dataclass(frozen=True)
class Chapter:
    """`html` is escaped and holds only p h3 h4 ul ol li table caption thead tbody tr th td blockquote
    strong em.
    """

    number: str
    title: str
    level: int
    html: str
    citations: tuple[str, ...]
    location: Location
    kind: str = "text"  # text | sources (a bibliography: its entries are in ImportedPlan.sources)
    certain: bool = True
    label: str = ""  # the number as the file says it: "Luku 2"


@dataclass(frozen=True)
class Goal:
    """`criteria` are the sentences of the target state. `parent` is the index of the goal above, or None.

    `in_text`: the same words are also in a chapter.
    """

    kind: str
    number: str
    title: str
    description: str
    criteria: tuple[str, ...]
    parent: int | None
    chapter: int | None
    certain: bool
    in_text: bool = True


@dataclass(frozen=True)
class Quotation:
    """`role` is as written; `speaker` one of SPEAKERS; `chapter` an index into ImportedPlan.chapters."""

    text: str
    role: str
    speaker: str
    chapter: int | None
    location: Location
    certain: bool = True


@dataclass(frozen=True)
class Table:
    """`header` and each row have the same number of cells. `html` is the same table as in the chapter."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    chapter: int | None
    notes: tuple[Note, ...]
    html: str
    location: Location
    certain: bool = True


@dataclass(frozen=True)
class Source:
    """One cited work. `author` is what stands before the year (or title); `in_text`: also in a chapter."""

    text: str
    author: str
    year: int | None
    in_text: bool
    cited: int = 1


@dataclass(frozen=True)
class Participant:
    """A person named in the file: personal data, never chapter text, published only with consent."""

    name: str
    organisation: str
    location: Location
    certain: bool = True
    needs_consent: bool = True


@dataclass(frozen=True)
class ImportedPlan:
    language: str
    title: str
    period: tuple[int, int] | None
    chapters: tuple[Chapter, ...]
    goals: tuple[Goal, ...]
    quotations: tuple[Quotation, ...]
    tables: tuple[Table, ...]
    sources: tuple[Source, ...]
    participants: tuple[Participant, ...]
    unread: tuple[Unread, ...]
    notes: tuple[Note, ...]
