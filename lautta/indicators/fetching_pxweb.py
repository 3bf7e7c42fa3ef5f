"""A run against a PxWeb table: the description, the parts, and each content as one indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lautta.common.actors import Actor
from lautta.indicators.actions.runs import begin_fetch, end_fetch, log_failure
from lautta.indicators.actions.taking_in import take_in
from lautta.indicators.fetchers import Asker, PxWeb
from lautta.indicators.fetchers.pxweb import BASE, Table
from lautta.indicators.fetching import Progress, Run, quietly
from lautta.indicators.ingestors.contents import Content, metadata_of, read_contents
from lautta.indicators.ingestors.json_stat import read_dataset
from lautta.indicators.problems import SourceProblem


def fetch_pxweb(
    *,
    by: Actor,
    path: str,
    chosen: Mapping[str, Sequence[str]] | None = None,
    base: str = BASE,
    progress: Progress = quietly,
    asker: Asker | None = None,
    most_cells: int | None = None,
) -> Run:
    """Fetch a table, `path` below the base ("StatFin/vaerak/11re"). `chosen` is {variable: codes} as the table itself has
    them; variables that are not named are summed up where the table allows it, else taken whole.

    Each content becomes an indicator `path:content`. The whole table is read before anything is taken in. Never raises
    SourceProblem: it fails the run.
    """
    path = path.strip("/")
    fetch = begin_fetch(by=by, source="statfin", base_address=base, wanted=1)
    counts: dict[str, int] = {}
    with asker or Asker() as asking:
        source = PxWeb(asking, base) if most_cells is None else PxWeb(asking, base, most_cells)
        try:
            table = source.table(path)
            parts = [read_dataset(answer.body) for _, answer in source.parts(table, chosen or {})]
            contents = read_contents(parts)
            names = _names(source, path, contents)
        except SourceProblem as problem:
            entry = log_failure(
                by=by, fetch=fetch, source_id=path, problem=problem, answers=asking.take_answers()
            )
            end_fetch(by=by, fetch=fetch, problem=problem)
            return Run(fetch, {str(entry.outcome): 1}, problem)
        answers = asking.take_answers()
        for number, content in enumerate(contents, 1):
            about = metadata_of(
                content, parts[0], source_id_of(path, content, chosen or {}), names.get(content.code, {})
            )
            rows = sum(part.values.size for part in parts)
            entry = take_in(
                by=by, fetch=fetch, metadata=about, panel=content.panel, rows=rows, answers=answers
            )
            counts[entry.outcome] = counts.get(entry.outcome, 0) + 1
            progress(number, len(contents), entry)
    end_fetch(by=by, fetch=fetch)
    return Run(fetch, counts)


def source_id_of(path: str, content: Content, chosen: Mapping[str, Sequence[str]]) -> str:
    """`path:content`, and what was chosen of axes that are in the panel no longer, so that two choices stay apart."""
    left = {name for name, _ in content.panel.extra}
    single = [
        f"{code}={codes[0]}" for code, codes in sorted(chosen.items()) if len(codes) == 1 and code not in left
    ]
    axes = [s for s in single if not s.endswith(f"={content.code}")]
    return ":".join([path, content.code, *axes])[:160]


def _names(source: PxWeb, path: str, contents: Sequence[Content]) -> dict[str, dict[str, str]]:
    """{content: {language: label}} in the languages that the source has; one that does not answer is left out."""
    found: dict[str, dict[str, str]] = {content.code: {} for content in contents}
    root, _, language = source.base.rstrip("/").rpartition("/")
    if language not in ("fi", "sv", "en"):
        return found
    for other in ("fi", "sv", "en"):
        if other == language:
            continue
        try:
            table = PxWeb(source.asker, f"{root}/{other}", source.most_cells).table(path)
        except SourceProblem:
            continue
        for code, label in _labels(table).items():
            if code in found:
                found[code][other] = label
    return found


def _labels(table: Table) -> dict[str, str]:
    return {code: text for v in table.variables for code, text in zip(v.values, v.value_texts, strict=False)}
