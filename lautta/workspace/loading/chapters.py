"""chapters/*.yaml and sources.yaml: part I and its bibliography."""

from __future__ import annotations

from dataclasses import dataclass, field

from lautta.common.translated import Translated
from lautta.organisations.permissions import Permission
from lautta.plans.actions.background import add_source
from lautta.plans.actions.chapters import create_chapter, publish_chapter
from lautta.plans.models import Chapter, ChapterRevision
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.plan import PlanFile
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.world import World


@dataclass
class SourceRow:
    row: Row
    key: str
    authors: str
    year: int | None
    title: str
    publisher: str
    url: str


@dataclass
class ChapterRow:
    row: Row
    kind: str
    number: str
    title: Translated
    body: Translated
    plain: Translated
    organisation: str
    sources: list[str]
    sections: list[ChapterRow] = field(default_factory=list)


def read_sources(files: Files) -> dict[str, SourceRow]:
    """The bibliography by key; none when there is no sources.yaml."""
    found: dict[str, SourceRow] = {}
    if not files.has("sources.yaml"):
        return found
    top = files.read("sources.yaml")
    for row in top.rows("sources"):
        row.skip("cited_by_plan", "note", "writers", "title_known")
        key = row.new_key("key", found)
        found[key] = SourceRow(
            row,
            key,
            authors=row.text("organisation", required=False, most=300),
            year=row.year("year", required=False) or None,
            title=row.text("title", most=400),
            publisher=row.text("publisher", required=False, most=200),
            url=row.text("url", required=False, most=500),
        )
    return found


def read_chapters(
    files: Files, known: RegionFile, sources: dict[str, SourceRow], plan: PlanFile
) -> list[ChapterRow]:
    """The chapters in the order of their files' names."""
    numbers: dict[str, str] = {}
    found = []
    for name in files.in_folder("chapters"):
        top = files.read(name)
        chapter = _read(top, known, sources, plan, numbers)
        chapter.sections = [_read(row, known, sources, plan, numbers) for row in top.rows("sections")]
        found.append(chapter)
    return found


def _read(
    row: Row, known: RegionFile, sources: dict[str, SourceRow], plan: PlanFile, numbers: dict[str, str]
) -> ChapterRow:
    # For readers of the file, and for rooms that tie texts to goals and indicators.
    row.skip("topic", "organisation_kind", "illustrative")
    row.choice("goal", plan.numbers, required=False)
    number = row.text("number", required=False, most=12)
    if number and number in numbers:
        row.wrong("number", f"“{number}” is the number of another chapter too ({numbers[number]})")
    numbers[number] = row.file
    chapter = ChapterRow(
        row,
        kind=row.choice("kind", Chapter.Kind.values, required=False, default=Chapter.Kind.OTHER),
        number=number,
        title=row.translated("title"),
        body=row.translated("body"),
        plain=row.translated("plain", required=False),
        organisation=row.choice("organisation", known.organisations, required=False),
        sources=row.choices("sources", sources),
    )
    for figure in row.rows("figures"):
        _check_figure(figure, chapter, sources)
    return chapter


def _check_figure(figure: Row, chapter: ChapterRow, sources: dict[str, SourceRow]) -> None:
    """A figure's phrase stands word for word in the text, which is where its indicator is referred to."""
    figure.skip("key", "value", "unit", "ages", "approximate", "flagged", "of", "rank", "year")
    figure.choice("source", sources)
    phrase = figure.text("phrase")
    shown = chapter.body.shown(chapter.body.source).text
    if phrase and shown and phrase not in shown:
        figure.wrong("phrase", "these words do not stand in the chapter's text")


def load_sources(found: dict[str, SourceRow], world: World) -> None:
    by = world.actor(Permission.EDIT_PLAN)
    for key, s in found.items():
        with s.row.blamed():
            world.sources[key] = add_source(
                by=by,
                plan=world.plan,
                title=s.title,
                authors=s.authors,
                year=s.year,
                publisher=s.publisher,
                url=s.url,
            )


def load_chapters(found: list[ChapterRow], plan: PlanFile, world: World) -> None:
    """Chapters with their sections, published in every language that has a text if the plan is published."""
    for row in found:
        chapter = _load(row, None, plan, world)
        for section in row.sections:
            _load(section, chapter, plan, world)


def _load(row: ChapterRow, parent: Chapter | None, plan: PlanFile, world: World) -> Chapter:
    organisation = world.organisations[row.organisation] if row.organisation else None
    by = world.actor(Permission.EDIT_PLAN)
    languages = [code for code in row.title.texts if row.body.in_language(code)]
    parts = (row.title, row.body, row.plain)
    with row.row.blamed():
        chapter = create_chapter(
            by=by, plan=world.plan, kind=row.kind, number=row.number, parent=parent,
            organisation=organisation,
            texts={code: tuple(part.in_language(code) or "" for part in parts) for code in languages},  # type: ignore[misc]
            source_language=row.title.source, origin=ChapterRevision.Origin.IMPORT,
            sources=[world.sources[key] for key in row.sources],
        )  # fmt: skip
        published = [
            publish_chapter(by=by, chapter=chapter, language=code) for code in languages if plan.published_on
        ]
    for publication in published:
        at = world.moment(plan.published_on, "plan")
        world.happened(publication, "published_at", at)
        world.happened(
            publication.revision, "created_at", world.moment(plan.published_on, chapter.number, spread=40)
        )
    if row.number:
        world.chapters[row.number] = chapter
    return chapter
