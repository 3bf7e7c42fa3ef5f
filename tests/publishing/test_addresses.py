"""Slugs decorate: the page is found without one, and a wrong one leads to the right one."""

import pytest

from lautta.publishing.links import slug_of


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Perhe saa tukea ennen kriisiä", "perhe-saa-tukea-ennen-kriisia"),
        ("Åbo & Ödemark!", "abo-odemark"),
        ("–", "-"),
        ("", "-"),
        ("Мама", "-"),
        ("a" * 200, "a" * 60),
    ],
)
def test_slug(words, slug):
    assert slug_of(words) == slug


def test_wrong_and_missing_slugs_lead_to_the_right_address(client, world):
    right = world.pages()["goal"]
    for wrong in (
        world.url("goal", world.cast.goal.public_id),
        world.url("goal", world.cast.goal.public_id, "vaara"),
    ):
        response = client.get(wrong)
        assert response.status_code == 301
        assert response.url == right


def test_the_question_is_kept(client, world):
    response = client.get(world.url("chapter", world.chapter.public_id) + "?selko=1")
    assert response.url.endswith("/johdanto/?selko=1")


def test_another_language_has_its_own_slug(client, world):
    url = world.pages()["goal"].replace("/fi/", "/sv/", 1)
    assert client.get(url).url.endswith("/vardag/")


@pytest.mark.parametrize("name", ["measure", "organisation", "municipality", "chapter"])
def test_every_kind_is_found_without_a_slug(client, world, name):
    ids = {
        "measure": world.measure, "organisation": world.cast.hamina, "municipality": world.area,
        "chapter": world.chapter,
    }  # fmt: skip
    response = client.get(world.url(name, ids[name].public_id), follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == world.pages()[name]


def test_sitemap_holds_right_addresses_only(client, world):
    text = client.get("/sitemap.xml").content.decode()
    assert text.startswith("<?xml")
    paths = [line.split("</loc>")[0].split(":8000")[-1] for line in text.split("<loc>")[1:]]
    for name in ("goal", "measure", "chapter", "organisation"):
        assert world.pages()[name] in paths, name
    assert len(paths) == len(set(paths))
    assert {client.get(path).status_code for path in paths} == {200}


def test_robots(client, db):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert "Sitemap: http" in response.content.decode()
