"""A plan travels: drafted, frozen, decided by eight bodies, amended, in force everywhere, extended; with scripts and without."""

from __future__ import annotations

import datetime as dt
import re

import pytest

pytestmark = pytest.mark.browser
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
COORDINATOR = "koordinaattori@demo.lautta.invalid"
SECRETARY = "paatos.kotka@demo.lautta.invalid"
# Bodies on the way: (organisation, body) in the order in which they can decide.
ON_THE_WAY = (
    ("Haminan kaupunki", "Kaupunginhallitus"), ("Haminan kaupunki", "Kaupunginvaltuusto"),
    ("Kotkan kaupunki", "Kaupunginhallitus"), ("Kotkan kaupunki", "Kaupunginvaltuusto"),
    ("Kymenlaakson hyvinvointialue", "Aluehallitus"), ("Kymenlaakson hyvinvointialue", "Aluevaltuusto"),
    ("Kaakkois-Suomen poliisilaitos", "Johtoryhmä"), ("Haminan seurakunta", "Kirkkovaltuusto"),
)  # fmt: skip
# The server that the browser visits lives on the true day.
TODAY = dt.date.today().isoformat()


def edits(person, work, addresses, words: str) -> None:
    person.opens(f"{work}plan/chapters/{addresses['values']['chapter_id']}/fi/edit/")
    if person.scripts:
        person.page.locator(".rich-text").wait_for()
    person.writes_chapter(words)
    person.presses("Tallenna")


def freezes(person, work, kind: str, proposal: str, year: str = "") -> None:
    person.opens(f"{work}decisions/freeze/")
    person.chooses(kind)
    if year:
        person.field("Minkä vuoden ohjelma").select_option(year)
    person.writes("Päätösehdotus", proposal)
    person.presses("Jäädytä")


def sends(person, names=ON_THE_WAY) -> None:
    """Tick the bodies of the path's form."""
    for organisation, body in names:
        group = person.page.locator("fieldset").filter(has=person.page.get_by_text(organisation)).first
        group.locator("label").filter(has_text=body).first.click()
    person.presses("Tallenna polku")


def decides(
    person,
    version_path: str,
    organisation: str,
    body: str,
    outcome: str,
    *,
    words: str = "",
    change: str = "",
) -> None:
    person.opens(version_path)
    lane = person.page.locator(".lane").filter(
        has=person.page.get_by_role("heading", name=re.compile(organisation))
    )
    lane.get_by_role("link", name=body, exact=True).first.click()
    person.chooses(outcome)
    person.writes("Päätöspäivä", TODAY)
    if words:
        person.writes("Päätös toimielimen sanoin", words)
    if change:
        person.writes("Muutos 1", change)
    person.presses("Kirjaa päätös")
    person.sees("Päätös on kirjattu.")


