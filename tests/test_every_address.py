"""Every address, walked by people who have no business there.

An address with a new kind of parameter fails here until tests/walking.py knows one of Hamina's objects for it.
"""

import pytest

from lautta.common.models import AuditEntry
from lautta.measures.models import MeasureYear
from tests.walking import addresses, samples

pytestmark = pytest.mark.django_db
SIGN_IN = "/fi/account/login/"


@pytest.fixture
def walked(cast):
    return addresses(samples(cast))


def answer(client, method: str, path: str) -> int:
    return getattr(client, method)(path).status_code


def test_there_is_something_to_walk(walked):
    doors = [a.door for a in walked]
    assert doors.count("workspace") >= 30
    assert doors.count("public") >= 20


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_sent_to_sign_in(walked, client, method):
    for address in walked:
        if address.door == "workspace":
            response = getattr(client, method)(address.path)
            assert response.status_code in (302, 405), (method, address.path, response.status_code)
            if response.status_code == 302:
                assert response.url.startswith(SIGN_IN), address.path


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_outsider_learns_nothing(walked, cast, login, method):
    """Urho has a role in another region's plan: for this one he gets 404, as if it did not exist."""
    client = login(cast.urho)
    before = AuditEntry.objects.count()
    wrong = {
        address.path: status
        for address in walked
        if address.door == "workspace" and (status := answer(client, method, address.path)) not in (404, 405)
    }
    assert not wrong
    assert AuditEntry.objects.count() == before


def test_another_organisations_member_sees_no_draft(walked, cast, login):
    """Kalle works for Kotka: no page answers 5xx, and none of them tells of Hamina's draft."""
    client = login(cast.kalle)
    for address in walked:
        if address.door != "workspace":
            continue
        response = client.get(address.path)
        assert response.status_code < 500, address.path
        if response.status_code == 200 and not response.streaming:
            assert b"Salainen luonnos" not in response.content, address.path


@pytest.mark.parametrize("who", ["kalle", "paula", "nelli"])
def test_another_organisations_member_changes_nothing(walked, cast, login, who):
    """An empty POST to every address of Hamina's things: refused or a form with errors, and no trail of a write."""
    client = login(getattr(cast, who))
    before = AuditEntry.objects.count()
    drafts = list(MeasureYear.objects.values_list("pk", "version", "status", "published_at"))
    for address in walked:
        if address.door == "workspace":
            status = answer(client, "post", address.path)
            assert status < 500, (address.path, status)
    # Nelli works for Hamina and may do what her role allows; the others have nothing of Hamina's to touch.
    written = AuditEntry.objects.exclude(organisation_id="").filter(organisation_id=cast.hamina.public_id)
    assert [(w.action, w.kind) for w in written] == []
    assert AuditEntry.objects.count() - before == 0
    assert list(MeasureYear.objects.values_list("pk", "version", "status", "published_at")) == drafts


def test_a_visitor_sees_no_draft(walked, client):
    for address in walked:
        if address.door == "public":
            response = client.get(address.path)
            assert response.status_code in (200, 301, 302, 404), (address.path, response.status_code)
            assert b"Salainen luonnos" not in response.content, address.path


def test_an_anonymous_page_sets_no_cookie(walked, client):
    for address in walked:
        if address.door == "public":
            assert not client.get(address.path).cookies, address.path


def test_nobody_reaches_a_thing_of_another_plan(walked, cast, client):
    """The other region's plan in the address, this plan's object behind it: 404."""
    for address in walked:
        if address.door == "public" and any(
            f"<str:{k}>" in address.route
            for k in ("measure_id", "goal_id", "chapter_id", "voice_id", "assessment_id")
        ):
            path = address.path.replace(cast.plan.public_id, cast.other_plan.public_id)
            assert client.get(path).status_code == 404, path


def test_the_coordinator_meets_no_error(walked, cast, login):
    """Kaisa opens every address of her plan: all answer, none with 5xx."""
    client = login(cast.kaisa)
    for address in walked:
        if address.door == "workspace":
            for method in ("get", "post"):
                assert answer(client, method, address.path) < 500, (method, address.path)
