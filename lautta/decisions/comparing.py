"""Two documents side by side: a list of changes that a councillor can read, and each text word by word. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from lautta.common.templatetags.look import number
from lautta.common.translated import Translated
from lautta.decisions.freezing.opened import Document
from lautta.measures.choices import ServiceTier, Status, TargetGroup
from lautta.plans.chapters.diff import Change as BlockChange
from lautta.plans.chapters.diff import Labels, Op, diff, diff_plain, render
from lautta.plans.models import Goal

Words = str | Promise


class Fate(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Part:
    """One changed field: its name, and the difference as HTML with <ins> and <del>."""

    name: Words
    html: SafeString


@dataclass(frozen=True)
class Difference:
    """What became of one thing. `parts` are empty for what came or went whole."""

    fate: Fate
    kind: str
    key: str
    label: str
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    """Differences of one kind, in the order of the newer document."""

    title: Words
    differences: list[Difference]


@dataclass(frozen=True)
class _Field:
    """How a field is read: `say(row, document)` gives its words in the reader's language."""

    name: Words
    say: Callable[[Mapping[str, Any], Document], str]
    rich: bool = False


def compare(old: Document, new: Document) -> list[Section]:
    """What differs, in the active language; sections without a difference are left out."""
    sections = [
        Section(_("Suunnitelma"), _things([old.plan], [new.plan], "plan", _PLAN, old, new)),
        Section(_("Luvut"), _things(old.chapters, new.chapters, "chapter", _CHAPTER, old, new)),
        Section(_("Tavoitteet"), _things(old.goals, new.goals, "goal", _GOAL, old, new)),
        Section(_("Mittarit"), _things(old.indicators, new.indicators, "indicator", _INDICATOR, old, new)),
        Section(_("Toimenpiteet"), _things(old.measures, new.measures, "measure", _MEASURE, old, new)),
    ]
    return [section for section in sections if section.differences]


def _things(
    old: Iterable[Mapping[str, Any]],
    new: Iterable[Mapping[str, Any]],
    kind: str,
    fields: list[_Field],
    before: Document,
    after: Document,
) -> list[Difference]:
    former = {row["id"]: row for row in old}
    found = []
    for row in new:
        was = former.pop(row["id"], None)
        if was is None:
            found.append(Difference(Fate.ADDED, kind, row["id"], _label(kind, row)))
        elif was != row and (parts := _parts(fields, was, row, before, after)):
            found.append(Difference(Fate.CHANGED, kind, row["id"], _label(kind, row), parts))
    found += [Difference(Fate.REMOVED, kind, row["id"], _label(kind, row)) for row in former.values()]
    return found


def _parts(
    fields: list[_Field], was: Mapping[str, Any], row: Mapping[str, Any], before: Document, after: Document
) -> list[Part]:
    made = []
    for one in fields:
        a, b = one.say(was, before), one.say(row, after)
        if a != b:
            changes = diff(a, b) if one.rich else diff_plain(a, b)
            if any(c.op is not Op.SAME for c in changes):
                made.append(Part(one.name, _shown(changes)))
    return made


def _shown(changes: list[BlockChange]) -> SafeString:
    """Only what changed, with the unchanged blocks just before and after it; a gap shows as an ellipsis."""
    labels = Labels(added=now("lisätty:"), removed=now("poistettu:"), end=now("muutos päättyy"))
    near = {i + d for i, c in enumerate(changes) if c.op is not Op.SAME for d in (-1, 0, 1)}
    out, last = [], -1
    for i, change in enumerate(changes):
        if i not in near:
            continue
        if i > last + 1:
            out.append('<p class="gap">…</p>')
        out.append(render(change, labels))
        last = i
    if last < len(changes) - 1:
        out.append('<p class="gap">…</p>')
    # Headings within a difference are no headings of the page.
    html = "".join(out)
    for tag in ("h2", "h3", "h4"):
        html = html.replace(f"<{tag}>", '<p class="was-heading">').replace(f"</{tag}>", "</p>")
    return mark_safe(html)


# --- how things are read ---------------------------------------------------------------------------


def in_reader_language(texts: Mapping[str, Mapping[str, Any]], source: str) -> Mapping[str, Any]:
    """A chapter's text in the reader's language, else in the source language, else in any; {} when it has none."""
    wanted = (get_language() or "fi")[:2]
    for code in (wanted, source, "fi", "sv", "en"):
        if code in texts:
            return texts[code]
    return {}