@BOTH_WAYS
def test_a_plan_travels_its_whole_path(somebody, work, addresses, site, scripts):
    """Given a changed draft; when it is frozen, sent to eight bodies, amended, frozen again, approved by all, and extended by a
    year; then every page tells where it is, the first version is byte by byte what it was, and part II leaves part I in force."""
    kaisa = somebody(COORDINATOR, scripts=scripts)
    edits(kaisa, work, addresses, "Tämä kappale lähtee päätettäväksi.")
    freezes(kaisa, work, "Osa I, strategia", "Valtuusto hyväksyy osan I.")
    kaisa.sees("Ketkä käsittelevät version?")
    kaisa.meets_no_barrier()
    sends(kaisa)
    first = kaisa.path
    kaisa.sees("0/5 päättäjää on hyväksynyt")
    kaisa.meets_no_barrier()
    content = site.rows("SELECT content FROM decisions_version ORDER BY number DESC LIMIT 1")[0][0]

    # A council cannot decide before its board: the page has no form, and says why.
    lane = kaisa.page.locator(".lane").filter(has=kaisa.page.get_by_role("heading", name="Haminan kaupunki"))
    lane.get_by_role("link", name="Kaupunginvaltuusto", exact=True).click()
    kaisa.sees("Asia tulee tänne, kun Kaupunginhallitus on käsitellyt sen.")

    hamina, kotka, county = "Haminan kaupunki", "Kotkan kaupunki", "hyvinvointialue"
    decides(kaisa, first, hamina, "Kaupunginhallitus", "Hyväksyi")
    decides(
        kaisa,
        first,
        hamina,
        "Kaupunginvaltuusto",
        "Hyväksyi muutoksin",
        change="Lisätään kesän harrastukset.",
    )
    secretary = somebody(SECRETARY, scripts=scripts)
    decides(secretary, first, kotka, "Kaupunginhallitus", "Jätti pöydälle")
    decides(secretary, first, kotka, "Kaupunginhallitus", "Hyväksyi")
    decides(
        secretary, first, kotka, "Kaupunginvaltuusto", "Palautti valmisteluun", words="Haminan muutos mukaan."
    )
    secretary.meets_no_barrier()
    decides(kaisa, first, county, "Aluehallitus", "Hyväksyi")

    # The change is answered and gathered into the second version.
    kaisa.opens(f"{work}decisions/amendments/")
    kaisa.sees("Lisätään kesän harrastukset.")
    kaisa.follows("Vastaa")
    kaisa.chooses("Otetaan")
    kaisa.writes("Vastaus toimielimelle", "Lisättiin lukuun 2.")
    kaisa.presses("Tallenna vastaus")
    edits(kaisa, work, addresses, "Kesän harrastukset ovat mukana.")
    freezes(kaisa, work, "Osa I, strategia", "Valtuusto hyväksyy osan I muutettuna.")
    sends(kaisa)
    second = kaisa.path
    kaisa.follows("Mikä muuttui edellisestä")
    kaisa.sees("Kesän harrastukset ovat mukana.")
    kaisa.meets_no_barrier()
    for organisation, body in ON_THE_WAY:
        committing = body in {"Johtoryhmä"}
        decides(kaisa, second, organisation, body, "Sitoutui" if committing else "Hyväksyi")
    kaisa.opens(second)
    kaisa.sees("5/5 päättäjää on hyväksynyt", "Hyväksytty kaikkialla")
    assert (
        content
        == site.rows(
            f"SELECT content FROM decisions_version WHERE public_id = '{first.rstrip('/').rpartition('/')[2]}'"
        )[0][0]
    )
    kaisa.opens(first)
    kaisa.sees("Sisältö on tavulleen se, mikä jäädytettiin")

    # A year longer, and a year's programme that leaves part I in force.
    kaisa.opens(f"{work}decisions/time/")
    kaisa.field("Voimassa vuoden loppuun").select_option("2028")
    kaisa.writes("Päätösehdotus", "Valtuusto jatkaa suunnitelmaa vuoteen 2028.")
    kaisa.writes("Miksi", "Seuraava suunnitelma valmistuu nuorten kanssa.")
    kaisa.presses("Jäädytä esitys")
    sends(kaisa, ON_THE_WAY[:2])
    longer = kaisa.path
    for organisation, body in ON_THE_WAY[:2]:
        decides(kaisa, longer, organisation, body, "Hyväksyi")
    kaisa.opens(longer)
    kaisa.presses("Toteuta päätös")
    kaisa.sees("Toteutettu suunnitelmassa")
    kaisa.opens(f"{work}decisions/")
    row = kaisa.page.locator("tr").filter(has_text="Haminan kaupunki")
    number = re.search(r"versio (\d+)", row.inner_text())[1]
    assert "31.12.2028" in row.inner_text()
    kaisa.meets_no_barrier()

    year = str(addresses["values"]["year"])
    freezes(kaisa, work, "Osa II, vuoden ohjelma", f"Valtuusto hyväksyy vuoden {year} ohjelman.", year)
    sends(kaisa, ON_THE_WAY[:2])
    programme = kaisa.path
    for organisation, body in ON_THE_WAY[:2]:
        decides(kaisa, programme, organisation, body, "Hyväksyi")
    kaisa.opens(f"{work}decisions/")
    row = kaisa.page.locator("tr").filter(has_text="Haminan kaupunki")
    assert re.search(rf"Osa I, versio {number}\b", row.inner_text())
    # The server lives on the true day, when that year is over: the programme is approved, and part I stands as it stood.
    kaisa.opens(programme)
    kaisa.sees(f"Osa II {year}", "Hyväksytty kaikkialla")

    reader = somebody(scripts=scripts)
    reader.opens(work.replace("/work/", "/") + "decisions/")
    reader.sees("Voimassa nyt", "Haminan kaupunki", f"versio {number}", "Hyväksyi muutoksin")
    reader.meets_no_barrier()
