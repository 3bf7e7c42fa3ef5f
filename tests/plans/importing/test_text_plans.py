"""Invented plans in the styles that regions use, as text."""

# ruff: noqa: E501 (sentences as the files hold them)

import re

import pytest

from lautta.plans.importing import PlanUnreadable, account, read_plan
from lautta.plans.importing.markup import text_of


def read(text, name="suunnitelma.txt", **kwargs):
    plan = read_plan(text.encode(), name, **kwargs)
    assert account(plan, text) == []
    return plan


def outline(plan):
    return [(chapter.level, chapter.number, chapter.title) for chapter in plan.chapters]


def reasons(plan):
    return [unread.reason for unread in plan.unread]


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


SWEDISH = """# Välfärdsplan för barn och unga 2026–2029

## Inledning

Planen gäller alla barn och unga i regionen. Den har gjorts tillsammans med kommunerna.

## Huvudmål

Genomgående målet är att minska ojämlikhet mellan barn.

### Barn och unga mår bra i vardagen

Barn får stöd i tid. Familjer hittar hjälp nära hemma.

### Delaktigheten ökar

- Unga deltar i beslut
- Barnens röst hörs

> Jag vill ha en fritidsgård.

– Elev, 12 år

## Åtgärder

| Mål | Åtgärd | Ansvarig |
|-----|--------|----------|
| Stöd i tid | Familjecenter | Välfärdsområdet |
| Delaktighet | Ungdomsråd | Kommunerna |

## Källor

- Statistikcentralen 2024: Befolkning.
- Institutet för hälsa (2023). Skolhälsa.
"""


def test_swedish_markdown_plan():
    plan = read(SWEDISH, "plan.md")
    assert (plan.language, plan.title, plan.period) == (
        "sv",
        "Välfärdsplan för barn och unga 2026–2029",
        (2026, 2029),
    )
    assert [c.title for c in plan.chapters if c.level == 1] == ["Inledning", "Huvudmål", "Åtgärder", "Källor"]
    assert [(goal.kind, goal.title) for goal in plan.goals if goal.certain] == [
        ("cross_cutting", "Att minska ojämlikhet mellan barn"),
        ("main", "Barn och unga mår bra i vardagen"),
        ("main", "Delaktigheten ökar"),
    ]
    assert plan.goals[2].criteria == ("Unga deltar i beslut", "Barnens röst hörs")
    (quotation,) = plan.quotations
    assert (quotation.text, quotation.role, quotation.speaker) == (
        "Jag vill ha en fritidsgård.",
        "Elev, 12 år",
        "pupil",
    )
    assert plan.tables[0].header == ("Mål", "Åtgärd", "Ansvarig")
    assert len(plan.tables[0].rows) == 2
    assert len(plan.sources) == 2


ENGLISH = """THE NORTHERN CHILDREN'S WELLBEING PLAN

INTRODUCTION

This plan sets out how the county and its towns work together for the wellbeing of chil-
dren and young people in the years 2024-2027. It is a long-
term plan, and it is reviewed every year.

CURRENT STATE

Most children feel well. One in ten feels lonely (Smith & Jones, 2021). Families tell that
help comes late.

    "I like that someone asks me."
    PUPIL

MAIN GOALS

The cross-cutting aim is reducing inequality between children.

Goal 1: Every child has a safe adult
Goal 2: Young people take part in decisions

WORKING GROUP

Ann Example, coordinator, Northern County
Bob Sample, teacher, Easttown School
Cecil Model, nurse

REFERENCES

Smith, A. & Jones, B. (2021). Loneliness in schools. Example Press.
Brown, C. (2019). Early help. Journal of Examples 3, 12–15.
"""


def test_english_plan_with_headings_in_capitals():
    plan = read(ENGLISH)
    assert plan.language == "en"
    assert plan.period == (2024, 2027)
    assert [c.title for c in plan.chapters] == ["INTRODUCTION", "CURRENT STATE", "MAIN GOALS", "REFERENCES"]
    assert "of children and young people" in plan.chapters[0].html
    assert "It is a long-term plan" in plan.chapters[0].html
    assert [(q.role, q.text) for q in plan.quotations] == [("PUPIL", "I like that someone asks me.")]
    assert [goal.title for goal in plan.goals] == [
        "Reducing inequality between children",
        "Every child has a safe adult",
        "Young people take part in decisions",
    ]
    assert [(p.name, p.organisation) for p in plan.participants] == [
        ("Ann Example", "coordinator, Northern County"),
        ("Bob Sample", "teacher, Easttown School"),
        ("Cecil Model", "nurse"),
    ]
    assert not any("Example" in text_of(c.html) for c in plan.chapters)
    assert [s.author for s in plan.sources] == ["Smith & Jones", "Smith, A. & Jones, B.", "Brown, C."]


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


