"""Somebody at a browser, in words that read like what people do. Counts taps, filled fields and screens."""

from __future__ import annotations

import re
from typing import Any

from tests.browser import axe
from tests.browser.driver import PATIENCE

PASSWORD = "arjen-laineilla-yhdessa"
MAIN = "#main"


class Somebody:
    """One person with one browser. `who` is the demo address that the sign-in form is given."""

    def __init__(self, page: Any, who: str = "", *, scripts: bool = True):
        self.page, self.who, self.scripts = page, who, scripts
        self.taps = self.filled = self.screens = 0
        page.on("request", self._count)

    def _count(self, request: Any) -> None:
        if (
            request.is_navigation_request()
            and request.frame == self.page.main_frame
            and not request.redirected_from
        ):
            self.screens += 1

    def starts_counting(self) -> None:
        self.taps = self.filled = self.screens = 0

    # --- going ---------------------------------------------------------------------------------

    def opens(self, path: str) -> Any:
        return self.page.goto(path)

    def signs_in(self, password: str = PASSWORD, *, at: str = "/fi/work/") -> None:
        """By the form, as the person was told to."""
        self.opens(at)
        self.writes("Sähköposti", self.who)
        self.writes("Salasana", password)
        self.presses("Kirjaudu")

    def follows(self, text: str, *, within: str = MAIN) -> None:
        """A link, by its words."""
        self._tap(self.page.locator(within).get_by_role("link", name=text).first)

    def presses(self, text: str, *, within: str = MAIN) -> None:
        """A button, by its words; the next page is there afterwards."""
        self._tap(self.page.locator(within).get_by_role("button", name=text, exact=True).first)

    def chooses(self, text: str) -> None:
        """A tick or a choice, by its label, which is what a finger hits."""
        self._tap(self.page.locator(MAIN).locator("label").filter(has_text=text).first)

    def unfolds(self, text: str, *, within: str = MAIN) -> None:
        self._tap(self.page.locator(within).locator("summary").filter(has_text=text).first)

    def _tap(self, target: Any) -> None:
        target.click()
        self.taps += 1
        self.page.wait_for_load_state("load", timeout=PATIENCE)

    # --- writing -------------------------------------------------------------------------------

    def writes(self, label: str, text: str) -> None:
        """Into the field whose label begins so."""
        self.field(label).fill(text)
        self.filled += 1

    def field(self, label: str) -> Any:
        return self.page.locator(MAIN).get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first

    def writes_chapter(self, text: str) -> None:
        """A paragraph at the end of a chapter: in the editor, or as plain text without scripts."""
        if not self.scripts:
            area = self.page.locator("textarea[name=body]")
            area.fill(f"{area.input_value()}\n\n{text}")
            return
        editor = self.page.locator(".rich-text").first
        editor.click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.press("Enter")
        self.page.keyboard.insert_text(text)

    def attaches(self, name: str, content: bytes, kind: str) -> None:
        file = {"name": name, "mimeType": kind, "buffer": content}
        self.page.locator("input[type=file]").set_input_files(file)
        self.filled += 1

    # --- seeing --------------------------------------------------------------------------------

    @property
    def reads(self) -> str:
        """All words in the main part of the page, as one line."""
        return " ".join(self.page.locator(MAIN).inner_text().split())

    @property
    def heading(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def path(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def sees(self, *texts: str) -> None:
        words = self.reads
        for text in texts:
            assert text in words, f"“{text}” is not on {self.path}:\n{words[:1500]}"

    def does_not_see(self, text: str) -> None:
        assert text not in self.reads, f"“{text}” is on {self.path}"

    def meets_no_barrier(self) -> None:
        """The page as it is now, with what was typed and refused, has no accessibility fault."""
        if self.scripts:
            found = axe.misses(self.page) + axe.faults(self.page) + axe.small_targets(self.page)
            assert found == [], "\n".join([self.path, *found])

    def required_fields(self) -> list[str]:
        """Labels of what the form on the page asks and does not let one leave out."""
        return self.page.locator("#main-form").evaluate(
            """form => Array.from(form.querySelectorAll('.field')).filter(f => !f.closest('details'))
              .filter(f => f.querySelector('input:not([type=hidden]), select, textarea'))
              .map(f => (f.querySelector('legend, label') || f).textContent.trim().replace(/\\s+/g, ' '))
              .filter(words => !words.includes('(vapaaehtoinen)'))"""
        )
