"""A number of an indicator in a chapter: shown as it was when saved, with a way to where it comes from."""

import pytest

from lautta.common.actors import SYSTEM
from lautta.indicators.areas import code_of_area
from lautta.plans.actions.chapters import publish_chapter, save_revision
from lautta.plans.models import FigureReference
from tests.indicators import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(world):
    code = code_of_area(world.plan.region.area)
    about = f.metadata("4711", "Ilman ystävää, %")
    f.taken_in(f.panel({(code, year): 8.0 + year / 10_000 for year in range(2018, 2024)}), about)
    return f.IndicatorFactory._meta.model.objects.get(source_id="4711")


def saved(world, body: str, plain: str = "") -> None:
    latest = world.chapter.revisions.filter(language="fi").latest("number")
    revision = save_revision(
        by=SYSTEM,
        chapter=world.chapter,
        language="fi",
        title=latest.title,
        body=body,
        plain=plain,
        based_on=latest.number,
    )
    publish_chapter(by=SYSTEM, chapter=world.chapter, language="fi", revision=revision)


def read(client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_the_reader_sees_a_number_and_never_a_code(world, client, indicator):
    token = f"[[mittari:{indicator.public_id}]]"
    saved(world, f"<p>Joka kymmenes: {token} nuorista.</p>", f"Näin moni: {token}.")
    page = read(client, world.url("chapter", world.chapter.public_id))
    assert "mittari:" not in page
    assert "8,2" in page
    assert f"/indicators/{indicator.public_id}/" in page
    for name in ("print", "plan", "children"):
        assert "mittari:" not in read(client, world.url(name)), name


def test_a_newer_vintage_alters_no_text_and_tells_the_editor(world, client, indicator):
    code = code_of_area(world.plan.region.area)
    saved(world, f"<p>Luku on [[mittari:{indicator.public_id} {code} 2023]].</p>")
    f.taken_in(
        f.panel({(code, year): 9.9 for year in range(2018, 2024)}), f.metadata("4711", "Ilman ystävää, %")
    )
    page = read(client, world.url("chapter", world.chapter.public_id))
    assert "8,2" in page
    assert "9,9" not in page
    assert [m.text for m in FigureReference.objects.of_plan(world.plan).moved()] == ["9,9\xa0% (2023)"]
