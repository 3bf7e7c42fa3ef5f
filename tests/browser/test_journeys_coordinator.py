"""What coordinators do: a round, a chapter written by two, a plan brought in, a workbook."""

from __future__ import annotations

import io
import re
from collections import Counter

import pytest
from openpyxl import load_workbook

from tests.browser.prepared_text import PLAN_TEXT

pytestmark = pytest.mark.browser
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
COORDINATOR = "koordinaattori@demo.lautta.invalid"
SECOND = "toinen@demo.lautta.invalid"
CONTRIBUTOR = "kirjaaja.kotka@demo.lautta.invalid"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@BOTH_WAYS
def test_a_new_round_and_those_who_have_not_answered(somebody, work, site, scripts):
    """Given last year's round; when the coordinator makes the next one, opens it and reminds; then each person gets one mail."""
    kaisa = somebody(COORDINATOR, scripts=scripts)
    kaisa.opens(f"{work}measures/rounds/")
    kaisa.follows("Uusi kierros")
    kaisa.sees("Tiedot on täytetty edellisestä kierroksesta.")
    year = kaisa.field("Vuosi").input_value()
    assert int(year) > 2024
    kaisa.presses("Tallenna")
    assert kaisa.heading == f"Vuosikierros {year}"
    kaisa.sees("Avaa se, kun organisaatiot voivat aloittaa.")
    kaisa.presses("Avaa kierros")
    kaisa.sees("Kierros on auki.", "Kuka on vastannut", "Kotkan kaupunki")
    kaisa.meets_no_barrier()
    kaisa.follows("Muistuta vastaamattomia")
    kaisa.sees("Nämä eivät ole vastanneet", "Kotkan kaupunki")
    kaisa.meets_no_barrier()
    count = int(re.search(r"sähköpostilla (\d+) ihmiselle", kaisa.reads)[1])
    assert count > 5
    before = site.rows("SELECT count(*) FROM common_outgoingmail")[0][0]
    kaisa.presses(f"Lähetä {count} ihmiselle")
    kaisa.sees(f"Muistutus lähtee {count} ihmiselle.")
    assert site.rows("SELECT count(*) FROM common_outgoingmail")[0][0] == before + count
    # Pressed again the same day: nobody gets a second one.
    kaisa.follows("Muistuta vastaamattomia")
    if again := kaisa.page.get_by_role("button", name=re.compile("Lähetä")).all():
        again[0].click()
        kaisa.sees("Kaikki ovat saaneet muistutuksen jo tänään.")
    assert site.rows("SELECT count(*) FROM common_outgoingmail")[0][0] == before + count


@BOTH_WAYS
def test_two_people_write_the_same_chapter(somebody, work, addresses, scripts):
    """Given a chapter open on two desks; when both save; then the second sees both texts, and both are in the chapter."""
    chapter = f"{work}plan/chapters/{addresses['values']['chapter_id']}/fi/"
    first, second = somebody(COORDINATOR, scripts=scripts), somebody(SECOND, scripts=scripts)
    for person in (first, second):
        person.opens(f"{chapter}edit/")
        if scripts:
            person.page.locator(".rich-text").wait_for()
    first.writes_chapter("Ensimmäisen lisäämä kappale uimahallista.")
    first.presses("Tallenna")
    first.sees("Tallennettu: versio")
    second.writes("Otsikko", "Nykytila nyt")
    second.writes_chapter("Toisen lisäämä kappale kirjastosta.")
    second.presses("Tallenna")
    assert second.heading == "Yhdistä muutokset"
    second.sees("Koordinaattori tallensi tekstin", "uimahallista", "kirjastosta")
    second.meets_no_barrier()
    for both in second.page.locator("label").filter(has_text="Molemmat").all():
        both.click()
    second.presses("Tallenna yhdistetty teksti")
    second.sees("Tekstit on yhdistetty", "uimahallista", "kirjastosta")
    assert second.heading == "Nykytila nyt"


@BOTH_WAYS
def test_a_plan_is_brought_in_checked_and_taken(somebody, work, site, scripts):
    """Given a plan as a file; when the coordinator uploads it, unticks a part and takes the rest; then it is there as drafts."""
    kaisa = somebody(COORDINATOR, scripts=scripts)
    kaisa.opens(f"{work}import/")
    kaisa.attaches("suunnitelma.txt", PLAN_TEXT.encode(), "text/plain")
    kaisa.presses("Lue tiedosto")
    worker = site.start_worker()
    try:
        for _try in range(60):
            if "Ota valitut mukaan luonnoksina" in kaisa.reads:
                break
            kaisa.page.wait_for_timeout(1000)
            if not scripts or kaisa.page.get_by_text("Päivitä sivu").count():
                kaisa.page.reload()
    finally:
        site.end(worker)
    kaisa.sees("Luvut", "Ota mukaan", "Poista rasti siitä, mitä et halua mukaan")
    kaisa.meets_no_barrier()
    was = titles(site)
    kaisa.page.get_by_role("checkbox", name=re.compile(r"Ota mukaan\s*: Johdanto")).uncheck()
    kaisa.presses("Ota valitut mukaan luonnoksina")
    kaisa.sees("Suunnitelmaan tuotiin luonnoksina:")
    new = titles(site) - was
    assert new
    assert "Johdanto" not in new
    public = somebody(scripts=scripts)
    public.opens(work.replace("/work/", "/") + "plan/")
    public.does_not_see("Arki sujuu")


@BOTH_WAYS
def test_a_workbook_goes_out_and_comes_back(somebody, work, addresses, scripts):
    """Given an organisation that likes Excel; when one cell is changed and the file brought back; then the change is shown
    before it is saved; and a cell that will not do is named by its place."""
    values = addresses["values"]
    own = f"{work}measures/rounds/{values['year']}/{values['own_organisation_id']}/"
    kalle = somebody(CONTRIBUTOR, scripts=scripts)
    kalle.opens(own)
    with kalle.page.expect_download() as download:
        kalle.page.get_by_role("link", name="Lataa taulukko").first.click()
    content = download.value.path().read_bytes()
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    column = {cell.value: cell.column for cell in sheet[1]}
    name = sheet.cell(2, column["Mitä tehdään"])
    before, name.value = name.value, "Iltapala taulukosta"

    kalle.follows("Palauta täytettynä")
    kalle.attaches("toimenpiteet.xlsx", saved(book), XLSX)
    kalle.presses("Tarkista tiedosto")
    kalle.sees("Mitään ei ole vielä tallennettu.", before, "Iltapala taulukosta")
    kalle.meets_no_barrier()
    kalle.presses("Tallenna muutokset")
    kalle.sees("1 toimenpide on tallennettu.", "Iltapala taulukosta")

    start = sheet.cell(3, column["Alkaa"])
    start.value = "joskus keväällä"
    kalle.opens(f"{own}excel/upload/")
    kalle.attaches("toimenpiteet.xlsx", saved(book), XLSX)
    kalle.presses("Tarkista tiedosto")
    kalle.sees("Korjaa nämä", start.coordinate, "joskus keväällä", "Kirjoita päivä muodossa")
    kalle.meets_no_barrier()


def titles(site) -> Counter:
    return Counter(title for (title,) in site.rows("SELECT title FROM plans_chapterrevision"))


def saved(book) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
