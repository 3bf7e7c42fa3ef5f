"""PxWeb API v1 (Statistics Finland): the table's codes are read from its description, never assumed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lautta.indicators.fetchers.http import Answer, Asker
from lautta.indicators.problems import SourceProblem

BASE = "https://pxdata.stat.fi/PxWeb/api/v1/fi"
# The source's own limit is not promised anywhere; this is below what its clients report.
MOST_CELLS = 90_000


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a table. `may_be_left_out`: leaving it out sums it up."""

    code: str
    text: str
    values: tuple[str, ...]
    value_texts: tuple[str, ...]
    is_time: bool
    may_be_left_out: bool


@dataclass(frozen=True, slots=True)
class Table:
    address: str
    title: str
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class PxWeb:
    """`base` is the address up to and with the language."""

    asker: Asker
    base: str = BASE
    most_cells: int = MOST_CELLS

    def table(self, path: str) -> Table:
        """The description of a table, by its path below the base. Raises SourceProblem."""
        answer = self.asker.get(f"{self.base.rstrip('/')}/{path.strip('/')}")
        return read_table(answer.body, f"{self.base.rstrip('/')}/{path.strip('/')}")

    def parts(
        self, table: Table, chosen: Mapping[str, Sequence[str]]
    ) -> Iterator[tuple[dict[str, list[str]], Answer]]:
        """The table in as many calls as its cells need; yields (what was asked, answer).

        `chosen` is {variable code: values}; a variable that is not named is left out where it may be, else asked whole.
        """
        wanted = {}
        for variable in table.variables:
            if variable.code in chosen:
                unknown = set(chosen[variable.code]) - set(variable.values)
                if unknown:
                    raise SourceProblem("unknown_code", variable=variable.code, value=sorted(unknown)[0])
                wanted[variable.code] = list(chosen[variable.code])
            elif not variable.may_be_left_out:
                wanted[variable.code] = list(variable.values)
        for part in split(wanted, self.most_cells):
            yield part, self.asker.post(table.address, query_of(part))


def query_of(part: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {
        "query": [
            {"code": code, "selection": {"filter": "item", "values": list(values)}}
            for code, values in part.items()
        ],
        "response": {"format": "json-stat2"},
    }


def split(wanted: Mapping[str, Sequence[str]], most_cells: int) -> Iterator[dict[str, list[str]]]:
    """Parts of at most so many cells each, cut along the longest variable; together they are the whole, once."""
    cells = math.prod(len(values) for values in wanted.values())
    longest = max(wanted, key=lambda code: len(wanted[code]), default=None)
    if cells <= most_cells or longest is None or len(wanted[longest]) < 2:
        yield {code: list(values) for code, values in wanted.items()}
        return
    values = list(wanted[longest])
    step = max(1, len(values) // math.ceil(cells / most_cells))
    for at in range(0, len(values), step):
        yield from split({**wanted, longest: values[at : at + step]}, most_cells)


def read_table(body: bytes, address: str) -> Table:
    """The description of a table. Raises SourceProblem when it is not one."""
    try:
        data = json.loads(body)
        variables = tuple(
            Variable(
                code=v["code"],
                text=v.get("text", v["code"]),
                values=tuple(v["values"]),
                value_texts=tuple(v.get("valueTexts", v["values"])),
                is_time=bool(v.get("time")),
                may_be_left_out=bool(v.get("elimination")),
            )
            for v in data["variables"]
        )
        return Table(address, str(data.get("title", "")), variables)
    except (ValueError, KeyError, TypeError) as error:
        raise SourceProblem("no_table", address=address) from error
