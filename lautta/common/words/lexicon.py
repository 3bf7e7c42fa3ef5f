"""Form → lemma dictionaries of Finnish, Swedish and English on disk, read a block at a time.

simplemma loads its Finnish dictionary (3.5 million forms) in 6 s into 356 MB in every process, or in 3 s
into 48 MB in its frugal way. Here the content is written once per installation to a file of compressed,
sorted blocks (10 MB): opening takes 9 ms and 4 MB, a look-up 25 µs, and processes share the pages. All
three languages: 14 MB, 14 ms.
"""

from __future__ import annotations

import mmap
import os
import re
import subprocess
import sys
import tempfile
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import simplemma.strategies.dictionaries as simplemma_dictionaries
from django.conf import settings
from simplemma.__metadata__ import __version__ as SIMPLEMMA_VERSION
from simplemma.strategies.dictionaries.dictionary_factory import DecodedStrMapping

import lautta
from lautta.common.text import fold

LANGUAGES = ("fi", "sv", "en")
# Raised when the file's layout or the folding of words changes.
FORMAT = 1
BLOCK_BYTES = 8192
_MAGIC = b"LAUTTALEX\n"
_SIMPLE = re.compile(r"[a-zåäö]+")


class Lexicon(DecodedStrMapping):
    """Folded form → folded lemmas, from one file. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as handle:
            self._data = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        if self._data[: len(_MAGIC)] != _MAGIC:
            raise ValueError(f"not a lexicon: {path}")
        start = len(_MAGIC)
        sizes = [int.from_bytes(self._data[start + i * 8 : start + i * 8 + 8], "big") for i in range(2)]
        start += 16
        index = zlib.decompress(self._data[start : start + sizes[0]])
        self._body = start + sizes[0]
        self._firsts: list[bytes] = []
        self._offsets: list[int] = []
        for line in index.split(b"\n"):
            first, _, offset = line.partition(b"\t")
            self._firsts.append(first)
            self._offsets.append(int(offset))
        self._count = sizes[1]
        self._offsets.append(len(self._data) - self._body)

    def lemmas(self, form: str) -> tuple[str, ...]:
        """Lemmas of a folded form; empty when the form is unknown."""
        key = form.encode()
        block = bisect_right(self._firsts, key) - 1
        if block < 0:
            return ()
        text = zlib.decompress(
            self._data[self._body + self._offsets[block] : self._body + self._offsets[block + 1]]
        )
        at = text.find(b"\n" + key + b"\t")
        if at < 0:
            return ()
        start = at + len(key) + 2
        return tuple(text[start : text.index(b"\n", start)].decode().split("\t"))

    def _lookup(self, key: str) -> str | None:
        found = self.lemmas(fold(key))
        return found[0] if found else None

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a lexicon is read by word")

    def __len__(self) -> int:
        return self._count


class Dictionaries:
    """The source of dictionaries that simplemma's own strategies read."""

    def get_dictionary(self, lang: str) -> Lexicon:
        return lexicon(lang)


def folder() -> Path:
    """Where the files are kept: `LAUTTA_LEXICONS` of the settings, else `lexicons` in the data folder."""
    return Path(getattr(settings, "LAUTTA_LEXICONS", None) or Path(settings.DATA_DIR) / "lexicons")


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of one language; written first when this installation has none (20 s for Finnish, once)."""
    if language not in LANGUAGES:
        raise ValueError(f"no lexicon for {language!r}")
    path = folder() / f"{language}-{SIMPLEMMA_VERSION}-{FORMAT}.lexicon"
    if not path.exists():
        # A process of its own: making the Finnish file takes memory that a web process would never give back.
        command = [sys.executable, "-c", _WRITE, language, str(path.absolute())]
        subprocess.run(command, check=True, cwd=Path(lautta.__file__).parents[1])
    return Lexicon(path)


# Imported, not run as a module: the package has it imported already and Python would warn.
_WRITE = "import sys, pathlib; from lautta.common.words.lexicon import write; write(sys.argv[1], pathlib.Path(sys.argv[2]))"


def prepare() -> None:
    """Write the lexicons that are missing, so that nobody's first search waits for them."""
    for language in LANGUAGES:
        lexicon(language)


def write(language: str, path: Path) -> None:
    """Write the lexicon file of `language`; it appears whole, also when several processes write at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as handle:
        try:
            handle.write(_encode(_forms(language)))
            handle.flush()
            os.chmod(handle.name, 0o644)
            os.replace(handle.name, path)
        except BaseException:
            Path(handle.name).unlink(missing_ok=True)
            raise


def _forms(language: str) -> dict[str, str]:
    """Folded form → its lemmas joined by tabs. Forms of several words or with hyphens are left out."""
    forms: dict[str, str] = {}
    source = simplemma_dictionaries.DefaultDictionaryFactory(cache_max_size=1).get_dictionary(language)
    is_simple, folded = _SIMPLE.fullmatch, cache(fold)
    for form, lemma in source.items():
        low = form.lower()
        if not is_simple(low):
            low = fold(form)
            if not low.isalpha():
                continue
        if not is_simple(lemma):
            lemma = folded(lemma)
        before = forms.setdefault(low, lemma)
        if before is not lemma and lemma not in before.split("\t"):
            forms[low] = f"{before}\t{lemma}"
    return forms


def _encode(forms: dict[str, str]) -> bytes:
    lines = sorted(f"{form}\t{lemmas}\n".encode() for form, lemmas in forms.items())
    index: list[bytes] = []
    blocks: list[bytes] = []
    offset = at = 0
    while at < len(lines):
        size, end = 0, at
        while end < len(lines) and size < BLOCK_BYTES:
            size += len(lines[end])
            end += 1
        index.append(lines[at].partition(b"\t")[0] + b"\t%d" % offset)
        blocks.append(zlib.compress(b"\n" + b"".join(lines[at:end]), 6))
        offset += len(blocks[-1])
        at = end
    head = zlib.compress(b"\n".join(index))
    return b"".join([_MAGIC, len(head).to_bytes(8, "big"), len(lines).to_bytes(8, "big"), head, *blocks])
