"""A text shows the number that it was saved with, until an editor takes another."""

import pytest

from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry, SearchEntry
from lautta.common.problems import Refused
from lautta.indicators.actions import set_facts
from lautta.plans.actions import chapters as actions
from lautta.plans.figures.moves import Move
from lautta.plans.figures.rendering import plain_figures
from lautta.plans.figures.resolving import area_of
from lautta.plans.models import FigureReference
from tests import factories as f
from tests.indicators.factories import IndicatorFactory, metadata, panel, taken_in
from tests.plans.figures.conftest import values

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(cast, chapter):
    def _save(body, *, language="fi", plain="", title="Luku", **more):
        latest = chapter.revisions.filter(language=language).order_by("-number").first()
        return actions.save_revision(
            by=cast.actor(cast.kaisa), chapter=chapter, language=language, title=title, body=body, plain=plain,
            based_on=latest.number if latest else 0, **more,
        )  # fmt: skip

    return _save


def read(revision):
    """What a reader sees of the body."""
    return plain_figures(revision.body, FigureReference.objects.of_revision(revision))


def test_a_reference_takes_the_number_of_its_area_and_year(indicator, save):
    revision = save(f"<p>Kotkassa [[mittari:{indicator.public_id} KU285 2022]] on ilman ystävää.</p>")
    assert read(revision) == "<p>Kotkassa 8,5\xa0% (2022) on ilman ystävää.</p>"
    row = revision.chapter.figures.get()
    assert (row.area_name, row.year, row.value, row.status, row.vintage_number) == ("Kotka", 2022, 8.5, 0, 1)
    assert row.vintage_sha256 == indicator.vintages.get().sha256


def test_without_area_and_year_it_is_the_regions_newest(cast, indicator, save):
    revision = save(
        f"<p>[[mittari:{indicator.public_id}]]</p>", plain=f"Sama: [[mittari:{indicator.public_id}]]."
    )
    assert read(revision) == "<p>4,2\xa0% (2023)</p>"
    row = revision.chapter.figures.get()
    assert (row.area_code, row.area_name) == (area_of(cast.plan), str(cast.plan.region.area.name))


def test_each_language_has_its_own_words(indicator, save):
    save("<p>Teksti</p>")
    revision = save(f"<p>[[mittari:{indicator.public_id} KU285]]</p>", language="en")
    assert read(revision) == "<p>8.4\xa0% (2023)</p>"
    assert revision.chapter.figures.get().area_name == "Kotka en"


def test_a_zero_is_a_number(indicator, save):
    assert read(save(f"<p>[[mittari:{indicator.public_id} KU010 2023]]</p>")) == "<p>0,0\xa0% (2023)</p>"


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("{id} KU075 2023", "salattu"),
        ("{id} KU285 2012", "ei ole julkaistu"),
        ("{id} KU999", "ei ole lukua alueesta"),
        ("{id} KU285 2023 female", "ei ole julkaistu"),
        ("bcdfghjkmn", "ei ole"),
        ("{empty}", "ei ole vielä haettu"),
        ("{id} Kotka", "ei voi lukea"),
    ],
)
def test_a_number_that_cannot_be_shown_is_refused_beside_its_field(
    indicator, save, chapter, reference, words
):
    empty = IndicatorFactory()
    token = reference.format(id=indicator.public_id, empty=empty.public_id)
    for field in ("body", "plain"):
        with pytest.raises(Refused) as refusal:
            save(**{"body": "<p>Teksti</p>", field: f"Luku [[mittari:{token}]]"})
        assert (refusal.value.field, refusal.value.status) == (field, 422)
        assert words in str(refusal.value.message)
    assert not chapter.revisions.exists()
    assert not FigureReference.objects.exists()


def test_the_title_has_no_number(indicator, save):
    with pytest.raises(Refused) as refusal:
        save("<p>Teksti</p>", title=f"Luku [[mittari:{indicator.public_id}]]")
    assert refusal.value.field == "title"


