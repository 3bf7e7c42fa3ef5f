"""One way to write a document as bytes, so that a digest means something."""

import hashlib
import json
from typing import Any


def dumped(document: dict[str, Any]) -> str:
    """The document as JSON: keys in order, no white space, letters as they are. ValueError for NaN and infinities."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, 64 hexadecimal digits. Half a surrogate pair, which UTF-8 has no bytes for, is kept apart."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def quotation_hash(salt: str, text: dict[str, str]) -> str:
    """What stands in a document for somebody's words. Without the salt, which goes with the words, it can't be guessed back."""
    return digest(salt + dumped(text))
