"""The rich text editor under the strict content security policy, in a real browser."""

import re
from pathlib import Path

import pytest
import yaml

from lautta.common.actors import SYSTEM
from lautta.common.translated import Translated
from lautta.indicators.actions.summaries import summarise_current
from lautta.indicators.areas import code_of_area
from lautta.organisations.models import Area, AreaMembership
from lautta.plans.actions import chapters as actions
from lautta.plans.chapters.richtext import canonical
from lautta.plans.models import Chapter, JointIndicator
from tests.indicators import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
playwright = pytest.importorskip("playwright.sync_api")

DEMO = Path(__file__).resolve().parents[2] / "demo" / "kymenlaakso" / "chapters"


@pytest.fixture
def chapter(cast) -> Chapter:
    texts = {"fi": ("Nykytila", "<p>Alku.</p>", "Helppo."), "sv": ("Nuläget", "<p>Början.</p>", "")}
    return actions.create_chapter(by=cast.actor(cast.kaisa), plan=cast.plan, texts=texts)


@pytest.fixture
def opened(browser, cast, chapter, live_server, login):
    """`opened(page name, scripts=True)` gives a signed-in page and the list that its complaints gather in."""
    contexts = []
    cookie = login(cast.kaisa).cookies["sessionid"].value

    def _open(name: str = "chapter_edit", *, scripts: bool = True, language: str = "fi"):
        context = browser.new_context(java_script_enabled=scripts, base_url=live_server.url)
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.set_default_timeout(30_000)
        response = page.goto(address(chapter, name, language))
        assert response.status == 200
        assert "'unsafe" not in response.headers["content-security-policy"]
        if scripts and name == "chapter_edit":
            page.wait_for_selector(".rich-text")
        return page, complaints

    yield _open
    for context in contexts:
        context.close()


def address(chapter: Chapter, name: str, language: str = "fi") -> str:
    tail = {"chapter_edit": "edit/", "chapter": "", "chapter_history": "history/"}[name]
    return f"/fi/work/{chapter.plan.public_id}/plan/chapters/{chapter.public_id}/{language}/{tail}"


def latest(chapter: Chapter, language: str = "fi"):
    return chapter.revisions.filter(language=language).order_by("-number").first()


def save(page) -> None:
    page.click("#main-form button[type=submit]:not([data-ok])")
    page.wait_for_url(re.compile(r"/fi/$"))


def in_text(page) -> None:
    page.locator("[contenteditable=true]:focus").wait_for()


def tool(page, name: str) -> None:
    """Press a tool; the cursor is back in the text afterwards, also on a slow machine."""
    page.click(f"[data-tool={name}]")
    in_text(page)


def test_every_tool_works_and_nothing_breaks_the_policy(opened, chapter):
    page, complaints = opened()
    editor = page.locator(".rich-text")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.select_option("[data-block]", "2")
    page.keyboard.type("Otsikko tässä")
    page.keyboard.press("Enter")
    page.keyboard.type("Tavallinen ")
    tool(page, "bold")
    page.keyboard.type("vahva")
    tool(page, "bold")
    page.keyboard.type(" ja ")
    tool(page, "italic")
    page.keyboard.type("vino")
    tool(page, "italic")
    page.keyboard.type(" ")
    page.click("[data-tool=link]")
    page.fill("[data-ask=link] input", "lautta.invalid/sivu")
    page.keyboard.press("Enter")
    in_text(page)
    page.keyboard.press("Enter")
    tool(page, "bulletList")
    page.keyboard.type("eka")
    page.keyboard.press("Enter")
    page.keyboard.type("toka")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    tool(page, "blockquote")
    page.keyboard.type("Lapsi sanoi.")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    tool(page, "table")
    page.keyboard.type("Kunta")
    page.keyboard.press("Tab")
    page.keyboard.type("Lapsia")
    tool(page, "deleteColumn")
    page.click("[data-tool=caption]")
    page.fill("[data-ask=caption] input", "Lapset <kunnittain>")
    page.click("[data-ask=caption] [data-ok]")
    save(page)
    assert complaints == []
    body = latest(chapter).body
    for expected in (
        "<h2>Otsikko tässä</h2>",
        "<strong>vahva</strong> ja <em>vino</em>",
        '<a href="https://lautta.invalid/sivu" rel=',
        "<ul><li>eka</li><li>toka</li></ul>",
        "<blockquote><p>Lapsi sanoi.</p></blockquote>",
        '<table><caption>Lapset &lt;kunnittain&gt;</caption><thead><tr><th scope="col">Kunta</th>',
    ):
        assert expected in body
    assert canonical(body) == body


