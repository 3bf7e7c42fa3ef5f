"""From bytes to characters: which kind of file this is, and its text in one spelling."""

from __future__ import annotations

import re
import unicodedata

from .result import Note, PlanUnreadable

MAX_TEXT_BYTES = 20 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A soft hyphen and the zero-width signs say nothing to a reader; NBSP and its kin are spaces.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202c"))
_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"),
    " ",
)
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_HYPHENS = {0x2010: "-", 0x2011: "-", 0x2043: "•"}
_TRANSLATION = {**_INVISIBLE, **_SPACES, **_LIGATURES, **_HYPHENS}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")


def kind_of(data: bytes, filename: str) -> str:
    """ "docx" or "text"; raises PlanUnreadable for what can only be refused."""
    name = filename.lower()
    if not data.strip(b"\x00\t\n\r\x0c "):
        raise PlanUnreadable("empty")
    if data[:1024].lstrip().startswith(b"%PDF"):
        raise PlanUnreadable("pdf")
    if data.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise PlanUnreadable("encrypted" if encrypted else "old_word")
    if data[:64].lstrip().startswith(b"{\\rtf"):
        raise PlanUnreadable("rtf")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "docx"
    if name.endswith((".docx", ".docm")):
        raise PlanUnreadable("corrupted")
    return "text"


def decode(data: bytes) -> tuple[str, list[Note]]:
    """Text of a plain file: BOM first, then UTF-8, UTF-16 by its zero bytes, then Windows-1252."""
    if len(data) > MAX_TEXT_BYTES:
        raise PlanUnreadable("too_large", limit_mb=MAX_TEXT_BYTES // 2**20)
    notes: list[Note] = []
    text = None
    for bom, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, errors="replace")
            break
    if text is None:
        text = _utf16_without_bom(data)
    if text is None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            if _looks_binary(data):
                raise PlanUnreadable("binary") from None
            text = data.decode("cp1252", errors="replace")
            notes.append(Note("encoding_guessed", {"encoding": "windows-1252"}))
    if text.count("\x00") > 8 or _share_of_controls(text) > 0.05:
        raise PlanUnreadable("binary")
    if text.count("\ufffd"):
        notes.append(Note("characters_replaced", {"count": text.count("\ufffd")}))
    text = clean_characters(text)
    if not text.strip():
        raise PlanUnreadable("empty")
    return text, notes


def _utf16_without_bom(data: bytes) -> str | None:
    head = data[:4000]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = head[offset::2]
        if (
            len(head) >= 4
            and half.count(0) > 0.6 * len(half)
            and head[1 - offset :: 2].count(0) < 0.1 * len(half) + 1
        ):
            return data.decode(encoding, errors="replace")
    return None


def _looks_binary(data: bytes) -> bool:
    head = data[:8192]
    return sum(byte < 9 or 13 < byte < 32 for byte in head) > 0.02 * len(head)


def _share_of_controls(text: str) -> float:
    head = text[:20_000]
    return len(_CONTROL.findall(head)) / max(1, len(head))


def clean_characters(text: str) -> str:
    """One spelling: composed letters, plain spaces and hyphens, no ligatures, no invisible signs,
    \\n line ends.
    """
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x85", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    text = text.replace("\x0b", "\n")
    # A soft hyphen before a line end is a hyphen that was seen on paper.
    text = re.sub("\u00ad[ \t]*\n", "-\n", text)
    text = unicodedata.normalize("NFC", text).translate(_TRANSLATION)
    return _CONTROL.sub("", text)
