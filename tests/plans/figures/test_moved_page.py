"""The page of numbers that have moved: each with its sentence; one button takes one new number and no other."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from lautta.common.actors import SYSTEM
from lautta.indicators.actions import accept_held
from lautta.plans.actions import chapters as actions
from lautta.plans.actions.figures import keep_old_figure
from lautta.plans.figures.resolving import area_of
from lautta.plans.models import FigureReference, KeptFigure
from tests.indicators.factories import metadata, panel, taken_in
from tests.plans.figures.conftest import values

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
    with translation.override("fi"):
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


def kept(client, page, token, offered="9,1\xa0% (2023)"):
    return client.post(page, {"token": token, "keep": offered})


def test_the_old_number_is_kept_on_purpose_until_the_value_moves_anew(cast, login, moved, take, chapter):
    client, token = login(cast.kaisa), FigureReference.objects.order_by("pk").first().token
    assert "Pidä vanha" in client.get(moved).content.decode()
    assert kept(client, moved, token).status_code == 302
    row = KeptFigure.objects.get()
    assert (row.kept_by, row.text, row.vintage_number) == (cast.kaisa, "9,1\xa0% (2023)", 2)
    assert token not in [m.reference.token for m in FigureReference.objects.moved()]
    assert chapter.revisions.count() == 1, "the text is not touched"
    take(last=9.12)
    assert token not in [m.reference.token for m in FigureReference.objects.moved()], (
        "a release that says the same"
    )
    take(last=9.6)
    assert [m.text for m in FigureReference.objects.moved() if m.reference.token == token] == [
        "9,6\xa0% (2023)"
    ]


@pytest.mark.parametrize("offered", ["9,2\xa0% (2023)", "", "x"])
def test_what_was_not_offered_cannot_be_kept(cast, login, moved, offered):
    token = FigureReference.objects.order_by("pk").first().token
    assert kept(login(cast.kaisa), moved, token, offered).status_code == 409
    assert not KeptFigure.objects.exists()


def test_a_number_that_is_withheld_now_is_not_kept(cast, login, moved, take):
    cells = values(area_of(cast.plan))
    del cells["KU285", 2023]
    entry = taken_in(panel(cells), metadata("4711", "Ilman ystävää, %"))
    if entry.vintage.state == "waiting":
        accept_held(by=SYSTEM, vintage=entry.vintage)
    page = login(cast.kaisa).get(moved).content.decode()
    assert "Kirjoita kohta ilman lukua" in page
    token = FigureReference.objects.order_by("pk").first().token
    assert kept(login(cast.kaisa), moved, token, "").status_code == 409


def test_only_an_editor_keeps(cast, moved, chapter):
    token = FigureReference.objects.order_by("pk").first().token
    with pytest.raises(PermissionDenied):
        keep_old_figure(
            by=cast.actor(cast.hannes), chapter=chapter, language="fi", token=token, offered="9,1\xa0% (2023)"
        )


def test_the_chapter_and_what_moved_lead_to_the_page(cast, login, moved, chapter):
    client, plan = login(cast.kaisa), cast.plan.public_id
    assert moved in client.get(moved.removesuffix("figures/")).content.decode()
    assert moved in client.get(f"/fi/work/{plan}/figures/").content.decode()
    assert moved in client.get(f"/fi/work/{plan}/figures/moved/").content.decode()
    assert moved not in login(cast.hannes).get(f"/fi/work/{plan}/figures/moved/").content.decode()
