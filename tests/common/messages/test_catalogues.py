"""Catalogues keep translations, do not churn, and their faults are named."""

import pytest
from babel.messages.catalog import Catalog

from lautta.common.messages.catalogues import Room, as_po, entries, merged, read, rooms, strings, write
from lautta.common.messages.check import Fault, form_faults, problems
from lautta.common.messages.extract import Found, room_messages


@pytest.fixture
def room(tmp_path):
    """`room("Yksi", "Kaksi")` writes a room whose module has these messages."""

    def make(*msgids, name="huone"):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "views.py").write_text("\n".join(f"gettext({m!r})" for m in msgids), "utf-8")
        return Room(name, folder)

    return make


def update(room, language="sv", elsewhere=None):
    path = room.po(language)
    return write(
        path, merged(read(path, language), room_messages(room.folder), language, elsewhere or {}), language
    )


def translate(room, language="sv", **words):
    path = room.po(language)
    text = path.read_text("utf-8")
    for msgid, msgstr in words.items():
        assert f'msgid "{msgid}"\nmsgstr ""' in text
        text = text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"')
    path.write_text(text, "utf-8")


def test_the_file_is_sorted_and_free_of_dates_and_line_numbers(room):
    made = room("Öljy", "Aalto", "Lautta")
    update(made)
    text = made.po("sv").read_text("utf-8")
    assert text.startswith('msgid ""\nmsgstr ""\n"Language: sv\\n"')
    assert [line for line in text.splitlines() if line.startswith("msgid")][1:] == [
        'msgid "Aalto"',
        'msgid "Lautta"',
        'msgid "Öljy"',
    ]
    assert "#: views.py\n" in text
    assert not any(word in text for word in ("POT-Creation", "Babel", "202", "views.py:"))


def test_extracting_again_changes_nothing(room):
    made = room("Yksi", "Kaksi")
    assert update(made) is True
    translate(made, Yksi="Ett")
    assert update(made) is False


def test_translations_stay_and_nothing_is_guessed(room):
    made = room("Tallenna")
    update(made)
    translate(made, Tallenna="Spara")
    room("Tallenna", "Tallenna nyt")
    update(made)
    have = {key[1]: strings(m) for key, m in entries(read(made.po("sv"), "sv")).items()}
    assert have == {"Tallenna": ("Spara",), "Tallenna nyt": ("",)}
    assert "fuzzy" not in made.po("sv").read_text("utf-8")


def test_a_message_that_comes_back_finds_its_translation(room):
    made = room("Yksi", "Kaksi")
    update(made)
    translate(made, Yksi="Ett", Kaksi="Två")
    room("Kaksi")
    update(made)
    assert '#~ msgid "Yksi"' in made.po("sv").read_text("utf-8")
    assert list(entries(read(made.po("sv"), "sv"))) == [(None, "Kaksi")]
    assert [p.fault for p in problems([made]) if p.language == "sv"] == []
    room("Yksi", "Kaksi")
    update(made)
    assert strings(entries(read(made.po("sv"), "sv"))[None, "Yksi"]) == ("Ett",)
    assert "#~" not in made.po("sv").read_text("utf-8")


def test_the_same_words_in_another_room_are_taken_over(room):
    one, two = room("Tallenna", name="one"), room("Tallenna", name="two")
    update(one)
    translate(one, Tallenna="Spara")
    update(two, elsewhere=entries(read(one.po("sv"), "sv")))
    assert strings(entries(read(two.po("sv"), "sv"))[None, "Tallenna"]) == ("Spara",)


def test_context_and_plural_survive_the_file(tmp_path):
    found = {
        ("tila", "Auki"): Found("Auki", context="tila"),
        (None, "Auki"): Found("Auki"),
        (None, "%(n)s lapsi"): Found("%(n)s lapsi", "%(n)s lasta"),
    }
    catalog = merged(Catalog(locale="sv"), found, "sv", {})
    catalog.get("Auki", context="tila").string = "Öppen"
    catalog.get("Auki").string = "Öppet"
    catalog.get("%(n)s lapsi").string = ("%(n)s barn", "%(n)s barn")
    path = tmp_path / "django.po"
    write(path, catalog, "sv")
    again = read(path, "sv")
    assert {key: strings(m) for key, m in entries(again).items()} == {
        ("tila", "Auki"): ("Öppen",),
        (None, "Auki"): ("Öppet",),
        (None, "%(n)s lapsi"): ("%(n)s barn", "%(n)s barn"),
    }
    assert as_po(merged(again, found, "sv", {}), "sv") == path.read_bytes()