def test_few_cases_are_not_shown(save, cast):
    cells = values(area_of(cast.plan))
    counts = [3.0 if area == "KU285" else 400.0 for area, _year in cells]
    entry = taken_in(panel(cells, numerators=counts), metadata("4712"))
    with pytest.raises(Refused) as refusal:
        save(f"<p>[[mittari:{entry.indicator.public_id} KU285 2023]]</p>")
    assert "salattu" in str(refusal.value.message)


def test_a_region_sees_no_other_regions_own_file(cast, take, save):
    theirs = IndicatorFactory(source="file", region=cast.other_plan.region)
    with pytest.raises(Refused):
        save(f"<p>[[mittari:{theirs.public_id}]]</p>")


def test_new_data_alters_no_text_and_is_told(take, save, chapter):
    indicator = take()
    revision = save(
        f"<p>[[mittari:{indicator.public_id} KU285 2023]] ja [[mittari:{indicator.public_id}]]</p>"
    )
    assert FigureReference.objects.moved() == []
    take(last=9.1)
    assert read(revision).startswith("<p>8,4\xa0% (2023)")
    moved = FigureReference.objects.of_plan(chapter.plan).moved()
    assert [(m.kind, m.reference.text, m.text) for m in moved] == [
        (Move.CHANGED, "8,4\xa0% (2023)", "9,1\xa0% (2023)"),
        (Move.CHANGED, "4,2\xa0% (2023)", "4,6\xa0% (2023)"),
    ]
    # Saving other words does not touch the numbers.
    again = save(revision.body.replace("<p>", "<p>Nyt "))
    assert read(again).startswith("<p>Nyt 8,4\xa0% (2023)")


def test_a_change_that_the_decimals_hide_is_none(cast, take, save):
    save(f"<p>[[mittari:{take().public_id} KU285 2023]]</p>")
    take(last=8.41)
    assert FigureReference.objects.moved() == []


def test_a_newer_year_is_told_only_of_a_reference_without_a_year(cast, take, save):
    indicator = take()
    save(f"<p>[[mittari:{indicator.public_id} KU285]] [[mittari:{indicator.public_id} KU285 2023]]</p>")
    cells = values(area_of(cast.plan))
    cells |= {(area, 2024): value + 1 for (area, year), value in cells.items() if year == 2023}
    take(cells)
    moved = FigureReference.objects.moved()
    assert [(m.kind, m.text) for m in moved] == [(Move.NEWER, "9,4\xa0% (2024)")]


def test_a_number_that_is_withdrawn_is_told(cast, take, save):
    indicator = take()
    revision = save(f"<p>[[mittari:{indicator.public_id} KU285 2023]]</p>")
    cells = values(area_of(cast.plan))
    del cells["KU285", 2023]
    take(cells)
    assert [(m.kind, m.text) for m in FigureReference.objects.moved()] == [(Move.GONE, "")]
    assert read(revision) == "<p>8,4\xa0% (2023)</p>"
    with pytest.raises(Refused):
        actions.renew_chapter_figures(by=SYSTEM, chapter=revision.chapter, language="fi", based_on=1)


def test_new_decimals_of_the_indicator_alter_no_text(take, save):
    indicator = take()
    revision = save(f"<p>[[mittari:{indicator.public_id} KU285 2023]]</p>")
    set_facts(by=SYSTEM, indicator=indicator, decimals=0)
    take(last=8.42)
    assert read(revision) == "<p>8,4\xa0% (2023)</p>"
    assert FigureReference.objects.moved() == []


