"""A family finds help in two questions; a service's contact says by a link that the details are right."""

from __future__ import annotations

import pytest

from tests.browser.driver import PHONE
from tests.browser.somebody import Somebody

pytestmark = pytest.mark.browser
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@BOTH_WAYS
def test_a_family_finds_help_in_two_questions(visit, fresh_site, addresses, scripts):
    """Given a tired parent with a phone; when they answer two questions; then there is somebody to call, and urgent help on top."""
    parent = Somebody(visit(size=PHONE, scripts=scripts), scripts=scripts)
    parent.opens(f"/fi/{addresses['values']['plan_id']}/")
    parent.page.get_by_role("main").get_by_role("link", name="Löydä apua").click()
    parent.sees("Tarvitsetko apua heti?")
    parent.page.get_by_role("main").get_by_role("link", name="Lapsemme on 0–6-vuotias").click()
    parent.page.get_by_role("main").get_by_role("link", name="Arki ei jaksa kantaa").click()
    parent.sees("Perhetyö kotiin")
    assert parent.page.locator("a[href^='tel:112']").count() == 1
    assert parent.page.locator(".helpers a[href^='tel:']").count() > 1
    parent.page.get_by_role("main").get_by_role("link", name="Virolahti", exact=True).click()
    assert "municipality=" in parent.page.url
    assert parent.page.context.cookies() == []


@BOTH_WAYS
def test_a_contact_confirms_by_a_link(visit, fresh_site, addresses, scripts):
    """Given a link from an e-mail; when the contact presses one button; then thanks, and the link opens nothing more."""
    contact = Somebody(visit(size=PHONE, scripts=scripts), scripts=scripts)
    link = f"/fi/confirm/{addresses['by_route']['publishing:confirm_contacts']['secret']}/"
    contact.opens(link)
    contact.presses("Tiedot ovat oikein")
    contact.sees("Kiitos, vastaus tuli perille")
    answer = contact.page.goto(f"{contact.page.url.split('/fi/')[0]}{link}")
    assert answer.status == 410
    contact.sees("Linkki toimii vain kerran")
