"""A child impact assessment as a paper, from the document that was published and from nothing else.

The words of voices are not in the document and not on the paper: a paper that somebody has fetched can't be called back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lautta import charts
from lautta.assessments.choices import NOT_KNOWN_NAME, RATING_NAMES
from lautta.assessments.models import Publication
from lautta.assessments.presenters.document import compared_and_scored, described, shown
from lautta.common.documents import (
    Block,
    Box,
    Bullets,
    Contents,
    Cover,
    Heading,
    Paragraph,
    Picture,
    Run,
    Table,
    Text,
    Turn,
)
from lautta.common.documents.pdf import SANS
from lautta.common.templatetags.look import NO_VALUE, number, plain_day
from lautta.common.translated import Translated
from lautta.decisions.freezing import Document
from lautta.publishing.papers.edition import Edition, date, paragraphs, said

# With more alternatives than these the comparison lies.
UPRIGHT = 3


def opened_assessment(publication: Publication) -> Document:
    """The published document in the shape that papers are made of."""
    plan = publication.assessment.plan
    return Document(
        {
            "kind": "assessment",
            "frozen_on": publication.published_at.date().isoformat(),
            "plan": {
                "title": publication.document["plan"]["title"],
                "region": {"name": plan.region.area.name.to_json(), "languages": list(plan.region.languages)},
                "organisations": [],
                "illustrative": publication.is_illustrative,
            },
            "assessment": publication.document,
        }
    )


@dataclass(frozen=True)
class AssessmentEdition(Edition):
    @cached_property
    def read(self) -> dict[str, Any]:
        return shown(self.document.data["assessment"], {})

    @cached_property
    def title(self) -> str:
        return str(self.read["memo"]["title"])

    @cached_property
    def foot(self) -> str:
        return _("Julkaistu %(day)s") % {"day": date(self.frozen_on)}


def assessment(edition: Edition) -> Iterator[Block]:
    """What is decided, and for whom; the comparison; the best interests and the proposal; what was decided and is followed."""
    if not isinstance(edition, AssessmentEdition):
        raise TypeError("this paper is made of an assessment")
    d = edition.read
    note = _("Esimerkki: luvut ja tekstit on keksitty.") if edition.is_illustrative else ""
    lines = [str(d["organisation"]["name"]), edition.foot, str(d["state"])]
    yield Cover(edition.title, edition.region, _("Lapsivaikutusten arviointi"), lines, note)
    if d["is_whole"]:
        yield Contents(_("Sisällys"), 2)
    yield from _memo(d)
    yield from _screening(d)
    yield from _background(d)
    if d["is_whole"]:
        yield Heading(_("Vaihtoehdot"), 1)
        for x in d["alternatives"]:
            yield Paragraph(_coded(x), "label")
            yield from paragraphs(x["description"])
    yield from _heard(d)
    yield from _comparison(d)
    yield from _texts(
        _("Ristiriidat ja haittojen lieventäminen"), d["conflicts"]["conflicts"],
        (_("Miten haittoja lievennetään"), d["conflicts"]["mitigation"]),
    )  # fmt: skip
    yield from _proposal(d)
    yield from _decision(d)


def _coded(alternative: Mapping[str, Any]) -> Text:
    title = said(alternative["title"])
    code = alternative["code"]
    return f"{code} {title}" if isinstance(title, str) else (Run(f"{code} "), *title)


def _listed(rows: Iterable[Any]) -> str:
    return ", ".join(str(row) for row in rows)


def _facts(*pairs: tuple[str, Any]) -> Iterator[Block]:
    """One row a line: "Kuka päättää: valtuusto". What is empty is left out."""
    for name, value in pairs:
        if value:
            words = said(value) if isinstance(value, Translated) else str(value)
            rest = (Run(words),) if isinstance(words, str) else tuple(words)
            yield Paragraph((Run(f"{name}: ", ("strong",)), *rest))


def _texts(title: str, text: Translated, *more: tuple[str, Translated]) -> Iterator[Block]:
    if not text and not any(words for _name, words in more):
        return
    yield Heading(title, 1)
    yield from paragraphs(text)
    for name, words in more:
        if words:
            yield Heading(name, 2)
            yield from paragraphs(words)


def _memo(d: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(_("Mitä päätetään"), 1, fresh=True)
    if d["child_summary"]:
        yield Box(
            [Paragraph(_("Lyhyesti lapsille ja nuorille"), "label"), *paragraphs(d["child_summary"], "lead")]
        )
    if d["stopped"]:
        reason = d["screening"]["stop_reason"] or d["memo"]["first_estimate"]
        yield Box([Paragraph(str(d["stopped"]["state"]), "label"), *paragraphs(reason)])
    day = d["memo"]["decision_day"]
    groups = [*d["memo"]["target_groups"]]
    if d["screening"]["transition"]:
        groups.append(_("myös aikuisuuteen siirtyvät nuoret"))
    preparer = _listed(x for x in (d["organisation"]["name"], d["extent"]["preparer_title"]) if x)
    yield from _facts(
        (_("Kuka päättää"), d["memo"]["decider"]), (_("Milloin"), plain_day(day) if day else ""),
        (_("Keitä päätös koskee"), _listed(groups)), (_("Valmistelija"), preparer),
        (_("Toimenpide"), d["measure"] and d["measure"]["title"]),
    )  # fmt: skip
    yield Heading(_("Ensiarvio"), 2)
    yield from paragraphs(d["memo"]["first_estimate"])


def _screening(d: Mapping[str, Any]) -> Iterator[Block]:
    s, extent = d["screening"], d["extent"]
    if not s["change"] and not s["dimensions"]:
        return
    yield Heading(_("Kenen arkeen päätös osuu"), 1)
    yield from paragraphs(s["change"])
    yield from _facts(
        (_("Elämänalueet"), _listed(x["title"] for x in s["dimensions"])), (_("Suoraan vai välillisesti"), s["directness"]),
        (_("Kuinka moneen"), s["reach"]), (_("Kuinka kauan"), s["duration"]),
        (_("Kenelle muita raskaampaa"), _listed(s["vulnerable_groups"])), (_("Laajuus"), extent["extent"]),
        (_("Samalla arvioitiin"), _listed(extent["combined_with"])),
    )  # fmt: skip
    for name, words in (
        (_("Mitä tiedettiin jo"), s["known"]),
        (_("Miten lapsia kuullaan"), extent["hearing_plan"]),
    ):
        if words:
            yield Heading(name, 2)
            yield from paragraphs(words)


def _background(d: Mapping[str, Any]) -> Iterator[Block]:
    b = d["background"]
    if not (b["text"] or b["indicators"] or b["articles"]):
        return
    yield Heading(_("Lähtötiedot"), 1)
    yield from paragraphs(b["text"])
    if b["indicators"]:
        rows = [
            [
                said(row["title"]), f"{row['area_name']} {row['year'] or ''}".strip(),
                row["shown"] or (_("ei näytetä, pieni joukko") if row["is_withheld"] else _("ei tietoa")),
                said(row["note"]) or NO_VALUE,
            ]
            for row in b["indicators"]
        ]  # fmt: skip
        heads = [_("Mittari"), _("Missä ja milloin"), _("Luku"), _("Mitä se kertoo tässä")]
        yield Table(heads, rows, (4.6, 3.0, 2.4, 5.4), numeric=frozenset({2}))
    if b["voices"]:
        count = len(b["voices"])
        told = ngettext(
            "Taustalla on %(n)s julkaistu lapsen tai nuoren ääni: %(who)s.",
            "Taustalla on %(n)s julkaistua lasten ja nuorten ääntä: %(who)s.",
            count,
        )
        yield Paragraph(
            told % {"n": number(count), "who": _listed(dict.fromkeys(map(_speaker, b["voices"])))}, "small"
        )
    if b["articles"]:
        articles = "; ".join(f"{x['code']} {x['title']}" for x in b["articles"])
        yield Paragraph(f"{_('Lapsen oikeuksien sopimus:')} {articles}", "small")


def _speaker(row: Mapping[str, Any]) -> str:
    return ", ".join(str(part).lower() for part in (row["speaker"], row["age_group"]) if part)


def _heard(d: Mapping[str, Any]) -> Iterator[Block]:
    h = d["hearings"]
    if not h["rows"] and not h["not_heard_reason"]:
        return
    yield Heading(_("Keitä kuultiin"), 1)
    yield from _facts((_("Ketään ei kuultu"), h["not_heard_reason"]))
    for row in h["rows"]:
        if row.get("removed"):
            yield Paragraph(_("Poistettu pyynnöstä"), "small")
            continue
        yield Heading(said(row["who"]), 2)
        count = ngettext("%(n)s henkilö", "%(n)s henkilöä", row["number"] or 0) % {
            "n": number(row["number"] or 0)
        }
        facts = [
            row["method"],
            count if row["number"] else "",
            plain_day(row["heard_on"]) if row["heard_on"] else "",
        ]
        yield Paragraph(_listed(x for x in facts if x), "under")
        yield from _facts(
            (_("Mitä kysyttiin"), row["asked"]), (_("Mitä he sanoivat"), row["said"]),
            (_("Mitä siitä seurasi"), row["changed"]), (_("Mikä ei muuttunut, ja miksi"), row["not_changed"]),
        )  # fmt: skip


def _comparison(d: Mapping[str, Any]) -> Iterator[Block]:
    if not d["table"]:
        return
    wide = len(d["alternatives"]) > UPRIGHT
    if wide:
        yield Turn(True)
    yield Heading(_("Vertailu"), 1)
    columns, rows = compared_and_scored(d)
    alternative = described(columns, rows)
    drawn = charts.comparison(
        columns, rows, key="vertailu", title=_("Vaihtoehtojen vertailu"), description=alternative,
        names={v: str(w) for v, w in RATING_NAMES.items()}, unknown_label=str(NOT_KNOWN_NAME), chosen_label=_("Ehdotus"),
        style=charts.Style(
            palette=replace(charts.PAPER), font=SANS, number=lambda v: number(v, 0), missing=_("Ei arvioitu")
        ),
        width=720 if wide else 560,
    )  # fmt: skip
    yield Picture(drawn, f"{alternative} {_('Samat arviot ovat taulukossa.')}")
    heads = [_("Elämänalue"), *(_coded(x) for x in d["alternatives"])]
    yield Table(heads, [_rated(row) for row in d["table"]], (3.0, *(4.2 for _x in d["alternatives"])))
    if wide:
        yield Turn(False)


def _rated(row: Mapping[str, Any]) -> list[Text]:
    made: list[Text] = [said(row["title"])]
    for cell in row["cells"]:
        found, words = cell["cell"], [Run(cell["words"], ("strong",))]
        if found:
            told = said(found["sentence"])
            words += [Run(". "), *((Run(told),) if isinstance(told, str) else told)]
            if cell["more"]:
                words.append(Run(f" ({', '.join(cell['more'])})"))
            if found["groups"]:
                words.append(Run(f" {_listed(found['groups'])}: {found['group_sentence'] or NO_VALUE}"))
        made.append(tuple(words))
    return made


def _proposal(d: Mapping[str, Any]) -> Iterator[Block]:
    r = d["reasoning"]
    if not r["best_interests"] and not d["proposed"]:
        return
    yield Heading(_("Lapsen etu ja ehdotus"), 1)
    yield from paragraphs(r["best_interests"])
    if d["proposed"]:
        yield Box(
            [
                Paragraph(_("Ehdotus"), "label"),
                Paragraph(_coded(d["proposed"]), "lead"),
                *paragraphs(r["proposal"]),
            ]
        )


def _decision(d: Mapping[str, Any]) -> Iterator[Block]:
    found = d["decision"]
    if found["decided_on"] or found["decision"]:
        yield Heading(_("Päätös"), 1)
        day = plain_day(found["decided_on"]) if found["decided_on"] else ""
        yield Paragraph(_listed(x for x in (day, found["case_number"]) if x), "under")
        if d["decided"]:
            yield Paragraph(_coded(d["decided"]), "label")
        yield from paragraphs(found["decision"])
    if d["follow_up"]:
        yield Heading(_("Seuranta"), 1)
        yield Bullets([[*_followed(row)] for row in d["follow_up"]])


def _followed(row: Mapping[str, Any]) -> Iterator[Block]:
    what = said(row["what"])
    words = (Run(what),) if isinstance(what, str) else tuple(what)
    who = f" {row['who'].capitalize()}." if row["who"] else ""
    done = f" ({_('katsottu')} {plain_day(row['done_on'])})" if row["done_on"] else ""
    yield Paragraph((Run(f"{plain_day(row['due_on'])}: ", ("strong",)), *words, Run(f"{who}{done}")))
    yield from paragraphs(row["result"])