def test_an_editor_takes_the_newest_numbers_as_a_new_revision(cast, take, save, chapter):
    indicator = take()
    first = save(f"<p>[[mittari:{indicator.public_id} KU285 2023]]</p>")
    actions.publish_chapter(by=SYSTEM, chapter=chapter, language="fi")
    take(last=9.1)
    by = cast.actor(cast.kaisa)
    second = actions.renew_chapter_figures(by=by, chapter=chapter, language="fi", based_on=1)
    assert (second.number, second.body) == (2, first.body)
    assert (read(first), read(second)) == ("<p>8,4\xa0% (2023)</p>", "<p>9,1\xa0% (2023)</p>")
    assert FigureReference.objects.moved() == []
    # Nothing has moved since: no third revision.
    assert actions.renew_chapter_figures(by=by, chapter=chapter, language="fi", based_on=2) == second
    public = list(chapter.plan.chapters.public_revisions())
    shown = FigureReference.objects.of_revisions(public)
    assert [row.text for row in shown[first.pk]] == ["8,4\xa0% (2023)"], (
        "readers see the published text's number"
    )
    assert AuditEntry.objects.filter(action="chapter.save").last().changes["figures"] == [1, 1]


def test_somebody_saved_meanwhile(cast, take, save, chapter):
    save(f"<p>[[mittari:{take().public_id}]]</p>")
    save("<p>Muuta</p>")
    with pytest.raises(actions.EditConflict):
        actions.renew_chapter_figures(by=cast.actor(cast.kaisa), chapter=chapter, language="fi", based_on=1)


def test_a_reference_that_is_taken_out_leaves_the_newest_text_only(take, save, chapter):
    indicator = take()
    first = save(f"<p>[[mittari:{indicator.public_id} KU285 2023]]</p>")
    save("<p>Ilman lukua.</p>")
    take(last=9.1)
    assert FigureReference.objects.moved() == []
    assert read(first) == "<p>8,4\xa0% (2023)</p>"
    # Brought back as it was: with its old number, and told to have moved.
    back = actions.restore_revision(by=SYSTEM, chapter=chapter, revision=first, based_on=2)
    assert read(back) == "<p>8,4\xa0% (2023)</p>"
    assert len(FigureReference.objects.moved()) == 1
    # Typed anew it takes the number of the day.
    save("<p>Taas ilman.</p>")
    assert read(save(first.body)) == "<p>9,1\xa0% (2023)</p>"


def test_saving_twice_the_same_is_one_revision(indicator, save, chapter):
    body = f"<p>[[mittari:{indicator.public_id} KU285 2023]]</p>"
    assert save(body) == save(body)
    assert chapter.revisions.count() == FigureReference.objects.count() == 1


def test_search_finds_the_number_and_not_its_code(indicator, save, chapter):
    save(f"<p>Lukuna [[mittari:{indicator.public_id} KU285 2023]].</p>")
    actions.publish_chapter(by=SYSTEM, chapter=chapter, language="fi")
    body = SearchEntry.objects.get(kind="chapter", language="fi").body
    assert "8,4\xa0% (2023)" in body
    assert "mittari:" not in body


def test_an_ended_chapter_is_not_told_of(take, save, chapter):
    save(f"<p>[[mittari:{take().public_id}]]</p>")
    actions.end_chapter(by=SYSTEM, chapter=chapter, reason="Yhdistetty toiseen.")
    take(last=9.1)
    assert FigureReference.objects.moved() == []


def test_many_numbers_are_compared_with_two_queries(take, save, cast, django_assert_num_queries):
    indicator = take()
    for n in range(30):
        chapter = f.ChapterFactory(plan=cast.plan)
        tokens = " ".join(f"[[mittari:{indicator.public_id} KU285 {year}]]" for year in (2021, 2022, 2023))
        actions.save_revision(
            by=SYSTEM, chapter=chapter, language="fi", title=f"Luku {n}", body=f"<p>{tokens}</p>", based_on=0
        )
    with django_assert_num_queries(1):
        assert FigureReference.objects.moved() == []
    take(last=9.1)
    with django_assert_num_queries(2):
        assert len(FigureReference.objects.moved()) == 90
