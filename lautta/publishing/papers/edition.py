"""What a paper is made of: a frozen document and nothing else, read for paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from lautta.common.documents import Block, Paragraph, Quotation, Run, Text
from lautta.common.templatetags.look import NO_VALUE, number, period
from lautta.common.translated import Translated
from lautta.decisions.choices import VersionKind
from lautta.decisions.comparing import chapter_text
from lautta.decisions.freezing import Document
from lautta.indicators.models import Indicator
from lautta.publishing.presenters.figures.words import value_words
from lautta.publishing.presenters.words import label, reader_language
from lautta.statistics.panel import Status
from lautta.voices.models import Voice


@dataclass(frozen=True)
class Edition:
    """A document, the one before it where there is one, and whose copy this is ("" is everybody's)."""

    document: Document
    previous: Document | None = None
    organisation: str = ""
    illustrative: bool = False
    # Published statements on the version, as plain data: they are given after it was frozen.
    statements: Sequence[Mapping[str, Any]] = ()
    # Keys of what has been quoted already: the same words stand once on a paper.
    quoted_already: set[str] = field(default_factory=set, compare=False)

    @property
    def kind(self) -> str:
        return self.document.kind

    @cached_property
    def region(self) -> str:
        return str(Translated.from_json(self.document.plan["region"]["name"]))

    @cached_property
    def title(self) -> str:
        return str(self.document.title)

    @cached_property
    def what(self) -> str:
        """ "Osa I, strategia", "Osa II, vuoden ohjelma 2027", …"""
        name = label(VersionKind, self.kind)
        return f"{name} {self.document.year}" if self.document.year else name

    @property
    def frozen_on(self) -> str:
        return self.document.data["frozen_on"]

    @property
    def period(self) -> str:
        return period(*self.document.plan["period"])

    @property
    def number(self) -> int:
        return self.document.data["number"]

    @cached_property
    def foot(self) -> str:
        facts = {"number": self.number, "day": date(self.frozen_on)}
        return _("Versio %(number)s, %(day)s") % facts

    @cached_property
    def name_of_organisation(self) -> str:
        return str(self.document.organisations.get(self.organisation, ""))

    @cached_property
    def is_illustrative(self) -> bool:
        return self.illustrative or bool(self.document.plan.get("illustrative"))

    @cached_property
    def main_goals(self) -> list[Mapping[str, Any]]:
        return [g for g in self.document.goals if g["kind"] == "main"]

    @cached_property
    def goals_by_id(self) -> dict[str, Mapping[str, Any]]:
        return {g["id"]: g for g in self.document.goals}

    def organisation_name(self, key: str | None) -> str:
        return str(self.document.organisations.get(key or "", ""))

    def quoted(self, keys: Iterable[str], *, removed: bool = True) -> list[Block]:
        """Quotations as blocks; one that has been removed says so, or is left out."""
        made: list[Block] = []
        for one in self.document.quotations(k for k in keys if k not in self.quoted_already):
            self.quoted_already.add(one.key)
            if one.is_removed:
                if removed:
                    made.append(Paragraph(_("Tässä ollut lainaus on poistettu pyynnöstä."), "small"))
                continue
            made.append(Quotation(said(one.words), speaker(one.role, one.age_group)))
        return made


def date(iso: str | None) -> str:
    """24.11.2026; an en dash for none."""
    if not iso:
        return NO_VALUE
    day = dt.date.fromisoformat(iso)
    return period(day, day)


def dates(start: str | None, end: str | None) -> str:
    """1.1.–31.12.2024, or 1.1.2024– when it goes on."""
    if not start:
        return NO_VALUE
    if not end:
        return f"{date(start)}–"
    return period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


def said(words: Translated | Mapping[str, Any] | None) -> Text:
    """In the reader's language; other words carry the mark of their own."""
    text = words if isinstance(words, Translated) else Translated.from_json(dict(words) if words else None)
    shown = text.shown()
    if not shown.text or not shown.is_fallback:
        return shown.text
    return (Run(shown.text, (("lang", shown.language),)),)


def paragraphs(words: Translated | Mapping[str, Any] | None, style: str = "") -> list[Block]:
    """A plain text with its line breaks as paragraphs."""
    text = words if isinstance(words, Translated) else Translated.from_json(dict(words) if words else None)
    shown = text.shown()
    marks = (("lang", shown.language),) if shown.is_fallback else ()
    return [Paragraph((Run(line.strip(), marks),), style) for line in shown.text.split("\n") if line.strip()]


def titled(row: Mapping[str, Any]) -> Text:
    """A goal's or an indicator's number and name."""
    title = said(row["title"])
    if not row.get("number"):
        return title
    return f"{row['number']} {title}" if isinstance(title, str) else (Run(f"{row['number']} "), *title)


def chapter_said(row: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """(the chapter's text, its language where it is not the reader's else "")."""
    text = chapter_text(row)
    wanted = reader_language()
    language = next((code for code, words in row["texts"].items() if words is text), wanted)
    return text, "" if language == wanted else language


def speaker(role: str, age_group: str) -> str:
    """ "Koululainen, 7–12 v": the role, and the age where it says more."""
    name = label(Voice.SpeakerRole, role) or str(role)
    ages = {"", Voice.AgeGroup.ADULT}
    return name if age_group in ages else f"{name}, {label(Voice.AgeGroup, age_group)}"


def indicator_of(row: Mapping[str, Any]) -> Indicator:
    """The frozen row's way to write a number; nothing of it is stored."""
    return Indicator(
        kind=row["kind"], unit=Translated.from_json(row["unit"]), decimals=row["decimals"], direction=row["direction"],
        title=Translated.from_json(row["title"]),
    )  # fmt: skip


def point(row: Mapping[str, Any], name: str, *, year: bool = True) -> str:
    """ "12,2 % (2022)"; an en dash for none. A withheld newest number is said in words."""
    found = row[name]
    if name == "value" and row.get("status") == Status.SUPPRESSED:
        return value_words(indicator_of(row), None, Status.SUPPRESSED)
    if not found:
        return NO_VALUE
    words = value_words(indicator_of(row), found["value"])
    return f"{words} ({found['year']})" if year else words


def total(rows: Iterable[Mapping[str, Any]], kind: str = "budget") -> Decimal:
    """Sum of the amounts of one kind."""
    whole = Decimal(0)
    for row in rows:
        if row["kind"] == kind:
            try:
                whole += Decimal(row["amount"])
            except InvalidOperation:
                continue
    return whole


def years_of_work(amount: Decimal) -> str:
    """ "2,4 henkilötyövuotta", no decimals that say nothing."""
    return number(amount.normalize() if amount != amount.to_integral() else int(amount), None)
