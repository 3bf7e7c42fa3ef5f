"""A councillor's one page: what is asked of us, what it costs, what changed, what children said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lautta.common.documents import (
    Block,
    Box,
    Bullets,
    Columns,
    Facts,
    Heading,
    Paragraph,
    Quotation,
    Run,
    Table,
    Text,
    words,
)  # fmt: skip
from lautta.common.templatetags.look import euros, number
from lautta.common.translated import Translated
from lautta.decisions.comparing import Fate, compare, tally
from lautta.publishing.papers.edition import Edition, point, said, speaker, titled, total, years_of_work
from lautta.publishing.papers.law import gaps_in_short
from lautta.publishing.papers.parts import on_time, removed
from lautta.publishing.presenters.words import cut
from lautta.voices.models import Voice

# So much fits on a page at the smallest type; the whole text is in the other papers.
ASKED, CHANGED, TITLE, QUOTED, LABEL = 700, 420, 150, 170, 80
MOST_CHANGES, MOST_QUOTATIONS, MOST_GOALS, MOST_INDICATORS = 5, 3, 4, 4


def one_page(edition: Edition) -> Iterator[Block]:
    """Everything on one page; long texts are cut at a word's end."""
    yield Paragraph(f"{edition.region} · {edition.what} · {edition.foot}", "small")
    yield Heading(cut(edition.title, TITLE), 0)
    if edition.organisation:
        yield Paragraph(cut(edition.name_of_organisation, TITLE), "lead")
    if edition.is_illustrative:
        yield Paragraph(_("Esimerkki: luvut ja tekstit on keksitty."), "small")
    yield Box(
        [
            Heading(_("Mitä meiltä pyydetään"), 1),
            Paragraph(_cut(edition.document.proposal, ASKED), "lead"),
            *on_time(edition),
        ]
    )
    if told := removed(edition):
        yield Paragraph(told, "small")
    if lacking := gaps_in_short(edition):
        yield Paragraph(lacking, "small")
    if edition.document.measures:
        yield Heading(_("Mitä se maksaa"), 1)
        yield _costs(edition)
    yield Columns(
        [*_what_changed(edition), *_goals(edition)],
        [*_children(edition)],
        (1.15, 1),
    )
    yield from _seen_from(edition)


def _cut(text: Translated, most: int) -> Text:
    shown = text.shown()
    short = cut(shown.text, most)
    return (Run(short, (("lang", shown.language),)),) if shown.is_fallback and short else short


def _costs(edition: Edition) -> Facts:
    """Of everybody; on one organisation's copy its own figures first."""
    every = edition.document.measures
    own = [m for m in every if m["organisation"] == edition.organisation]
    rows = own if edition.organisation else every
    name = _("Toimenpiteitä %(year)s") % {"year": edition.document.year}
    pairs: list[tuple[str, Text]] = [(name, number(len(rows)))]
    money, work = (
        total(m for r in rows for m in r["money"]),
        total(p for r in rows for p in r["person_years"]),
    )
    pairs.append((_("Varattu rahaa"), euros(money) if money else _("ei kirjattu")))
    pairs.append((_("Henkilötyövuosia"), years_of_work(work) if work else _("ei kirjattu")))
    if edition.organisation:
        whole = total(m for r in every for m in r["money"])
        pairs.append((_("Kaikilla yhteensä"), euros(whole) if whole else _("ei kirjattu")))
    else:
        pairs.append((_("Tekijöitä"), number(len({r["organisation"] for r in every}))))
    return Facts(pairs)


