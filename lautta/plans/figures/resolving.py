"""The number that a reference stands for, from the data of the moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lautta.common.problems import Refused
from lautta.indicators.areas import code_of_area
from lautta.indicators.models import Indicator, SourceArea, Vintage
from lautta.indicators.municipalities import municipalities
from lautta.indicators.panels import Cell, IndicatorPanel
from lautta.indicators.reading import panels_of
from lautta.plans.figures.cells import can_be_shown, latest_shown, status_of
from lautta.plans.figures.numbers import figure_words
from lautta.plans.figures.tokens import Token, Unreadable, tokens_in
from lautta.plans.models import FigureReference, Plan
from lautta.statistics.panel import Status


def area_of(plan: Plan) -> str:
    """The code of the plan's own area, which a reference without an area means."""
    return code_of_area(plan.region.area)


@dataclass(frozen=True, slots=True)
class Written:
    """References of a text that is about to be saved, with the field in which each stands first."""

    tokens: tuple[Token, ...]
    fields: dict[str, str]


def written_in(title: str, body: str, plain: str) -> Written:
    """The references of a chapter's texts. Refused beside the field for one that cannot be read or stands in the title."""
    if "[[" in title and _tokens("title", plain=title):
        raise Refused(
            _("Otsikossa ei voi olla mittarin lukua. Kirjoita viite tekstiin."), field="title", status=422
        )
    found = [("body", token) for token in _tokens("body", rich=body)]
    found += [("plain", token) for token in _tokens("plain", plain=plain)]
    fields: dict[str, str] = {}
    for field, token in found:
        fields.setdefault(token.key, field)
    return Written(tuple({token.key: token for _field, token in found}.values()), fields)


def _tokens(field: str, *, rich: str = "", plain: str = "") -> list[Token]:
    try:
        return tokens_in(rich, plain)
    except Unreadable as problem:
        example = "[[mittari:TUNNUS KU285 2023]]"
        raise Refused(
            _(
                "Mittariviitettä ”%(written)s” ei voi lukea. Kopioi se mittarien luettelosta. Viite on muotoa "
                "%(example)s, ilman lihavointia ja rivinvaihtoa."
            )
            % {"written": str(problem)[:40], "example": example},
            field=field,
            status=422,
        ) from problem


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reference with its number: the columns of a FigureReference."""

    token: Token
    columns: dict[str, Any]

    @property
    def text(self) -> str:
        return self.columns["text"]


def resolve(
    plan: Plan, language: str, tokens: Iterable[Token], fields: dict[str, str] | None = None
) -> dict[str, Resolved]:
    """{key: number} of references from the current vintages, at most four queries.

    Without an area the plan's own, without a year the newest that may be shown. Raises Refused, beside `fields[key]`
    (else the body), for an indicator that the region does not have and for a number that is suppressed or missing.
    """
    tokens = list(tokens)
    if not tokens:
        return {}
    own = area_of(plan)
    rows = Indicator.objects.for_region(plan.region).filter(public_id__in={t.indicator for t in tokens})
    indicators = {row.public_id: row for row in rows}
    areas = {token.area or own for token in tokens}
    panels = panels_of(indicators.values(), areas=areas)
    vintages = Vintage.objects.only("number", "sha256").in_bulk([p.vintage_id for p in panels.values()])
    names = {
        code: place.name.shown(language).text for code, place in municipalities().items() if code in areas
    }
    names |= {area.code: area.name.shown(language).text for area in SourceArea.objects.of_codes(areas)}
    if own not in names:
        names[own] = plan.region.area.name.shown(language).text
    found: dict[str, Resolved] = {}
    for token in tokens:
        indicator = indicators.get(token.indicator)
        field = (fields or {}).get(token.key, "body")
        if indicator is None:
            raise _refused(
                _("Mittaria %(token)s ei ole. Kopioi viite mittarien luettelosta.") % {"token": token}, field
            )
        area = token.area or own
        name = names.get(area, area)
        panel = panels.get(indicator.pk)
        cell = _cell(token, area, name, indicator, panel, field)
        vintage = vintages[panel.vintage_id]  # type: ignore[union-attr,index]
        found[token.key] = Resolved(
            token,
            {
                "indicator": indicator, "area_code": area, "area_name": name[:120], "year": cell.year,
                "gender": cell.gender, "value": cell.value, "status": int(cell.status),
                "decimals": indicator.decimals,
                "text": figure_words(cell.value, cell.year, indicator, language),  # type: ignore[arg-type]
                "vintage_number": vintage.number, "vintage_sha256": vintage.sha256,
            },
        )  # fmt: skip
    return found


def cell_for(
    indicator: Indicator, panel: IndicatorPanel | None, area: str, year: int | None, gender: str
) -> Cell | None:
    """The cell of a reference, whatever its status; without a year the newest number that may be shown."""
    if panel is None:
        return None
    if year is None:
        return latest_shown(panel, area, indicator, gender)
    return panel.cell(area, year, gender)


def _cell(
    token: Token, area: str, name: str, indicator: Indicator, panel: IndicatorPanel | None, field: str
) -> Cell:
    facts = {"title": indicator.title, "area": name, "year": token.year}
    if panel is None:
        raise _refused(
            _("Mittarista ”%(title)s” ei ole vielä haettu tietoja, joten sen lukua ei voi näyttää.") % facts,
            field,
        )
    cell = cell_for(indicator, panel, area, token.year, token.gender or "total")
    if can_be_shown(cell, indicator):
        return cell  # type: ignore[return-value]
    if cell is not None and status_of(cell, indicator) == Status.SUPPRESSED:
        raise _refused(
            _(
                "Lukua ei voi näyttää: ”%(title)s”, %(area)s %(year)s. Tapauksia on vähän tai ei yhtään, ja luku on "
                "salattu. Kirjoita kohta ilman sitä."
            )
            % facts,
            field,
        )
    if token.year is None:
        raise _refused(_("Mittarilla ”%(title)s” ei ole lukua alueesta %(area)s.") % facts, field)
    raise _refused(
        _("Lukua ei ole julkaistu: ”%(title)s”, %(area)s %(year)s. Valitse toinen vuosi tai alue.") % facts,
        field,
    )


def _refused(sentence: object, field: str) -> Refused:
    return Refused(sentence, field=field, status=422)


def copied(row: FigureReference) -> dict[str, Any]:
    """The columns of an earlier number, for a text that is brought back as it was."""
    return {name: getattr(row, name) for name in COLUMNS}


COLUMNS = (
    "indicator", "area_code", "area_name", "year", "gender", "value", "status", "decimals", "text", "vintage_number",
    "vintage_sha256",
)  # fmt: skip
