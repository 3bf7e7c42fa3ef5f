"""An own file becomes an indicator of a region: xlsx, csv or json-stat."""

from __future__ import annotations

from lautta.common.actors import Actor
from lautta.common.translated import Translated
from lautta.indicators.actions.runs import begin_fetch, end_fetch, log_failure
from lautta.indicators.actions.taking_in import take_in
from lautta.indicators.fetchers.http import Answer
from lautta.indicators.ingestors.contents import read_contents
from lautta.indicators.ingestors.json_stat import read_dataset
from lautta.indicators.ingestors.sotkanet import Metadata
from lautta.indicators.ingestors.tables import FileMapping, area_names, read_file
from lautta.indicators.models import FetchEntry, SourceArea
from lautta.indicators.panels import IndicatorPanel
from lautta.indicators.problems import SourceProblem
from lautta.indicators.protecting import Limits, Protected, protect
from lautta.organisations.models import Region


def take_file(
    *,
    by: Actor,
    region: Region,
    name: str,
    title: Translated,
    body: bytes,
    filename: str,
    mapping: FileMapping | None = None,
    kind: str = "percentage",
    decimals: int = 1,
    source_name: str = "",
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> FetchEntry:
    """Take a file in as the region's own indicator `name`; the same name again makes its next vintage.

    What is under `limits` is hidden, with as much besides as keeps it from being reckoned (protecting.py), before
    anything of it is stored as a value. `mapping` is needed for xlsx and csv. Returns the run's line; a file that does
    not hold changes nothing and gives a line with the problem (see problem_words.sentence).
    """
    fetch = begin_fetch(by=by, source="file", base_address=filename[-300:], wanted=1, region=region)
    answer = Answer(f"file:{filename[-200:]}", 200, "", body)
    try:
        found, rows = read_protected(body, filename, mapping, kind=kind, decimals=decimals, limits=limits)
    except SourceProblem as problem:
        entry = log_failure(
            by=by, fetch=fetch, source_id=name, problem=problem, answers=[answer], region=region
        )
        end_fetch(by=by, fetch=fetch, problem=problem)
        return entry
    about = Metadata(
        source="file", source_id=name, title=title, kind=kind, decimals=decimals, source_name=source_name
    )
    entry = take_in(
        by=by, fetch=fetch, metadata=about, panel=found.panel, rows=rows, answers=[answer], region=region
    )
    end_fetch(by=by, fetch=fetch)
    return entry


def read_protected(
    body: bytes, filename: str, mapping: FileMapping | None, *, kind: str, decimals: int, limits: Limits
) -> tuple[Protected, int]:
    """What taking the file in would make, and how many rows it has; nothing is stored. Raises SourceProblem."""
    panel, rows = _panel(body, filename, mapping)
    parents = dict(SourceArea.objects.of_codes(panel.areas).values_list("code", "parents"))
    return protect(panel, kind=kind, decimals=decimals, limits=limits, parents=parents), rows


def _panel(body: bytes, filename: str, mapping: FileMapping | None) -> tuple[IndicatorPanel, int]:
    if body.lstrip()[:1] == b"{":
        contents = read_contents([read_dataset(body)])
        if len(contents) > 1:
            raise SourceProblem("several_contents", count=len(contents))
        return contents[0].panel, contents[0].panel.values.size
    if mapping is None:
        raise SourceProblem("no_column", column="?")
    return read_file(body, filename, mapping, known_area_names())


def known_area_names() -> dict[str, str]:
    """What a file may call an area: its code, or its name in any language."""
    rows = SourceArea.objects.exclude(kind__in=("abroad", "retired"))
    return area_names([(area.code, [t.text for t in area.name.texts.values()]) for area in rows])
