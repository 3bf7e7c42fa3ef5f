"""Reading a PDF's structure: its tags in order, its language, its bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf


@dataclass
class Tag:
    """One element of the structure tree, by its standard name."""

    name: str
    attributes: dict = field(default_factory=dict)
    alt: str = ""
    language: str = ""
    children: list[Tag] = field(default_factory=list)
    content: int = 0

    def walk(self) -> Iterator[Tag]:
        yield self
        for child in self.children:
            yield from child.walk()

    def named(self, *names: str) -> list[Tag]:
        return [t for t in self.walk() if t.name in names]


class Pdf:
    """An opened PDF."""

    def __init__(self, content: bytes):
        self.pdf = pikepdf.open(BytesIO(content))
        self.root = self.pdf.Root

    @property
    def pages(self) -> int:
        return len(self.pdf.pages)

    @property
    def language(self) -> str:
        return str(self.root.get("/Lang", ""))

    @property
    def is_marked(self) -> bool:
        return bool(self.root.get("/MarkInfo", {}).get("/Marked", False))

    @property
    def shows_title(self) -> bool:
        return bool(self.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False))

    @property
    def metadata(self) -> str:
        return self.root.Metadata.read_bytes().decode("utf-8")

    @property
    def bookmarks(self) -> list[tuple[int, str]]:
        with self.pdf.open_outline() as outline:
            found: list[tuple[int, str]] = []

            def add(items, depth: int) -> None:
                for item in items:
                    found.append((depth, item.title))
                    add(item.children, depth + 1)

            add(outline.root, 0)
            return found

    @property
    def languages(self) -> set[str]:
        """Languages of parts: of an element, or of a stretch of its text."""
        found = {t.language[:2] for t in self.tags().walk() if t.language}
        for page in self.pdf.pages:
            found |= {m.decode() for m in re.findall(rb"/Lang ?\((\w\w)", page.Contents.read_bytes())}
        return found

    def tags(self) -> Tag:
        tree = self.root.StructTreeRoot
        self.roles = {str(k): str(v) for k, v in (tree.get("/RoleMap") or {}).items()}
        return self._tag(tree)

    def _tag(self, node) -> Tag:
        name = str(node.get("/S", "/Root"))
        made = Tag(self.roles.get(name, name).lstrip("/"))
        made.alt, made.language = str(node.get("/Alt", "")), str(node.get("/Lang", ""))
        given = node.get("/A")
        for one in given if isinstance(given, pikepdf.Array) else [given] if given is not None else []:
            if isinstance(one, pikepdf.Dictionary):
                made.attributes |= {str(k).lstrip("/"): v for k, v in one.items()}
        kids = node.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids] if kids is not None else []:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                made.children.append(self._tag(kid))
            else:
                made.content += 1
        return made


def headings(tree: Tag) -> list[int]:
    """Levels of the headings in reading order."""
    return [int(t.name[1:]) for t in tree.walk() if t.name[:1] == "H" and t.name[1:].isdigit()]


def assert_accessible(content: bytes, language: str) -> Pdf:
    """What every paper must be: tagged, titled, in a language, no level skipped, each table with header cells, each figure told."""
    pdf = Pdf(content)
    assert pdf.is_marked
    assert pdf.language.lower().startswith(language)
    assert pdf.shows_title
    assert "<dc:title>" in pdf.metadata
    assert "pdfuaid:part" in pdf.metadata
    tree = pdf.tags()
    levels = headings(tree)
    assert all(b <= a + 1 for a, b in zip([0, *levels], levels, strict=False)), levels
    for table in tree.named("Table"):
        heads = table.named("TH")
        assert heads
        assert all(str(h.attributes.get("Scope")) == "/Column" for h in heads)
        width = len(next(iter(table.named("TR"))).children)
        assert all(len(row.children) == width for row in table.named("TR"))
    for figure in tree.named("Figure"):
        assert figure.alt.strip()
    # The heading over the table of contents is no bookmark.
    assert len(pdf.bookmarks) == len(levels) - len(tree.named("TOC")[:1])
    return pdf
