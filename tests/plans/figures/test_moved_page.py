"""The page of numbers that have moved: each with its sentence; one button takes one new number and no other."""

import pytest
from django.urls import reverse

from lautta.common.actors import SYSTEM
from lautta.plans.actions import chapters as actions
from lautta.plans.models import FigureReference

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(cast, take, chapter):
    indicator = take()
    body = (
        f"<p>Ensin muuta. Heistä [[mittari:{indicator.public_id} KU285 2023]] on yksin. "
        f"Ennen [[mittari:{indicator.public_id} KU285 2022]].</p>"
    )
    actions.save_revision(
        by=SYSTEM, chapter=chapter, language="fi", title="Luku", body=body, plain="", based_on=0
    )
    take(last=9.1)
    return reverse("plans:chapter_figures", args=[cast.plan.public_id, chapter.public_id, "fi"])


def test_old_and_new_stand_beside_the_sentence_and_one_is_taken(cast, login, moved, chapter):
    client = login(cast.kaisa)
    page = client.get(moved).content.decode()
    assert "Heistä 8,4\xa0% (2023) on yksin." in page
    assert "9,1\xa0% (2023)" in page
    assert "Ensin muuta" not in page
    first = FigureReference.objects.order_by("pk").first()
    assert client.post(moved, {"token": first.token, "latest": "1"}).status_code == 302
    shown = FigureReference.objects.of_revision(chapter.revisions.get(number=2))
    assert sorted(r.text for r in shown) == ["8,5\xa0% (2022)", "9,1\xa0% (2023)"], "the other is as it was"
    assert len(FigureReference.objects.moved()) == 1


@pytest.mark.parametrize("sent", [{}, {"token": "mittari:x", "latest": "1"}, {"token": "", "latest": "x"}])
def test_what_has_not_moved_alters_nothing(cast, login, moved, chapter, sent):
    assert login(cast.kaisa).post(moved, sent).status_code == 409
    assert chapter.revisions.count() == 1


def test_only_who_may_edit_the_chapter(cast, login, moved):
    for person in (cast.hannes, cast.urho):
        assert login(person).get(moved).status_code in (403, 404)
