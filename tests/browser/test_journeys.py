"""What contributors do, from the sign-in to the end, on a phone and, where that is possible, without JavaScript."""

from __future__ import annotations

import re

import pytest

from tests.browser.driver import DESKTOP, PHONE

pytestmark = pytest.mark.browser
CONTRIBUTOR = "kirjaaja.kotka@demo.lautta.invalid"
LEAD = "vastuu.kotka@demo.lautta.invalid"
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@BOTH_WAYS
def test_a_first_measure_on_a_phone(somebody, work, addresses, scripts):
    """Given a contributor who was told an address; when they sign in and add a measure; then it is in the list, and public
    once their lead publishes it. At most six fields and four screens."""
    kalle = somebody(CONTRIBUTOR, size=PHONE, scripts=scripts, signed_in=False)
    kalle.starts_counting()
    kalle.signs_in()
    assert kalle.heading == "Oma työ"
    kalle.follows("Lisää toimenpide")
    asked = kalle.required_fields()
    kalle.writes("Mitä tehdään?", "Iltapala leikkipuistossa")
    kalle.writes("Mikä muuttuu lapsen arjessa?", "Lapsi saa iltapalan kavereiden kanssa.")
    kalle.chooses("4.1 ")
    kalle.chooses("7–12-vuotiaat")
    kalle.presses("Tallenna luonnos")
    print(
        f"first measure: {kalle.screens} screens, {len(asked)} required fields, {kalle.taps} taps, {kalle.filled} filled"
    )
    assert kalle.heading == "Iltapala leikkipuistossa"
    kalle.sees("luonnoksena", "Luonnos")
    assert len(asked) <= 6, asked
    # the sign-in, my work, the form, and the measure itself
    assert kalle.screens <= 4
    kalle.meets_no_barrier()
    kalle.opens(f"{work}measures/")
    kalle.sees("Iltapala leikkipuistossa")

    reader = somebody(scripts=scripts)
    public = f"/fi/{addresses['values']['plan_id']}/measures/?sort=updated"
    reader.opens(public)
    reader.does_not_see("Iltapala leikkipuistossa")
    lead = somebody(LEAD, scripts=scripts)
    lead.opens(f"{work}measures/")
    lead.follows("Iltapala leikkipuistossa")
    lead.presses("Julkaise")
    lead.sees("Toimenpide on nyt julkinen.")
    lead.follows("Katso julkinen sivu")
    assert lead.heading == "Iltapala leikkipuistossa"


@BOTH_WAYS
def test_an_empty_form_names_what_is_missing_and_keeps_what_was_typed(somebody, work, scripts):
    kalle = somebody(CONTRIBUTOR, size=PHONE, scripts=scripts)
    kalle.opens(f"{work}measures/new/")
    kalle.writes("Mikä muuttuu lapsen arjessa?", "Lapsi saa iltapalan.")
    kalle.presses("Tallenna luonnos")
    kalle.sees("Tarkista vielä nämä", "Mitä tehdään?", "Valitse, keitä varten tämä on.")
    assert kalle.field("Mikä muuttuu lapsen arjessa?").input_value() == "Lapsi saa iltapalan."
    kalle.meets_no_barrier()


@BOTH_WAYS
def test_a_report_in_a_minute(somebody, work, addresses, site, scripts):
    """Given a measure; when its contributor tells how it goes; then it took one screen, one text and at most four taps."""
    measure, year = addresses["values"]["own_measure_id"], addresses["values"]["year"]
    kalle = somebody(CONTRIBUTOR, size=PHONE, scripts=scripts)
    kalle.opens(f"{work}measures/{measure}/{year}/")
    kalle.starts_counting()
    kalle.follows("Kerro, missä mennään")
    assert kalle.heading == "Kerro, missä mennään"
    kalle.writes("Mitä on tehty?", "Satama oli auki joka arkipäivä, ja kävijöitä oli kolmekymmentä.")
    kalle.chooses("Aikataulussa")
    kalle.presses("Tallenna raportti")
    print(f"report: {kalle.screens - 1} screen, {kalle.taps} taps, {kalle.filled} text")
    kalle.sees("Kiitos! Raportti on tallennettu.", "kävijöitä oli kolmekymmentä")
    assert (kalle.screens, kalle.filled) == (2, 1)
    assert kalle.taps <= 4
    kept = site.rows("SELECT count(*) FROM measures_progressreport WHERE done LIKE 'Satama oli auki%'")
    assert kept == [(1,)]


def test_a_draft_comes_back_after_the_browser_was_closed(somebody, work):
    """Given half a measure typed; when the browser is closed in the middle; then the text is there the next day."""
    kalle = somebody(CONTRIBUTOR, size=PHONE)
    kalle.opens(f"{work}measures/new/")
    with kalle.page.expect_response(
        lambda r: "/drafts/" in r.url and "iltapal" in (r.request.post_data or "").lower()
    ):
        kalle.writes("Mitä tehdään?", "Iltapala puistossa")
    kalle.page.locator("#autosave").filter(
        has_text=re.compile(r"Luonnos tallessa klo \d{1,2}\.\d\d")
    ).wait_for()
    kalle.page.close(run_before_unload=False)

    again = somebody(CONTRIBUTOR, size=DESKTOP)
    again.opens(work)
    again.sees("Keskeneräiset luonnokset")
    again.opens(f"{work}measures/new/")
    assert again.field("Mitä tehdään?").input_value() == "Iltapala puistossa"
    again.meets_no_barrier()
    again.presses("Hylkää luonnos")
    assert again.field("Mitä tehdään?").input_value() == ""


@BOTH_WAYS
def test_a_wrong_password_is_told_kindly_and_many_of_them_close_the_account_for_a_while(somebody, scripts):
    stranger = somebody(CONTRIBUTOR, size=PHONE, scripts=scripts, signed_in=False)
    stranger.signs_in("arvaus-yksi-kaksi")
    stranger.sees("Kirjaudu työtilaan")
    assert stranger.page.locator(".error-summary").is_visible()
    stranger.meets_no_barrier()
    for _time in range(8):
        if stranger.heading == "Liian monta yritystä":
            break
        stranger.writes("Sähköposti", CONTRIBUTOR)
        stranger.writes("Salasana", "arvaus-yksi-kaksi")
        stranger.presses("Kirjaudu")
    assert stranger.heading == "Liian monta yritystä"
    stranger.sees("Odota neljännestunti")
    stranger.meets_no_barrier()
    # The right password does not help now, and another person is not shut out with this one.
    stranger.signs_in()
    assert stranger.heading == "Liian monta yritystä"
    other = somebody(LEAD, scripts=scripts, signed_in=False)
    other.signs_in()
    assert other.heading == "Oma työ"