def _what_changed(edition: Edition) -> Iterator[Block]:
    yield Heading(_("Mikä muuttui"), 1)
    if edition.document.summary:
        yield Paragraph(_cut(edition.document.summary, CHANGED))
    if edition.previous is None:
        if not edition.document.summary:
            yield Paragraph(_("Tämä on ensimmäinen versio."))
        return
    sections = compare(edition.previous, edition.document)
    counts = tally(sections)
    yield Paragraph(
        _(
            "Edellisestä versiosta: %(added)s uutta, %(changed)s muuttunutta ja %(removed)s poistunutta kohtaa."
        )
        % {"added": counts.added, "changed": counts.changed, "removed": counts.removed}
    )
    signs = {Fate.ADDED: _("Uusi"), Fate.CHANGED: _("Muuttunut"), Fate.REMOVED: _("Poistunut")}
    found = [d for section in sections if section.differences for d in section.differences]
    found.sort(key=lambda d: {"goal": 0, "measure": 1, "indicator": 2}.get(d.kind, 3))
    items = [[Paragraph(f"{signs[d.fate]}: {cut(d.label, LABEL)}")] for d in found[:MOST_CHANGES]]
    if len(found) > MOST_CHANGES:
        rest = len(found) - MOST_CHANGES
        items.append(
            [
                Paragraph(
                    ngettext("ja %(count)s muu kohta", "ja %(count)s muuta kohtaa", rest) % {"count": rest}
                )
            ]
        )
    yield Bullets(items)


def _goals(edition: Edition) -> Iterator[Block]:
    rows = edition.main_goals[:MOST_GOALS]
    if rows:
        yield Heading(_("Mihin pyrimme"), 1)
        yield Bullets([[Paragraph(_goal(edition, row))] for row in rows])


def _goal(edition: Edition, row: Mapping[str, Any]) -> str:
    branch = {row["id"], *(g["id"] for g in edition.document.goals if g["parent"] == row["id"])}
    count = sum(bool(branch & set(m["goals"])) for m in edition.document.measures)
    name = cut(words(titled(row)), LABEL)
    if not edition.document.measures:
        return name
    told = ngettext("%(count)s toimenpide", "%(count)s toimenpidettä", count) % {"count": number(count)}
    return f"{name}: {told}"


def _seen_from(edition: Edition) -> Iterator[Block]:
    """Where the change shows: a few joint indicators that have a target, one for each main goal first."""
    aimed = [row for row in edition.document.indicators if row["target"] and row["value"]]
    first = {row["goal"]: row for row in reversed(aimed)}
    chosen = [*first.values(), *(row for row in aimed if row not in first.values())][:MOST_INDICATORS]
    if not chosen:
        return
    yield Heading(_("Mistä muutoksen näkee"), 1)
    heads = [_("Mittari"), _("Lähtötaso"), _("Uusin luku"), _("Tavoite")]
    rows = [
        [
            cut(words(said(row["title"])), LABEL),
            *(point(row, name) for name in ("baseline", "value", "target")),
        ]
        for row in sorted(chosen, key=edition.document.indicators.index)
    ]
    yield Table(heads, rows, (5.5, 2.2, 2.2, 2.2), numeric=frozenset({1, 2, 3}))


def _children(edition: Edition) -> list[Block]:
    """The shortest words of children, one for each main goal as long as there is room."""
    made: list[Block] = [Heading(_("Mitä lapset sanoivat"), 1)]
    keys = list(edition.document.data.get("quotations", {}))
    found = [q for q in edition.document.quotations(keys) if not q.is_removed and q.role in Voice.CHILDREN]
    found.sort(key=lambda q: (not 25 <= len(str(q.words)) <= QUOTED, len(str(q.words)), q.key))
    used: list = []
    for row in edition.main_goals:
        wanted = set(row["quotations"])
        if one := next((q for q in found if q.key in wanted and q not in used), None):
            used.append(one)
    used += [q for q in found if q not in used]
    for one in used[:MOST_QUOTATIONS]:
        made.append(Quotation(_cut(one.words, QUOTED), speaker(one.role, one.age_group)))
    if len(made) == 1:
        made.append(Paragraph(_("Tässä versiossa ei ole lasten omia sanoja."), "small"))
    return made
