"""A youth council is heard: it answers through a link on a phone, its adult confirms, every point is answered, all in the open."""

from __future__ import annotations

import re

import pytest

from tests.browser.driver import DESKTOP, PHONE
from tests.browser.somebody import Somebody

pytestmark = pytest.mark.browser
COORDINATOR = "koordinaattori@demo.lautta.invalid"
INSTRUCTOR = "nuorisovaltuusto@demo.lautta.invalid"
CONTRIBUTOR = "kirjaaja.hamina@demo.lautta.invalid"
COUNCIL = "Pyhtään nuorten ryhmä"


def path_of(link: str) -> str:
    return re.sub(r"^https?://[^/]+", "", link)


def test_a_youth_councils_words_come_through_and_are_answered(somebody, visit, work, addresses):
    """Given a request; when the council answers by its link without scripts, the adult confirms and the coordinator answers;
    then everybody reads the words and what was done about them, and the link opens nothing any more.
    """
    kaisa = somebody(COORDINATOR)
    kaisa.opens(f"{work}decisions/statements/")
    kaisa.meets_no_barrier()
    kaisa.follows(COUNCIL)
    kaisa.meets_no_barrier()
    kaisa.presses("Tee uusi linkki")
    kaisa.meets_no_barrier()
    link = path_of(kaisa.page.locator("#link").input_value())

    council = Somebody(visit(size=PHONE, scripts=False), scripts=False)
    council.opens(link)
    council.sees("Mitä puuttuu?", "Emme kysy, kuka kirjoittaa.", "Ohjaajanne lukee vastauksen")
    council.presses("Lähetä")
    council.sees("Kirjoita ainakin yksi asia.")
    council.writes("Mikä tässä on hyvää?", "Kesäkahvila.")
    council.writes("Mitä muuta", "Lisää valoja polulle.\n\nPenkki rantaan.")
    # A person needs longer than a machine to read the page.
    council.page.wait_for_timeout(3_200)
    council.presses("Lähetä")
    council.sees("Kiitos, vastaus tuli perille", COUNCIL)
    assert council.page.context.cookies() == []
    council.opens(link)
    council.sees("Tällä linkillä on jo vastattu.")
    council.does_not_see("Kesäkahvila")

    kaisa.follows("Valmis")
    kaisa.sees("Se näkyy tässä, kun nuorisovaltuuston ohjaaja on vahvistanut sen.")
    kaisa.does_not_see("Kesäkahvila")

    nelli = somebody(INSTRUCTOR, size=PHONE)
    nelli.opens(work)
    nelli.sees("Vahvista neuvoston vastaus")
    nelli.opens(f"{work}decisions/statements/")
    nelli.follows(COUNCIL)
    nelli.sees("Kesäkahvila.", "Lisää valoja polulle.", "Penkki rantaan.")
    nelli.meets_no_barrier()
    nelli.presses("Vahvista")
    nelli.sees("Lausunto on vahvistettu.")

    for answer in ("Kahvila jatkuu.", "Valot tulevat syksyllä.", "Penkki tuli rantaan."):
        kaisa.opens(kaisa.path)
        kaisa.opens(f"{work}decisions/statements/")
        kaisa.follows(COUNCIL)
        kaisa.follows("Vastaa")
        kaisa.meets_no_barrier()
        kaisa.chooses("Otettiin huomioon")
        kaisa.writes("Mikä muuttui", answer)
        kaisa.presses("Tallenna")
    kaisa.presses("Julkaise")
    kaisa.sees("näkyvät nyt julkisesti")

    anna = Somebody(visit(size=PHONE), scripts=True)
    anna.opens(f"/fi/{addresses['values']['plan_id']}/statements/")
    anna.meets_no_barrier()
    anna.follows(COUNCIL)
    anna.sees("Kesäkahvila.", "Kahvila jatkuu.", "Penkki tuli rantaan.", "Otettiin huomioon")
    anna.meets_no_barrier()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_paragraph_of_a_draft_is_commented_on(somebody, work, addresses, scripts):
    hannes = somebody(CONTRIBUTOR, size=PHONE, scripts=scripts)
    hannes.opens(f"{work}decisions/versions/{addresses['values']['version_id']}/draft/")
    hannes.sees("Kommentoitavana", "Lue ensin luku 2.")
    hannes.follows("Kommentoi")
    hannes.meets_no_barrier()
    hannes.presses("Lähetä kommentti")
    hannes.sees("Kirjoita kommentti.")
    hannes.writes("Kommentti", "Tämä puuttuu Haminasta.")
    hannes.presses("Lähetä kommentti")
    hannes.sees("Kommentti on tallessa.", "Tämä puuttuu Haminasta.")
    kaisa = somebody(COORDINATOR, size=DESKTOP)
    kaisa.opens(f"{work}decisions/versions/{addresses['values']['version_id']}/comments/")
    kaisa.sees("Tämä puuttuu Haminasta.")
    kaisa.meets_no_barrier()


def test_a_hearing_is_entered_on_a_phone_and_published(somebody, work, addresses, visit):
    hannes = somebody(CONTRIBUTOR, size=PHONE, scripts=False)
    hannes.opens(f"{work}voices/hearings/")
    hannes.follows("Kirjaa kuuleminen")
    hannes.writes("Mistä asiasta kuultiin?", "Uimarannan laituri")
    hannes.writes("Milloin kuultiin?", "2024-10-01")
    hannes.page.select_option("#id_role_1", "young")
    hannes.writes("Montako?", "14")
    hannes.writes("Mitä he sanoivat?", "Laituri on liukas.")
    hannes.writes("Mikä muuttui?", "Laituri sai uuden pinnan.")
    hannes.presses("Tallenna")
    hannes.sees("Kuuleminen on tallessa", "Uimarannan laituri")
    kaisa = somebody(COORDINATOR, size=DESKTOP)
    kaisa.opens(f"{work}voices/hearings/")
    kaisa.follows("Uimarannan laituri")
    kaisa.meets_no_barrier()
    kaisa.presses("Julkaise")
    anna = Somebody(visit(size=PHONE), scripts=True)
    anna.opens(f"/fi/{addresses['values']['plan_id']}/hearings/")
    anna.meets_no_barrier()
    anna.follows("Uimarannan laituri")
    anna.sees("Laituri sai uuden pinnan.", "14")
    anna.meets_no_barrier()
