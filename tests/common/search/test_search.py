"""What is found, what is not, and in which order."""

import pytest

from lautta.common.search import (
    PUBLIC,
    SearchEntry,
    SearchResult,
    index,
    organisation_audience,
    search,
    unindex,
)

pytestmark = pytest.mark.django_db

PLAN = "kymenlaakso"


def put(object_id, title, body="", *, language="fi", kind="chapter", scope=PLAN, **more):
    index(
        scope=scope,
        kind=kind,
        object_id=object_id,
        texts={language: (title, body)},
        url_name="publishing:chapter",
        url_kwargs={"chapter": object_id},
        **more,
    )


def ids(query, *, language="fi", scope=PLAN, **more):
    return [hit.object_id for hit in search(scope, query, language=language, **more).hits]


def test_a_base_form_finds_the_inflected_word_and_the_other_way():
    put("a", "Nuorten hyvinvointi", "Lasten ja nuorten arki sujuu.")
    for query in ["nuori", "nuoret", "nuorilla", "lapsi", "lasten", "Lapset", "hyvinvoinnin"]:
        assert ids(query) == ["a"], query


def test_another_region_finds_nothing():
    put("a", "Nuorten hyvinvointi")
    assert search("kainuu", "nuori", language="fi") == SearchResult()


def test_a_draft_is_found_by_its_own_organisation_alone():
    put("a", "Luonnos", audience=organisation_audience("kotka"))
    assert ids("luonnos") == []
    assert ids("luonnos", audiences=[PUBLIC, organisation_audience("hamina")]) == []
    assert ids("luonnos", audiences=[PUBLIC, organisation_audience("kotka")]) == ["a"]
    assert ids("luonnos", audiences=[]) == []


def test_an_object_in_both_audiences_is_one_hit():
    put("a", "Perhekeskus")
    put("a", "Perhekeskus uudistuu", audience=organisation_audience("kotka"))
    found = search(PLAN, "perhekeskus", language="fi", audiences=[PUBLIC, organisation_audience("kotka")])
    assert (found.total, len(found.hits)) == (1, 1)


def test_indexing_again_replaces_the_words_of_that_audience_only():
    put("a", "Vanha otsikko")
    put("a", "Vanha luonnos", audience=organisation_audience("kotka"))
    put("a", "Tuore otsikko")
    assert ids("vanha") == []
    assert ids("tuore") == ["a"]
    assert ids("vanha", audiences=[organisation_audience("kotka")]) == ["a"]


def test_indexing_the_same_again_writes_nothing(django_assert_num_queries):
    put("a", "Otsikko", "Teksti")
    row = SearchEntry.objects.get().pk
    with django_assert_num_queries(3):  # savepoint, read, release
        put("a", "Otsikko", "Teksti")
    assert SearchEntry.objects.get().pk == row


def test_empty_texts_take_the_object_out():
    put("a", "Otsikko")
    put("a", " ", "")
    assert not SearchEntry.objects.exists()


def test_unindexing_one_audience_leaves_the_others():
    put("a", "Otsikko")
    put("a", "Otsikko", audience=organisation_audience("kotka"))
    unindex(scope=PLAN, kind="chapter", object_id="a", audience=PUBLIC)
    assert ids("otsikko") == []
    assert ids("otsikko", audiences=[organisation_audience("kotka")]) == ["a"]
    unindex(scope=PLAN, kind="chapter", object_id="a")
    assert not SearchEntry.objects.exists()


def test_an_object_in_three_languages_appears_once_in_the_asked_one():
    texts = {"fi": ("Projekti Aalto", ""), "sv": ("Projekt Aalto", ""), "en": ("Project Aalto", "")}
    index(scope=PLAN, kind="measure", object_id="m", texts=texts, url_name="x", url_kwargs={})
    for language in texts:
        found = search(PLAN, "aalto", language=language)
        assert [(h.language, h.title) for h in found.hits] == [(language, texts[language][0])]
        assert found.total == 1


def test_an_object_that_only_another_language_has_is_still_found():
    put("a", "Barnens delaktighet", language="sv")
    hit = search(PLAN, "barn", language="fi").hits[0]
    assert (hit.object_id, hit.language) == ("a", "sv")


def test_a_match_in_the_title_comes_before_many_in_the_body():
    put("body", "Liite", "perhekeskus " * 30)
    put("title", "Perhekeskus", "Tekstiä aivan muusta asiasta, ja sitä riittää usean rivin verran.")
    assert ids("perhekeskus") == ["title", "body"]


def test_the_whole_word_comes_before_the_part_of_a_compound():
    put("part", "Suunnitelma", "Varhaiskasvatuksessa tehdään yhdessä.")
    put("word", "Suunnitelma", "Kasvatuksessa tehdään yhdessä.")
    assert ids("kasvatus") == ["word", "part"]


def test_parts_of_compounds_are_found():
    put("a", "Lastensuojelulaki ja järjestämisvastuu", "Nuorisotyöntekijä kouluissa. Småbarnspedagogik.")
    for query in ["laki", "suojelu", "vastuu", "lapsi", "lasten suojelu"]:
        assert ids(query) == ["a"], query


def test_equals_are_ordered_by_weight_then_by_name_as_finns_order_it():
    # One letter of its own in each, so that no text has more words than another.
    for name in ["öz", "zä", "äz", "åz"]:
        put(name[0], f"{name} tuki")
    put("weighty", "öz tuki", weight=1)
    assert ids("tuki") == ["weighty", "z", "å", "ä", "ö"]


