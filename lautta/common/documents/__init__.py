"""Document writers: a neutral tree of blocks, and what each kind of file makes of it."""

from lautta.common.documents.tree import Block, Heading, Paragraph, Table
from lautta.common.documents.word import write_word

__all__ = ["Block", "Heading", "Paragraph", "Table", "write_word"]