def test_markup_in_the_text_is_escaped():
    plan = read("Johdanto\n\n<script>alert(1)</script> on tekstiä & muuta.\n\na | <b>\nx | 2\ny | 4\n")
    assert "<script>" not in "".join(c.html for c in plan.chapters)
    assert "&lt;script&gt;" in plan.chapters[0].html
    assert "<b>" not in plan.tables[0].html


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\r\n ", "a.txt", "empty"),
        ("\ufeff\n".encode("utf-16"), "a.txt", "empty"),
        (b"%PDF-1.7 abc", "a.pdf", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "a.doc", "old_word"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "encrypted",
        ),
        (b"{\\rtf1 hei}", "a.rtf", "rtf"),
        (b"not a zip at all", "a.docx", "corrupted"),
        (bytes(range(256)) * 20, "a.bin", "binary"),
        (b"a" * (20 * 1024 * 1024 + 1), "a.txt", "too_large"),
    ],
)
def test_files_that_can_only_be_refused(data, name, code):
    with pytest.raises(PlanUnreadable) as caught:
        read_plan(data, name)
    assert caught.value.code == code


def test_language_hint_is_followed():
    assert read("Lapset voivat hyvin.", language_hint="sv").language == "sv"
    assert read("Lapset voivat hyvin ja nuoret ovat iloisia.", language_hint="xx").language == "fi"


UNWRAPPED = """VÄLFÄRDSPLAN FÖR BARN OCH UNGA I EXEMPELBYGDEN 2025–2028
1 INLEDNING
Välfärdsplanen för barn och unga är en lagstadgad plan som styr arbetet i kommunerna och välfärdsområdet. Planen godkänns av fullmäktige i varje kommun. Den följs upp varje år.
Planen har beretts av en arbetsgrupp med företrädare för skolan, småbarnspedagogiken och organisationerna.
1.1 Lagstiftning
Barnskyddslagen 12 § förutsätter en plan. Planen ska ses över minst vart fjärde år.
2 MÅL
2.1 Barn och unga är delaktiga
Barn och unga blir hörda i ärenden som gäller dem. Ungdomsfullmäktige deltar i beredningen.
2.2 Familjer får stöd i rätt tid
Stödet är nära och lätt att hitta.
Delmål 1: Familjecentralen finns i varje kommun
3 ÅTGÄRDER
Mål\tÅtgärd\tAnsvarig\tMätare
Delaktighet\tUngdomsforum ordnas\tKommunen\tAntal möten
Stöd\tFamiljecentral\tVälfärdsområdet\tKötid
KÄLLOR
Institutet för hälsa och välfärd 2023. Enkäten Hälsa i skolan.
Statistikcentralen 2024. Befolkningsprognos.
"""


def test_swedish_plan_with_one_line_for_each_paragraph():
    plan = read(UNWRAPPED)
    assert plan.title == "VÄLFÄRDSPLAN FÖR BARN OCH UNGA I EXEMPELBYGDEN 2025–2028"
    assert outline(plan) == [
        (1, "1", "INLEDNING"),
        (2, "1.1", "Lagstiftning"),
        (1, "2", "MÅL"),
        (2, "2.1", "Barn och unga är delaktiga"),
        (2, "2.2", "Familjer får stöd i rätt tid"),
        (1, "3", "ÅTGÄRDER"),
        (1, "", "KÄLLOR"),
    ]
    assert plan.chapters[0].html.count("<p>") == 2
    assert [(goal.kind, goal.title, goal.parent) for goal in plan.goals if goal.certain] == [
        ("main", "Barn och unga är delaktiga", None),
        ("main", "Familjer får stöd i rätt tid", None),
        ("subgoal", "Familjecentralen finns i varje kommun", 1),
    ]
    assert plan.tables[0].header == ("Mål", "Åtgärd", "Ansvarig", "Mätare")
    assert len(plan.sources) == 2


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
