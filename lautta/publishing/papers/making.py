"""From a frozen source to a file: what it is made from, its digest, and the bytes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import translation

from lautta.assessments.models import Publication
from lautta.common.documents.pdf import write_pdf
from lautta.common.documents.word import write_sheet
from lautta.common.translated import LANGUAGES, Translated
from lautta.decisions.freezing import Document, digest, dumped, opened
from lautta.decisions.models import Version
from lautta.publishing.models import PaperFormat, PaperKind, WellbeingReport
from lautta.publishing.papers import kinds_of, sheet_of
from lautta.publishing.papers.assessment import AssessmentEdition, opened_assessment
from lautta.publishing.papers.edition import Edition
from lautta.publishing.papers.heard import published_statements
from lautta.publishing.papers.wellbeing import ReportEdition

Frozen = Version | WellbeingReport | Publication

# Raise it when papers come to look or read otherwise: then they are made anew.
MAKER = "2"
TYPES = {
    PaperFormat.PDF: "application/pdf",
    PaperFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Wanted:
    """One paper that somebody asks for. `organisation` is a public id, "" for everybody's copy."""

    kind: str
    language: str
    format: str
    organisation: str = ""

    def as_list(self) -> list[str]:
        return [self.kind, self.language, self.format, self.organisation]


class Source:
    """A frozen version, a frozen report or a published assessment, opened once for all its papers."""

    def __init__(self, frozen: Frozen):
        self.frozen = frozen
        self.publication = frozen if isinstance(frozen, Publication) else None
        self.version = frozen if isinstance(frozen, Version) else None
        self.report = frozen if isinstance(frozen, WellbeingReport) else None
        self.document = _opened(frozen)
        before = self.version.previous if self.version else None
        self.previous = opened(before) if before else None
        self._kept = self._digest_of_kept()

    def _digest_of_kept(self) -> str:
        """Which words still stand: a removed quotation makes another paper."""
        keys = [sorted(d.kept) for d in (self.document, self.previous) if d is not None]
        return digest(json.dumps(keys))

    @property
    def kept(self) -> int:
        """How many quotations still stand in the source and in the version before it."""
        return sum(len(d.kept) for d in (self.document, self.previous) if d is not None)

    @property
    def kinds(self) -> list[PaperKind]:
        if self.version is None:
            return [PaperKind.WELLBEING if self.report else PaperKind.ASSESSMENT]
        return [*kinds_of(self.version.kind), *([PaperKind.STATEMENTS] if self.statements else [])]

    @cached_property
    def statements(self) -> list[dict[str, Any]]:
        """What has been published of statements on the version."""
        return published_statements(self.version) if self.version else []

    @property
    def languages(self) -> list[str]:
        """Those in which the plan's region works, in our own order."""
        spoken = self.document.plan["region"].get("languages") or LANGUAGES
        return [code for code in LANGUAGES if code in spoken]

    def everything(self, organisation: str = "") -> Iterator[Wanted]:
        """Every paper of the source; of one organisation's copy the one page alone."""
        kinds = [PaperKind.ONE_PAGE] if organisation else self.kinds
        for kind in kinds:
            for language in self.languages:
                for form in PaperFormat.values:
                    yield Wanted(kind, language, form, organisation)

    def inputs(self, wanted: Wanted) -> str:
        """The digest of all that the paper is made from."""
        previous = self.version.previous if self.version else None
        # A removed passage makes another text of the same version.
        source = digest(self.version.content) if self.version else self.frozen.sha256
        return digest(
            dumped(
                {
                    "maker": MAKER, "source": source, "kept": self._kept,
                    "previous": digest(previous.content) if previous else "", "paper": wanted.as_list(),
                    "illustrative": self.frozen.is_illustrative,
                    "statements": self.statements if wanted.kind == PaperKind.STATEMENTS else [],
                }
            )
        )  # fmt: skip

    def edition(self, organisation: str = "") -> Edition:
        kind = ReportEdition if self.report else AssessmentEdition if self.publication else Edition
        return kind(
            self.document, self.previous, organisation=organisation, illustrative=self.frozen.is_illustrative,
            statements=self.statements,
        )  # fmt: skip

    def bytes_of(self, wanted: Wanted) -> bytes:
        """The file itself."""
        with translation.override(wanted.language):
            sheet = sheet_of(wanted.kind, self.edition(wanted.organisation))
            return write_pdf(sheet) if wanted.format == PaperFormat.PDF else write_sheet(sheet)

    def filename(self, wanted: Wanted) -> str:
        """ASCII alone: "voidaan-hyvin-one_page-v3-fi.pdf"."""
        title = str(Translated.from_json(self.document.plan["title"]).shown(wanted.language).text)
        owner = str(self.document.organisations.get(wanted.organisation, "")) if wanted.organisation else ""
        if self.publication:
            title = str(self.publication.title.shown(wanted.language).text)
        number = f"v{self.version.number}" if self.version else str(self.frozen_year)
        parts = (_slug(title)[:40], _slug(owner)[:30], wanted.kind, number, wanted.language)
        return "-".join(p for p in parts if p) + f".{wanted.format}"

    @property
    def frozen_year(self) -> int:
        return (
            self.report.year if self.report else self.publication.published_at.year if self.publication else 0
        )


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _opened(frozen: Frozen) -> Document:
    if isinstance(frozen, Version):
        return opened(frozen)
    return opened_report(frozen) if isinstance(frozen, WellbeingReport) else opened_assessment(frozen)


def opened_report(report: WellbeingReport) -> Document:
    """The frozen report with its kept quotations, like a version's."""
    data: dict[str, Any] = json.loads(report.content)
    kept: dict[str, Any] = {}
    if data.get("quotations"):
        kept = {row.voice_key: row for row in report.quotations.all()}
    return Document(data, kept)


def asked_for(rows: Iterable[Iterable[str]]) -> list[Wanted]:
    """From a job's input; what is no paper is left out."""
    made = [Wanted(*row) for row in rows]
    return [
        w
        for w in made
        if w.kind in PaperKind.values and w.language in LANGUAGES and w.format in PaperFormat.values
    ]
