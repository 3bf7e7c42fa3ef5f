"""The account library's pages in our frame and our words."""

import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from tests.common.look.test_forms import Reader

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_entrance_pages(client, name):
    with translation.override("fi"):
        url = reverse(name)
    response = client.get(url)
    assert response.status_code == 200
    read = Reader(response.content.decode())
    assert read.open == []
    assert sum(tag == "h1" for tag, _ in read.elements) == 1
    assert "#main" in read.links


def test_a_failed_sign_in_says_what_is_wrong_beside_the_field_and_on_top(client):
    with translation.override("fi"):
        url = reverse("account_login")
    text = client.post(url, {"login": "", "password": ""}).content.decode()
    read = Reader(text)
    assert "error-summary" in text
    assert {"#id_login", "#id_password"} <= set(read.links)
    assert {"id_login_error", "id_password_error"} <= set(read.ids)


def test_a_link_of_reset_that_no_longer_works_offers_a_new_one(client):
    with translation.override("fi"):
        url = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "set-password"})
        again = reverse("account_reset_password")
    text = client.get(url).content.decode()
    assert "Linkki ei enää toimi" in text
    assert again in Reader(text).links


def test_signing_out_and_changing_the_password(login, cast):
    client = login(cast.hannes)
    for name in ("account_logout", "account_change_password"):
        with translation.override("fi"):
            url = reverse(name)
        read = Reader(client.get(url, follow=True).content.decode())
        assert any(tag == "button" and a.get("type") == "submit" for tag, a in read.elements), name


@pytest.mark.parametrize(
    "name", ["locked_out", "signup_closed", "account_inactive", "password_reset_from_key_done"]
)
def test_short_notices(name):
    with translation.override("fi"):
        text = get_template(f"account/{name}.html").render({}, RequestFactory().get("/fi/"))
    assert Reader(text).open == []
