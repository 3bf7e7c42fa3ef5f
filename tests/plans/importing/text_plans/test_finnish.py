"""Finnish plans: numbered, by “Luku”, with underlined headings, with guessed ones, with none."""

from lautta.plans.importing import account, read_plan
from tests.plans.importing.text_plans.reading import outline, read, reasons

NUMBERED = """MALLILAN LASTEN JA NUORTEN HYVINVOINTISUUNNITELMA 2025–2028

Sisällys

1. Johdanto ............................................. 3
2. Nykytila ............................................. 4
   2.1. Perheet .......................................... 5
3. Tavoitteet ........................................... 7
Lähteet ................................................. 9
Mallilan hyvinvointialue                                    Hyvinvointisuunnitelma
1. Johdanto

Mallilan lasten ja nuorten hyvinvointisuunnitelma kokoaa yhteen kuntien ja
hyvinvointialueen työn. Suunnitelma on laadittu vuosille 2025–2028 ja se päivi-
tetään vuosittain.

Suunnitelmaa valmisteltaessa kuultiin

• lapsia ja nuoria
• vanhempia, jotka asuvat eri puolilla
  aluetta
• ammattilaisia

Sivu 3
Mallilan hyvinvointialue                                    Hyvinvointisuunnitelma
2. Nykytila

Alueella asuu noin 12 400 alle 18-vuotiasta. Määrä vähenee (Tilastokeskus, 2024).

2.1. Perheet

Perheistä suurin osa voi hyvin. Yksinhuoltajaperheitä on 21 prosenttia.

”Meillä on hyvä koulu.” – Koululainen, 10 v.

Kunta       2023   2024
Mallila      812    790
Esimerkkilä  455    460
Yhteensä    1267   1251

Sivu 4
Mallilan hyvinvointialue                                    Hyvinvointisuunnitelma
3. Tavoitteet

Tavoite 1: Jokaisella lapsella on turvallinen aikuinen. Aikuinen kuuntelee lasta.

Tavoite 2: Nuori löytää tekemistä.

Tavoite | Toimenpide | Vastuutaho | Mittari
Perhe saa apua ajoissa | Perhekeskus avataan | Mallilan kunta | Jonotusaika
Nuori kuuluu ryhmään | Harrastustakuu | Järjestöt | Kouluterveyskysely

Lähteet

Tilastokeskus (2024). Väestörakenne.
Terveyden laitos (2023). Kouluterveyskysely 2023. Helsinki.

Sivu 5
"""


def test_numbered_finnish_plan():
    plan = read(NUMBERED)
    assert plan.title == "MALLILAN LASTEN JA NUORTEN HYVINVOINTISUUNNITELMA 2025–2028"
    assert plan.period == (2025, 2028)
    assert outline(plan) == [
        (1, "1", "Johdanto"),
        (1, "2", "Nykytila"),
        (2, "2.1", "Perheet"),
        (1, "3", "Tavoitteet"),
        (1, "", "Lähteet"),
    ]
    assert "ja se päivitetään vuosittain." in plan.chapters[0].html
    assert "<li>vanhempia, jotka asuvat eri puolilla aluetta</li>" in plan.chapters[0].html
    assert reasons(plan) == ["table_of_contents", "page_header", "page_number", "page_number", "page_number"]
    header = plan.unread[1]
    assert (header.times, header.location.first, header.location.last) == (3, 10, 42)
    assert [(q.speaker, q.text) for q in plan.quotations] == [("pupil", "Meillä on hyvä koulu.")]
    assert [source.year for source in plan.sources if not source.in_text] == [2024, 2023]
    assert plan.chapters[-1].kind == "sources"


def test_goals_by_label_and_by_table():
    plan = read(NUMBERED)
    assert [(goal.number, goal.title, goal.certain) for goal in plan.goals] == [
        ("1", "Jokaisella lapsella on turvallinen aikuinen", True),
        ("2", "Nuori löytää tekemistä", True),
        ("", "Perhe saa apua ajoissa", False),
        ("", "Nuori kuuluu ryhmään", False),
    ]
    assert plan.goals[0].criteria == ("Aikuinen kuuntelee lasta.",)
    assert "Vastuutaho: Mallilan kunta" in plan.goals[2].description


