"""What pages leave in a text: running heads, words cut at line ends, columns, levels, notes."""

import re

import pytest

from lautta.plans.importing.markup import text_of
from tests.plans.importing.text_plans.reading import read, reasons


def test_pages_with_running_headers_and_numbers():
    pages = [
        f"Mallilan suunnitelma\n\nTämä on sivun {word} teksti, ja se on tavallinen kappale.\n\n{number}"
        for number, word in enumerate(("ensimmäinen", "toinen", "kolmas", "neljäs"), start=1)
    ]
    plan = read("\f".join(pages))
    assert sorted(reasons(plan)) == ["page_header"] + ["page_number"] * 4
    header = next(u for u in plan.unread if u.reason == "page_header")
    assert (header.excerpt, header.times, header.location.page) == ("Mallilan suunnitelma", 4, 1)
    assert [u.location.page for u in plan.unread if u.reason == "page_number"] == [1, 2, 3, 4]


def test_sub_headings_that_come_again_are_not_running_headers():
    body = (
        "Tässä luvussa kerrotaan, miten tavoite toteutuu ja kuka siitä vastaa koko alueella vuosittain. " * 2
    )
    parts = [
        f"{n}. Tavoite numero\n\nToimenpiteet vuodelle\n\n{body}\n\n" + "Lisää tekstiä.\n\n" * 6
        for n in (1, 2, 3)
    ]
    plan = read("".join(parts))
    assert "page_header" not in reasons(plan)


@pytest.mark.parametrize(
    ("head", "tail", "whole"),
    [
        ("lastensuoje-", "lulaissa", "lastensuojelulaissa"),
        ("kasvu-", "ja kehitysympäristö", "kasvu- ja kehitysympäristö"),
        ("0–15-", "vuotiasta", "0–15-vuotiasta"),
        ("linja-", "auto", "linja-auto"),
        ("LAPE-", "ryhmä", "LAPE-ryhmä"),
        ("Etelä-", "Suomessa", "Etelä-Suomessa"),
        ("so-", "te-kuntayhtymän", "sote-kuntayhtymän"),
        ("oikea-", "aikaisesti", "oikea-aikaisesti"),
    ],
)
def test_words_cut_at_line_ends(head, tail, whole):
    text = (
        "Tuki on oikea-aikaista ja sote-kuntayhtymän työ jatkuu oikea-aikaisesti.\n\n"
        f"Tässä kappaleessa puhutaan siitä, mikä on {head}\n{tail} ja mitä se merkitsee lapsille.\n"
    )
    assert f"mikä on {whole} ja mitä" in text_of(read(text).chapters[0].html)


def test_soft_hyphens_ligatures_and_hard_spaces():
    text = "Lasten hyvin\u00advointi on ﬁksu asia.\u00a0Se on lasten\u00ad\nsuojelua ja 23\u202f700 lasta."
    html = read(text).chapters[0].html
    assert html == "<p>Lasten hyvinvointi on fiksu asia. Se on lastensuojelua ja 23 700 lasta.</p>"


LAYOUT = """                 Itäisen alueen lasten ja nuorten hyvinvointisuunnitelma

    1 Johdanto

    Lasten ja nuorten hyvinvointi on        Nuorten ääni kuuluu suunnitelmassa. Kyse-
    yhteinen asia. Tämä suunnitelma ko-     lyyn vastasi 340 nuorta. He toivovat li-
    koaa tavoitteet yhteen ja kertoo,       sää tekemistä ja turvallisia aikuisia.
    mitä teemme seuraavaksi neljänä         Vanhemmat toivovat selkeää tietoa pal-
    vuotena. Suunnitelma hyväksytään        veluista ja nopeaa apua arkeen silloin
    kunnanvaltuustoissa.                    kun sitä tarvitaan.

    2 Tavoitteet

    Taulukko 1. Tavoitteet ja mittarit

    Tavoite                    Mittari                   Vastuu
    Lapset liikkuvat           Move!-tulokset            Koulut
    enemmän                    vuosittain
    Nuoret voivat hyvin        Kouluterveyskysely        Hyvinvointialue
"""


def test_columns_of_text_are_read_one_after_the_other_and_tables_stay():
    plan = read(LAYOUT)
    first, second = re.findall(r"<p>(.*?)</p>", plan.chapters[0].html)
    assert first.endswith("Suunnitelma hyväksytään kunnanvaltuustoissa.")
    assert second.startswith("Nuorten ääni kuuluu suunnitelmassa. Kyselyyn vastasi 340 nuorta.")
    assert "columns_unfolded" in [note.code for note in plan.notes]
    (table,) = plan.tables
    assert table.title == "Taulukko 1. Tavoitteet ja mittarit"
    assert table.rows == (
        ("Lapset liikkuvat enemmän", "Move!-tulokset vuosittain", "Koulut"),
        ("Nuoret voivat hyvin", "Kouluterveyskysely", "Hyvinvointialue"),
    )


DEEP = """Lasten ja nuorten hyvinvointisuunnitelma
Pohjoinen hyvinvointialue

1. JOHDANTO

Suunnitelman tavoitteena on vahvistaa lasten hyvinvointia. Suunnitelma perustuu lastensuojelulain
12 §:ään. Se on voimassa 2023–2026.

1.1 Valmistelu

Valmisteluun osallistuivat:

1. kunnat
2. järjestöt
3. seurakunnat

2. STRATEGISET TAVOITTEET

2.1 Turvallinen arki

Lapsella on turvallinen arki.

2.1.1 Väkivallan ehkäisy

Kiusaamiseen puututaan heti.

2.2 Osallisuus

Nuoret vaikuttavat.

Alaviitteet
1 Kouluterveyskysely 2021.
2 Tilastokeskus, väestö 2022.

LIITE 1. Mittarit

Mittari          2019    2021    2023
Yksinäisyys, %   10,5    14,2    13,1
Ahdistus, %      15,0    22,4    20,9
"""


def test_three_levels_numbered_list_footnotes_and_an_appendix():
    plan = read(DEEP)
    assert plan.title == "Lasten ja nuorten hyvinvointisuunnitelma"
    assert [(c.level, c.number, c.title) for c in plan.chapters if c.title] == [
        (1, "1", "JOHDANTO"),
        (2, "1.1", "Valmistelu"),
        (1, "2", "STRATEGISET TAVOITTEET"),
        (2, "2.1", "Turvallinen arki"),
        (3, "2.1.1", "Väkivallan ehkäisy"),
        (2, "2.2", "Osallisuus"),
        (1, "", "Alaviitteet"),
        (1, "", "Liite 1: Mittarit"),
    ]
    valmistelu = next(c for c in plan.chapters if c.title == "Valmistelu")
    assert "<ol><li>kunnat</li><li>järjestöt</li><li>seurakunnat</li></ol>" in valmistelu.html
    assert [(g.kind, g.number, g.parent) for g in plan.goals] == [
        ("main", "2.1", None),
        ("subgoal", "2.1.1", 0),
        ("main", "2.2", None),
    ]
    assert plan.tables[0].header == ("Mittari", "2019", "2021", "2023")
    assert [source.year for source in plan.sources] == [2021, 2022]
