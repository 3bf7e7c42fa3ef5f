"""What the guide sheet says."""

from django.utils.translation import gettext as _

from lautta.measures.models import Round


def guide_lines(round: Round) -> list[str]:
    """One line a row, in the active language."""
    day = f"{round.deadline.day}.{round.deadline.month}.{round.deadline.year}"
    return [
        _("Määräaika: %(day)s.") % {"day": day},
        _("1. Muokkaa taulukkoa ”Toimenpiteet”. Yksi rivi on yksi toimenpide."),
        _("2. Uusi toimenpide: kirjoita ensimmäiselle tyhjälle riville. Jätä tunnus ja versio tyhjiksi."),
        _("3. Älä muuta tunnusta äläkä versiota: niistä Lautta tietää, mistä toimenpiteestä on kyse."),
        _(
            "4. Tavoite, kohderyhmä, tila ja palvelutaso valitaan listasta. Käytä useampaa saraketta, jos niitä on monta."
        ),
        _("5. Kirjoita päivät muodossa 24.11.2026."),
        _("6. Tallenna tiedosto xlsx-muodossa ja lataa se takaisin samalta sivulta, josta sait sen."),
        _("7. Näet ennen tallentamista, mikä muuttuu. Mitään ei tallennu, ennen kuin hyväksyt muutokset."),
        _("Pakolliset: mitä tehdään, mikä muuttuu lapsen arjessa, tavoite, ketä varten, alkaa."),
        _(
            "Mittari valitaan suunnitelman yhteisistä mittareista. Jos suunta on tyhjä, Lautta käyttää mittarin omaa suuntaa."
        ),
        _("Tila ”Tauolla” ja ”Peruttu” tarvitsevat syyn."),
        _(
            "Eurot, työaika, kumppanit ja käännökset täydennetään Lautan sivuilla. Tämä tiedosto ei muuta niitä."
        ),
        _("Riviltä poistettu toimenpide ei poistu Lautasta."),
    ]