def test_a_message_that_gets_a_plural_keeps_its_singular():
    old = Catalog(locale="sv")
    old.add("lapsi", "barn")
    catalog = merged(old, {(None, "lapsi"): Found("lapsi", "lasta")}, "sv", {})
    assert strings(catalog.get("lapsi")) == ("barn", "")


def test_every_kind_of_problem_is_named(room):
    made = room("Puuttuu", "Epävarma", "Hei %(name)s", "Kunnossa")
    update(made)
    update(made, "en")
    translate(made, **{"Epävarma": "Osäker", "Hei %(name)s": "Hej %(nmae)s", "Kunnossa": "I skick"})
    path = made.po("sv")
    text = path.read_text("utf-8").replace('msgid "Epävarma"', '#, fuzzy\nmsgid "Epävarma"')
    path.write_text(text + '\nmsgid "Turha"\nmsgstr "Onödig"\n', "utf-8")
    found = {(p.fault, p.msgid) for p in problems([made]) if p.language == "sv"}
    assert found == {
        (Fault.MISSING, "Puuttuu"),
        (Fault.FUZZY, "Epävarma"),
        (Fault.PLACEHOLDERS, "Hei %(name)s"),
        (Fault.OBSOLETE, "Turha"),
    }
    assert {p.fault for p in problems([made]) if p.language == "en"} == {Fault.MISSING}


def test_two_rooms_that_say_the_same_differently_contradict(room):
    one, two = room("Poista", name="one"), room("Poista", name="two")
    for made, word in [(one, "Radera"), (two, "Ta bort")]:
        update(made)
        translate(made, Poista=word)
    (found,) = [p for p in problems([one, two]) if p.language == "sv"]
    assert (found.room, found.fault) == ("two", Fault.CONFLICT)
    assert "Radera" in str(found)


@pytest.mark.parametrize(
    ("msgid", "plural", "forms", "faults"),
    [
        ("Hei %(name)s", None, ("Hej %(name)s",), []),
        ("Hei %(name)s", None, ("Hej",), [Fault.PLACEHOLDERS]),
        ("Hei", None, ("Hej %(name)s",), [Fault.PLACEHOLDERS]),
        ("%s / %s", None, ("%s / %s",), []),
        ("%s / %s", None, ("%s",), [Fault.PLACEHOLDERS]),
        ("{name} tuli", None, ("{name} kom",), []),
        ("{name} tuli", None, ("{namn} kom",), [Fault.PLACEHOLDERS]),
        ("100 %% lapsista", None, ("100 %% av barnen",), []),
        ("50 % %(who)s", None, ("50 % av %(who)s",), []),
        ("%%(name)s kirjaimellisesti", None, ("ordagrant",), []),
        ("Yksi lapsi", "%(n)s lasta", ("Ett barn", "%(n)s barn"), []),
        ("%(n)s lapsi", "%(n)s lasta", ("Ett barn", "%(n)s barn"), [Fault.PLACEHOLDERS]),
        ("Yksi lapsi", "%(n)s lasta", ("%(n)s barn", "barn"), [Fault.PLACEHOLDERS]),
        ("<strong>Heti</strong>", None, ("<strong>Genast</strong>",), []),
        ("<strong>Heti</strong>", None, ("<strong>Genast",), [Fault.MARKUP]),
        ("a < b", None, ("a < b",), []),
    ],
)
def test_placeholders_and_tags_must_be_the_same(msgid, plural, forms, faults):
    assert [fault for fault, _ in form_faults(msgid, plural, forms)] == faults


def test_an_unknown_room_is_refused():
    with pytest.raises(KeyError):
        rooms(["keittiö"])
