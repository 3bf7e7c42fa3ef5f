"""Assessing what a decision does to children: a slip in a minute, a screening that stops, and the whole way to the comparison."""

from __future__ import annotations

import pytest

from tests.browser.driver import DESKTOP, PHONE

pytestmark = pytest.mark.browser
CONTRIBUTOR = "kirjaaja.kotka@demo.lautta.invalid"
LEAD = "vastuu.kotka@demo.lautta.invalid"
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def write_slip(kalle, work, title: str, need: str) -> None:
    kalle.opens(f"{work}assessments/")
    kalle.follows("Uusi muistilappu")
    kalle.writes("Mitä päätetään?", title)
    kalle.writes("Kuka päättää?", "Tekninen lautakunta")
    kalle.chooses("0–6-vuotiaat")
    kalle.writes("Ensiarvio yhdellä lauseella", "Keinut ovat jäässä tai eivät ole.")
    kalle.chooses(need)
    kalle.presses("Tallenna muistilappu")


@BOTH_WAYS
def test_a_memo_slip_in_a_minute_on_a_phone(somebody, work, scripts):
    """Given a decision that touches no child; when its preparer fills in the slip; then it took six fields and two screens."""
    kalle = somebody(CONTRIBUTOR, size=PHONE, scripts=scripts)
    kalle.opens(f"{work}assessments/new/")
    assert kalle.page.locator("#main-form .field").count() == 6
    kalle.meets_no_barrier()
    kalle.starts_counting()
    write_slip(kalle, work, "Pysäköintialueen maalaus", "Ei: päätös ei muuta")
    print(f"memo slip: {kalle.screens} screens, {kalle.taps} taps, {kalle.filled} filled")
    kalle.sees("Muistilappu on tallessa.", "Arviointia ei tarvittu")
    assert kalle.filled == 3
    kalle.meets_no_barrier()


@BOTH_WAYS
def test_an_empty_slip_names_what_is_missing(somebody, work, scripts):
    kalle = somebody(CONTRIBUTOR, size=PHONE, scripts=scripts)
    kalle.opens(f"{work}assessments/new/")
    kalle.writes("Kuka päättää?", "Tekninen lautakunta")
    kalle.presses("Tallenna muistilappu")
    kalle.sees("Tarkista vielä nämä", "Valitse, keitä päätös koskee.", "Valitse kumpi.")
    assert kalle.field("Kuka päättää?").input_value() == "Tekninen lautakunta"
    kalle.meets_no_barrier()


@BOTH_WAYS
def test_a_screening_that_stops_is_read_by_everybody(somebody, work, addresses, scripts):
    """Given a slip; when the screening is enough and the lead publishes it; then the register tells why it stopped."""
    kalle = somebody(CONTRIBUTOR, size=PHONE, scripts=scripts)
    write_slip(kalle, work, "Leikkipuiston penkit", "Kyllä tai ehkä")
    assert kalle.heading == "Seulonta"
    kalle.writes("Mitä lapsen tai nuoren arjessa muuttuisi?", "Aikuinen jaksaa olla puistossa kauemmin.")
    kalle.chooses("Seulonta riittää")
    kalle.presses("Tallenna")
    kalle.sees("Kerro, miksi seulonta riittää.")
    kalle.meets_no_barrier()
    kalle.writes("Miksi tarkempaa arviointia ei tarvita?", "Penkeistä ei ole kenellekään haittaa.")
    kalle.presses("Tallenna")
    kalle.sees("Seulonta riitti", "Penkeistä ei ole kenellekään haittaa.")
    kalle.meets_no_barrier()

    register = f"/fi/{addresses['values']['plan_id']}/assessments/"
    reader = somebody(scripts=scripts)
    reader.opens(register)
    reader.does_not_see("Leikkipuiston penkit")
    lead = somebody(LEAD, scripts=scripts)
    lead.opens(work)
    lead.sees("Julkaise vaikutusten arviointi")
    lead.opens(f"{work}assessments/")
    lead.follows("Leikkipuiston penkit")
    lead.follows("Julkaise")
    lead.presses("Julkaise")
    lead.sees("Arviointi on nyt julkinen.")
    # The first reader's browser keeps the page for a minute.
    reader = somebody(scripts=scripts)
    reader.opens(register)
    reader.follows("Leikkipuiston penkit")
    reader.sees("Penkeistä ei ole kenellekään haittaa.")
    reader.meets_no_barrier()


@BOTH_WAYS
def test_from_alternatives_to_the_picture(somebody, work, scripts):
    """Given a screened matter; when an alternative is added and one area of life rated; then the picture compares them."""
    kalle = somebody(CONTRIBUTOR, size=DESKTOP, scripts=scripts)
    write_slip(kalle, work, "Pihan valot", "Kyllä tai ehkä")
    kalle.writes("Mitä lapsen tai nuoren arjessa muuttuisi?", "Pihalla voi olla myös illalla.")
    kalle.chooses("Turvallisuus")
    kalle.chooses("Tehdään arviointi")
    kalle.presses("Tallenna ja jatka")
    assert kalle.heading == "Laajuus ja aikataulu"
    address = kalle.path.partition("step/")[0]
    kalle.opens(f"{address}step/alternatives/")
    kalle.page.locator(".row-new input").first.fill("Valot kello 21 asti")
    kalle.presses("Tallenna ja lisää rivi")
    kalle.sees("VE1", "Uusi vaihtoehto")
    kalle.opens(f"{address}step/ratings/")
    assert kalle.heading == "Turvallisuus"
    for number, choice in ((0, "−1 Jonkin verran huonommin"), (1, "+2 Selvästi paremmin")):
        card = kalle.page.locator(".row-card").nth(number)
        card.locator("label").filter(has_text=choice).click()
        card.locator("textarea").first.fill("Pimeässä ei näe, kuka tulee.")
    kalle.meets_no_barrier()
    kalle.presses("Tallenna")
    kalle.sees("Vertailu")
    assert kalle.page.locator("svg.graph-comparison:visible").count() == 1
    kalle.sees("+2 Selvästi paremmin", "Pimeässä ei näe, kuka tulee.")
    kalle.meets_no_barrier()
