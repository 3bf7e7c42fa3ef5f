"""The parts that papers are put together from: chapters, goals, joint indicators, measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.common.documents import Block, Bullets, Contents, Cover, Facts, Heading, Paragraph, Table, words
from lautta.common.templatetags.look import NO_VALUE, euros, number
from lautta.common.translated import Translated
from lautta.measures.choices import ServiceTier, Status, TargetGroup
from lautta.plans.models import Chapter, Goal
from lautta.publishing.papers.edition import (
    Edition,
    chapter_said,
    date,
    dates,
    paragraphs,
    point,
    said,
    titled,
    total,
    years_of_work,
)  # fmt: skip
from lautta.publishing.papers.rich import rich
from lautta.publishing.presenters.words import label, listed

MEASURE_WIDTHS = (6.0, 6.6, 3.0, 3.2, 3.2, 3.4)


def cover(edition: Edition, title: str = "") -> Cover:
    """`title` is the paper's own name; without one the plan's name is the title."""
    lines = [
        edition.foot,
        _("Suunnitelmakausi %(period)s") % {"period": edition.period},
        *([edition.name_of_organisation] if edition.organisation else []),
    ]
    note = _("Esimerkki: luvut ja tekstit on keksitty.") if edition.is_illustrative else ""
    if not title:
        return Cover(edition.title, edition.region, edition.what, lines, note)
    return Cover(title, edition.region, edition.title, [edition.what, *lines], note)


def contents(depth: int = 2) -> Contents:
    return Contents(_("Sisällys"), depth)


def proposal(edition: Edition) -> Iterator[Block]:
    """What the bodies are asked to decide, and what changed, as the cover of the matter says them."""
    yield Heading(_("Päätösehdotus"), 1, fresh=True)
    yield from paragraphs(edition.document.proposal, "lead")
    if edition.document.summary:
        yield Heading(_("Mikä muuttui"), 2)
        yield from paragraphs(edition.document.summary)
    if edition.document.measures:
        yield Heading(_("Mitä se maksaa"), 2)
        yield measure_facts(edition, edition.document.measures)


def on_time(edition: Edition) -> Iterator[Block]:
    """An extension or a succession: from when to when, and why."""
    time = edition.document.time
    if not time:
        return
    if "period_end" in time:
        yield Paragraph(
            _("Suunnitelma on voimassa vuoden %(former)s sijasta vuoden %(end)s loppuun.")
            % {"former": time["former_end"], "end": time["period_end"]}
        )
    elif "successor" in time:
        yield Paragraph(
            _("Suunnitelmaa seuraa %(title)s (%(first)s–%(last)s).")
            % {
                "title": Translated.from_json(time["title"]),
                "first": time["period"][0],
                "last": time["period"][1],
            }
        )
    yield from paragraphs(time.get("reason"))


# --- part I --------------------------------------------------------------------------------------


def chapters(edition: Edition) -> Iterator[Block]:
    """Chapters with their subchapters under them, in the plan's order; each main chapter begins a page."""
    rows = edition.document.chapters
    known = {row["id"] for row in rows}
    below: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["parent"] in known:
            below.setdefault(row["parent"], []).append(row)
    for row in rows:
        if row["parent"] not in known:
            yield from _chapter(edition, row, 1, below, {row["id"]})


def _chapter(
    edition: Edition, row: Mapping[str, Any], level: int, below: Mapping[str, list], seen: set[str]
) -> Iterator[Block]:
    text, language = chapter_said(row)
    title = text.get("title") or label(Chapter.Kind, row["kind"]) or _("Luku")
    yield Heading(f"{row['number']} {title}".strip(), min(level, 3), fresh=level == 1)
    if row["organisation"]:
        yield Paragraph(
            _("Oma osuus: %(organisation)s")
            % {"organisation": edition.organisation_name(row["organisation"])},
            "small",
        )
    if language:
        yield Paragraph(not_translated(language), "small")
    body = rich(text.get("body", ""), under=min(level, 3), language=language)
    yield from body
    own = below.get(row["id"], [])
    if not body and not own:
        yield Paragraph(_("Tässä luvussa ei ole vielä tekstiä."), "small")
    yield from edition.quoted(row["quotations"])
    for child in own:
        if child["id"] not in seen:
            yield from _chapter(edition, child, level + 1, below, {*seen, child["id"]})


def not_translated(language: str) -> str:
    """That what follows is in another language than the paper."""
    return {
        "fi": _("Teksti on vielä vain suomeksi."),
        "sv": _("Teksti on vielä vain ruotsiksi."),
    }.get(language, _("Teksti on vielä vain englanniksi."))


def goals(edition: Edition) -> Iterator[Block]:
    """Main goals with their subgoals, criteria, indicators and voices; what cuts across them first."""
    rows = edition.document.goals
    if not rows:
        return
    yield Heading(_("Tavoitteet"), 1, fresh=True)
    known = edition.goals_by_id
    tops = [row for row in rows if row["parent"] not in known]
    for row in tops:
        yield from _goal(edition, row, rows, fresh=row["kind"] == "main" and row is not tops[0])


