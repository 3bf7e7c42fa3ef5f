"""Opening a Word file that nobody has vouched for:
sizes, counts, macros, passwords and XML entities are checked first.
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from .result import PlanUnreadable

MAX_COMPRESSED = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PART = 60 * 1024 * 1024
MAX_RATIO = 200
RATIO_FROM = 5 * 1024 * 1024  # Small files of plain XML may be packed very tight.
MAX_ENTRIES = 5000
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."


class Package:
    """The parts of a docx, each read with a limit on what really comes out of the zip."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_COMPRESSED:
            raise PlanUnreadable("too_large", limit_mb=MAX_COMPRESSED // 2**20)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (
            zipfile.BadZipFile,
            ValueError,
            OSError,
            NotImplementedError,
            UnicodeDecodeError,
            IndexError,
        ) as error:
            raise PlanUnreadable("corrupted") from error
        self._left = MAX_UNPACKED
        self.names = _checked_names(entries)
        self._check_kind()

    def _check_kind(self) -> None:
        if "mimetype" in self.names and b"opendocument" in self.read("mimetype"):
            raise PlanUnreadable("odt")
        if "[Content_Types].xml" not in self.names:
            raise PlanUnreadable("encrypted" if "EncryptedPackage" in self.names else "other_zip")
        types = self.read("[Content_Types].xml")
        if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise PlanUnreadable("macros")
        if _MAIN.encode() not in types:
            raise PlanUnreadable("other_zip")

    def read(self, name: str) -> bytes:
        limit = min(MAX_PART, self._left)
        try:
            with self._zip.open(name) as part:
                content = part.read(limit + 1)
        except RuntimeError as error:
            raise PlanUnreadable("encrypted") from error
        except (
            zipfile.BadZipFile,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            zipfile.zlib.error,
        ) as error:  # type: ignore[attr-defined]
            raise PlanUnreadable("corrupted") from error
        if len(content) > limit:
            raise PlanUnreadable("zip_bomb", limit_mb=MAX_UNPACKED // 2**20)
        self._left -= len(content)
        return content

    def xml(self, name: str) -> etree._Element | None:
        """Root of a part, or None when there is no such part. A document type (entities) is refused."""
        if name not in self.names:
            return None
        content = self.read(name)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise PlanUnreadable("corrupted") from error
        if root.getroottree().docinfo.doctype:
            raise PlanUnreadable("corrupted")
        return root

    def main_part(self) -> str:
        """Name of the document's own part, by the package's relationships."""
        relations = self.xml("_rels/.rels")
        if relations is not None:
            for relation in relations:
                if str(relation.get("Type", "")).endswith("/officeDocument"):
                    name = str(relation.get("Target", "")).lstrip("/")
                    if name in self.names:
                        return name
        if "word/document.xml" in self.names:
            return "word/document.xml"
        raise PlanUnreadable("corrupted")


def _checked_names(entries: list[zipfile.ZipInfo]) -> frozenset[str]:
    if len(entries) > MAX_ENTRIES:
        raise PlanUnreadable("zip_bomb", limit_entries=MAX_ENTRIES)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise PlanUnreadable("encrypted")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(1, packed)):
        raise PlanUnreadable("zip_bomb", limit_mb=MAX_UNPACKED // 2**20)
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        # Two parts of one name: which of them a reader shows is anybody's guess.
        raise PlanUnreadable("corrupted")
    return frozenset(names)
