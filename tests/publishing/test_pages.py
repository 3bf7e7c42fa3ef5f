"""Every public page: it answers, is light, well formed, follows nobody, and asks the database little."""

from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.publishing.world import SECRETS, Page

MOST_QUERIES = 10
MOST_BYTES = 100_000


def _get(client, url: str):
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response, len(seen)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_is_light_and_asks_little(client, world, language):
    for name, url in world.pages().items():
        url = url.replace("/fi/", f"/{language}/", 1)
        response = client.get(url, follow=True)  # a slug in another language leads to the right one
        url = response.redirect_chain[-1][0] if response.redirect_chain else url
        response, queries = _get(client, url)
        assert queries <= MOST_QUERIES, (name, queries)
        assert len(response.content) < MOST_BYTES, name


def test_no_page_sets_a_cookie_or_knows_the_visitor(client, world):
    for name, url in world.pages().items():
        response = client.get(url)
        assert not response.cookies, name
        assert "Cookie" not in response.get("Vary", ""), name


def test_pages_are_kept_for_a_minute_and_then_asked_by_etag(client, world):
    response = client.get(world.url("home"))
    assert response["Cache-Control"] == "public, max-age=60"
    again = client.get(world.url("home"), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_no_page_asks_anything_of_a_third_party(client, world):
    for name, url in world.pages().items():
        page = Page(client.get(url).content.decode())
        asked = [
            a["src"]
            for tag in ("script", "img", "iframe", "source", "audio", "video")
            for a in page.all(tag)
            if "src" in a
        ]
        asked += [
            a["href"]
            for a in page.all("link")
            if a.get("rel") in {"stylesheet", "icon", "preload", "preconnect"}
        ]
        asked += [a["href"] for a in page.all("use")] + [
            a["action"] for a in page.all("form") if "action" in a
        ]
        assert asked, name
        assert [a for a in asked if not a.startswith("/") or a.startswith("//")] == [], name


def test_headings_are_in_order(client, world):
    for name, url in world.pages().items():
        levels = [level for level, _ in Page(client.get(url).content.decode()).headings]
        assert levels.count(1) == 1, name
        # The index beside a chapter names itself before the chapter's own heading.
        levels = levels[levels.index(1) :] if levels[0] == 2 and name.startswith("chapter") else levels
        assert levels[0] == 1, name
        assert all(b <= a + 1 for a, b in pairwise(levels)), (name, levels)


def test_ids_are_unique_and_labels_lead_somewhere(client, world):
    for name, url in world.pages().items():
        page = Page(client.get(url).content.decode())
        ids = [a["id"] for _, a in page.elements if "id" in a]
        assert len(ids) == len(set(ids)), (name, sorted(i for i in ids if ids.count(i) > 1))
        named = {i for _, a in page.elements for i in a.get("aria-labelledby", "").split()}
        named |= {a["for"] for a in page.all("label") if "for" in a}
        assert named <= set(ids), (name, named - set(ids))


def test_every_page_says_its_language_and_the_others(client, world):
    for name, url in world.pages().items():
        page = Page(client.get(url.replace("/fi/", "/sv/", 1), follow=True).content.decode())
        assert page.all("html")[0]["lang"] == "sv", name
        others = {a["hreflang"] for a in page.all("link") if a.get("rel") == "alternate"}
        assert others == {"fi", "en"}, name


def test_text_in_another_language_is_marked(client, world):
    swedish = {name: url.replace("/fi/", "/sv/", 1) for name, url in world.pages().items()}
    marked = {
        "measure": "Perhekahvila",
        "measures": "Perhekahvila",
        "chapter": "Johdanto",
        "subgoal": "Perhe saa tukea",
        "voice": "Mulla on yksi kaveri.",
        "voices": "Mulla on yksi kaveri.",
        "organisation": "Haminan kaupunki",
        "plan": "Johdanto",
    }
    for name, text in marked.items():
        page = Page(client.get(swedish[name], follow=True).content.decode())
        body = [(lang, data) for lang, data in page.languages if text in data and "–" not in data]
        assert "fi" in {lang for lang, _ in body}, (name, body)


def test_a_chapter_without_translation_says_so(client, world):
    page = client.get(world.pages()["chapter"].replace("/fi/", "/sv/", 1), follow=True)
    assert page.status_code == 200
    assert "alert" in page.content.decode()
    assert "Uusi teksti." in page.content.decode()


def test_nothing_hidden_is_on_any_page(client, world):
    for name, url in world.pages().items():
        for language in ("fi", "sv", "en"):
            text = client.get(url.replace("/fi/", f"/{language}/", 1), follow=True).content.decode()
            assert [word for word in SECRETS if word in text] == [], (name, language)
    for url in ("/sitemap.xml", "/robots.txt"):
        text = client.get(url).content.decode()
        hidden = (world.draft, world.hidden_goal, world.hidden_subgoal, world.hidden_chapter, world.pending)
        assert not [h for h in hidden if h.public_id in text]


def test_hidden_things_have_no_page(client, world):
    for name, hidden in (
        ("measure", world.draft),
        ("goal", world.hidden_goal),
        ("goal", world.hidden_subgoal),
        ("chapter", world.hidden_chapter),
        ("chapter_changes", world.hidden_chapter),
        ("voice", world.pending),
    ):
        assert client.get(world.url(name, hidden.public_id)).status_code == 404, name


def test_a_hidden_year_of_a_public_measure_stays_hidden(client, world):
    response = client.get(world.url("measure", world.measure.public_id, "perhekahvila") + "?year=2025")
    assert "Salavuosi" not in response.content.decode()
    assert response.context["year"].round.year == 2024


def test_search_finds_only_what_is_public(client, world):
    for query in (*SECRETS, "perhekahvila"):
        text = client.get(world.url("search"), {"q": query}).content.decode()
        hits = text.split('<ul class="hits">')[-1] if '<ul class="hits">' in text else ""
        assert not [word for word in SECRETS if word in hits]
    assert "<mark>Perhekahvila</mark>" in text


def test_a_plan_that_is_not_published_has_no_page(client, world):
    urls = list(world.pages().values())
    world.plan.published_at = None
    world.plan.save()
    assert {client.get(url).status_code for url in urls} == {404}
    assert world.plan.public_id not in client.get("/sitemap.xml").content.decode()


def test_signed_in_people_see_the_same_public_page(client, login, world):
    anonymous = client.get(world.url("measures")).content
    assert login(world.cast.hannes).get(world.url("measures")).content == anonymous


def test_head_and_post_on_a_page_for_reading(client, world):
    assert client.head(world.url("home")).status_code == 200
    assert client.post(world.url("home")).status_code == 405


def test_site_address_is_in_the_head(client, world):
    page = Page(client.get(world.pages()["goal"]).content.decode())
    canonical = [a["href"] for a in page.all("link") if a.get("rel") == "canonical"]
    assert canonical == [settings.SITE_URL + world.pages()["goal"]]
    graph = {a["property"]: a["content"] for a in page.all("meta") if "property" in a}
    assert graph["og:title"] == "Arjen hyvinvointi"