def test_a_total_that_does_not_add_up_is_stated():
    table = read(NUMBERED).tables[0]
    assert table.header == ("Kunta", "2023", "2024")
    assert table.rows[-1] == ("Yhteensä", "1267", "1251")
    (note,) = [note for note in table.notes if note.code == "table_total_mismatch"]
    assert (note.params["column"], note.params["stated"], note.params["computed"]) == ("2024", "1251", "1250")


LUKU = """Luku 1 Johdanto
Tämä suunnitelma on tehty kunnan lapsille ja nuorille. Suunnitelma koskee vuosia 2022–2025 ja sitä seuraa kunnanhallitus.

Luku 2
Nuorten arki
Nuoret viihtyvät koulussa. He toivovat lisää aikaa kavereille.

Luku 3 Päätavoitteet
1. Lapset liikkuvat enemmän
2. Nuoret kiusaavat vähemmän
3. Perheet saavat apua

Vastuutahot
Kunta
Seurakunta
Järjestöt

Yhteyshenkilö: esimerkki@example.org
"""


def test_chapters_named_luku():
    plan = read(LUKU)
    assert [(c.label, c.number, c.title) for c in plan.chapters] == [
        ("Luku 1", "1", "Johdanto"),
        ("Luku 2", "2", "Nuorten arki"),
        ("Luku 3", "3", "Päätavoitteet"),
    ]
    assert [(g.kind, g.number, g.title, g.certain) for g in plan.goals] == [
        ("main", "1", "Lapset liikkuvat enemmän", False),
        ("main", "2", "Nuoret kiusaavat vähemmän", False),
        ("main", "3", "Perheet saavat apua", False),
    ]
    assert "<li>Seurakunta</li>" in plan.chapters[2].html
    assert [n.params["excerpt"] for n in plan.notes if n.code == "personal_data_in_text"] == [
        "esimerkki@example.org"
    ]


def test_underlined_headings_in_windows_encoding():
    text = (
        "Inledning\r\n=========\r\n\r\nVälfärdsplanen gäller åren 2023–2026. Den är gemensam för alla kommuner.\r\n\r\n"
        "Nuläge\r\n------\r\n\r\nBarnen mår bra.\r\n"
    )
    for encoding in ("cp1252", "utf-8-sig", "utf-16", "utf-16-le"):
        plan = read_plan(text.encode(encoding), "plan.txt")
        assert outline(plan) == [(1, "", "Inledning"), (2, "", "Nuläge")]
        assert plan.period == (2023, 2026)
        assert account(plan, text) == []
        guessed = [note.params["encoding"] for note in plan.notes if note.code == "encoding_guessed"]
        assert guessed == (["windows-1252"] if encoding == "cp1252" else [])


def test_headings_without_any_mark_are_guessed():
    plan = read(
        "Lasten arki\n\n"
        + "Lapset viihtyvät päiväkodissa ja koulussa, ja heidän vanhempansa luottavat palveluihin. " * 3
        + "\n\nPerheiden tuki\n\n"
        + "Perheet saavat tukea silloin kun he sitä tarvitsevat, eikä kukaan jää yksin murheineen. " * 3
    )
    assert [(c.title, c.certain) for c in plan.chapters] == [
        ("Lasten arki", False),
        ("Perheiden tuki", False),
    ]
    assert [note.code for note in plan.notes].count("heading_guessed") == 2


def test_a_text_without_headings_is_one_chapter_and_says_so():
    plan = read("Lapset voivat hyvin. Nuoret voivat hyvin.")
    assert outline(plan) == [(1, "", "")]
    assert "no_headings" in [note.code for note in plan.notes]
    assert plan.title == "suunnitelma"
