"""Base pages, components and refusals survive with nothing given, and stay well-formed."""

import datetime
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from lautta.common.problems import Refused
from tests.common.look.sheets import COMMON
from tests.common.look.test_forms import Reader

TEMPLATES = COMMON / "templates"
COMPONENTS = sorted(p.name for p in (TEMPLATES / "components").glob("*.html"))
ERRORS = sorted(p.name for p in (TEMPLATES / "errors").glob("*.html"))
LINK = {"label": "Linkki", "url": "/x", "current": True, "title": "Otsikko", "term": "Sana", "text": "Teksti"}
GIVEN = {
    "title": "Otsikko <b>",
    "text": "Teksti <b>",
    "label": "Nimi",
    "url": "/x/",
    "number": 2,
    "goal": 2,
    "status": "done",
    "timeliness": "late",
    "tier": 3,
    "value": 3,
    "max": 4,
    "id": "one",
    "quote": "Sanottu",
    "quote_role": "Isä",
    "under_way": 1,
    "moved": 2,
    "items": [LINK | {"state": "done", "date": datetime.date(2026, 11, 24), "remove_url": "/y"}],
    "groups": [{"label": "Kunta", "open": True, "choices": [LINK | {"tally": 0}]}],
    "columns": [{"label": "Kunta"}, {"label": "Luku", "numeric": True}],
    "rows": [[{"text": "Kotka", "url": "/k"}, {"text": "1", "numeric": True}]],
    "language_links": [{"code": "fi", "name": "Suomi", "url": "/fi/", "current": True}],
    "date": datetime.date(2026, 11, 24),
    "submit": "Tallenna",
    "action": "Jatka",
    "actions": [{"label": "Muokkaa", "url": "/e", "icon": "edit", "css": None}],
}


@pytest.fixture(autouse=True)
def finnish():
    with translation.override("fi"):
        yield


def render(name: str, **context) -> str:
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.messages.storage.cookie import CookieStorage

    request = RequestFactory().get("/fi/")
    request.user = AnonymousUser()
    request._messages = CookieStorage(request)
    return get_template(name).render(context, request)


def whole(text: str) -> Reader:
    read = Reader(text)
    assert read.open == []
    assert len(read.ids) == len(set(read.ids))
    return read


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_survives_nothing(name):
    context = {"page": Paginator(range(3), 100).page(1)} if name == "pagination.html" else {}
    whole(render(f"components/{name}", **context))


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_with_everything_is_whole_and_escaped(name):
    text = render(f"components/{name}", **GIVEN, page=Paginator(range(900), 100).page(4))
    whole(text)
    assert "<b>" not in text.replace("<b>24.</b>", "")


@pytest.mark.parametrize("name", ["base.html", "public_base.html", "workspace_base.html"])
def test_base_page_survives_nothing(name):
    read = whole(render(name))
    assert [a.get("id") for tag, a in read.elements if tag == "main"] == ["main"]
    assert read.links[0] == "#main"
    html = next(a for tag, a in read.elements if tag == "html")
    assert html["lang"] == "fi"


def test_base_page_says_the_theme_and_the_language():
    with translation.override("sv"):
        read = whole(render("public_base.html", theme="dark"))
    html = next(a for tag, a in read.elements if tag == "html")
    assert html == {"lang": "sv", "data-theme": "dark"}


def test_current_page_is_told():
    text = render("public_base.html", nav=[{"label": "Tavoitteet", "url": "/t", "current": True}])
    assert text.count('aria-current="page"') == 2
    workspace = render(
        "workspace_base.html",
        workspace_nav=[
            {"heading": "Työn alla", "items": [{"label": "Oma työ", "url": "/w", "current": True}]}
        ],
    )
    assert workspace.count('aria-current="page"') == 2
    assert workspace.count('aria-labelledby="nav-side-1"') == workspace.count('id="nav-side-1"') == 1


@pytest.mark.parametrize("name", [e for e in ERRORS if e != "page.html"])
def test_refusal_has_a_heading_and_a_way_on(name):
    read = whole(render(f"errors/{name}", problem=Refused("Ei käy")))
    assert sum(tag == "h1" for tag, _ in read.elements) == 1
    assert "/" in read.links


def test_a_stale_form_gives_the_typed_text_back():
    text = render("errors/403.html", stale=True, typed={"what": "Pitkä teksti, jota ei saa hukata <b>"})
    assert "Pitkä teksti, jota ei saa hukata &lt;b&gt;" in text


def test_a_server_error_needs_nothing_but_the_template():
    text = get_template("errors/500.html").render()
    assert "Jokin meni rikki" in text


def test_table_cells_name_themselves():
    text = render("components/table.html", **GIVEN)
    assert '<td data-label="Luku" class="num">1</td>' in text


def test_pagination_keeps_the_rest_of_the_query():
    request = RequestFactory().get("/fi/?goal=2&page=3")
    page = Paginator(range(900), 100).page(3)
    text = get_template("components/pagination.html").render({"page": page}, request)
    assert "goal=2&amp;page=4" in text
    assert 'aria-current="page"' in text


def test_components_are_documented():
    guide = (Path(COMMON).parents[1] / "docs" / "look.md").read_text("utf-8")
    inner = {
        "side_index_list.html",
        "account_menu.html",
        "stylesheets.html",
        "nav.html",
        "work_nav.html",
        "site_footer.html",
    }
    missing = [name for name in COMPONENTS if name not in inner and name.removesuffix(".html") not in guide]
    assert missing == []
