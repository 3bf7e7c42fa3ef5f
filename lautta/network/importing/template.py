"""The empty table to fill in: headings, one example, and on the second sheet the words that may be chosen."""

from __future__ import annotations

from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from lautta.network import vocabulary
from lautta.network.importing.columns import COLUMNS
from lautta.network.models import Service


def template(municipality: str) -> bytes:
    """An xlsx in the active language; `municipality` stands in the example row."""
    book = Workbook()
    sheet = book.active
    sheet.title = pgettext("taulukon nimi", "Palvelut")
    example = {
        "audiences": vocabulary.words("audience")["small"].listed, "needs": vocabulary.words("need")["together"].name,
        "areas": municipality, "tier": Service.Tier.BASIC.label, "languages": vocabulary.words("language")["fi"].name,
        "cost": Service.Cost.FREE.label, "no_appointment": _("kyllä"),
    }  # fmt: skip
    for place, column in enumerate(COLUMNS, 1):
        head = sheet.cell(1, place, str(column.label))
        head.font = Font(bold=True)
        sheet.cell(2, place, str(example.get(column.key, column.example)))
        sheet.column_dimensions[get_column_letter(place)].width = 26
    sheet.freeze_panes = "A2"
    _guide(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _guide(book: Workbook) -> None:
    sheet = book.create_sheet(pgettext("taulukon nimi", "Sanat"))
    sheet.cell(
        1,
        1,
        _("Erota useampi sana puolipisteellä. Poista esimerkkirivi. Tyhjä kunta tarkoittaa koko maakuntaa."),
    )
    rows = [
        (_("Kenelle"), [str(w.listed) for w in vocabulary.words("audience").values()]),
        (_("Mihin tarpeeseen"), [str(w.name) for w in vocabulary.words("need").values()]),
        (_("Tuen taso"), [str(label) for label in Service.Tier.labels]),
        (_("Kielet"), [str(w.name) for w in vocabulary.words("language").values()]),
        (_("Esteettömyys"), [str(w.name) for w in vocabulary.words("access").values()]),
        (_("Hinta"), [str(label) for label in Service.Cost.labels]),
    ]
    for place, (head, words) in enumerate(rows, 1):
        sheet.cell(3, place, head).font = Font(bold=True)
        for line, word in enumerate(words, 4):
            sheet.cell(line, place, word).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(place)].width = 36
