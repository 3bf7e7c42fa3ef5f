"""The annual clock: a clash found and mended, and what hangs on an event seen before it moves."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
COORDINATOR = "koordinaattori@demo.lautta.invalid"


@BOTH_WAYS
def test_the_coordinator_mends_a_clash_and_moves_the_seminar(somebody, work, scripts):
    """Given two workshops at once and invitations that go out before the seminar; when the coordinator moves one workshop
    and looks what moving the seminar would do; then the clash is gone, and the invitations are shown to follow.
    """
    kaisa = somebody(COORDINATOR, scripts=scripts)
    kaisa.opens(f"{work}clock/years/2024/")
    assert kaisa.heading == "Vuosikello 2024"
    kaisa.meets_no_barrier()
    kaisa.follows("Törmäykset ja aukot")
    kaisa.sees("Samoille ihmisille samaan aikaan", "Tyhjä kuukausi", "Ehdotus: 29.10.2024")
    kaisa.meets_no_barrier()
    kaisa.follows("Siirrä ehdotettuun päivään")
    kaisa.presses("Näytä, mitä siirtyy")
    kaisa.sees("Muita tapahtumia ei lasketa tästä.")
    kaisa.meets_no_barrier()
    kaisa.presses("Tee siirto")
    kaisa.sees("Siirto on tehty.")
    kaisa.opens(f"{work}clock/years/2024/clashes/")
    kaisa.does_not_see("Samoille ihmisille samaan aikaan")

    kaisa.opens(f"{work}clock/years/2025/?kind=occasion")
    kaisa.follows("Suunnitelman vuosiseminaari")
    kaisa.opens(f"{kaisa.path}move/?day=2025-04-08")
    kaisa.writes("Uusi päivä", "2025-04-15")
    kaisa.presses("Näytä, mitä siirtyy")
    kaisa.sees("Seminaarin kutsut lähtevät", "4.3.2025")
