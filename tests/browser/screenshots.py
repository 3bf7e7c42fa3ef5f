"""`make screenshots`: docs/screenshots/*.png from the demo, on a phone, on a desktop, and on a desktop in the dark."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from lautta.common.demo_day import FILE as DAY
from tests.browser.driver import DESKTOP, PATIENCE, PHONE, Watch, chromium
from tests.browser.installation import ROOT, Installation, built_once

FOLDER = ROOT / "docs" / "screenshots"
MOST_BYTES = 300_000
COORDINATOR = "koordinaattori@demo.lautta.invalid"
# Name of the picture, who looks, address, and what has to be on the page before it is taken.
PICTURES = (
    ("home", "", "/fi/{plan_id}/", "h1"),
    ("goal", "", "/fi/{plan_id}/goals/{goal_id}/x/", "h1"),
    ("list", "", "/fi/{plan_id}/measures/", "h1"),
    ("measure", "", "/fi/{plan_id}/measures/{measure_id}/x/", "h1"),
    ("my-work", COORDINATOR, "/fi/work/{plan_id}/", "h1"),
    ("chapter-editing", COORDINATOR, "/fi/work/{plan_id}/plan/chapters/{chapter_id}/fi/edit/", ".rich-text"),
)
WAYS = (("phone", PHONE, "light"), ("desktop", DESKTOP, "light"), ("dark", DESKTOP, "dark"))


def take(browser, site: Installation, addresses: dict, folder: Path, only: set[str]) -> list[str]:
    """Writes the pictures and returns what is wrong with them."""
    wrong = []
    for way, (width, height), scheme in WAYS:
        for name, who, path, wait_for in PICTURES:
            if only and name not in only:
                continue
            context = browser.new_context(
                base_url=site.url,
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                locale="fi",
                timezone_id="Europe/Helsinki",
                reduced_motion="reduce",
            )
            context.set_default_timeout(PATIENCE)
            if who:
                session = {"name": "sessionid", "value": addresses["sessions"][who], "url": site.url}
                context.add_cookies([session])
            page = context.new_page()
            watch = Watch(site.url)
            watch.over(page)
            answer = page.goto(path.format(**addresses["values"]), wait_until="networkidle")
            page.locator(wait_for).first.wait_for()
            if answer is None or answer.status != 200:
                wrong.append(f"{name}: {answer and answer.status} {page.url}")
            target = folder / f"{name}-{way}.png"
            page.screenshot(path=target, scale="css", animations="disabled")
            size = target.stat().st_size
            print(f"{target.name}: {size // 1000} kB")
            if size > MOST_BYTES:
                wrong.append(f"{target.name}: {size} bytes")
            wrong += [f"{target.name}: {complaint}" for complaint in watch.complaints]
            context.close()
    return wrong


def main(only: set[str]) -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="lautta-screenshots-") as scratch:
        prepared = built_once(Path(scratch))
        addresses = json.loads((prepared / "addresses.json").read_text("utf-8"))
        site = Installation(prepared, Path(scratch) / "site")
        shutil.copy(prepared / DAY, Path(scratch) / "site")
        try:
            site.start()
            with chromium() as browser:
                wrong = take(browser, site, addresses, FOLDER, only)
        finally:
            site.stop()
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(set(sys.argv[1:])))