def chapter_text(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return in_reader_language(row["texts"], row["source_language"])


def _label(kind: str, row: Mapping[str, Any]) -> str:
    if kind == "chapter":
        return f"{row['number']} {chapter_text(row).get('title', '')}".strip() or row["id"]
    title = str(Translated.from_json(row["title"]))
    return f"{row['number']} {title}".strip() if kind == "goal" else title


def _text(name: str) -> Callable[[Mapping[str, Any], Document], str]:
    return lambda row, _document: str(Translated.from_json(row[name]))


def _plain(name: str) -> Callable[[Mapping[str, Any], Document], str]:
    return lambda row, _document: "" if row[name] is None else str(row[name])


def _chapter(name: str) -> Callable[[Mapping[str, Any], Document], str]:
    return lambda row, _document: chapter_text(row).get(name, "")


def _organisation(name: str) -> Callable[[Mapping[str, Any], Document], str]:
    return lambda row, document: str(document.organisations.get(row[name] or "", ""))


def _lines(name: str, say: Callable[[Any, Document], str]) -> Callable[[Mapping[str, Any], Document], str]:
    return lambda row, document: "\n".join(say(one, document) for one in row[name])


def _choice(name: str, labels: Mapping[Any, Any]) -> Callable[[Mapping[str, Any], Document], str]:
    return lambda row, _document: str(labels.get(row[name], row[name] or ""))


def _choices(name: str, labels: Mapping[Any, Any]) -> Callable[[Mapping[str, Any], Document], str]:
    return lambda row, _document: "\n".join(str(labels.get(one, one)) for one in row[name])


def _point(name: str) -> Callable[[Mapping[str, Any], Document], str]:
    def say(row: Mapping[str, Any], _document: Document) -> str:
        point = row[name]
        return f"{number(point['value'], row['decimals'])} ({point['year']})" if point else ""

    return say


def _goals_of(row: Mapping[str, Any], document: Document) -> str:
    titles = {g["id"]: _label("goal", g) for g in document.goals}
    return "\n".join(titles.get(key, key) for key in row["goals"])


def _amounts(name: str, unit: Words) -> Callable[[Mapping[str, Any], Document], str]:
    def say(row: Mapping[str, Any], document: Document) -> str:
        return "\n".join(
            f"{document.organisations.get(one['organisation'], '')} {one['year']}: {one['amount']} {unit}"
            for one in row[name]
        )

    return say


_PLAN = [
    _Field(_("Nimi"), _text("title")),
    _Field(_("Tarkoitus"), _text("purpose")),
    _Field(_("Kausi"), lambda row, _d: f"{row['period'][0]}–{row['period'][1]}"),
    _Field(_("Mukana"), _lines("organisations", lambda one, _d: str(Translated.from_json(one["name"])))),
]
_CHAPTER = [
    _Field(_("Numero"), _plain("number")),
    _Field(_("Otsikko"), _chapter("title")),
    _Field(_("Teksti"), _chapter("body"), rich=True),
    _Field(_("Selkokielellä"), _chapter("plain")),
]
_GOAL = [
    _Field(_("Numero"), _plain("number")),
    _Field(_("Nimi"), _text("title")),
    _Field(_("Kuvaus"), _text("description")),
    _Field(_("Selkokielellä"), _text("plain")),
    _Field(_("Tila"), _choice("status", dict(Goal.Status.choices))),
    _Field(_("Vastuussa"), _organisation("owner")),
    _Field(_("Tavoitetila"), _lines("criteria", lambda one, _d: str(Translated.from_json(one["text"])))),
]
_INDICATOR = [
    _Field(_("Nimi"), _text("title")),
    _Field(_("Lähtötaso"), _point("baseline")),
    _Field(_("Tavoite"), _point("target")),
    _Field(_("Uusin luku"), _point("value")),
    _Field(_("Vastuussa"), _organisation("owner")),
]
_MEASURE = [
    _Field(_("Mitä tehdään"), _text("title")),
    _Field(_("Mikä muuttuu lapsen arjessa"), _text("change")),
    _Field(_("Kuvaus"), _text("description")),
    _Field(_("Vastuussa"), _organisation("organisation")),
    _Field(_("Tavoitteet"), _goals_of),
    _Field(_("Ketä varten"), _choices("target_groups", dict(TargetGroup.choices))),
    _Field(_("Palvelutaso"), _choice("tier", dict(ServiceTier.choices))),
    _Field(_("Alkaa"), _plain("starts_on")),
    _Field(_("Päättyy"), _plain("ends_on")),
    _Field(pgettext_lazy("muutos", "Tila"), _choice("status", dict(Status.choices))),
    _Field(_("Rahat"), _amounts("money", "€")),
    _Field(_("Henkilötyövuodet"), _amounts("person_years", _("htv"))),
]


@dataclass(frozen=True)
class Tally:
    """How much changed, for one sentence."""

    added: int
    removed: int
    changed: int

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.removed or self.changed)


def tally(sections: Iterable[Section]) -> Tally:
    """Counts over all sections."""
    every = [d.fate for section in sections for d in section.differences]
    return Tally(every.count(Fate.ADDED), every.count(Fate.REMOVED), every.count(Fate.CHANGED))
