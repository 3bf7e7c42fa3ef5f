"""Tables in Markdown, written between markers of a page; the text around them is written by people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
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


def clustered(hits: Sequence[int], of: Sequence[int]) -> tuple[str, float]:
    """A share in per cent whose judgements go together within clusters, with its 95 % interval; how many times wider than
    the binomial's.

    The ratio of totals, its variance from the clusters' own totals, Student's t of clusters - 1.
    """
    x, n = np.asarray(hits, float), np.asarray(of, float)
    share_of = x.sum() / n.sum()
    error = np.sqrt(len(n) / (len(n) - 1) * ((x - share_of * n) ** 2).sum()) / n.sum()
    reach = float(stats.t.ppf(0.975, len(n) - 1) * error)
    plain = 1.96 * np.sqrt(share_of * (1 - share_of) / n.sum())
    low, high = max(share_of - reach, 0.0), min(share_of + reach, 1.0)
    return f"{100 * share_of:.1f} ({100 * low:.1f}–{100 * high:.1f}; {len(n)} clusters)", reach / plain


def write(page: str, name: str, text: str) -> None:
    """Put `text` between `<!-- study: name -->` and `<!-- end of study -->` of docs/methods/`page`.md."""
    path = PAGES / f"{page}.md"
    opening, closing = f"<!-- study: {name} -->", "<!-- end of study -->"
    before, _, rest = path.read_text(encoding="utf-8").partition(opening)
    if not rest:
        raise ValueError(f"{path.name} has no marker for {name}.")
    after = rest.partition(closing)[2]
    path.write_text(f"{before}{opening}\n\n{text}\n\n{closing}{after}", encoding="utf-8")