@pytest.fixture
def numbers(cast):
    """A joint indicator with numbers of the region and of Kotka."""
    region = cast.plan.region.area
    kotka = Area.objects.create(
        kind="municipality", code="285", name=Translated.of("Kotka"), sort_key="kotka"
    )
    AreaMembership.objects.create(area=kotka, parent=region, started_on="2000-01-01")
    areas = (code_of_area(region), "KU285", *(f"KU{n:03d}" for n in range(1, 12)))
    cells = {(a, y): n + (y - 2000) / 100 for n, a in enumerate(areas) for y in range(2015, 2021)}
    indicator = factories.taken_in(factories.panel(cells)).indicator
    summarise_current(by=SYSTEM)
    JointIndicator.objects.create(plan=cast.plan, indicator=indicator)
    return indicator


def test_a_number_is_chosen_and_stands_at_the_cursor(numbers, opened, chapter):
    page, complaints = opened()
    page.locator(".rich-text").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Nyt ")
    page.click("[data-tool=figure]")
    box = page.locator("[data-ask=figure]")
    box.locator("[data-figure-area]").select_option(label="Kotka")
    playwright.expect(box.locator("output")).to_have_text("1,2\xa0% (2020)")
    box.locator("[data-figure-year]").select_option("2018")
    playwright.expect(box.locator("output")).to_have_text("1,2\xa0% (2018)")
    box.locator("[data-ok]").click()
    in_text(page)
    page.keyboard.type(".")
    save(page)
    assert latest(chapter).body == f"<p>Alku. Nyt [[mittari:{numbers.public_id} KU285 2018]].</p>"
    assert complaints == []


def test_without_scripts_the_codes_are_there_to_copy(numbers, opened, chapter):
    page, _ = opened(scripts=False)
    assert page.locator("[data-tool=figure]").is_hidden()
    page.click("[data-figure-codes] > summary")
    page.click("[data-figure] > summary")
    code = page.locator("[data-area=KU285] code").inner_text()
    area = page.locator("textarea[name=body]")
    area.fill(f"Nyt {code}.")
    save(page)
    assert latest(chapter).body == f"<p>Nyt [[mittari:{numbers.public_id} KU285 2020]].</p>"


def test_no_style_or_script_is_added_to_the_page(opened):
    page, complaints = opened()
    assert page.evaluate("document.querySelectorAll('style').length") == 0
    assert page.evaluate("document.querySelectorAll('script:not([src]):not([type=importmap])').length") == 0
    assert page.evaluate("document.querySelectorAll('.rich-editor [style]').length") == 0
    assert complaints == []


TEXTS = [
    "<figure><table><tbody><tr><td>1</td></tr></tbody></table>"
    "<figcaption>Kuva <em>yksi</em></figcaption></figure>",
    "<p><cite>Teos</cite>, <u>a</u> <s>b</s> H<sub>2</sub>O x<sup>2</sup></p><hr>",
    "<table><caption>Lapset <strong>nyt</strong></caption><tbody>"
    '<tr><td colspan="2">a</td><td rowspan="2">b</td></tr>'
    "<tr><td>c</td><td>d</td></tr></tbody></table>",
    '<ol start="4"><li>neljä<ul><li>sisempi</li></ul></li><li><p>a</p><p>b</p></li></ol>',
    "<blockquote><p>a<br>b</p><ul><li>c</li></ul></blockquote><h4>x</h4><p>a&nbsp;b</p>",
]


