"""Finding the messages of a room in its Python modules and templates."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

# Babel's keyword specifications: which arguments are the context (c), the message and its plural.
PLAIN, PLURAL, CONTEXT, CONTEXT_PLURAL = (1,), (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
FUNCTIONS = {
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
    "npgettext": CONTEXT_PLURAL,
    "npgettext_lazy": CONTEXT_PLURAL,
}
SKIPPED_FOLDERS = {"migrations", "locale", "static", "__pycache__", "node_modules"}


@dataclass(slots=True)
class Found:
    """One message: `context` and `msgid` are its key; `plural` when it has one; files in which it stands."""

    msgid: str
    plural: str | None = None
    context: str | None = None
    files: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.msgid


class MessageError(ValueError):
    """A source file that cannot be read for messages, or one msgid used with two different plurals."""


def room_messages(room: Path) -> dict[tuple[str | None, str], Found]:
    """Every message under a room's folder by (context, msgid). Files are named relative to the room."""
    found: dict[tuple[str | None, str], Found] = {}
    for path in sorted(room.rglob("*")):
        inside = path.relative_to(room)
        if not path.is_file() or SKIPPED_FOLDERS & set(inside.parts):
            continue
        if path.suffix == ".py":
            messages = python_messages(path.read_bytes(), str(inside))
        elif "templates" in inside.parts:
            messages = template_messages(_text(path), str(inside))
        else:
            continue
        for message in messages:
            _add(found, message, inside.as_posix())
    return found


def python_messages(source: bytes, name: str) -> list[Found]:
    """Messages of a Python module, under whatever name it imports Django's translation functions."""
    try:
        keywords = _keywords(ast.parse(source))
    except SyntaxError as error:
        raise MessageError(f"{name}: {error}") from error
    return list(_extracted(source, keywords))


def template_messages(source: str, name: str) -> list[Found]:
    """Messages of a Django template: translate, blocktranslate, and _("…") in tags and filters."""
    try:
        calls = templatize(source, origin=name)
    except SyntaxError as error:
        raise MessageError(f"{name}: {error}") from error
    # In brackets, since a template's indentation is not Python's.
    return list(_extracted(f"(\n{calls}\n)".encode(), FUNCTIONS | {"_": PLAIN}))


def untranslatable_calls(source: bytes, name: str) -> list[str]:
    """Calls whose message is empty or no literal, so that no extractor can see it: `_(f"…")`, `_(title)`."""
    tree = ast.parse(source)
    keywords = _keywords(tree)
    problems = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        if called not in keywords:
            continue
        for argument in node.args[: len(keywords[called])]:
            if not (
                isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value
            ):
                problems.append(f"{name}:{node.lineno}: {called}({ast.unparse(argument)})")
    return problems


def _keywords(tree: ast.AST) -> dict[str, tuple]:
    keywords: dict[str, tuple] = dict(FUNCTIONS)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                if alias.name in FUNCTIONS:
                    keywords[alias.asname or alias.name] = FUNCTIONS[alias.name]
    return keywords


def _extracted(source: bytes, keywords: dict[str, tuple]) -> Iterator[Found]:
    # Babel takes None for "the first argument alone".
    babel_keywords = {key: None if spec == PLAIN else spec for key, spec in keywords.items()}
    rows = extract(
        "python",
        BytesIO(source),
        babel_keywords,
        comment_tags=("Translators:",),
        options={"encoding": "utf-8"},
    )
    for _line, message, comments, context in rows:
        msgid, plural = message if isinstance(message, tuple) else (message, None)
        yield Found(msgid, plural, context, comments=list(comments))


def _add(found: dict[tuple[str | None, str], Found], message: Found, file: str) -> None:
    known = found.setdefault(message.key, message)
    if known.plural and message.plural and known.plural != message.plural:
        raise MessageError(
            f"{file}: {message.msgid!r} has two plurals, {known.plural!r} and {message.plural!r}"
        )
    known.plural = known.plural or message.plural
    if file not in known.files:
        known.files.append(file)
    known.comments.extend(c for c in message.comments if c not in known.comments)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise MessageError(f"{path}: {error}") from error
