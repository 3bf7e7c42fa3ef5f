"""`python -m bench.texts`: what large and hostile texts cost, at one size and at twice it. Part of `make bench`.

A cost that grows as the square quadruples when the size doubles: such growth is printed as broken, and so is a cost over its
bound.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

# Texts for the reader of plans: each is repeated up to the size.
HOSTILE = {
    "cut words": "abcde-\n",
    "brackets": "(a, 2019 ja (",
    "open brackets": "(",
    "bars": "a | b | c\n",
    "tabs": "a\tb\tc\n",
    "wide gaps": " " * 50 + "a" + " " * 20 + "b\n",
    "numbered": "3. Otsikko\n",
    "headings": "4.2 Otsikko tässä\n\n",
    "speakers": "ÄITI\n",
    "names": "Maija Malli\n",
    "dots": "Johdanto " + "." * 300 + "\n",
    "contents": "Luku 3 ........ 12\n",
    "overprint": "ab" * 280 + "\n",
    "quotation marks": "”sanoi ”",
    "form feeds": "a\f",
    "blank": "\n",
    "never a full stop": "tämä kappale jatkuu ilman pistettä loppuun asti ja vielä vähän enemmän, yli-\n\n",
}
MOST_GROWTH = 3.4
# The cleaner (nh3) takes the square of their number; a chapter's longest text costs about a second.
KNOWN_SQUARES = {"rich text: &"}
# Under this the clock is too coarse for a growth.
MEASURABLE = 0.02
REAL_PLAN = Path(__file__).resolve().parents[2] / "shared" / "data" / "kymenlaakso_plan_2020_2024.txt"


def cases() -> dict[str, tuple[int, float, Callable[[int], object]]]:
    """{name: (size, most CPU seconds at that size, work of a size)}."""
    from lautta.common.words import analyse, words
    from lautta.plans.chapters.diff import diff, diff_words
    from lautta.plans.chapters.richtext import Run, canonical, removed
    from lautta.plans.importing import read_plan

    def repeated(unit: str, size: int) -> str:
        return unit * (size // len(unit.encode()))

    def reading(unit: str) -> Callable[[int], object]:
        return lambda n: read_plan(("a" + repeated(unit, n)).encode(), "a.txt", language_hint="fi")

    def dull(many: list[str]) -> Callable[[int], object]:
        return lambda n: diff_words([Run(" ".join(many * n))], [Run(" ".join(many[::-1] * (n * 5 // 6)))])

    def rewritten(n: int) -> object:
        old = canonical("".join(f"<p>vanha {i} sana</p>" for i in range(n)))
        return diff(old, canonical("".join(f"<p>uusi {i * 7} lause</p>" for i in range(n))))

    def markup(bad: str) -> Callable[[int], object]:
        return lambda n: (canonical(repeated(bad, n)), removed(repeated(bad, n)))

    long_words = ["kala", "lastensuojelu", "työyö", "alaala", "barnskola", "årlagmål"]
    made: dict[str, tuple[int, float, Callable[[int], object]]] = {
        f"plan: {name}": (60_000, 1.5, reading(unit)) for name, unit in HOSTILE.items()
    }
    made |= {f"diff: {len(w)} words": (6_000 // len(w), 5, dull(w)) for w in (["a"], ["a", "b"], [*"abcde"])}
    made["diff: rewritten paragraphs"] = (1_000, 5, rewritten)
    bad_markup = ("<", "<a ", "</", "<!--", "<a href='", "&", "<table><")
    made |= {f"rich text: {bad}": (200_000, 5, markup(bad)) for bad in bad_markup}
    made |= {
        f"words: {name}": (100_000, 2, lambda n, unit=unit: words(unit * n))
        for name, unit in {"one": "a", "hyphens": "a-", "short": "a ", "accents": "\u0301"}.items()
    }
    made["words: long compounds"] = (
        45,
        1.2,
        lambda n: [analyse((w * n)[:n], c) for w in long_words for c in ("fi", "sv")],
    )
    if REAL_PLAN.exists():
        text = REAL_PLAN.read_bytes() + b"\n"
        made["plan: real, 5 MB"] = (
            5_000_000,
            10,
            lambda n: read_plan(text * max(1, n // len(text)), REAL_PLAN.name),
        )
    return made


def cpu(work: Callable[[int], object], size: int) -> float:
    """The better of two: the collector's own rounds are not the work's."""
    times = []
    for _ in range(2):
        gc.collect()
        start = time.process_time()
        work(size)
        times.append(time.process_time() - start)
    return min(times)


def measure() -> int:
    broken = 0
    print(f"{'text':<32}{'size':>10}{'CPU s':>9}{'twice':>9}{'growth':>8}")
    for name, (size, most, work) in cases().items():
        work(min(size, 200))
        once, twice = cpu(work, size), cpu(work, 2 * size)
        growth = twice / once if once > MEASURABLE else 0.0
        over = once > most or (growth > MOST_GROWTH and name not in KNOWN_SQUARES)
        broken += over
        print(
            f"{name:<32}{size:>10}{once:>9.3f}{twice:>9.3f}{growth:>8.1f}{'  over the bound' if over else ''}",
            flush=True,
        )
    return 1 if broken else 0


def main() -> int:
    os.environ.setdefault("LAUTTA_SECRET_KEY", "bench")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lautta.config.settings")
    import django

    django.setup()
    return measure()


if __name__ == "__main__":
    sys.exit(main())
