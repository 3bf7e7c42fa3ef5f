"""Reading an existing plan (docx, text taken from a PDF, plain text) as a draft to check. No Django here."""

from .accounting import account
from .reading import read_plan
from .result import (
    Chapter,
    Goal,
    ImportedPlan,
    Location,
    Note,
    Participant,
    PlanUnreadable,
    Quotation,
    Source,
    Table,
    Unread,
)

__all__ = [
    "Chapter",
    "Goal",
    "ImportedPlan",
    "Location",
    "Note",
    "Participant",
    "PlanUnreadable",
    "Quotation",
    "Source",
    "Table",
    "Unread",
    "account",
    "read_plan",
]
