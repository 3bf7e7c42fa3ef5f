"""Nothing of one plan is reachable under another plan's address."""

import datetime as dt

import pytest
from django.urls import reverse

from lautta.common.translated import Translated
from lautta.organisations.models import AreaMembership
from tests import factories as f
from tests.publishing.world import measure_year, publish


@pytest.fixture
def elsewhere(cast):
    """Public things of the other plan: {url name: public id}."""
    plan = cast.other_plan
    chapter = f.ChapterFactory(plan=plan)
    publish(f.ChapterRevisionFactory(chapter=chapter, title="Vieras luku"))
    area = f.AreaFactory(name=Translated.of("Vieraskunta"))
    AreaMembership.objects.create(area=area, parent=plan.region.area, started_on=dt.date(2000, 1, 1))
    goal = f.GoalFactory(plan=plan, title=Translated.of("Vieras tavoite"))
    year = measure_year(
        plan, cast.elsewhere, "Vieras toimenpide", goal=goal, round=f.RoundFactory(plan=plan, year=2024)
    )
    voice = f.VoiceFactory(plan=plan, text=Translated.of("Vieras ääni"))
    return {
        "chapter": chapter.public_id,
        "chapter_changes": chapter.public_id,
        "goal": goal.public_id,
        "measure": year.measure.public_id,
        "organisation": cast.elsewhere.public_id,
        "municipality": area.public_id,
        "voice": voice.public_id,
    }


def test_each_is_found_at_home_and_not_elsewhere(client, cast, elsewhere):
    for name, public_id in elsewhere.items():
        at_home = reverse(f"publishing:{name}", args=(cast.other_plan.public_id, public_id))
        assert client.get(at_home, follow=True).status_code == 200, name
        assert (
            client.get(reverse(f"publishing:{name}", args=(cast.plan.public_id, public_id))).status_code
            == 404
        ), name


def test_lists_and_filters_do_not_mix(client, world, elsewhere):
    for name, url in world.pages().items():
        text = client.get(url).content.decode()
        assert "Vieras" not in text, name
        assert "Muu kunta" not in text, name
    for facet in ("goal", "organisation", "municipality"):
        page = client.get(world.url("measures"), {facet: elsewhere[facet]})
        assert [i["title"] for i in page.context["items"]] == ["Perhekahvila"], (
            "an unknown choice limits nothing"
        )


def test_front_lets_one_choose_between_regions(client, cast):
    text = client.get("/fi/").content.decode()
    assert cast.plan.public_id in text
    assert cast.other_plan.public_id in text


def test_front_goes_straight_to_the_only_plan(client, cast):
    cast.other_plan.published_at = None
    cast.other_plan.save()
    response = client.get("/fi/")
    assert response.status_code == 302
    assert response.url == reverse("publishing:home", args=(cast.plan.public_id,))


def test_front_without_plans_says_so(client, db):
    response = client.get("/fi/")
    assert response.status_code == 200
    assert "empty" in response.content.decode()
