"""What a reader does: a councillor, a parent, a child. Nobody signs in, and nothing is stored in the browser."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.driver import DESKTOP, PHONE
from tests.browser.pages import every_page
from tests.browser.somebody import Somebody

pytestmark = pytest.mark.browser
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@pytest.fixture
def reader(visit, fresh_site):
    def _reader(*, scripts: bool = True, size=PHONE) -> Somebody:
        return Somebody(visit(size=size, scripts=scripts), scripts=scripts)

    return _reader


@pytest.fixture
def home(addresses) -> str:
    return f"/fi/{addresses['values']['plan_id']}/"


@BOTH_WAYS
def test_a_word_is_found_in_any_of_its_forms(reader, home, scripts):
    """Given a reader who types nuori; when they search; then a page that speaks of nuorten is found."""
    anna = reader(scripts=scripts)
    anna.opens(home)
    anna.writes("Hae suunnitelmasta", "nuori")
    anna.presses("Hae")
    anna.sees("osumaa")
    bent = anna.page.locator(".hits li").filter(
        has_text=re.compile(r"\bnuort?en\b|\bnuorilla\b|\bnuoria\b", re.I)
    )
    assert bent.count() > 0, anna.reads[:1000]
    bent.locator("a").first.click()
    assert "nuor" in anna.reads.lower()


@BOTH_WAYS
def test_filters_are_links_that_can_be_shared(reader, home, scripts):
    anna = reader(scripts=scripts, size=DESKTOP)
    anna.opens(f"{home}measures/")
    all_of_them = int(re.search(r"(\d+) toimenpidettä", anna.reads)[1])
    anna.unfolds("Organisaatio")
    anna.follows("Kotkan kaupunki")
    assert "organisation" in parse_qs(urlsplit(anna.page.url).query)
    some = int(re.search(r"(\d+) toimenpi", anna.reads)[1])
    assert 0 < some < all_of_them
    shared = anna.path
    other = reader(scripts=scripts)
    other.opens(shared)
    assert int(re.search(r"(\d+) toimenpi", other.reads)[1]) == some


@BOTH_WAYS
def test_the_language_changes_and_the_page_stays(reader, home, addresses, scripts):
    anna = reader(scripts=scripts, size=DESKTOP)
    anna.opens(f"{home}goals/{addresses['values']['goal_id']}/x/")
    finnish, was = anna.heading, anna.path
    anna.page.locator("a[hreflang=sv]:visible").first.click()
    assert anna.path.startswith("/sv/")
    assert anna.path.split("/")[2:5] == was.split("/")[2:5]
    assert anna.page.evaluate("document.documentElement.lang") == "sv"
    assert anna.heading != finnish
    anna.page.locator("a[hreflang=fi]:visible").first.click()
    assert (anna.path, anna.heading) == (was, finnish)


@BOTH_WAYS
def test_a_child_finds_the_page_for_children(reader, home, scripts):
    child = reader(scripts=scripts)
    child.opens(home)
    child.follows("Lapsille")
    assert child.heading == "Tämä on sinua varten"
    child.sees("Mitä aikuiset lupaavat", "Näin lapset ja nuoret sanovat", "112")


@BOTH_WAYS
def test_feedback_arrives_and_leaves_nothing_behind(reader, home, site, scripts):
    """Given a reader without a name; when they write; then the message is stored, and no cookie is."""
    anna = reader(scripts=scripts)
    anna.opens(home)
    anna.follows("Anna palautetta")
    anna.presses("Lähetä")
    anna.sees("Tarkista vielä nämä")
    anna.meets_no_barrier()
    anna.page.locator("textarea[name=message]").fill("Leikkipuiston aukioloajat puuttuvat.")
    # The token has an age: a form that is sent at once was not written by a person.
    anna.page.wait_for_timeout(3500)
    anna.presses("Lähetä")
    assert anna.heading == "Kiitos, viesti tuli perille"
    assert anna.page.context.cookies() == []
    kept = site.rows("SELECT count(*) FROM publishing_feedback WHERE message LIKE 'Leikkipuiston%'")
    assert kept == [(1,)]


def test_the_whole_public_site_stores_nothing_in_the_browser(reader, addresses):
    anna = reader(scripts=False)
    public = [page for page in every_page() if not page.who and page.name.startswith("publishing:")]
    for page in public:
        anna.opens(page.path("fi", addresses))
        assert anna.page.context.cookies() == [], page.id
    assert len(public) >= 20


def test_scripts_store_nothing_either(reader, home):
    anna = reader()
    for path in ("", "measures/", "children/", "feedback/", "search/?q=nuori"):
        anna.opens(home + path)
        assert anna.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
            0,
            0,
            "",
        ], path
    assert anna.page.context.cookies() == []
