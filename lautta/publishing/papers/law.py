"""What the law asks of the plan, as it stood when the version was frozen. What lacks stops nothing and is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from lautta.common.documents import Block, Heading, Paragraph, Run, Table, Text, words
from lautta.common.templatetags.look import NO_VALUE
from lautta.common.translated import Translated
from lautta.plans.models import Coverage
from lautta.publishing.papers.edition import Edition, date, said
from lautta.publishing.presenters.words import cut, label

_ORDER = {Coverage.MISSING: 0, Coverage.PARTLY: 1, Coverage.COVERED: 2}


def _items(edition: Edition) -> list[Mapping[str, Any]]:
    rows = edition.document.data.get("checklist", {}).get("items", [])
    return sorted(rows, key=lambda row: _ORDER.get(row["state"], 0))


def gaps(edition: Edition) -> list[Mapping[str, Any]]:
    return [row for row in _items(edition) if row["state"] != Coverage.COVERED]


def _words(texts: Mapping[str, str]) -> Text:
    return said(Translated.from_mapping(dict(texts)))


def law(edition: Edition, level: int = 1) -> Iterator[Block]:
    """Each thing of the law with its state: what lacks stands first. Nothing where no rules were frozen along."""
    rows = _items(edition)
    if not rows:
        return
    found, lacking = edition.document.data["checklist"], gaps(edition)
    yield Heading(_("Mitä laki vaatii"), level, fresh=True)
    yield Paragraph(
        _("%(rules)s, sellaisena kuin suunnitelma oli %(day)s. Puute ei estä päätöstä.")
        % {"rules": words(_words(found["rule_set"]["title"])), "day": date(found["on"])}
    )
    if not lacking:
        yield Paragraph(_("Suunnitelmassa on kaikki, mitä laki vaatii."), "lead")
    heads = [_("Mitä pitää olla"), _("Onko se"), _("Missä tai miksi ei")]
    yield Table(heads, [_row(row) for row in rows], (7.4, 2.6, 6.0))


def _row(row: Mapping[str, Any]) -> list[Text]:
    where = "; ".join(f"{p['number']} {p['title']}".strip() for p in row["where"][:4])
    note = row["note"]
    told: Text = _words(note) if note else (where or NO_VALUE)
    return [_words(row["title"]), (Run(label(Coverage, row["state"]), ("strong",)),), told]


def gaps_in_short(edition: Edition, most: int = 2) -> str:
    """ "Laki vaatii vielä: …" for the one page; "" when nothing lacks or nothing was frozen along."""
    lacking = gaps(edition)
    if not lacking:
        return ""
    names = ", ".join(cut(words(_words(row["title"])), 60) for row in lacking[:most])
    rest = f" (+{len(lacking) - most})" if len(lacking) > most else ""
    return _("Lain vaatimuksista puuttuu tai on kesken: %(names)s%(rest)s.") % {"names": names, "rest": rest}
