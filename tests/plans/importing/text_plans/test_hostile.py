"""Markup is text, and what cannot be read is refused with its reason."""

import pytest

from lautta.plans.importing import PlanUnreadable, read_plan
from tests.plans.importing.text_plans.reading import read


def test_markup_in_the_text_is_escaped():
    plan = read("Johdanto\n\n<script>alert(1)</script> on tekstiä & muuta.\n\na | <b>\nx | 2\ny | 4\n")
    assert "<script>" not in "".join(c.html for c in plan.chapters)
    assert "&lt;script&gt;" in plan.chapters[0].html
    assert "<b>" not in plan.tables[0].html


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\r\n ", "a.txt", "empty"),
        ("\ufeff\n".encode("utf-16"), "a.txt", "empty"),
        (b"%PDF-1.7 abc", "a.pdf", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "a.doc", "old_word"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "encrypted",
        ),
        (b"{\\rtf1 hei}", "a.rtf", "rtf"),
        (b"not a zip at all", "a.docx", "corrupted"),
        (bytes(range(256)) * 20, "a.bin", "binary"),
        (b"a" * (20 * 1024 * 1024 + 1), "a.txt", "too_large"),
    ],
)
def test_files_that_can_only_be_refused(data, name, code):
    with pytest.raises(PlanUnreadable) as caught:
        read_plan(data, name)
    assert caught.value.code == code
