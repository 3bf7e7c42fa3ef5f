"""The yearly wellbeing report as a paper, from its frozen content alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lautta.common.documents import Block, Contents, Cover, Facts, Heading, Paragraph, Table, Text
from lautta.common.templatetags.look import NO_VALUE, number
from lautta.common.translated import Translated
from lautta.measures.choices import Status as MeasureStatus
from lautta.publishing.papers.annex import figure
from lautta.publishing.papers.edition import Edition, date, indicator_of, paragraphs, point, said
from lautta.publishing.presenters.figures.words import compared, moved
from lautta.publishing.presenters.words import label


@dataclass(frozen=True)
class ReportEdition(Edition):
    """A report's document. `data`: year, organisation, area, texts, figures, measures, evaluation, quotations."""

    @property
    def data(self) -> Mapping[str, Any]:
        return self.document.data

    @cached_property
    def council(self) -> str:
        return str(Translated.from_json(self.data["organisation"]["name"]))

    @cached_property
    def area(self) -> str:
        return str(Translated.from_json(self.data["area"]["name"]))

    @cached_property
    def what(self) -> str:
        return _("Hyvinvointiraportti %(year)s") % {"year": self.data["year"]}

    @cached_property
    def foot(self) -> str:
        return f"{self.what}, {date(self.frozen_on)}"


def wellbeing(edition: Edition) -> Iterator[Block]:
    """Cover, contents, and each of the five texts with what it rests on."""
    if not isinstance(edition, ReportEdition):
        raise TypeError("a wellbeing report is made of a report")
    note = _("Esimerkki: luvut ja tekstit on keksitty.") if edition.is_illustrative else ""
    day = _("Jäädytetty %(day)s") % {"day": date(edition.frozen_on)}
    yield Cover(
        edition.what,
        edition.council,
        _("Lasten, nuorten ja perheiden hyvinvointi"),
        [edition.title, day],
        note,
    )
    yield Contents(_("Sisällys"), 2)
    yield Heading(_("Vuosi lyhyesti"), 1, fresh=True)
    yield _in_short(edition)
    yield from _own(edition, "summary")
    yield from _figures(edition)
    yield from _done(edition)
    yield from _heard(edition)
    yield Heading(_("Mitä seuraavaksi"), 1)
    yield from _own(edition, "ahead")
    yield from _appendix(edition)


def _own(edition: ReportEdition, name: str) -> Iterator[Block]:
    yield from paragraphs(edition.data["texts"].get(name))


def _in_short(edition: ReportEdition) -> Facts:
    measures = edition.data["measures"]
    pairs = [(_("Mittareita"), number(len(edition.data["figures"])))]
    pairs.append((_("Toimenpiteitä"), number(len(measures))))
    finished = sum(m["status"] == MeasureStatus.DONE for m in measures)
    pairs.append((_("Valmistui"), number(finished)))
    pairs.append((_("Lasten ja nuorten sanoja"), number(len(edition.data["quotations"]))))
    return Facts(pairs)


def _figures(edition: ReportEdition) -> Iterator[Block]:
    yield Heading(_("Mitä luvut kertovat"), 1)
    yield from _own(edition, "figures")
    rows = edition.data["figures"]
    if not rows:
        yield Paragraph(_("Alueelta ei ole vielä lukuja."), "small")
        return
    heads = [_("Mittari"), _("Uusin luku"), _("Verrattuna"), _("Suunta"), _("Tavoite")]
    cells = []
    for row in rows:
        indicator = indicator_of(row)
        beside = compared(indicator, row["against_country"]).words
        reference = _("kuntien keskimmäinen") if row["is_median"] else _("koko maa")
        cells.append(
            [
                said(row["title"]), point(row, "value"),
                f"{beside} ({reference})" if row["country"] is not None else NO_VALUE,
                moved(indicator, row["trend"]).words, point(row, "target"),
            ]
        )  # fmt: skip
    yield Table(heads, cells, (5.6, 2.3, 3.4, 2.8, 2.3), numeric=frozenset({1, 4}))
    yield Paragraph(
        _("Ero ja suunta sanotaan vain silloin, kun ne ovat suurempia kuin sattuma."),
        "small",
    )  # fmt: skip


def _done(edition: ReportEdition) -> Iterator[Block]:
    yield Heading(_("Mitä tehtiin"), 1)
    yield from _own(edition, "done")
    rows = edition.data["measures"]
    if not rows:
        yield Paragraph(_("Organisaatiolla ei ollut toimenpiteitä tänä vuonna."), "small")
    else:
        heads = [_("Toimenpide"), _("Mikä muuttui"), _("Mistä sen tiedämme"), _("Tila")]
        yield Table(heads, [_measure(row) for row in rows], (4.6, 5.6, 3.6, 2.6))
    found = edition.data.get("evaluation")
    if found:
        for title, name in (
            (_("Missä onnistuimme"), "succeeded"), (_("Mikä oli vaikeaa"), "difficult"), (_("Mitä muutamme"), "next_year"),
        ):  # fmt: skip
            if found.get(name):
                yield Heading(title, 2)
                yield from paragraphs(Translated.of(found[name], language=found["language"]))


def _measure(row: Mapping[str, Any]) -> list:
    """The newest report's words; a measure that nobody reported on says so."""
    report = row["report"]
    told: Text
    seen: Text
    if report is None:
        told, seen = _("Ei vielä raportoitu."), NO_VALUE
    else:
        words = Translated.of(report["changed"] or report["done"], language=report["language"])
        told, seen = (
            said(words),
            said(Translated.of(report["evidence"], language=report["language"])) or NO_VALUE,
        )
    return [said(row["title"]), told, seen, label(MeasureStatus, row["status"])]


def _heard(edition: ReportEdition) -> Iterator[Block]:
    yield Heading(_("Mitä kuulimme"), 1)
    yield from _own(edition, "heard")
    keys = list(edition.data["quotations"])
    blocks = edition.quoted(keys)
    if not blocks:
        yield Paragraph(_("Tältä vuodelta ei ole julkaistuja lasten ja nuorten sanoja."), "small")
        return
    count = len(keys)
    yield Paragraph(
        ngettext("Julkaistuja sanoja: %(count)s.", "Julkaistuja sanoja: %(count)s.", count)
        % {"count": number(count)},
        "small",
    )
    yield from blocks


def _appendix(edition: ReportEdition) -> Iterator[Block]:
    rows = [row for row in edition.data["figures"] if row["years"]]
    if not rows:
        return
    yield Heading(_("Tilastoliite"), 1, fresh=True)
    for at, row in enumerate(rows):
        yield from figure(edition.area, row, 2, f"w{at}")
