"""Erasing one's own account."""

import pytest

from lautta.common.models import AuditEntry, User
from lautta.plans.models import ChapterRevision
from tests import factories as f

pytestmark = pytest.mark.django_db
PAGE = "/fi/work/me/erase/"


@pytest.fixture
def with_password(cast):
    for user in (cast.hannes, cast.kaisa):
        user.set_password("arki kantaa lautalla")
        user.save()
    return cast


def test_the_account_goes_and_the_texts_stay_nameless(with_password, login):
    hannes = with_password.hannes
    revision = f.ChapterRevisionFactory(chapter__plan=with_password.plan, author=hannes)
    client = login(hannes)
    assert client.post(PAGE, {"password": "arki kantaa lautalla"}).status_code == 302
    assert not User.objects.filter(pk=hannes.pk).exists()
    assert ChapterRevision.objects.get(pk=revision.pk).author is None
    entry = AuditEntry.objects.get(action="person.erase")
    assert "Hannes" not in str(vars(entry))
    assert client.get("/fi/work/").status_code == 302, "signed out"


@pytest.mark.parametrize("password", ["", "wrong"])
def test_a_wrong_password_erases_nothing(with_password, login, password):
    response = login(with_password.hannes).post(PAGE, {"password": password})
    assert response.status_code == 422
    assert User.objects.filter(pk=with_password.hannes.pk).exists()


def test_the_last_coordinator_stays(with_password, login):
    response = login(with_password.kaisa).post(PAGE, {"password": "arki kantaa lautalla"})
    assert response.status_code == 422
    assert "ainoa koordinaattori" in response.content.decode()
    assert User.objects.filter(pk=with_password.kaisa.pk).exists()
