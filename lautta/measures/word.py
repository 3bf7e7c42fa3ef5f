"""The table of measures of a round as Word, by organisation and goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from lautta.common.documents import Block, Heading, Paragraph, Table, write_word
from lautta.common.translated import Translated
from lautta.measures.choices import ServiceTier, Status, TargetGroup, Timeliness
from lautta.measures.models import MeasureYear, Round
from lautta.measures.presenters.indicators import chosen_words
from lautta.measures.presenters.measures import when
from lautta.organisations.models import Organisation
from lautta.plans.models import Goal

WIDTHS = (6.4, 7.2, 3.6, 3.4, 4.6)


@dataclass(frozen=True, slots=True)
class Part:
    """One organisation's measures: by goal, in the plan's order; those without a living goal last, under None."""

    organisation: Organisation
    emphasis: Translated
    goals: Sequence[tuple[Goal | None, Sequence[MeasureYear]]]


def document(round: Round, parts: Iterable[Part]) -> bytes:
    """A docx in the active language."""
    title = _("Toimenpiteet %(year)s") % {"year": round.year}
    language = (get_language() or "fi")[:2]
    return write_word(
        _blocks(round, title, list(parts)), title=f"{round.plan.title}: {title}", language=language
    )


def _blocks(round: Round, title: str, parts: Sequence[Part]) -> Iterator[Block]:
    yield Heading(title, 0)
    yield Paragraph(str(round.plan.title))
    yield from _texts(_("Vuoden yhteiset painotukset"), round.emphases, level=1)
    if not parts:
        yield Paragraph(_("Tällä kierroksella ei ole vielä toimenpiteitä."))
    for part in parts:
        yield Heading(str(part.organisation.name), 1)
        yield from _texts(_("Painotukset"), part.emphasis, level=2)
        for goal, years in part.goals:
            yield Heading(f"{goal.number} {goal.title}".strip() if goal else _("Ilman tavoitetta"), 2)
            yield _table(years)


def _texts(heading: str, text: Translated, *, level: int) -> Iterator[Block]:
    if text:
        yield Heading(heading, level)
        yield from (Paragraph(line) for line in text.shown().text.split("\n") if line.strip())


def _table(years: Sequence[MeasureYear]) -> Table:
    heads = (
        _("Mitä tehdään"),
        _("Mikä muuttuu lapsen arjessa"),
        _("Ketä varten"),
        _("Milloin"),
        pgettext("sarake", "Tila ja palvelutaso"),
    )
    return Table(heads, [_cells(year) for year in years], WIDTHS)


def _change(year: MeasureYear) -> str:
    text, seen = year.change.shown().text, chosen_words(year)
    return f"{text}\n{_('Mistä muutoksen näkee')}: {seen}" if seen else text


def _cells(year: MeasureYear) -> tuple[str, ...]:
    groups = dict(TargetGroup.choices)
    state = [str(Status(year.status).label)]
    if year.timeliness:
        state.append(str(Timeliness(year.timeliness).label))
    if year.service_tier:
        state.append(str(ServiceTier(year.service_tier).label))
    return (
        year.title.shown().text,
        _change(year),
        ", ".join(str(groups.get(v, v)) for v in year.target_groups),
        when(year),
        ", ".join(state),
    )
