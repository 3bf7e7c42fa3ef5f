"""A run against a source: ask, validate, take in, one indicator at a time. What fails is logged and the run goes on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from lautta.common.actors import Actor
from lautta.indicators.actions.areas import take_in_areas
from lautta.indicators.actions.runs import begin_fetch, end_fetch, log_failure
from lautta.indicators.actions.taking_in import take_in
from lautta.indicators.fetchers import Asker, Sotkanet
from lautta.indicators.fetchers.sotkanet import BASE
from lautta.indicators.ingestors.regions import read_regions
from lautta.indicators.ingestors.sotkanet import Metadata, read_indicator, read_values
from lautta.indicators.mergers import last_years
from lautta.indicators.models import Fetch, FetchEntry
from lautta.indicators.problems import SourceProblem

# (done, all, the run's line): called after each indicator.
Progress = Callable[[int, int, FetchEntry], None]


def quietly(done: int, total: int, entry: FetchEntry) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run."""

    fetch: Fetch
    counts: Mapping[str, int]
    problem: SourceProblem | None = None

    @property
    def failed(self) -> int:
        return self.counts.get(FetchEntry.Outcome.FAILED, 0)


def fetch_sotkanet(
    *,
    by: Actor,
    source_ids: Iterable[int | str],
    base: str = BASE,
    years: tuple[int, int] | None = None,
    progress: Progress = quietly,
    asker: Asker | None = None,
) -> Run:
    """Fetch indicators from Sotkanet. `years` is (first, last); by default what the source says it has.

    Never raises SourceProblem: a problem of the list of regions fails the run, one of an indicator fails its line.
    """
    wanted = list(dict.fromkeys(str(i) for i in source_ids))
    fetch = begin_fetch(by=by, source="sotkanet", base_address=base, wanted=len(wanted))
    counts: dict[str, int] = {}
    with asker or Asker() as asking:
        source = Sotkanet(asking, base)
        try:
            codes = _areas(by, fetch, source)
        except SourceProblem as problem:
            log_failure(
                by=by, fetch=fetch, source_id="regions", problem=problem, answers=asking.take_answers()
            )
            end_fetch(by=by, fetch=fetch, problem=problem)
            return Run(fetch, counts, problem)
        for number, source_id in enumerate(wanted, 1):
            entry = _one(by, fetch, source, source_id, codes, years)
            counts[entry.outcome] = counts.get(entry.outcome, 0) + 1
            progress(number, len(wanted), entry)
    end_fetch(by=by, fetch=fetch)
    return Run(fetch, counts)


def fetch_areas(*, by: Actor, base: str = BASE, asker: Asker | None = None) -> Run:
    """Fetch the list of areas alone."""
    return fetch_sotkanet(by=by, source_ids=(), base=base, asker=asker)


def _areas(by: Actor, fetch: Fetch, source: Sotkanet) -> dict[int, str]:
    """{the source's id: code}, with the catalogue of areas brought up to date."""
    rows = read_regions(source.regions().body)
    take_in_areas(by=by, fetch=fetch, rows=rows, answers=source.asker.take_answers())
    return {row.sotkanet_id: row.code for row in rows}


def _one(
    by: Actor,
    fetch: Fetch,
    source: Sotkanet,
    source_id: str,
    codes: dict[int, str],
    years: tuple[int, int] | None,
) -> FetchEntry:
    try:
        if not re.fullmatch(r"[0-9]{1,9}", source_id):
            raise SourceProblem("not_found", address=source_id, status=404)
        number = int(source_id)
        metadata = read_indicator(source.indicator(number).body, number)
        asked = range_of_years(metadata, years)
        panel, rows = read_values(source.values(number, asked).body, number, asked, codes, last_years())
    except SourceProblem as problem:
        return log_failure(
            by=by, fetch=fetch, source_id=source_id, problem=problem, answers=source.asker.take_answers()
        )
    return take_in(
        by=by, fetch=fetch, metadata=metadata, panel=panel, rows=rows, answers=source.asker.take_answers()
    )


def range_of_years(metadata: Metadata, years: tuple[int, int] | None) -> list[int]:
    """The years to ask for. Raises SourceProblem when neither the source nor the caller says."""
    if years is None:
        years = metadata.years
    if years is None:
        raise SourceProblem("no_years")
    last = min(years[1], dt.date.today().year + 30)
    return list(range(years[0], last + 1))
