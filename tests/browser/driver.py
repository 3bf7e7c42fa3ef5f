"""The browser: found, started without a way to any network but loopback, and watched while it visits."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 30_000
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]  # fmt: skip
PHONE, DESKTOP = (390, 844), (1280, 900)


def path_of_chromium() -> str | None:
    """LAUTTA_CHROMIUM, else the first that is installed."""
    if given := os.environ.get("LAUTTA_CHROMIUM"):
        return given
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Any]:
    """A started browser. FileNotFoundError when none is installed."""
    from playwright.sync_api import sync_playwright

    path = path_of_chromium()
    if path is None:
        raise FileNotFoundError("Chromium is missing (apt-get install chromium, or set LAUTTA_CHROMIUM)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS, timeout=PATIENCE * 4)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What went wrong on the pages of one visitor."""

    home: str
    complaints: list[str] = field(default_factory=list)

    def over(self, page: Any) -> None:
        """Listen to the page from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _console(self, message: Any) -> None:
        # Answers are judged by their status in _response, where a refused form can be told from a missing file.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and f"{parts.scheme}://{parts.netloc}" != self.home:
            self.complaints.append(f"third party: {request.url}")

    def _failed(self, request: Any) -> None:
        # A download and a page left in mid-load end their requests so.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Any) -> None:
        worst = 500 if response.request.resource_type == "document" else 400
        if response.status >= worst:
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")
