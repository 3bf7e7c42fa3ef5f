"""What went wrong with a source, in the reader's words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

SENTENCES = {
    "timeout": lazy("Lähde ei vastannut %(seconds)s sekunnissa."),
    "no_connection": lazy("Lähteeseen ei saatu yhteyttä."),
    "bad_address": lazy("Lähteen osoite on virheellinen: %(address)s."),
    "bad_request": lazy("Lähde ei hyväksynyt pyyntöä (400)."),
    "forbidden": lazy("Lähde kielsi pyynnön (403)."),
    "not_found": lazy("Lähteessä ei ole tällaista indikaattoria tai taulukkoa (404)."),
    "too_many_requests": lazy("Lähde pyysi odottamaan, eikä odotus riittänyt (429)."),
    "source_down": lazy("Lähde on tilapäisesti poissa käytöstä (%(status)s)."),
    "unexpected_status": lazy("Lähde vastasi odottamatta (%(status)s)."),
    "too_large": lazy("Vastaus on liian suuri."),
    "html_instead": lazy("Lähde antoi verkkosivun eikä tietoja, ehkä huoltokatkon ilmoituksen."),
    "empty_answer": lazy("Lähteen vastaus on tyhjä."),
    "cut_or_broken": lazy("Lähteen vastaus on katkennut tai rikki (%(bytes)s tavua)."),
    "not_finite": lazy("Tiedoissa on luku, joka ei ole äärellinen (%(value)s)."),
    "too_large_number": lazy("Tiedoissa on luku, jota ei voi säilyttää tarkasti."),
    "not_a_list": lazy("Lähteen vastaus ei ole odotettu luettelo."),
    "region_broken": lazy("Lähteen alueluettelo on rikki: %(error)s."),
    "region_code_twice": lazy("Lähteen alueluettelossa sama tunnus on kahdella alueella: %(area)s."),
    "no_country": lazy("Lähteen alueluettelosta puuttuu koko maa."),
    "not_an_indicator": lazy("Lähteen kuvaus ei ole indikaattorin kuvaus."),
    "wrong_indicator": lazy("Pyydettiin indikaattoria %(wanted)s, mutta vastauksessa on %(got)s."),
    "no_title": lazy("Indikaattorilla ei ole nimeä lähteessä."),
    "no_rows": lazy("Lähde ei antanut yhtään arvoa."),
    "no_years": lazy("Lähde ei kerro, miltä vuosilta tietoja on."),
    "row_broken": lazy("Tiedoissa on rivi, joka ei ole odotetun muotoinen (%(error)s)."),
    "row_without_number": lazy("Tiedoissa on rivi ilman lukua (rivi %(row)s)."),
    "no_number": lazy("Luvun paikalla on jotain muuta: %(value)s."),
    "unknown_gender": lazy("Tuntematon sukupuolen koodi: %(gender)s."),
    "unknown_region": lazy("Tuntematon alue: %(region)s."),
    "unknown_area": lazy("Tuntematon alue: %(area)s (rivi %(row)s)."),
    "year_not_asked": lazy("Vastauksessa on vuosi, jota ei pyydetty: %(year)s."),
    "year_out_of_range": lazy("Vuosi ei voi olla oikein: %(year)s."),
    "contradicting_rows": lazy("Samasta alueesta ja vuodesta on kaksi eri arvoa (%(area)s, %(year)s)."),
    "no_table": lazy("Osoitteessa ei ole taulukon kuvausta."),
    "unknown_code": lazy("Taulukossa ei ole koodia %(value)s (%(variable)s)."),
    "not_json_stat": lazy("Vastaus ei ole JSON-stat-muotoa: %(error)s."),
    "no_such_variable": lazy("Taulukossa ei ole muuttujaa, josta selviää %(role)s."),
    "not_yearly": lazy("Tiedot eivät ole vuosittaisia: %(value)s."),
    "wrong_size": lazy("Arvoja on eri määrä kuin taulukossa on soluja."),
    "parts_disagree": lazy("Taulukon osat eivät sovi yhteen."),
    "several_contents": lazy("Tiedostossa on %(count)s eri tietoa. Tuo yksi kerrallaan."),
    "unreadable_file": lazy("Tiedostoa ei voi lukea taulukkona."),
    "no_column": lazy("Tiedostossa ei ole saraketta ”%(column)s”."),
    "bad_cell": lazy("Rivillä %(row)s sarakkeessa ”%(column)s” on ”%(value)s”, jota ei voi lukea luvuksi."),
    "bad_year": lazy("Rivillä %(row)s vuosi on ”%(value)s”."),
    "too_many_rows": lazy("Tiedostossa on liikaa rivejä (enintään %(most)s)."),
    "numerator_over_denominator": lazy("Rivillä %(row)s osoittaja on suurempi kuin nimittäjä."),
    "not_single_years": lazy("Ikä on ”%(age)s”, mutta väestö tarvitaan yksivuotisikäryhmittäin (0, 1, 2 …)."),
    "ages_missing": lazy(
        "Iät eivät ala nollasta, eivät jatku aukotta tai loppuvat ennen 17 vuotta (%(first)s–%(last)s)."
    ),
    "years_not_in_row": lazy("Vuosien välissä on aukko (%(first)s–%(last)s)."),
    "not_whole_people": lazy(
        "Ihmisten määrä ei ole kokonaisluku tai se on negatiivinen: %(value)s (%(area)s, %(year)s, %(age)s v)."
    ),
    "cell_missing": lazy("Luku puuttuu: %(area)s, %(year)s, %(age)s v."),
    "sums_disagree": lazy(
        "Osien summa %(sum)s ei ole ilmoitettu yhteensä-luku %(total)s (%(area)s, %(year)s)."
    ),
    "genders_disagree": lazy("Tytöt ja pojat yhteensä eivät ole sama kuin ilmoitettu summa."),
    "one_gender_alone": lazy("Tiedoissa on vain toinen sukupuoli."),
    "no_population_table": lazy("Taulukossa ei ole väestöä iän mukaan: %(variable)s puuttuu."),
    "totals_disagree": lazy(
        "Vuoden %(year)s summat eivät täsmää, joten pieniä lukuja ei voi suojata. Korjaa summat tai jätä summarivit pois."
    ),
    "cannot_protect": lazy(
        "Vuoden %(year)s pieniä lukuja ei voi salata niin, ettei niitä voisi laskea muista. Yhdistä luokkia tai jätä rivejä pois."
    ),
    "too_large_to_protect": lazy(
        "Vuonna %(year)s on niin monta lukua (%(cells)s, enintään %(most)s), ettei pieniä voi suojata. Jaa tiedosto osiin."
    ),
    "no_boundaries": lazy("Tiedostosta ei saa alueiden rajoja: %(error)s."),
    "unexpected": lazy("Tapahtui odottamaton virhe. Mitään ei muutettu."),
}
HELD = {
    "fewer_areas": lazy(
        "Alueita on vähemmän kuin ennen: %(before)s → %(now)s. Puuttuu muun muassa %(example)s."
    ),
    "fewer_years": lazy(
        "Vuosia on vähemmän kuin ennen: %(before)s → %(now)s. Puuttuu muun muassa %(example)s."
    ),
    "fewer_values": lazy("Arvoja on paljon vähemmän kuin ennen: %(before)s → %(now)s."),
}


def sentence(problem: dict[str, Any]) -> str:
    """A stored problem, {"code": …, "parameters": {…}}, as a sentence in the active language."""
    words = SENTENCES.get(problem.get("code", "")) or HELD.get(problem.get("code", ""))
    if words is None:
        return _("Tuntematon virhe: %(code)s.") % {"code": problem.get("code", "?")}
    return str(words) % _Lenient(problem.get("parameters") or {})


class _Lenient(dict):
    """A parameter that was not stored shows as a question mark instead of ending in an error page."""

    def __missing__(self, key: str) -> str:
        return "?"
