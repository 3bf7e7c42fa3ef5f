"""A matter from an area network up to the regional group, and its answer back to who sent it."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
NETWORK = "perhekeskus.rannikko@demo.lautta.invalid"
STEERING = "vastuu.kotka@demo.lautta.invalid"
LAPE = "vastuu.hva@demo.lautta.invalid"
COORDINATOR = "koordinaattori@demo.lautta.invalid"


@BOTH_WAYS
def test_a_matter_travels_up_and_its_sender_sees_the_answer(somebody, work, scripts):
    """Given three groups; when the network sends a matter, the steering group hands it up and the LAPE group decides; then the
    sender sees where it has been and what was decided.
    """
    sender = somebody(NETWORK, scripts=scripts)
    sender.opens(f"{work}decisions/groups/")
    assert sender.heading == "Ryhmät"
    sender.follows("Rannikon perhekeskusalueen verkosto")
    sender.follows("Lähetä asia")
    sender.writes("Asia", "Kerhon kuljetus")
    sender.writes("Mistä on kyse?", "Kerhoon ei pääse ilman autoa.")
    sender.field("Kenelle?").select_option(label="Kotkan lasten ja nuorten ohjausryhmä")
    sender.writes("Mitä pyydetään?", "Järjestäkää kyyti kerran viikossa.")
    sender.meets_no_barrier()
    sender.presses("Lähetä")
    sender.sees("Asia on lähetetty.", "Nyt: Kotkan lasten ja nuorten ohjausryhmä", "Odottaa vastausta")
    matter = sender.path
    sender.meets_no_barrier()

    steering = somebody(STEERING, scripts=scripts)
    steering.opens(work)
    steering.sees("Käsittele asia")
    steering.opens(matter)
    steering.follows("Vie ylöspäin")
    steering.field("Kenelle?").select_option(label="Kymenlaakson LAPE-ryhmä")
    steering.presses("Vie ylöspäin")
    steering.sees("Tarkista vielä nämä")  # what is asked was left out
    steering.writes("Mitä pyydetään?", "Sopikaa kustannuksista.")
    steering.meets_no_barrier()
    steering.presses("Vie ylöspäin")
    steering.sees("Nyt: Kymenlaakson LAPE-ryhmä")

    lape = somebody(LAPE, scripts=scripts)
    lape.opens(matter)
    lape.follows("Päätä asia")
    lape.writes("Mitä päätettiin?", "Kokeillaan kevät. Kulut jaetaan puoliksi.")
    lape.presses("Päätä asia")
    lape.sees("Kymenlaakson LAPE-ryhmä päätti")

    sender.opens(matter)
    sender.sees("Päätetty", "Kymenlaakson LAPE-ryhmä päätti", "Kulut jaetaan puoliksi.", "Vei ylöspäin")
    sender.does_not_see("Mitä asialle tehdään")
    sender.meets_no_barrier()


@BOTH_WAYS
def test_the_coordinator_mends_a_gap_of_the_checklist(somebody, work, scripts):
    """Given resources that are missing; when they are marked with the place and what still lacks; then the pages tell it."""
    kaisa = somebody(COORDINATOR, scripts=scripts)
    kaisa.opens(f"{work}plan/checklist/")
    kaisa.sees("4 puutetta", "Juristi ei ole vielä tarkistanut tätä")
    kaisa.meets_no_barrier()
    assert kaisa.page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth"
    )  # the matrix scrolls in its own box
    kaisa.follows("Korjaa")
    assert kaisa.heading == "Lastensuojeluun varattavat voimavarat"
    kaisa.chooses("Osittain")
    kaisa.chooses("6.2")
    kaisa.writes("Selitys", "Vuoden 2025 määräraha lisätään, kun talousarvio on hyväksytty.")
    kaisa.meets_no_barrier()
    kaisa.presses("Tallenna")
    kaisa.sees("Merkintä on tallennettu.", "Vuoden 2025 määräraha lisätään")
    kaisa.follows("Sama julkisella sivulla")
    kaisa.sees("Vuoden 2025 määräraha lisätään")
    kaisa.meets_no_barrier()