def demo_texts() -> list[str]:
    def bodies(part) -> list[str]:
        if isinstance(part, list):
            return [b for p in part for b in bodies(p)]
        if not isinstance(part, dict):
            return []
        own = list(part["body"].values()) if isinstance(part.get("body"), dict) else []
        return own + [b for key, value in part.items() if key != "body" for b in bodies(value)]

    return [
        b for path in sorted(DEMO.glob("*.yaml")) for b in bodies(yaml.safe_load(path.read_text("utf-8")))
    ]


def test_opening_a_text_in_the_editor_changes_nothing_in_it(opened):
    page, complaints = opened()
    texts = [canonical(text) for text in TEXTS + demo_texts()]
    assert len(texts) > 20
    for text in texts:
        shown = page.evaluate(
            "(text) => { const e = document.querySelector('[data-rich-text]').richEditor;"
            " e.commands.setContent(text); return e.getHTML(); }",
            text,
        )
        assert canonical(shown) == text
    assert complaints == []


def test_the_keyboard_gets_out_of_a_table(opened):
    page, _ = opened()
    page.locator(".rich-text").click()
    tool(page, "table")
    for _i in range(12):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.rich-text')") is None


def test_a_draft_is_kept_and_comes_back(opened, chapter):
    page, complaints = opened()
    page.locator(".rich-text").click()
    page.keyboard.press("Control+End")
    with page.expect_response(lambda r: "/drafts/" in r.url and "ys." in (r.request.post_data or "")):
        page.keyboard.type(" Lisäys.")
    state = page.locator("#autosave")
    playwright.expect(state).to_contain_text(
        re.compile(r"Luonnos tallessa klo \d{1,2}\.\d\d"), timeout=30_000
    )
    page.goto(address(chapter, "chapter_edit"))
    assert page.locator(".restored-draft").is_visible()
    playwright.expect(page.locator(".rich-text")).to_contain_text("Alku. Lisäys.")
    page.click("text=Hylkää luonnos")
    page.wait_for_selector(".rich-text")
    assert page.locator(".restored-draft").count() == 0
    playwright.expect(page.locator(".rich-text")).to_have_text("Alku.")
    assert complaints == []


def test_without_scripts_the_text_is_plain_to_edit_and_stays(opened, chapter):
    body = canonical(TEXTS[2] + "<h2>Otsikko</h2><p>Hyvä <strong>arki</strong>.</p><ul><li>a</li></ul>")
    by = SYSTEM
    actions.save_revision(
        by=by, chapter=chapter, language="fi", title="Nykytila", body=body, plain="x", based_on=1
    )
    page, _ = opened(scripts=False)
    area = page.locator("textarea[name=body]")
    assert area.is_visible()
    assert "## Otsikko\n\nHyvä **arki**.\n\n- a" in area.input_value()
    save(page)
    assert latest(chapter).number == 2
    page.goto(address(chapter, "chapter_edit"))
    area.fill(area.input_value() + "\n\nUusi *kappale*.")
    save(page)
    assert latest(chapter).body == body + "<p>Uusi <em>kappale</em>.</p>"


def test_the_pages_have_no_accessibility_faults(numbers, opened):
    axe = pytest.importorskip("axe_core_python")
    source = (Path(axe.__file__).parent / "axe.min.js").read_text("utf-8")
    for name in ("chapter_edit", "chapter", "chapter_history"):
        page, _ = opened(name)
        # The browser's own channel: a script element would break the policy that is being proved.
        page.evaluate(source)
        faults = page.evaluate(
            "axe.run().then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.html)]))"
        )
        assert faults == [], name
