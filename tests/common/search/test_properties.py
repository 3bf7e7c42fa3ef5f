"""Whatever is typed or written, search holds to its promises; run on both databases."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lautta.common.search import SearchEntry, index, search, unindex
from lautta.common.words import words

pytestmark = pytest.mark.django_db
PLAN = "plan"
# The database is shared by the examples of one test: each begins by emptying the table.
shared_database = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FIELD = [
    "lasten",
    "nuorten",
    "hyvinvointialueella",
    "och",
    "barnen",
    "välfärd",
    "child",
    "Äiti",
    "LAPE-ryhmä",
]
prose = st.lists(
    st.one_of(
        st.sampled_from(FIELD),
        st.text(min_size=1, max_size=14),
    ),
    max_size=14,
).map(" ".join)
NASTY = [
    '"',
    "'",
    '" OR 1=1 --',
    "title_lemmas : lapsi",
    "{lemmas} : (lapsi)",
    "NEAR(lapsi nuori, 2)",
    "lapsi AND",
    "NOT",
    "OR",
    "^lapsi*",
    "*",
    "lapsi & ! nuori | ( :*",
    "lapsi <-> nuori",
    "\\",
    "%",
    "%s %(query)s {matched}",
    "\x00lapsi\x00",
    "\ud800",
    "👩‍👩‍👧 🙂",
    "漢字 שלום สวัสดี हिन्दी",
    "ﷺ ½ ² Ⅷ ﬁ İ ẞ",
    "a" * 100_000,
    "lapsi " * 10_000,
    " ".join(f"sana{n}" for n in range(500)),
    "\n\t ",
    "-" * 500,
]


def put(title, body, object_id="a", language="fi"):
    texts = {language: (title, body)}
    index(scope=PLAN, kind="chapter", object_id=object_id, texts=texts, url_name="x", url_kwargs={})


@pytest.fixture(autouse=True)
def others():
    """Something to be found by mistake."""
    put("Lasten ja nuorten suunnitelma", "Barnens välbefinnande. Children and youth.", "other")


@pytest.mark.parametrize("query", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("language", ["fi", "sv", "en", "xx"])
def test_nothing_that_can_be_typed_raises(query, language):
    found = search(PLAN, query, language=language)
    assert found.total == sum(found.kinds.values())
    put(query, query, "nasty", "fi")


@shared_database
@given(
    query=st.text(), scope=st.text(max_size=10), kinds=st.none() | st.lists(st.text(max_size=5), max_size=2)
)
def test_any_query_is_answered(query, scope, kinds):
    # An address has been decoded as UTF-8 and holds no NUL; a plan's id neither.
    assume("\x00" not in scope + "".join(kinds or []))
    assume(all(s.isprintable() for s in [scope, *(kinds or [])]))
    assert search(scope, query, language="fi", kinds=kinds).total == 0
    search(PLAN, query, language="fi")


@shared_database
@given(title=prose, body=prose, language=st.sampled_from(["fi", "sv", "en"]))
def test_a_text_is_found_by_each_of_its_own_words_and_not_once_erased(title, body, language):
    SearchEntry.objects.filter(object_id="a").delete()
    put(title, body, language=language)
    own = list(dict.fromkeys([*words(title), *words(body)]))
    for word in own:
        found = search(PLAN, word, language=language, limit=100)
        assert "a" in [hit.object_id for hit in found.hits], word
    together = search(PLAN, " ".join(own[:5]), language=language, limit=100)
    assert not own or "a" in [hit.object_id for hit in together.hits]
    assert not together.loosened
    unindex(scope=PLAN, kind="chapter", object_id="a")
    for word in own:
        assert "a" not in [hit.object_id for hit in search(PLAN, word, language=language).hits]


@shared_database
@given(title=prose, body=prose, query=prose)
def test_segments_put_together_are_the_text(title, body, query):
    SearchEntry.objects.filter(object_id="a").delete()
    put(f"merkki {title}", body)
    (hit,) = (h for h in search(PLAN, f"merkki {query}", language="fi", limit=100).hits if h.object_id == "a")
    entry = SearchEntry.objects.get(object_id="a")
    assert hit.title == entry.title == "".join(text for text, _ in hit.title_segments)
    shown = "".join(text for text, _ in hit.excerpt).removeprefix("… ").removesuffix(" …")
    assert shown in entry.body
    assert all(text for text, _ in (*hit.title_segments, *hit.excerpt))


def test_the_index_on_disk_agrees_with_the_table():
    """SQLite's own comparison of the index with the texts it was made of."""
    put("Yksi", "kaksi", "1")
    put("Yksi muuttunut", "kolme", "1")
    put("Neljä", "", "2")
    unindex(scope=PLAN, kind="chapter", object_id="2")
    SearchEntry.objects.filter(object_id="1").update(title_lemmas="viisi")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO common_searchentry_fulltext(common_searchentry_fulltext, rank)"
                " VALUES ('integrity-check', 1)"
            )
    assert search(PLAN, "viisi", language="fi").total == 1
    assert search(PLAN, "muuttunut", language="fi").total == 0
