"""Every page: no accessibility fault, one heading, no sideways scroll on a phone, and light enough for a slow line.

The quick suite visits each page once, in a language, scheme and width that rotate by page; `make verify` in every way.
"""

from __future__ import annotations

import pytest

from tests.browser import axe
from tests.browser.driver import PHONE
from tests.browser.pages import EVERY_WAY, LANGUAGES, SCHEMES, SIZES, Page, every_page

pytestmark = pytest.mark.browser
PAGES = every_page()
EACH = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)


def open_page(look, addresses, page: Page, language: str, scheme: str, size):
    tab = look(page.who)
    appear(tab, scheme, size)
    response = tab.goto(page.path(language, addresses), wait_until="load")
    assert response is not None
    assert response.status == page.status, f"{response.status} {response.url}"
    assert "/account/login/" not in response.url or page.name == "account:login", "sent to sign in"
    return tab, response


def appear(tab, scheme: str, size) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": size[0], "height": size[1]})


def test_there_is_something_to_visit():
    assert sum(not page.who for page in PAGES) >= 25
    assert sum(bool(page.who) for page in PAGES) >= 60
    assert {page.way for page in PAGES} == set(EVERY_WAY)
    assert len({page.id for page in PAGES}) == len(PAGES)


@EACH
def test_page(look, addresses, page):
    language, scheme, size = page.way
    tab, response = open_page(look, addresses, page, language, scheme, size)
    assert tab.evaluate("document.documentElement.lang") == language
    assert axe.misses(tab) == []
    assert axe.faults(tab) == []
    assert axe.small_targets(tab) == []
    assert len(response.body()) < axe.MOST_BYTES
    appear(tab, scheme, PHONE)
    assert axe.too_wide(tab) == []


@pytest.mark.verify
@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_in_every_way(look, addresses, page, language):
    found = []
    # Loaded anew for each scheme: the colours of a page that changes under the reader are not what is judged here.
    for scheme in SCHEMES:
        tab, _response = open_page(look, addresses, page, language, scheme, SIZES[0])
        for size in SIZES:
            appear(tab, scheme, size)
            wrong = axe.misses(tab) + axe.faults(tab) + axe.small_targets(tab) + axe.too_wide(tab)
            found += [f"{scheme} {size[0]}: {fault}" for fault in wrong]
    assert found == [], "\n".join(found)
