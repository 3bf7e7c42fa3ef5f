"""Document writers: a neutral tree of blocks, and what each kind of file makes of it."""

from lautta.common.documents.tree import (
    Block,
    Box,
    Bullets,
    Columns,
    Contents,
    Cover,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Quotation,
    Run,
    Sheet,
    Table,
    Text,
    Turn,
    words,
)  # fmt: skip
from lautta.common.documents.word import write_word

__all__ = [
    "Block", "Box", "Bullets", "Columns", "Contents", "Cover", "Facts", "Heading", "Paragraph", "Picture", "Quotation",
    "Run", "Sheet", "Table", "Text", "Turn", "words", "write_word",
]  # fmt: skip
