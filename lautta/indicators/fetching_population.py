"""Population by single years of age and its official projection: from Statistics Finland's tables, or from a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath

from lautta.common.actors import Actor
from lautta.common.text import fold
from lautta.common.translated import Translated
from lautta.indicators.actions.runs import begin_fetch, end_fetch, log_failure
from lautta.indicators.actions.summaries import regions_of_areas
from lautta.indicators.actions.taking_in import take_in
from lautta.indicators.fetchers import Asker, PxWeb
from lautta.indicators.fetchers.http import Answer
from lautta.indicators.fetchers.pxweb import BASE, MOST_CELLS, Table, Variable
from lautta.indicators.fetching import Progress, Run, quietly
from lautta.indicators.files import known_area_names
from lautta.indicators.ingestors.contents import LICENCE
from lautta.indicators.ingestors.json_stat import read_dataset
from lautta.indicators.ingestors.population import Members, Which, age_of, of_datasets, of_file
from lautta.indicators.ingestors.sotkanet import Metadata
from lautta.indicators.models import FetchEntry, Indicator, SourceArea
from lautta.indicators.panels import COUNTRY, IndicatorPanel
from lautta.indicators.problems import SourceProblem
from lautta.organisations.models import Region

SOURCE = "population"
# 11re: population by single years of age and area; 14wx: the projection of 2024, which reaches 2045.
TABLES: dict[Which, str] = {
    "observed": "StatFin/vaerak/statfin_vaerak_pxt_11re.px",
    "projection": "StatFin/vaenn/statfin_vaenn_pxt_14wx.px",
}
TITLES: dict[Which, Translated] = {
    "observed": Translated.of("Väestö iän mukaan", sv="Befolkning efter ålder", en="Population by age"),
    "projection": Translated.of(
        "Virallinen väestöennuste iän mukaan", sv="Officiell befolkningsprognos efter ålder",
        en="Official population projection by age",
    ),
}  # fmt: skip
# So many of the last years: the scenario learns from them how wrong it can be.
MOST_YEARS = 40
# A catalogue with fewer municipalities is not the whole country's.
WHOLE_COUNTRY = 290


def fetch_population(
    *,
    by: Actor,
    which: Iterable[Which] = ("observed", "projection"),
    tables: Mapping[Which, str] | None = None,
    base: str = BASE,
    progress: Progress = quietly,
    asker: Asker | None = None,
    most_cells: int = MOST_CELLS,
) -> Run:
    """Fetch the tables; each becomes a vintage of its own, or a failed line that changes nothing. Never raises SourceProblem."""
    wanted = list(which)
    fetch = begin_fetch(by=by, source=SOURCE, base_address=base, wanted=len(wanted))
    counts: dict[str, int] = {}
    members = municipalities_of()
    with asker or Asker() as asking:
        source = PxWeb(asking, base, most_cells)
        for number, kind in enumerate(wanted, 1):
            path = ((tables or {}).get(kind) or TABLES[kind]).strip("/")
            key = source_id_of(kind, path)
            try:
                table = source.table(path)
                parts = [read_dataset(a.body) for _, a in source.parts(table, choice(table))]
                panel = of_datasets(parts, kind, members)
            except SourceProblem as problem:
                entry = log_failure(
                    by=by, fetch=fetch, source_id=key, problem=problem, answers=asking.take_answers()
                )
            else:
                about = Metadata(
                    source=SOURCE, source_id=key, title=TITLES[kind], kind="count", decimals=0, licence=LICENCE,
                    source_name=f"{parts[0].source or 'Tilastokeskus'}: {table.title or path}"[:200],
                    updated=parts[0].updated,
                )  # fmt: skip
                rows = sum(part.values.size for part in parts)
                entry = take_in(
                    by=by, fetch=fetch, metadata=about, panel=panel, rows=rows, answers=asking.take_answers()
                )
            counts[entry.outcome] = counts.get(entry.outcome, 0) + 1
            progress(number, len(wanted), entry)
    end_fetch(by=by, fetch=fetch)
    return Run(fetch, counts)


def take_population_file(
    *,
    by: Actor,
    which: Which,
    body: bytes,
    filename: str,
    region: Region | None = None,
    source_name: str = "",
) -> FetchEntry:
    """Take a file in: common to all, or with `region` that region's own. The same name again makes its next vintage.

    A file that does not hold changes nothing and gives a line with the problem.
    """
    fetch = begin_fetch(by=by, source=SOURCE, base_address=filename[-300:], wanted=1, region=region)
    answer = Answer(f"file:{filename[-200:]}", 200, "", body)
    key = source_id_of(which, filename)
    try:
        panel, rows = of_file(body, which, municipalities_of(), known_area_names())
    except SourceProblem as problem:
        entry = log_failure(
            by=by, fetch=fetch, source_id=key, problem=problem, answers=[answer], region=region
        )
        end_fetch(by=by, fetch=fetch, problem=problem)
        return entry
    about = Metadata(
        source=SOURCE, source_id=key, title=TITLES[which], kind="count", decimals=0,
        source_name=(source_name or PurePath(filename).name)[:200],
    )  # fmt: skip
    entry = take_in(
        by=by, fetch=fetch, metadata=about, panel=panel, rows=rows, answers=[answer], region=region
    )
    end_fetch(by=by, fetch=fetch)
    return entry


def take_population(
    *, by: Actor, which: Which, panel: IndicatorPanel, name: str, run_source: str = SOURCE
) -> FetchEntry:
    """Take a panel that is at hand (a demo's): the same checks were made when it was built."""
    fetch = begin_fetch(by=by, source=run_source, wanted=1)
    about = Metadata(
        source=SOURCE, source_id=source_id_of(which, "made"), title=TITLES[which], kind="count", decimals=0,
        source_name=name,
    )  # fmt: skip
    entry = take_in(by=by, fetch=fetch, metadata=about, panel=panel)
    end_fetch(by=by, fetch=fetch)
    return entry


def source_id_of(which: Which, name: str) -> str:
    """ "observed:11re" of a table or a file: another table, or the next projection, does not wait for the former one's years."""
    stem = PurePath(name).name.split(".")[0]
    return f"{which}:{fold(stem).rpartition('_pxt_')[2]}"[:160]


def which_of(indicator: Indicator) -> str:
    """observed or projection."""
    return indicator.source_id.partition(":")[0]


def municipalities_of() -> Members:
    """{region or country: its municipalities of today}, by the sources' areas, else by the installation's own."""
    found: dict[str, list[str]] = {}
    rows = list(
        SourceArea.objects.filter(kind=SourceArea.Kind.MUNICIPALITY, last_year__isnull=True).values_list(
            "code", "parents"
        )
    )
    for code, parents in rows:
        for parent in parents:
            if parent.startswith("MK"):
                found.setdefault(parent, []).append(code)
    if len(rows) >= WHOLE_COUNTRY:
        found[COUNTRY] = [code for code, _ in rows]
    for code, top in regions_of_areas().items():
        if top.startswith("MK") and not any(code in parts for parts in found.values()):
            found.setdefault(top, []).append(code)
    return found


# --- what is asked of a table ---------------------------------------------------------------------


def choice(table: Table) -> dict[str, list[str]]:
    """{variable: codes}: municipalities, regions and the country by single years of age, everybody, the last forty years."""
    area = _variable(table, "alue", lambda v: bool(re.match(r"alue|kunta|area|region|omr", v.code, re.I)))
    year = _variable(
        table, "vuosi", lambda v: v.is_time or bool(re.match(r"vuosi|time|år|year", v.code, re.I))
    )
    age = _variable(table, "ikä", lambda v: bool(re.match(r"ik[äa]|age|ålder", v.code, re.I)))
    chosen = {
        area.code: [c for c in area.values if re.fullmatch(r"SSS|KU\d{3}|MK\d{2}|\d{3}", c)],
        year.code: sorted(year.values)[-MOST_YEARS:],
        age.code: _ages(age),
    }
    for other in table.variables:
        if other.code in chosen:
            continue
        if re.match(r"tiedot|contents", other.code, re.I):
            chosen[other.code] = [_people(other)]
        elif not other.may_be_left_out:
            chosen[other.code] = [_everybody(other)]
    if not chosen[area.code]:
        raise SourceProblem("no_population_table", variable="alue")
    return chosen


def _variable(table: Table, name: str, is_it: Callable[[Variable], bool]) -> Variable:
    found = next((v for v in table.variables if is_it(v)), None)
    if found is None:
        raise SourceProblem("no_population_table", variable=name)
    return found


def _ages(variable: Variable) -> list[str]:
    """Single years and the total; groups of ages that stand among them are left."""
    kept, ages = [], set()
    for code in variable.values:
        try:
            age = age_of(code)
        except SourceProblem:
            continue
        if age not in ages:
            kept.append(code)
            ages.add(age)
    return kept


def _people(variable: Variable) -> str:
    """The content that counts people, among births and changes in some tables."""
    pairs = zip(variable.values, variable.value_texts, strict=False)
    likely = re.compile(r"v[äa]est[öo]|population|befolkning|folkm", re.I)
    return next(
        (code for code, text in pairs if likely.search(code) or likely.match(text)), variable.values[0]
    )


def _everybody(variable: Variable) -> str:
    """The total of a variable that may not be left out."""
    pairs = zip(variable.values, variable.value_texts, strict=False)
    found = next(
        (c for c, text in pairs if c in ("SSS", "0", "T") or fold(text) in ("yhteensä", "total", "totalt")),
        None,
    )
    if found is None:
        raise SourceProblem("no_population_table", variable=variable.text)
    return found
