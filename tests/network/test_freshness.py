"""Contacts are asked once a year and answer by a link that works once."""

import datetime as dt

import pytest
from django.core import mail as sent_mail
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from lautta.common import clock, mail
from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry, OutgoingMail
from lautta.common.problems import Refused
from lautta.network import actions, duties
from lautta.network.actions.freshness import LINK_DAYS, secret_of
from lautta.network.models import ContactRequest, Service
from lautta.publishing import anonymous
from tests.network.making import service

OLD = dt.timedelta(days=400)
SAME = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def old(cast):
    return service(
        cast.plan, cast.hamina, checked_on=clock.today() - OLD, contact_email="yhteys@test.invalid"
    )


@pytest.fixture
def asked(old):
    actions.ask_contacts(by=SYSTEM)
    return ContactRequest.objects.select_related("service__plan").get()


def address(request) -> str:
    return reverse("publishing:confirm_contacts", args=(secret_of(request),))


def post(request, **data):
    token = anonymous.new_token(f"contact:{request.public_id}")
    return Client().post(address(request), {"token": token, **data}, **SAME)


def test_each_address_gets_one_mail_however_often_the_clock_ticks(cast, old):
    service(
        cast.plan,
        cast.hamina,
        name="Toinen",
        checked_on=clock.today() - OLD,
        contact_email="yhteys@test.invalid",
    )
    service(
        cast.plan, cast.hamina, name="Tuore", checked_on=clock.today(), contact_email="yhteys@test.invalid"
    )
    service(
        cast.plan,
        cast.hamina,
        name="Luonnos",
        state="draft",
        checked_on=clock.today() - OLD,
        contact_email="x@test.invalid",
    )
    assert actions.ask_contacts(by=SYSTEM) == 1
    assert actions.ask_contacts(by=SYSTEM) == 0
    assert ContactRequest.objects.count() == 2
    mail.deliver()
    (letter,) = sent_mail.outbox
    assert letter.to == ["yhteys@test.invalid"]
    assert letter.body.count("/confirm/") == 2
    # What was sent to a mere address is not kept.
    row = OutgoingMail.objects.get()
    assert (row.state, row.address, row.text, row.html) == ("sent", "", "", "")


def test_a_silent_contact_is_asked_again_later(cast, asked):
    assert actions.ask_contacts(by=SYSTEM, today=clock.today() + dt.timedelta(days=59)) == 0
    assert actions.ask_contacts(by=SYSTEM, today=clock.today() + dt.timedelta(days=60)) == 1


def test_the_system_alone_asks(cast, old):
    with pytest.raises(PermissionDenied):
        actions.ask_contacts(by=cast.actor(cast.kaisa))


def test_the_details_are_right_takes_effect_at_once_and_once(asked):
    page = Client().get(address(asked))
    assert page.status_code == 200
    assert not page.cookies
    assert Service.objects.get().checked_on < clock.today(), (
        "a look changes nothing: mail is opened by machines too"
    )
    assert post(asked, what="right").status_code == 302
    assert Service.objects.get().checked_on == clock.today()
    assert Client().get(f"{address(asked)}?sent=1").status_code == 200
    before = AuditEntry.objects.count()
    assert Client().get(address(asked)).status_code == 410
    assert post(asked, what="change", phone="000 999").status_code == 410
    assert AuditEntry.objects.count() == before


def test_a_change_waits_for_the_keeper(cast, asked, login):
    assert post(asked, what="change", phone="000 999", opening="ma–pe", note="").status_code == 302
    found = Service.objects.get()
    assert (found.phone, found.checked_on) == ("000 123", clock.today() - OLD)
    row = ContactRequest.objects.get()
    assert row.proposal == {"phone": "000 999", "opening": "ma–pe"}
    assert any(d.url_name == "network:proposals" for d in duties.duties_of_plan(cast.plan, clock.today()))
    with pytest.raises(PermissionDenied):
        actions.accept_proposal(by=cast.actor(cast.kalle), request=row)
    client = login(cast.kaisa)
    assert client.get(reverse("network:proposals", args=(cast.plan.public_id,))).status_code == 200
    url = reverse("network:proposal", args=(cast.plan.public_id, row.public_id))
    assert b"000 999" in client.get(url).content
    assert client.post(url, {"what": "accept"}).status_code == 302
    found = Service.objects.get()
    assert (found.phone, str(found.opening), found.checked_on) == ("000 999", "ma–pe", clock.today())
    row.refresh_from_db()
    assert (row.answer, row.proposal) == ("accepted", {})
    with pytest.raises(Refused):
        actions.accept_proposal(by=cast.actor(cast.kaisa), request=row)


def test_a_declined_change_leaves_the_entry(cast, asked):
    post(asked, what="change", phone="000 999")
    actions.decline_proposal(
        by=cast.actor(cast.kaisa), request=ContactRequest.objects.select_related("service").get()
    )
    assert Service.objects.get().phone == "000 123"


@pytest.mark.parametrize(
    "fields",
    [{"email": "ei ole"}, {"website": "javascript:alert(1)"}, {"phone": "soita"}, {"phone": "0" * 41}],
)
def test_a_bad_change_is_told_beside_its_field_and_the_link_still_works(asked, fields):
    response = post(asked, what="change", **fields)
    assert response.status_code == 422
    assert next(iter(fields)) in response.context["form"].errors
    assert ContactRequest.objects.get().answer == ""


@pytest.mark.parametrize("secret", ["secret", "bbbbbbbbbb:abc", "%00", "a" * 300])
def test_a_forged_link_is_a_clear_404(db, secret):
    assert Client().get(f"/fi/confirm/{secret}/").status_code == 404
    assert Client().post(f"/fi/confirm/{secret}/", {"what": "right"}, **SAME).status_code == 404


def test_a_signature_of_another_purpose_does_not_open(asked):
    other = signing.Signer(salt="something else").sign(asked.public_id)
    assert Client().get(reverse("publishing:confirm_contacts", args=(other,))).status_code == 404


def test_an_expired_link_changes_nothing(asked):
    ContactRequest.objects.update(
        asked_on=clock.today() - dt.timedelta(days=LINK_DAYS + 5),
        expires_on=clock.today() - dt.timedelta(days=1),
    )
    assert Client().get(address(asked)).status_code == 410
    assert post(asked, what="right").status_code == 410
    with pytest.raises(Refused):
        actions.answer_by_link(by=SYSTEM, request=asked)
    assert Service.objects.get().checked_on < clock.today()


def test_a_link_of_an_ended_service_does_not_open(asked):
    Service.objects.update(state="ended", ended_on=clock.today(), ended_reason="Loppui.")
    assert post(asked, what="right").status_code == 410


def test_another_site_cannot_press_the_button(asked):
    token = anonymous.new_token(f"contact:{asked.public_id}")
    response = Client().post(
        address(asked), {"token": token, "what": "right"}, HTTP_ORIGIN="https://evil.invalid"
    )
    assert response.status_code == 422
    assert Client().post(address(asked), {"what": "right"}, **SAME).status_code == 422
    assert ContactRequest.objects.get().answer == ""


def test_duties_go_to_the_keeper_and_to_the_areas_coordinator(cast, fanni, village):
    service(cast.plan, areas=[village], checked_on=clock.today() - OLD)
    owners = {
        d.owner
        for d in duties.duties_of_plan(cast.plan, clock.today())
        if d.url_name == "network:services_stale"
    }
    assert owners == {cast.kaisa.pk, fanni.pk}
