"""Signs of personal data: what must be pointed out, and what children may say without being stopped."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.voices.personal import Finding, Sign, first_names, signs

PLACES = ("Hamina", "Kotka", "Pyhtää", "Haminan kaupunki", "Kymenlaakson hyvinvointialue", "Fredrikshamn")


@pytest.mark.parametrize(
    ("text", "sign", "words"),
    [
        ("Mun numero on 040 123 4567.", Sign.PHONE, "040 123 4567"),
        ("Soita +358 40 1234567", Sign.PHONE, "+358 40 1234567"),
        ("kirjoita: joku.toinen@posti.example", Sign.EMAIL, "joku.toinen@posti.example"),
        ("Tunnukseni on 010115A123X.", Sign.IDENTITY_CODE, "010115A123X"),
        ("Olen 131052-308T", Sign.IDENTITY_CODE, "131052-308T"),
        ("syntynyt 010123Y9876", Sign.IDENTITY_CODE, "010123Y9876"),
        ("Asun osoitteessa Koivukatu 12 B", Sign.ADDRESS, "Koivukatu 12"),
        ("Jag bor på Strandvägen 4", Sign.ADDRESS, "Strandvägen 4"),
        ("Seuraa @pelaaja99 kanavaa", Sign.ACCOUNT, "@pelaaja99"),
        ("Meidän luokalla Pörrö Ankka kiusaa.", Sign.NAME, "Pörrö Ankka"),
        ("Pörrö Ankka kiusaa.", Sign.NAME, "Pörrö Ankka"),
        ("Sitten Ronjalta vietiin pipo.", Sign.NAME, "Sitten Ronjalta"),
        ("Matti lyö välkällä.", Sign.NAME, "Matti"),
        ("Matilta vietiin pipo.", Sign.NAME, "Matilta"),
        ("Annas mamma hjälpte.", Sign.NAME, "Annas"),
        ("Silloin joku Xqzwy huutaa.", Sign.NAME, "Xqzwy"),
    ],
)
def test_pointed_out(text, sign, words):
    found = signs(text, places=PLACES)
    assert Finding(sign, words) in found


@pytest.mark.parametrize(
    "text",
    [
        "Mulla on yksi kaveri. Se riittää, kunhan se on koulussa.",
        "Haminassa ei ole mitään tekemistä. Kotkan nuorisotila on kiva, Pyhtäällä ei ole sellaista.",
        "Suomessa lapsilla on oikeuksia! Miksi niitä ei kuulla?",
        "I Fredrikshamn finns inget att göra.",
        "Sanoin: ”Haluan tulla mukaan.” Ja ”Minäkin!” huusi toinen.",
        "Whatsappissa kiusataan ja Snapchatissa myös.",
        "Oon 13 v ja vuonna 2024 meitä oli 25.",
        "Ohjaaja kysyi 3 kertaa. Kello oli 15.30.",
        "– Lapsi puhuu.\n– Aikuinen kuuntelee.",
        "TV on auki aina.",
        "",
    ],
)
def test_let_be(text):
    assert signs(text, places=PLACES) == []


def test_what_is_said_twice_is_pointed_out_once():
    assert [f.words for f in signs("Matti ja Matti")] == ["Matti"]


def test_signs_come_in_reading_order():
    found = signs("Soita 040 1234567, sanoi Pörrö Ankka.")
    assert [f.sign for f in found] == [Sign.PHONE, Sign.NAME]


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text):
    for finding in signs(text, places=PLACES):
        assert finding.words.strip()


def test_the_list_of_names_is_in_order_and_without_doubles():
    from lautta.voices.personal import FIRST_NAMES

    lines = FIRST_NAMES.read_text("utf-8").split()
    assert len(lines) == len(set(lines)) == len(first_names())
    assert all(name == name.casefold() for name in lines)
