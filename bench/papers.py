"""`python -m bench.papers`: a plan of some sixty pages with thirty charts as PDF and as Word. Part of `make bench`.

The document is made up and frozen in memory: no database is read. CPU by `time.process_time`, the worker's fonts already read, as
they are from its second paper on; the first paper's figure stands beside.
"""

from __future__ import annotations

import sys
import time
from typing import Any

CHAPTERS, INDICATORS, MEASURES = 14, 30, 120
# (paper, most CPU seconds, most kB)
BOUNDS = {
    "whole, PDF": (2.0, 2_500),
    "whole, Word": (3.0, 3_000),
    "one page, PDF": (0.5, 200),
    "one page, Word": (0.5, 200),
}
SENTENCE = (
    "Lasten ja nuorten hyvinvointisuunnitelma kokoaa yhteen maakunnan toimijoiden työn, jotta jokaisella lapsella olisi "
    "turvallinen arki, aikuinen joka kuuntelee ja paikka johon kuulua. "
)  # fmt: skip


def said(text: str) -> dict[str, Any]:
    return {"source": "fi", "texts": {"fi": {"text": text, "rev": 1}}}


def document() -> dict[str, Any]:
    """A version's content with everything that a large plan has."""
    body = "".join(
        f"<h2>Väliotsikko {n}</h2><p>{SENTENCE * 4}</p><ul><li>{SENTENCE}</li><li>{SENTENCE}</li></ul><p>{SENTENCE * 2}</p>"
        for n in range(2)
    ) + "<table><tr><th>Kunta</th><th>2024</th></tr>" + "<tr><td>Kotka</td><td>1 234</td></tr>" * 6 + "</table>"  # fmt: skip
    goals = [
        {
            "id": f"g{n}", "parent": None, "kind": "main", "number": f"4.{n}", "colour": n % 3 + 1,
            "title": said(f"Tavoite {n}"),
            "description": said(SENTENCE * 2), "plain": said(""), "status": "under_way", "target_groups": [], "owner": "o1",
            "criteria": [{"id": f"c{n}{m}", "text": said(SENTENCE)} for m in range(6)], "mirrors": {}, "linked_plans": [],
            "quotations": [],
        }
        for n in range(3)
    ]  # fmt: skip
    years = list(range(2004, 2024))
    indicators = [
        {
            "id": f"i{n}", "source": {"kind": "sotkanet", "id": str(n), "name": "THL"}, "kind": "percentage", "decimals": 1,
            "title": said(f"Mittari {n}, % vastaavanikäisestä väestöstä"), "unit": said(""), "direction": "smaller_is_better",
            "role": "outcome", "goal": f"g{n % 3}", "owner": "o1", "note": said(""), "area": "MK08",
            "baseline": {"year": 2019, "value": 12.0}, "target": {"year": 2030, "value": 8.0}, "vintage": None,
            "value": {"year": 2023, "value": 11.3}, "status": 0, "years": years, "illustrative": True,
            "values": [10 + (n + y) % 7 for y in years], "statuses": [0] * len(years),
        }
        for n in range(INDICATORS)
    ]  # fmt: skip
    measures = [
        {
            "id": f"m{n}", "organisation": f"o{n % 8}", "title": said(f"Perhekahvila avautuu kylään {n}"),
            "change": said("Lapsi saa kaverin, jonka kanssa tulla ja lähteä."), "description": said(SENTENCE),
            "goals": [f"g{n % 3}"], "target_groups": ["families"], "vulnerable_groups": [], "sectors": [], "tier": n % 4 + 1,
            "starts_on": "2024-01-01", "ends_on": "2024-12-31", "status": "under_way", "responsible_title": "", "partners": [],
            "other_partners": "", "mirrors": [], "indicators": [], "illustrative": True, "person_years": [],
            "money": [{"organisation": "o1", "year": 2024, "tier": 1, "kind": "budget", "amount": "1000.00", "funding": ""}],
        }
        for n in range(MEASURES)
    ]  # fmt: skip
    return {
        "schema": 1, "kind": "whole", "number": 3, "frozen_on": "2024-03-01", "previous": "",
        "cover": {"proposal": said(SENTENCE * 3), "summary": said(SENTENCE)},
        "plan": {
            "id": "p", "title": said("Voidaan hyvin huomennakin"), "purpose": said(SENTENCE), "plain": said(""),
            "period": [2024, 2027], "region": {"name": said("Kymenlaakso"), "languages": ["fi", "sv"]}, "organisers": [],
            "organisations": [{"id": f"o{n}", "name": said(f"Tekijä {n}"), "kind": "municipality"} for n in range(8)],
            "illustrative": True,
        },
        "part_one": {
            "chapters": [
                {
                    "id": f"k{n}", "parent": None, "organisation": None, "kind": "other", "number": str(n + 1),
                    "source_language": "fi", "quotations": [], "sources": [],
                    "texts": {"fi": {"title": f"Luku {n + 1}", "body": body, "plain": "", "revision": 1, "made_from": None}},
                }
                for n in range(CHAPTERS)
            ],
            "goals": goals, "indicators": indicators, "left_out": [], "sources": [], "linked_plans": [],
        },
        "quotations": {},
        "part_two": {"year": 2024, "emphases": said(SENTENCE), "guidance": said(""), "organisations": [], "measures": measures},
    }  # fmt: skip


def measure() -> int:
    from django.utils import translation

    from lautta.common.documents.pdf import write_pdf
    from lautta.common.documents.word import write_sheet
    from lautta.decisions.freezing import Document
    from lautta.publishing.papers import sheet_of
    from lautta.publishing.papers.edition import Edition

    data, broken = document(), 0
    print(f"{'paper':<18}{'first s':>9}{'CPU s':>8}{'kB':>8}")
    for kind, name in (("whole", "whole"), ("one_page", "one page")):
        for write, form in ((write_pdf, "PDF"), (write_sheet, "Word")):
            times, size = [], 0
            for number in range(3):
                # Other words each time: Typst remembers what it has laid out.
                data["cover"]["summary"] = said(f"{SENTENCE} {number}")
                for chapter in data["part_one"]["chapters"]:
                    chapter["texts"]["fi"]["title"] = f"Luku {chapter['number']}, {form} {number}"
                before = time.process_time()
                with translation.override("fi"):
                    size = len(write(sheet_of(kind, Edition(Document(data, {}))))) // 1000
                times.append(time.process_time() - before)
            cpu, (most, heavy) = max(times[1:]), BOUNDS[f"{name}, {form}"]
            over = [what for what, v, m in (("CPU", cpu, most), ("kB", size, heavy)) if v > m]
            broken += bool(over)
            tail = f"  over: {', '.join(over)}" if over else ""
            print(f"{name + ', ' + form:<18}{times[0]:>9.2f}{cpu:>8.2f}{size:>8}{tail}", flush=True)
    print()
    return 1 if broken else 0


if __name__ == "__main__":
    from bench.__main__ import scratch

    with scratch():
        sys.exit(measure())
