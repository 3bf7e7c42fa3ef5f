"""Statements on a version as a paper: who said what, and what was done about each point. Only what has been published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from lautta.common.documents import Block, Bullets, Contents, Facts, Heading, Paragraph, Run, Table, Text
from lautta.common.templatetags.look import NO_VALUE, number
from lautta.common.translated import Translated
from lautta.decisions.choices_statements import RequestState, Taken
from lautta.decisions.models import Version
from lautta.decisions.reading_statements import statements_document
from lautta.publishing.papers import parts
from lautta.publishing.papers.edition import Edition, date, said
from lautta.publishing.presenters.words import label


def published_statements(version: Version) -> list[dict[str, Any]]:
    """The published requests of `statements_document`, in the order in which they were asked."""
    if not version.statement_requests.filter(state=RequestState.PUBLISHED).exists():
        return []
    found = statements_document(version)["requests"]
    return [row for row in found if row["state"] == RequestState.PUBLISHED]


def statements(edition: Edition) -> Iterator[Block]:
    yield parts.cover(edition, _("Lausunnot ja mitä niistä seurasi"))
    yield Contents(_("Sisällys"), 1)
    points = [point for row in edition.statements for point in row["points"]]
    taken = sum(point["taken"] in {Taken.TAKEN, Taken.PARTLY} for point in points)
    yield Heading(_("Lyhyesti"), 1, fresh=True)
    yield Facts(
        [
            (_("Lausuntoja"), number(len(edition.statements))), (_("Kohtia"), number(len(points))),
            (_("Vaikutti"), number(taken)), (_("Ei otettu"), number(sum(p["taken"] == Taken.NOT_TAKEN for p in points))),
        ]
    )  # fmt: skip
    yield parts.made_of(edition)
    for row in edition.statements:
        yield from _statement(row)


def _words(texts: Mapping[str, str]) -> Text:
    return said(Translated.from_mapping(dict(texts))) if texts else NO_VALUE


def _statement(row: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(_words(row["who"]), 1)
    yield Paragraph(
        _("Pyydetty %(asked)s, annettu %(given)s.")
        % {"asked": date(row["asked_on"]), "given": date(row["given_on"])},
        "under",
    )
    if row["questions"]:
        yield Paragraph(_("Mitä kysyttiin"), "label")
        yield Bullets([[Paragraph(_words(text))] for text in row["questions"]], start=1)
    if not row["points"]:
        yield Paragraph(_("Lausunnossa ei ollut huomautettavaa."))
        return
    heads = [_("Nro"), _("Mitä sanottiin"), _("Mitä siitä seurasi")]
    yield Table(heads, [_point(point) for point in row["points"]], (1.1, 7.4, 7.4))


def _point(point: Mapping[str, Any]) -> list[Text]:
    text = _words(point["text"])
    told = [Run(text)] if isinstance(text, str) else [*text]
    if point["place"]:
        told.append(Run(f" ({point['place']})"))
    answer = _words(point["answer"])
    answered = [Run(answer)] if isinstance(answer, str) else [*answer]
    return [
        str(point["number"]), tuple(told), (Run(f"{label(Taken, point['taken'])}. ", ("strong",)), *answered)
    ]  # fmt: skip
