"""Rich text as a person types it without an editor: `## heading`, `- list`, `> quotation`, an empty line
between paragraphs.

`from_text(to_text(x)) == x` for every canonical text: a block is written in the easy way only if it comes
back the same,
and as its HTML on one line otherwise.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence

from lautta.plans.chapters.richtext import Mark, Node, Run, inline_html, parse, serialise

_HEADING = re.compile(r"(#{2,4})[ \t]+(\S.*)")
_ITEM = re.compile(r"([ \t]*)(?:[-*•]|(\d{1,4})[.)])[ \t]+(\S.*)")
_QUOTE = re.compile(r">[ \t]?(.*)")
_ROW = re.compile(r"\|(.*)\|")
_CAPTION = re.compile(r"\|=[ \t]*(\S.*)")
_HTML = re.compile(r"<(?:p|h[1-6]|ul|ol|table|figure|blockquote|hr|div)\b", re.I)
_RULE = re.compile(r"-{3,}|\*{3,}")
_HEAD_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
# What would be read as something else at the beginning of a line.
_SPECIAL_START = re.compile(r"#{2,4}\s|[-*•]\s|\d{1,4}[.)]\s|>|\||<|-{3,}\Z|\*{3,}\Z")

_INLINE = re.compile(
    r"""\\(?P<escaped>[\\*\[\]<>#|.)•-])
    |(?P<tag></?(?:u|s|sub|sup|cite|strong|em)>|<br>|<a\ href="[^"<>]*">|</a>)
    |\[(?P<label>[^\[\]]+)\]\((?P<href>[^()\s]+)\)
    |(?P<strong>\*\*(?=[^\s*])(?:\\.|[^*\\])+?(?<=[^\s\\])\*\*)
    |(?P<em>\*(?=[^\s*])(?:\\.|[^*\\])+?(?<=[^\s\\])\*)""",
    re.X,
)


def to_text(rich: str) -> str:
    """The easy text of HTML."""
    blocks = list(parse(rich))
    made = []
    for place, block in enumerate(blocks):
        numbered_apart = block.tag == "ol" and block.attrs and place and blocks[place - 1].tag == "ol"
        made.append(serialise([block]) if numbered_apart else _block_text(block))
    return "\n\n".join(made)


def from_text(text: str) -> str:
    """Canonical HTML of an easy text; anything is accepted."""
    made = []
    for chunk in _chunks(text):
        made.append(_chunk_html(chunk))
    return serialise(parse("".join(made)))


# --- writing --------------------------------------------------------------------------------------


def _block_text(block: Node) -> str:
    for words in (_easy_words, _tagged_words):
        easy = _EASY[block.tag](block, words) if block.tag in _EASY else None
        if easy is not None and tuple(parse(from_text(easy))) == (block,):
            return easy
    return serialise([block])


Speller = Callable[[Sequence[Run]], str]


def _easy_words(runs: Sequence[Run]) -> str:
    out: list[str] = []
    for run in runs:
        if run.text == "\n":
            out.append("\n")
            continue
        # A reference to a number is written as it is: the writer has it from a list and would not know it escaped.
        text = re.sub(
            r"(\[\[mittari:[^\[\]\\*<]*\]\](?!\())|[\\*\[\]]|<(?=[a-zA-Z/])",
            lambda m: m[0] if m[1] else "\\" + m[0],
            run.text,
        )
        for mark in reversed(run.marks):
            text = _easy_mark(mark, text)
        out.append(text)
    return _safe_lines("".join(out))


def _easy_mark(mark: Mark, text: str) -> str:
    if isinstance(mark, tuple):
        return f"[{text}]({mark[1]})"
    stars = {"strong": "**", "em": "*"}.get(mark)
    return f"{stars}{text}{stars}" if stars else f"<{mark}>{text}</{mark}>"


def _tagged_words(runs: Sequence[Run]) -> str:
    escaped = [Run(re.sub(r"[\\*\[\]<]", lambda m: "\\" + m[0], r.text), r.marks) for r in runs]
    return _safe_lines(html.unescape(inline_html(escaped)).replace("<br>", "\n"))


def _safe_lines(text: str) -> str:
    return "\n".join("\\" + line if _SPECIAL_START.match(line) else line for line in text.split("\n"))


def _paragraph(block: Node, words: Speller) -> str:
    return words(block.runs)


def _heading(block: Node, words: Speller) -> str:
    return "#" * int(block.tag[1]) + " " + words(block.runs)


def _quotation(block: Node, words: Speller) -> str | None:
    if any(child.tag != "p" for child in block.children):
        return None
    paragraphs = ("\n".join("> " + line for line in words(c.runs).split("\n")) for c in block.children)
    return "\n>\n".join(paragraphs)


def _list(block: Node, words: Speller, depth: int = 0) -> str | None:
    lines = []
    number = int(dict(block.attrs).get("start", 1))
    for place, item in enumerate(block.children):
        if not item.children or item.children[0].tag != "p":
            return None
        text = words(item.children[0].runs)
        if "\n" in text:
            return None
        sign = f"{number + place}." if block.tag == "ol" else "-"
        lines.append("    " * depth + f"{sign} {text}")
        for inner in item.children[1:]:
            nested = _list(inner, words, depth + 1) if inner.tag in {"ul", "ol"} else None
            if nested is None:
                return None
            lines.append(nested)
    return "\n".join(lines)


def _table(block: Node, words: Speller) -> str | None:
    lines = []
    for part in block.children:
        if part.tag == "caption":
            lines.append("|= " + words(part.runs))
            continue
        rows = [_row(row, words, part.tag) for row in part.children]
        if any(row is None for row in rows):
            return None
        lines.extend(row for row in rows if row is not None)
        if part.tag == "thead":
            lines.append("|" + " --- |" * len(part.children[0].children))
    return "\n".join(lines)


def _row(row: Node, words: Speller, part: str) -> str | None:
    cells = []
    for cell in row.children:
        if cell.attrs or len(cell.children) > 1 or any(c.tag != "p" for c in cell.children):
            return None
        text = words(cell.children[0].runs) if cell.children else ""
        if "\n" in text:
            return None
        text = text.replace("|", "\\|")
        cells.append(f"# {text}" if cell.tag == "th" and part == "tbody" else text)
    return "| " + " | ".join(cells) + " |"


_EASY = {
    "p": _paragraph, "h2": _heading, "h3": _heading, "h4": _heading, "blockquote": _quotation,
    "ul": _list, "ol": _list, "table": _table, "hr": lambda _block, _words: "---",
}  # fmt: skip


# --- reading --------------------------------------------------------------------------------------


def _kind(line: str) -> str:
    for kind, pattern, whole in (
        ("html", _HTML, False), ("rule", _RULE, True), ("heading", _HEADING, True), ("item", _ITEM, True),
        ("quote", _QUOTE, True), ("caption", _CAPTION, True), ("row", _ROW, True),
    ):  # fmt: skip
        stripped = line if kind == "item" else line.strip(" \t")
        if pattern.fullmatch(stripped) if whole else pattern.match(stripped):
            return "row" if kind == "caption" else kind
    return "text"


def _chunks(text: str) -> Iterable[tuple[str, list[str]]]:
    """Neighbouring lines of one kind; an empty line parts them, except inside a list."""
    kind, lines = "", []  # type: ignore[var-annotated]
    for line in re.sub(r"\r\n?", "\n", text).split("\n"):
        now = _kind(line) if line.strip(" \t\f") else ""
        if now != kind or now in {"heading", "rule", "html"}:
            if lines:
                yield kind, lines
            kind, lines = now, []
        if now:
            lines.append(line if now == "item" else line.strip(" \t"))
    if lines:
        yield kind, lines


def _chunk_html(chunk: tuple[str, list[str]]) -> str:
    kind, lines = chunk
    match kind:
        case "html":
            return "".join(lines)
        case "rule":
            return "<hr>"
        case "heading":
            sign, words = _HEADING.fullmatch(lines[0]).groups()
            return f"<h{len(sign)}>{_inline(words)}</h{len(sign)}>"
        case "item":
            return _list_html(lines)
        case "quote":
            inner = "\n".join(_QUOTE.fullmatch(line)[1] for line in lines)
            paragraphs = (p for p in re.split(r"\n[ \t]*\n", inner) if p.strip(" \t\n"))
            return "<blockquote>" + "".join(f"<p>{_lines_html(p)}</p>" for p in paragraphs) + "</blockquote>"
        case "row":
            return _table_html(lines)
        case _:
            return f"<p>{_lines_html(chr(10).join(lines))}</p>"


def _lines_html(text: str) -> str:
    return "<br>".join(_inline(line) for line in text.split("\n"))


def _list_html(lines: list[str]) -> str:
    """Nested by indentation; a deeper item belongs to the one above it."""
    out: list[str] = []
    open_lists: list[tuple[int, str]] = []
    for line in lines:
        indent, number, words = _ITEM.fullmatch(line).groups()
        depth, tag = len(indent.expandtabs(4)), "ol" if number else "ul"
        while open_lists and open_lists[-1][0] > depth:
            out.append(f"</li></{open_lists.pop()[1]}>")
        if open_lists and open_lists[-1][0] == depth and open_lists[-1][1] != tag:
            out.append(f"</li></{open_lists.pop()[1]}>")
        if open_lists and open_lists[-1][0] == depth:
            out.append("</li>")
        else:
            out.append(f'<ol start="{number}">' if number and number != "1" else f"<{tag}>")
            open_lists.append((depth, tag))
        out.append(f"<li>{_inline(words)}")
    out.extend(f"</li></{tag}>" for _, tag in reversed(open_lists))
    return "".join(out)


def _table_html(lines: list[str]) -> str:
    caption = head = ""
    rows: list[str] = []
    for line in lines:
        if found := _CAPTION.fullmatch(line):
            caption = f"<caption>{_inline(found[1])}</caption>"
        elif _HEAD_RULE.fullmatch(line) and rows and not head:
            head = "<thead>" + "".join(rows) + "</thead>"
            rows = []
        else:
            cells = re.split(r"(?<!\\)\|", _ROW.fullmatch(line)[1])
            rows.append("<tr>" + "".join(_cell_html(cell.strip(" \t")) for cell in cells) + "</tr>")
    return f"<table>{caption}{head}<tbody>{''.join(rows)}</tbody></table>"


def _cell_html(cell: str) -> str:
    if cell.startswith("# "):
        return f"<th>{_inline(cell[2:])}</th>"
    return f"<td>{_inline(cell)}</td>"


def _inline(text: str) -> str:
    """HTML of one line; everything that is not ours is escaped."""
    out = []
    at = 0
    for found in _INLINE.finditer(text):
        out.append(html.escape(text[at : found.start()], quote=False))
        at = found.end()
        if found["escaped"] is not None:
            out.append(html.escape(found["escaped"], quote=False))
        elif found["tag"]:
            out.append(found["tag"])
        elif found["label"]:
            out.append(f'<a href="{html.escape(found["href"])}">{_inline(found["label"])}</a>')
        elif found["strong"]:
            out.append(f"<strong>{_inline(found['strong'][2:-2])}</strong>")
        else:
            out.append(f"<em>{_inline(found['em'][1:-1])}</em>")
    out.append(html.escape(text[at:], quote=False))
    return "".join(out)
