"""The document: whole, in every language, the same every time, rendered from itself alone."""

import json

import pytest
from django.utils import translation

from lautta.assessments import actions, dimensions
from lautta.assessments.frozen import SCHEMA, as_document, sha256_of
from lautta.assessments.presenters.document import described, rating_words, shown
from lautta.assessments.reading import voices_in
from lautta.assessments.steps import STEPS
from lautta.charts import Compared, Scored
from lautta.common.models import AuditEntry
from lautta.plans.frameworks import frameworks
from lautta.voices.actions import erase_voice
from tests import factories as f
from tests.assessments import making
from tests.assessments.making import SAID, by, t


@pytest.fixture
def whole(cast):
    voice = f.VoiceFactory(plan=cast.plan, text=t("Bussissa on kaveri vieressä."))
    a = making.with_ratings(cast)
    return actions.set_background(
        by=by(cast), assessment=a, version=a.version, background=t("Tiedetään."), articles=["3"], indicators=[],
        voices=[voice],
    )  # fmt: skip


def test_it_is_plain_data_the_same_in_every_language_of_the_reader(cast, whole):
    documents = []
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            document = as_document(whole)
        # A voice's salt is made anew until the document has been published once.
        for row in document["background"]["voices"]:
            row["salt"] = row["hash"] = ""
        documents.append(document)
    assert documents[0] == documents[1] == documents[2] == json.loads(json.dumps(documents[0]))
    assert documents[0]["schema"] == SCHEMA
    assert sha256_of(documents[0]) == sha256_of(json.loads(json.dumps(documents[0], sort_keys=True)))


def test_choices_carry_their_words_in_every_language(whole):
    document = as_document(whole)
    assert document["state"]["label"] == {"fi": "Arvioidaan", "sv": "Bedöms", "en": "Being assessed"}
    assert document["memo"]["target_groups"][0]["label"]["sv"]
    assert document["ratings"][0]["title"]["texts"].keys() == {"fi", "sv", "en"}


def test_every_step_has_its_place(cast):
    document = as_document(making.decided(cast))
    assert set(STEPS) - {"summary"} <= set(document), "papers find every step by its name"
    assert document["child_summary"]["texts"] == {}
    assert document["reasoning"]["proposed"] == document["decision"]["decided"] == "VE1"
    assert document["follow_up"][0]["due_on"] == "2025-06-01"
    assert document["hearings"]["rows"][0]["said"]["texts"]["fi"]["text"] == SAID


def test_not_known_is_no_zero(whole):
    safety = next(r for r in as_document(whole)["ratings"] if r["code"] == "safety")
    assert (safety["values"]["VE0"]["value"], safety["values"]["VE0"]["known"]) == (None, False)
    assert rating_words(safety["values"]["VE0"]) == "? Ei tiedetä"
    assert rating_words(None) == "Ei arvioitu"
    assert rating_words({"known": True, "value": -2}) == "−2 Selvästi huonommin"
    assert rating_words({"known": True, "value": 0}) == "0 Ei muutosta"


def test_a_voice_stands_in_it_without_its_words_and_goes_when_it_is_erased(cast, whole):
    document = as_document(whole)
    assert "kaveri vieressä" not in json.dumps(document, ensure_ascii=False)
    page = shown(document, voices_in(cast.plan, document))
    assert str(page["background"]["voices"][0]["text"]) == "Bussissa on kaveri vieressä."
    voice = cast.plan.voices.get()
    voice.text = t("Toiset sanat.")
    voice.save()
    assert shown(document, voices_in(cast.plan, document))["background"]["voices"][0]["changed"] is True
    erase_voice(by=cast.actor(cast.kaisa), voice=voice)
    assert shown(document, voices_in(cast.plan, document))["background"]["voices"][0]["removed"] is True


def test_the_salt_stays_so_that_nothing_changes_by_itself(cast):
    a = making.proposed(cast)
    a = actions.move(by=by(cast), assessment=a, state="assessing", reason=t("Lisätään ääni."))
    voice = f.VoiceFactory(plan=cast.plan)
    a = actions.set_background(
        by=by(cast),
        assessment=a,
        version=a.version,
        background=t("x"),
        articles=[],
        indicators=[],
        voices=[voice],
    )
    a = actions.move(by=by(cast), assessment=a, state="proposed")
    made = actions.publish(by=by(cast, cast.kirsi), assessment=a)
    assert sha256_of(as_document(a)) == made.sha256


def test_articles_follow_the_dimensions_and_what_is_added(whole):
    codes = [row["code"] for row in as_document(whole)["background"]["articles"]]
    known = [item.code for item in frameworks()["convention"].items]
    assert {"15", "31", "19", "3"} <= set(codes)
    assert codes == sorted(codes, key=known.index)


def test_the_picture_is_told_in_words_too():
    columns = [Compared("VE0"), Compared("VE1")]
    rows = [Scored("A", [-1, 2]), Scored("B", [0, None], frozenset({1}))]
    assert described(columns, rows) == (
        "VE0: paremmin 0, huonommin 1, kaikkiaan 2 elämänaluetta. VE1: paremmin 1, huonommin 0, kaikkiaan 2 elämänaluetta."
    )


def test_reading_writes_nothing(cast, whole):
    before = AuditEntry.objects.count()
    as_document(whole)
    assert AuditEntry.objects.count() == before


# --- dimensions


def test_dimensions_are_whole_and_tied_to_the_convention():
    found = dimensions.dimensions()
    assert len(found) >= 8
    for d in found.values():
        assert d.articles, d.code
        assert all(d.title.in_language(code) and d.question.in_language(code) for code in ("fi", "sv", "en"))


@pytest.mark.parametrize(
    "row",
    [
        {"code": ""}, {"code": "x" * 21}, {"articles": ["77"]}, {"title": {"fi": "Vain suomeksi"}}, {"question": {}},
    ],
)  # fmt: skip
def test_a_file_that_does_not_hold_together_stops_the_program(row):
    words = {"fi": "a", "sv": "b", "en": "c"}
    good = {"code": "everyday", "title": words, "question": words, "articles": ["3"]}
    assert list(dimensions.load({"dimensions": [good]})) == ["everyday"]
    with pytest.raises(dimensions.DimensionError):
        dimensions.load({"dimensions": [good | row]})
    with pytest.raises(dimensions.DimensionError):
        dimensions.load({"dimensions": [good, good]})
