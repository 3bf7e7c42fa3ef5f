"""The watch and the checks see what is wrong: without this, a silent suite would prove nothing."""

from __future__ import annotations

import pytest

from tests.browser import axe
from tests.browser.driver import PHONE, Watch

pytestmark = pytest.mark.browser
BAD = """<!doctype html><html><head><title></title></head><body><main id="main"><h1>Yksi</h1><h1>Kaksi</h1>
<p style="color:#bbb">Himmeä</p><img src="data:,"><div style="width:900px">leveä</div>
<a href="#a" style="display:block;width:12px;height:12px;overflow:hidden">a</a>
<a href="#b" style="display:block;width:12px;height:12px;overflow:hidden">b</a>
<p>Virkkeessä on <a href="#c">linkki</a> keskellä.</p></main></body></html>"""


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    yield context.new_page()
    context.close()


def test_the_checks_see_a_bad_page(page):
    page.set_content(BAD)
    faults = " ".join(axe.faults(page))
    for rule in ("color-contrast", "html-has-lang", "document-title", "image-alt"):
        assert rule in faults
    assert axe.misses(page) == ["h1: ['Yksi', 'Kaksi']", "no title"]
    small = axe.small_targets(page)
    assert len(small) == 2, small
    assert axe.too_wide(page)[0].endswith(f"> {PHONE[0]}")


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<script>console.error('rikki')</script>", "console: rikki"),
        ("<script>nothing()</script>", "script: nothing is not defined"),
        ("<img src='http://elsewhere.invalid/x.png' alt=''>", "third party: http://elsewhere.invalid/x.png"),
        ("<img src='/static/missing.png' alt=''>", "404: GET"),
        ("<style>p { color: red }</style><p style='color: red'>x</p>", "Content Security Policy"),
    ],
)
def test_the_watch_hears_what_goes_wrong(page, site, body, complaint):
    watch = Watch(site.url)
    watch.over(page)

    def answer(route):
        policy = "style-src 'none'" if "Content" in complaint else "default-src * 'unsafe-inline'"
        route.fulfill(body=body, content_type="text/html", headers={"Content-Security-Policy": policy})

    page.route(f"{site.url}/bad", answer)
    page.goto(f"{site.url}/bad", wait_until="networkidle")
    assert any(complaint in heard for heard in watch.complaints), watch.complaints


def test_no_network_but_loopback_is_reached(page):
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")
