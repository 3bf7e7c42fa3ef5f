"""Every page that opens by GET, found from the addresses of the installation: what is new is visited without being listed."""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.test import RequestFactory
from django.urls import get_resolver

from tests.browser.driver import DESKTOP, PHONE
from tests.test_architecture import walk
from tests.walking import PARAMETER

LANGUAGES, SCHEMES, SIZES = ("fi", "sv", "en"), ("light", "dark"), (PHONE, DESKTOP)
EVERY_WAY = list(product(LANGUAGES, SCHEMES, SIZES))
COORDINATOR = "koordinaattori@demo.lautta.invalid"
NEWCOMER = "uusi@demo.lautta.invalid"
# Files, redirects and answers to machines.
NOT_PAGES = {
    "common:root", "common:health", "common:favicon", "publishing:sitemap", "publishing:robots", "measures:excel_download",
    "measures:word_file", "workspace:my_data", "publishing:indicator_data",
    "publishing:version_json", "decisions:content", "publishing:paper_file", "publishing:public_paper",
    "publishing:population_data", "publishing:area_population_data", "network:import_template", "annual_clock:feed",
}  # fmt: skip
WHO = {"workspace:start": NEWCOMER}


@dataclass(frozen=True)
class Page:
    """`name` is room:name of the address; `values` stand before those of the prepared demo."""

    name: str
    route: str
    who: str = ""
    query: str = ""
    values: dict[str, str] = field(default_factory=dict, hash=False)
    status: int = 200

    @property
    def id(self) -> str:
        return f"{self.name}{self.query}" + "".join(f"[{v}]" for v in self.values.values())

    def path(self, language: str, addresses: dict[str, Any]) -> str:
        values = addresses["values"] | addresses["by_route"].get(self.name, {}) | self.values
        filled = PARAMETER.sub(lambda match: str(values[match[1]]), self.route)
        return "/" + re.sub("^fi/", f"{language}/", filled) + self.query

    @property
    def way(self) -> tuple[str, str, tuple[int, int]]:
        """Language, scheme and size in which the quick suite visits the page; the same on every run."""
        return EVERY_WAY[zlib.crc32(self.id.encode()) % len(EVERY_WAY)]


def opens(view: Any) -> bool:
    """Whether the view answers GET: one that only takes POST refuses before it looks at anything."""
    log = logging.getLogger("django.request")
    was, log.disabled = log.disabled, True
    try:
        return view(RequestFactory().get("/")).status_code != 405
    except Exception:
        return True
    finally:
        log.disabled = was


def from_addresses() -> Iterator[Page]:
    """The pages behind the URL patterns; where an address exists with and without an ending, the fuller one."""
    found: dict[str, Page] = {}
    for route, entry in walk(get_resolver().url_patterns):
        room = entry.callback.__module__.split(".")[1]
        name = f"{room}:{entry.name}"
        if (
            route.startswith(("^", "static"))
            or "account/" in route
            or name in NOT_PAGES
            or not opens(entry.callback)
        ):
            continue
        who = WHO.get(name) or (COORDINATOR if "work/" in route else "")
        # In the order of the patterns an optional ending comes second.
        found[name] = Page(name, route, who)
    yield from found.values()


def account_page(name: str, path: str, who: str = "") -> Page:
    return Page(f"account:{name}", f"fi/account/{path}", who)


def more() -> Iterator[Page]:
    """Pages of the sign-in, and pages that look quite different by what is asked of them."""
    yield account_page("login", "login/")
    yield account_page("logout", "logout/", COORDINATOR)
    yield account_page("password_reset", "password/reset/")
    yield account_page("password_reset_done", "password/reset/done/")
    yield account_page("password_change", "password/change/", COORDINATOR)
    yield account_page("inactive", "inactive/")
    named = {page.name: page for page in from_addresses()}

    def like(name: str, query: str = "", **values: str) -> Page:
        return Page(name, named[name].route, named[name].who, query, values)

    yield like("publishing:search", "?q=nuori")
    yield like("publishing:search", "?q=zzzz")
    yield like("publishing:clock", "?lane=decisions&month=5")
    yield like("annual_clock:clock", "?mine=1&kind=workshop")
    yield like("publishing:indicator", "?area=KU489")
    yield like("publishing:indicators", "?area=KU286")
    yield like("publishing:measures", "?status=done")
    yield like("publishing:chapter", "?selko=1")
    yield like("publishing:feedback", "?sent=1")
    yield like("publishing:help", who="child")
    yield like("publishing:help", who="teen", need="mood")
    yield like("publishing:help", who="expecting", need="substances")
    yield like("measures:list", "?year=all")
    yield like("measures:round", year="2023")
    yield like("measures:section", section="resources")
    yield like("measures:section", section="mirroring")
    yield like("plans:chapter_edit", language="sv")
    yield like("plans:goal_edit", language="sv")
    yield like("plans:mirroring_edit", framework="convention")
    yield like("publishing:feedback_inbox", "?state=closed")
    for step in (
        "memo",
        "screening",
        "background",
        "alternatives",
        "hearings",
        "conflicts",
        "reasoning",
        "follow_up",
        "summary",
    ):
        yield like("assessments:step", step=step)
    yield like("assessments:move", state="proposed")
    yield Page(
        "publishing:confirm_contacts", "fi/confirm/<str:secret>/", values={"secret": "vaara"}, status=404
    )
    yield Page("common:not_found", "fi/sivu-jota-ei-ole/sivu/", status=404)


def every_page() -> list[Page]:
    return [*from_addresses(), *more()]
