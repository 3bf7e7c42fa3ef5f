"""A page with every component has no accessibility violation, at both widths and in both schemes."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from tests.common.look.test_forms import Sample
from tests.common.look.test_pages import GIVEN

pytestmark = pytest.mark.browser
axe = pytest.importorskip("axe_core_python.base")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'"
)
SPECIMEN = """{% extends "public_base.html" %}{% load look %}
{% block title %}Näyte{% endblock %}
{% block main %}<div class="wrap page stack goal-1">
{% include "components/page_header.html" with level=1 %}
<h2>Osat</h2>
<p class="cluster">{% for s in statuses %}{% status_pill s %}{% endfor %}
{% timing_mark "late" %}{% timing_mark "on_time" %}
{% tier_mark 1 %}{% tier_mark 4 %}{% trend_mark "down" %}
{% goal_mark 1 %}{% goal_mark 2 %}{% goal_mark 3 %}{% goal_mark %}
{% include "components/illustrative.html" %}{% include "components/untranslated.html" %}</p>
{% include "components/goal_card.html" %}{% include "components/measure_card.html" %}
{% include "components/alert.html" with kind="info" level=3 %}
{% include "components/alert.html" with kind="ok" level=3 %}
{% include "components/quotation.html" with role="Isä" %}{% include "components/timeline.html" %}
{% include "components/steps.html" %}{% include "components/tabs.html" %}
{% include "components/filters.html" %}
{% include "components/active_filters.html" %}{% include "components/table.html" with caption="Luvut" %}
{% include "components/progress.html" %}{% include "components/definition_list.html" %}
{% include "components/empty.html" with level=3 %}{% include "components/pagination.html" %}
<p class="cluster"><a class="button" href="#">Yksi</a><a class="button button-second" href="#">Kaksi</a>
<a class="button button-quiet" href="#">Kolme</a>
<button class="button button-danger" type="button">Poista</button></p>
<div class="band-sail stack"><p>Teksti</p><p class="muted">Himmeä</p><p class="error">Virhe</p></div>
<div class="band-mist stack"><p class="muted">Himmeä</p><p><a href="#">Linkki</a></p></div>
<form class="form" method="post" action="#" novalidate>{{ form }}
{% include "components/action_bar.html" with autosave=True second="Luonnos" cancel_url="/" %}</form>
</div>{% endblock %}"""


@pytest.fixture(scope="module")
def specimen() -> str:
    with translation.override("fi"):
        context = GIVEN | {
            "form": Sample({"title": "", "begins": "1.13.2026"}),
            "page": Paginator(range(900), 100).page(4),
            "statuses": ["planned", "under_way", "paused", "done", "cancelled"],
            "nav": [{"label": "Tavoitteet", "url": "/t", "current": True}],
        }
        request = RequestFactory().get("/fi/?goal=2")
        request.user = AnonymousUser()
        request._messages = CookieStorage(request)
        return engines["django"].from_string(SPECIMEN).render(context, request)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_violation(browser, specimen, scheme, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)

    def answer(route):
        path = route.request.url.split("lautta.test", 1)[1].split("?")[0]
        if path == "/":
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=specimen, content_type="text/html; charset=utf-8", headers=headers)
            return
        found = finders.find(path.removeprefix("/static/"))
        if found:
            route.fulfill(path=found, content_type=TYPES[Path(found).suffix])
        else:
            route.fulfill(status=404, body="")

    page.route("**/*", answer)
    page.goto("http://lautta.test/")
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text("utf-8"))
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in result["violations"]] == []
    assert complaints == []
    assert wide <= width
