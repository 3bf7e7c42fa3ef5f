"""What the reader of plans says, in the person's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

UNREADABLE = {
    "empty": _("Tiedosto on tyhjä."),
    "too_large": _("Tiedosto on liian suuri: enintään %(limit_mb)s Mt."),
    "pdf": _(
        "PDF-tiedostoa ei voi lukea suoraan. Avaa se, kopioi teksti ja tallenna se tekstitiedostoksi (.txt)."
    ),
    "old_word": _("Tiedosto on vanhaa Word-muotoa (.doc). Tallenna se Wordissa muotoon .docx."),
    "encrypted": _("Tiedosto on suojattu salasanalla. Poista suojaus ja yritä uudelleen."),
    "macros": _("Tiedostossa on makroja. Tallenna se muotoon .docx ilman makroja."),
    "odt": _("OpenDocument-tiedostoa ei voi lukea. Tallenna se muotoon .docx."),
    "rtf": _("RTF-tiedostoa ei voi lukea. Tallenna se muotoon .docx."),
    "other_zip": _("Tiedosto on pakattu kansio, ei Word-asiakirja."),
    "zip_bomb": _("Tiedosto paisuisi purettaessa epätavallisen suureksi, joten sitä ei avata."),
    "corrupted": _("Tiedosto on vioittunut. Avaa se Wordissa, tallenna se ja yritä uudelleen."),
    "binary": _("Tiedosto ei ole tekstiä eikä Word-asiakirja."),
    "unexpected": _("Tiedoston lukeminen keskeytyi odottamatta. Mitään ei tuotu. Yritä uudelleen."),
}

UNREAD = {
    "chart": _("kaavio"),
    "comment": _("kommentti"),
    "deleted_text": _("poistetuksi merkitty teksti"),
    "embedded_object": _("upotettu tiedosto"),
    "fragment": _("irrallinen tekstinpätkä"),
    "graphic_debris": _("kuvasta jäänyt tekstinpätkä"),
    "graphic_text": _("kuvan teksti"),
    "image": _("kuva"),
    "page_footer": _("sivun alatunniste"),
    "page_header": _("sivun ylätunniste"),
    "page_number": _("sivunumero"),
    "participants_heading": _("osallistujaluettelon otsikko"),
    "repeated_text": _("toistuva teksti"),
    "speaker_without_quotation": _("puhuja ilman sitaattia"),
    "table_of_contents": _("sisällysluettelo"),
    "unplaced": _("teksti, jolle ei löytynyt paikkaa"),
}

NOTES = {
    "heading_guessed": _("Otsikko on arvattu: %(title)s"),
    "heading_moved": _("Otsikko ”%(title)s” oli tekstin keskellä; se siirrettiin luvun alkuun."),
    "chapters_reordered": _("Luvut olivat tiedostossa eri järjestyksessä; ne järjestettiin numeron mukaan."),
    "hyphen_guessed": _(
        "Nämä sanat jakautuivat kahdelle riville. Tarkista, kuuluuko niihin yhdysmerkki: %(words)s"
    ),
    "overprint_removed": _("Kahteen kertaan painetut kohdat siistittiin (%(count)s)."),
    "paragraph_joined": _("Kappale oli kahdessa osassa; osat yhdistettiin: %(start)s … %(end)s"),
    "paragraph_cut": _("Teksti alkaa tai loppuu kesken: %(excerpt)s"),
    "list_reversed": _("Luettelo alkoi lopusta; järjestys korjattiin."),
    "table_totals_checked": _("Taulukon ”%(title)s” summat täsmäävät."),
    "table_total_mismatch": _(
        "Taulukon ”%(title)s” summa ei täsmää sarakkeessa %(column)s: "
        "tiedostossa %(stated)s, laskettuna %(computed)s."
    ),
    "table_cells_guessed": _("Taulukon ”%(title)s” solut on arvattu; tarkista ne."),
    "table_header_guessed": _("Taulukon ”%(title)s” otsikkorivi on arvattu."),
    "nested_table_flattened": _("Taulukon ”%(title)s” sisällä oli toinen taulukko; se purettiin tekstiksi."),
    "text_box": _("Tekstiruutu luettiin tekstiksi: %(excerpt)s"),
    "insertions_accepted": _("Muutosmerkinnöillä lisätyt kohdat otettiin mukaan (%(count)s)."),
    "columns_unfolded": _("Vierekkäiset palstat luettiin yksi kerrallaan (%(columns)s)."),
    "encoding_guessed": _("Tiedoston merkistö on arvattu: %(encoding)s."),
    "characters_replaced": _("Lukukelvottomia merkkejä korvattiin (%(count)s)."),
    "period_guessed": _("Suunnitelmakausi on arvattu: %(start)s–%(end)s."),
    "title_guessed": _("Suunnitelman nimi on arvattu: %(title)s"),
    "goals_guessed": _("Tavoitteet on arvattu tekstin rakenteesta (%(count)s)."),
    "quotation_guessed": _("Sitaatti on arvattu: %(excerpt)s"),
    "personal_data": _(
        "Tiedostossa on henkilöiden nimiä (%(count)s). "
        "Ne näkyvät julkisesti vasta, kun henkilö on antanut suostumuksensa."
    ),
    "personal_data_in_text": _("Tekstissä on jonkun yhteystieto: %(excerpt)s"),
    "no_headings": _("Otsikoita ei löytynyt; koko teksti on yhtenä lukuna."),
    "numbering_gap": _("Lukujen numeroinnista puuttuu: %(missing)s"),
}


def say(words: Mapping[str, Any], code: str, params: Mapping[str, Any]) -> str:
    """The sentence of a code with its parameters; an unknown code or parameter never breaks the page."""
    flat = {
        k: ", ".join(map(str, v)) if isinstance(v, (list, tuple)) else v for k, v in (params or {}).items()
    }
    template = str(words.get(code, code))
    try:
        return template % flat if "%(" in template else template
    except (KeyError, TypeError, ValueError):
        return template