def test_all_words_are_wanted_and_some_will_do_when_none_has_all():
    put("both", "Lasten liikunta")
    put("one", "Lasten kulttuuri")
    strict = search(PLAN, "lapsi liikunta", language="fi")
    assert ([h.object_id for h in strict.hits], strict.loosened) == (["both"], False)
    loose = search(PLAN, "lapsi avaruus", language="fi")
    assert ({h.object_id for h in loose.hits}, loose.loosened) == ({"both", "one"}, True)
    assert search(PLAN, "avaruus", language="fi").loosened is False


def test_the_last_word_is_completed():
    put("a", "Nuoret mukana")
    assert ids("nuor") == ["a"]
    assert ids("mukana nuor") == ["a"]
    assert search(PLAN, "nuor mukana", language="fi").loosened is True
    assert ids("nu") == []


def test_dots_matter_but_may_be_left_untyped():
    put("danger", "Vaara")
    put("wrong", "Väärä")
    assert ids("vaara") == ["danger"]
    assert ids("väärä") == ["wrong"]
    put("mother", "Äitien ryhmä")
    found = search(PLAN, "aiti", language="fi")
    assert ([h.object_id for h in found.hits], found.loosened) == (["mother"], True)
    assert search(PLAN, "aitien ryhma", language="fi").hits[0].object_id == "mother"


def test_accents_and_case_do_not_matter():
    put("a", "Café Émilie", language="sv")
    assert ids("CAFE emilie") == ["a"]


def test_small_words_do_not_spoil_a_query_nor_empty_it():
    put("a", "Lapset", "Lapset leikkivät.")
    put("b", "Ja niin edelleen")
    assert ids("ja lapset") == ["a"]
    assert ids("ja") == ["b"]


def test_other_alphabets_are_found_too():
    put("a", "Допомога родинам", "مساعدة 𑱚")
    for query in ["допомога", "Родин", "مساعدة", "𑱚"]:
        assert ids(query) == ["a"], query
    assert search(PLAN, "родинам", language="fi").hits[0].title_segments[-1] == ("родинам", True)


def test_numbers_and_case_numbers_are_words():
    put("a", "Päätös § 12", "Asianumero KOUDno/1234/2024")
    assert ids("koudno 1234") == ["a"]
    assert ids("2024") == ["a"]


def test_kinds_narrow_the_hits_but_not_the_counts():
    put("a", "Lapset", kind="chapter")
    put("b", "Lapset", kind="goal")
    put("c", "Lapset", kind="goal")
    found = search(PLAN, "lapsi", language="fi", kinds=["goal"])
    assert (found.total, found.kinds) == (2, {"chapter": 1, "goal": 2})
    assert [h.kind for h in found.hits] == ["goal", "goal"]
    assert search(PLAN, "lapsi", language="fi", kinds=[]).total == 0


def test_pages_follow_each_other_without_gaps():
    for number in range(25):
        put(f"{number:02}", "Lapset mukana")
    pages = [ids("lapsi", offset=o, limit=10) for o in (0, 10, 20)]
    assert [len(p) for p in pages] == [10, 10, 5]
    assert [*pages[0], *pages[1], *pages[2]] == [f"{n:02}" for n in range(25)]
    assert ids("lapsi", offset=-5, limit=10) == pages[0]
    assert search(PLAN, "lapsi", language="fi", offset=100).total == 25
    assert search(PLAN, "lapsi", language="fi", limit=0).hits == ()


def test_a_hit_carries_its_address_and_marked_words():
    put("a", "Nuorten tuki", "Alku. " * 60 + "Nyt <b>nuorilla</b> on tukea. " + "Loppu. " * 60)
    hit = search(PLAN, "nuori tuki", language="fi").hits[0]
    assert (hit.url_name, hit.url_kwargs) == ("publishing:chapter", {"chapter": "a"})
    assert hit.title_segments == (("Nuorten", True), (" ", False), ("tuki", True))
    assert [text for text, found in hit.excerpt if found] == ["nuorilla", "tukea"]
    assert hit.excerpt[0] == ("… ", False)
    assert hit.excerpt[-1] == (" …", False)
    assert "<b>" in "".join(text for text, _ in hit.excerpt)
    assert len("".join(text for text, _ in hit.excerpt)) <= 260


def test_all_of_two_thousand_five_hundred_objects_are_found():
    entries = [
        SearchEntry(
            scope=PLAN,
            kind="measure",
            object_id=str(number),
            language="fi",
            title=f"Nuorten toimenpide {number}",
            title_lemmas="nuorten nuori toimenpide",
            lemmas=f"lasten lapsi tuki sana{number}",
        )
        for number in range(2_500)
    ]
    SearchEntry.objects.bulk_create(entries)
    found = search(PLAN, "nuori lapsi", language="fi")
    assert (found.total, len(found.hits)) == (2_500, 20)


def test_at_most_three_statements(django_assert_max_num_queries):
    for number in range(30):
        put(str(number), f"Lapset {number}", kind=f"kind{number % 3}")
    for query in ["lapsi", "lapsi avaruus", "aiti", "ei ole mitään", ""]:
        with django_assert_max_num_queries(3):
            search(PLAN, query, language="fi", kinds=["kind1"])