def _goal(edition: Edition, row: Mapping[str, Any], rows: list, *, fresh: bool) -> Iterator[Block]:
    yield Heading(titled(row), 2, colour=row["colour"], fresh=fresh)
    yield Paragraph(label(Goal.Kind, row["kind"]), "under")
    yield from paragraphs(row["description"], "lead" if row["kind"] == "main" else "")
    if row["criteria"]:
        yield Paragraph(_("Tavoitetila"), "label")
        yield Bullets([[Paragraph(said(c["text"]))] for c in row["criteria"]])
    for child in rows:
        if child["parent"] == row["id"]:
            yield Heading(titled(child), 3, colour=row["colour"])
            yield from paragraphs(child["description"])
            yield from edition.quoted(child["quotations"], removed=False)
    own = [i for i in edition.document.indicators if i["goal"] == row["id"]]
    if own:
        yield indicator_table(edition, own, caption=_("Mittarit"))
    yield from edition.quoted(row["quotations"])


def indicator_table(edition: Edition, rows: Iterable[Mapping[str, Any]], caption: str = "") -> Table:
    """Where each indicator started, where it is and where it should be."""
    heads = [_("Mittari"), _("Lähtötaso"), _("Uusin luku"), _("Tavoite"), _("Vastuussa")]
    cells = [
        [
            said(row["title"]),
            point(row, "baseline"),
            point(row, "value"),
            point(row, "target"),
            edition.organisation_name(row["owner"]) or NO_VALUE,
        ]
        for row in rows
    ]
    return Table(heads, cells, (6.6, 2.4, 2.4, 2.4, 2.9), caption=caption, numeric=frozenset({1, 2, 3}))


def sources(edition: Edition) -> Iterator[Block]:
    rows = edition.document.data.get("part_one", {}).get("sources", [])
    if not rows:
        return
    yield Heading(_("Lähteet"), 1, fresh=True)
    for row in rows:
        facts = [row["authors"], str(row["year"] or ""), row["title"], row["publisher"], row["url"]]
        yield Paragraph(". ".join(f.strip().rstrip(".") for f in facts if f and f.strip()) + ".", "small")


# --- part II -------------------------------------------------------------------------------------


def measure_facts(edition: Edition, rows: Sequence[Mapping[str, Any]]) -> Facts:
    """How much is done and what it costs, in four figures at most."""
    money = total(m for row in rows for m in row["money"])
    work = total(p for row in rows for p in row["person_years"])
    pairs = [(_("Toimenpiteitä"), number(len(rows)))]
    pairs.append((_("Tekijöitä"), number(len({row["organisation"] for row in rows}))))
    if money:
        pairs.append((_("Varattu rahaa"), euros(money)))
    if work:
        pairs.append((_("Henkilötyövuosia"), years_of_work(work)))
    return Facts(pairs)


def measures(edition: Edition, level: int = 1) -> Iterator[Block]:
    """The year's measures by organisation, in the order of the goals. On paper that lies."""
    rows = [
        row
        for row in edition.document.measures
        if not edition.organisation or row["organisation"] == edition.organisation
    ]
    part = edition.document.data.get("part_two", {})
    yield Heading(_("Toimenpiteet %(year)s") % {"year": edition.document.year or ""}, level)
    yield from paragraphs(part.get("emphases"), "lead")
    if not rows:
        yield Paragraph(_("Tällä kierroksella ei ole vielä toimenpiteitä."))
        return
    yield measure_facts(edition, rows)
    emphases = {row["id"]: row["emphasis"] for row in part.get("organisations", [])}
    order = {g["id"]: i for i, g in enumerate(edition.document.goals)}
    by: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by.setdefault(row["organisation"], []).append(row)
    for key in sorted(by, key=lambda k: edition.organisation_name(k).casefold()):
        yield Heading(edition.organisation_name(key) or key, level + 1)
        yield from paragraphs(emphases.get(key), "under")
        own = sorted(by[key], key=lambda row: min((order.get(g, 9999) for g in row["goals"]), default=9999))
        yield measure_table(edition, own)


def measure_table(edition: Edition, rows: Iterable[Mapping[str, Any]]) -> Table:
    heads = [
        _("Mitä tehdään"),
        _("Mikä muuttuu lapsen arjessa"),
        _("Tavoite"),
        _("Ketä varten"),
        _("Milloin"),
        pgettext("sarake", "Tila ja palvelutaso"),
    ]
    return Table(heads, [_measure(edition, row) for row in rows], MEASURE_WIDTHS)


def _measure(edition: Edition, row: Mapping[str, Any]) -> list:
    goals = [edition.goals_by_id[g] for g in row["goals"] if g in edition.goals_by_id]
    money, work = total(row["money"]), total(row["person_years"])
    when = [dates(row["starts_on"], row["ends_on"])]
    if money:
        when.append(euros(money))
    if work:
        when.append(_("%(amount)s htv") % {"amount": years_of_work(work)})
    state = [label(Status, row["status"]), label(ServiceTier, row["tier"]) if row["tier"] else ""]
    return [
        said(row["title"]),
        said(row["change"]) or NO_VALUE,
        ", ".join(g["number"] or words(said(g["title"])) for g in goals) or NO_VALUE,
        ", ".join(listed(row["target_groups"], TargetGroup)) or NO_VALUE,
        "\n".join(when),
        ", ".join(s for s in state if s),
    ]


def made_of(edition: Edition) -> Paragraph:
    """The last words of every paper: what it was made from."""
    made = _("Tehty jäädytetystä versiosta %(number)s, %(day)s.") % {
        "number": edition.number, "day": date(edition.frozen_on),
    }  # fmt: skip
    return Paragraph(f"{made} {removed(edition)}".strip(), "small")


def removed(edition: Edition) -> str:
    """That something has been removed on request after the freezing; "" when nothing has."""
    days = [row["on"] for row in edition.document.data.get("removed", [])]
    return _("Tekstistä on poistettu kohtia pyynnöstä %(day)s.") % {"day": date(days[-1])} if days else ""
