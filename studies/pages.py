"""Tables in Markdown, written between markers of a page; the text around them is written by people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from scipy import stats

PAGES = Path(__file__).resolve().parents[1] / "docs" / "methods"


def table(head: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    body = ["| " + " | ".join(str(cell) for cell in line) + " |" for line in lines]
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *body])


def share(hits: int, of: int) -> str:
    """A share in per cent with its exact 95 % binomial interval and n."""
    if not of:
        return "–"
    low, high = stats.binomtest(int(hits), int(of)).proportion_ci(0.95)
    return f"{100 * hits / of:.1f} ({100 * low:.1f}–{100 * high:.1f}; n {int(of):,})"


def write(page: str, name: str, text: str) -> None:
    """Put `text` between `<!-- study: name -->` and `<!-- end of study -->` of docs/methods/`page`.md."""
    path = PAGES / f"{page}.md"
    opening, closing = f"<!-- study: {name} -->", "<!-- end of study -->"
    before, _, rest = path.read_text(encoding="utf-8").partition(opening)
    if not rest:
        raise ValueError(f"{path.name} has no marker for {name}.")
    after = rest.partition(closing)[2]
    path.write_text(f"{before}{opening}\n\n{text}\n\n{closing}{after}", encoding="utf-8")
