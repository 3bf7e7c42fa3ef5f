"""axe on an open page, and the few things besides that every page keeps."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_BYTES = 100_000
# WCAG 2.2, 2.5.8, which this axe does not know yet: 24 px, or a circle of 24 px that meets no other target; links within
# a sentence are let be, and a choice is pressed by its label too.
SMALL_TARGETS = """() => {
  const seen = e => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
  const box = e => {
    const rects = [e, ...(['checkbox', 'radio', 'file'].includes(e.type) ? e.labels : [])].map(x => x.getBoundingClientRect());
    const left = Math.min(...rects.map(r => r.left)), top = Math.min(...rects.map(r => r.top));
    const right = Math.max(...rects.map(r => r.right)), bottom = Math.max(...rects.map(r => r.bottom));
    return {left, top, right, bottom, width: right - left, height: bottom - top, x: (left + right) / 2, y: (top + bottom) / 2};
  };
  const inSentence = e => {
    if (getComputedStyle(e).display !== 'inline') return false;
    const block = e.parentElement.closest('p, li, dd, dt, td, th, figcaption, blockquote, label, div, h1, h2, h3, h4');
    return block && Array.from(block.childNodes).some(n => n !== e && !n.contains(e) && n.nodeType === 3 && n.data.trim());
  };
  const targets = Array.from(document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary'))
    .filter(e => seen(e) && e.getBoundingClientRect().width > 1).map(e => ({e, b: box(e)}));
  const small = t => t.b.width < 23.9 || t.b.height < 23.9;
  const meets = (t, o) => {
    if (small(o)) return Math.hypot(t.b.x - o.b.x, t.b.y - o.b.y) < 24;
    const x = Math.max(o.b.left, Math.min(t.b.x, o.b.right)), y = Math.max(o.b.top, Math.min(t.b.y, o.b.bottom));
    return Math.hypot(t.b.x - x, t.b.y - y) < 12;
  };
  return targets.filter(t => small(t) && !inSentence(t.e))
    .filter(t => targets.some(o => o.e !== t.e && !t.e.contains(o.e) && !o.e.contains(t.e) && meets(t, o)))
    .map(t => `${Math.round(t.b.width)} × ${Math.round(t.b.height)}: ${t.e.outerHTML.slice(0, 160)}`);
}"""


@cache
def source() -> str:
    import axe_core_python

    return (Path(axe_core_python.__file__).parent / "axe.min.js").read_text("utf-8")


def faults(page: Any) -> list[str]:
    """Violations of the rules that axe knows of WCAG A and AA, one line each with the element."""
    # Evaluated by the driver: a script element would break the page's own policy.
    page.evaluate(f"() => {{ if (!window.axe) {{ {source()} }} }}")
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        TAGS,
    )
    return [
        f"{v['id']}: {n['html'][:300]} {n['failureSummary'].splitlines()[-1].strip()}"
        for v in result["violations"]
        for n in v["nodes"]
    ]


def misses(page: Any) -> list[str]:
    """What else is wrong with the open page."""
    found = []
    heads = page.evaluate("() => Array.from(document.querySelectorAll('h1'), e => e.textContent.trim())")
    if len(heads) != 1 or not heads[0]:
        found.append(f"h1: {heads}")
    if not page.title().strip():
        found.append("no title")
    return found


def small_targets(page: Any) -> list[str]:
    """What is pressed and is smaller than WCAG 2.2 AA allows, at the present width."""
    return page.evaluate(SMALL_TARGETS)


def too_wide(page: Any) -> list[str]:
    """Elements that make the page scroll sideways, at the present width."""
    return page.evaluate(
        """() => {
          const width = window.innerWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [`${document.documentElement.scrollWidth} > ${width}`].concat(Array.from(document.querySelectorAll('body *'))
            .filter(e => e.getBoundingClientRect().right > width + 1).slice(0, 5)
            .map(e => e.outerHTML.slice(0, 160)));
        }"""
    )
