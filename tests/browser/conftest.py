"""A running demo and visitors to it. Whatever a visitor's console, network or policy complains of fails the test."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.register_assert_rewrite("tests.browser.somebody")

from tests.browser.driver import DESKTOP, PATIENCE, Watch
from tests.browser.installation import Installation, built_once
from tests.browser.somebody import Somebody


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, worker_id) -> Path:
    """The folder of the prepared demo, the same for every worker of the run."""
    base = tmp_path_factory.getbasetemp()
    return built_once(base if worker_id == "master" else base.parent)


@pytest.fixture(scope="session")
def addresses(prepared) -> dict[str, Any]:
    """See tests/browser/prepare.py."""
    return json.loads((prepared / "addresses.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def site(prepared, tmp_path_factory) -> Iterator[Installation]:
    """This worker's own copy, served. Tests that write use `fresh_site`."""
    running = Installation(prepared, tmp_path_factory.mktemp("site"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def fresh_site(site) -> Iterator[Installation]:
    """The site, put back to the demo afterwards."""
    yield site
    site.restore()


def open_context(browser, site, addresses, who="", size=DESKTOP, scheme="light", scripts=True, language="fi"):
    """(context, its watch): a browser of one's own, signed in as the demo account `who` if that is given."""
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        java_script_enabled=scripts,
        locale=language,
        timezone_id="Europe/Helsinki",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    watch = Watch(site.url)
    context.on("page", watch.over)
    if who:
        context.add_cookies([{"name": "sessionid", "value": addresses["sessions"][who], "url": site.url}])
    return context, watch


def demand_silence(watches: list[Watch], site: Installation) -> None:
    """Nothing was complained of; if something was, the server's last words are shown beside it."""
    complaints = [complaint for watch in watches for complaint in watch.complaints]
    assert complaints == [], site.log[-3000:]


@pytest.fixture
def visit(browser, site, addresses) -> Iterator[Callable[..., Any]]:
    """`visit(who, size=, scheme=, scripts=, language=)` gives a page of a browser of one's own."""
    opened: list[tuple[Any, Watch]] = []

    def _visit(who: str = "", **ways: Any) -> Any:
        opened.append(open_context(browser, site, addresses, who, **ways))
        return opened[-1][0].new_page()

    yield _visit
    for context, _watch in opened:
        context.close()
    demand_silence([watch for _context, watch in opened], site)


@pytest.fixture(scope="module")
def _kept_tabs() -> Iterator[dict]:
    tabs: dict = {}
    yield tabs
    for page, _watch in tabs.values():
        page.context.close()


@pytest.fixture
def look(browser, site, addresses, _kept_tabs) -> Iterator[Callable[..., Any]]:
    """`look(who)` gives a tab for reading only, the same one to every test of a module: opening one costs more than a page."""
    used: list[Watch] = []

    def _look(who: str = "") -> Any:
        if who not in _kept_tabs:
            context, watch = open_context(browser, site, addresses, who)
            _kept_tabs[who] = (context.new_page(), watch)
        page, watch = _kept_tabs[who]
        used.append(watch)
        return page

    yield _look
    try:
        demand_silence(used, site)
    finally:
        for watch in used:
            watch.complaints.clear()


@pytest.fixture
def somebody(visit, fresh_site):
    """`somebody(who, size=DESKTOP, scripts=True, signed_in=True)`: see tests/browser/somebody.py."""

    def _somebody(who: str = "", *, size=DESKTOP, scripts: bool = True, signed_in: bool = True) -> Somebody:
        page = visit(who if signed_in else "", size=size, scripts=scripts)
        return Somebody(page, who, scripts=scripts)

    return _somebody


@pytest.fixture
def work(addresses) -> str:
    return f"/fi/work/{addresses['values']['plan_id']}/"
