"""Pieces of one chapter as HTML."""

from __future__ import annotations

from . import markup
from .pieces import Piece
from .result import Note


def blocks_html(pieces: list[Piece], notes: list[Note]) -> str:
    """Quotations with a speaker are not here: they are values of their own."""
    parts: list[str] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.kind == "item":
            end = at
            while (
                end < len(pieces)
                and pieces[end].kind == "item"
                and pieces[end].ordered == piece.ordered
                and (pieces[end].certain == piece.certain)
            ):
                end += 1
            parts.append(_list(pieces[at:end], notes))
            at = end
            continue
        parts.append(_block(piece))
        at += 1
    return "".join(part for part in parts if part)


def _block(piece: Piece) -> str:
    text = piece.html or markup.inline(piece.text)
    if piece.kind == "heading":
        tag = "h3" if piece.level <= 4 else "h4"
        number = f"{piece.number} " if piece.number else ""
        return f"<{tag}>{number}{text}</{tag}>"
    if piece.kind == "table":
        piece.html = piece.html or markup.table(piece.text, piece.header, piece.rows)
        return piece.html
    if piece.kind == "blockquote":
        return f"<blockquote><p>{text}</p></blockquote>"
    if piece.kind in ("para", "caption", "title"):
        return f"<p>{text}</p>"
    return ""


def _list(items: list[Piece], notes: list[Note]) -> str:
    """A numbered list that runs 3, 2, 1 is turned;
    one that does not run from 1 keeps its numbers as words.
    """
    if not items[0].ordered:
        return f"<ul>{''.join(_item(item) for item in items)}</ul>"
    numbers = [int(item.number) if item.number.isdecimal() and item.number[0] != "0" else 0 for item in items]
    if len(numbers) > 1 and numbers == list(range(len(numbers), 0, -1)):
        items, numbers = items[::-1], numbers[::-1]
        notes.append(
            Note("list_reversed", {"first": items[0].text[:60], "last": items[-1].text[:60]}, items[0].at)
        )
    counted = not any(item.number for item in items) or numbers == list(range(1, len(numbers) + 1))
    if counted:
        return f"<ol>{''.join(_item(item) for item in items)}</ol>"
    return f"<ul>{''.join(_item(item, f'{item.number}. ' if item.number else '') for item in items)}</ul>"


def _item(item: Piece, before: str = "") -> str:
    return f"<li>{markup.inline(before)}{item.html or markup.inline(item.text)}</li>"
