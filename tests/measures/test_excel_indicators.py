"""A measure's indicators in the workbook: chosen from the plan's joint ones, with a direction, one of them first."""

import pytest

from lautta.common.translated import Translated
from lautta.indicators.models import Indicator
from lautta.measures import actions
from lautta.measures.actions import Sought
from lautta.measures.excel import read_upload
from lautta.measures.models import MeasureIndicator, MeasureYear
from lautta.plans.models import JointIndicator
from tests.measures.making import given as given_measure
from tests.measures.test_excel import a_new_row, column, download, problems, put, review, saved, sheet_of

SMALLER, LARGER, NEITHER = (str(d) for d in Indicator.Direction)


def joint(cast, title, *, direction=SMALLER, drop=False):
    texts = Translated.of(title).with_text("sv", f"{title} på svenska")
    made = Indicator.objects.create(
        source="sotkanet", source_id=str(Indicator.objects.count()), title=texts, sort_key=title
    )
    if not drop:
        JointIndicator.objects.create(plan=cast.plan, indicator=made, direction=direction)
    return made


def chosen(measure_year):
    rows = measure_year.indicator_links.order_by("pk")
    return [(str(x.indicator.title), x.direction, x.is_primary) for x in rows.select_related("indicator")]


def take(cast, book):
    by = cast.actor(cast.hannes)
    kept = actions.keep_upload(
        by=by, round=cast.round, organisation=cast.hamina, filename="x.xlsx", upload=read_upload(saved(book))
    )
    return actions.take_upload(by=by, upload=kept)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_download_with_indicators_untouched_changes_nothing(cast, language):
    made, by = given_measure(cast, cast.hamina), cast.actor(cast.hannes)
    many = [joint(cast, f"Mittari {n}") for n in range(5)]
    rows = [Sought(i, LARGER, is_primary=n == 2) for n, i in enumerate(many)]
    made = actions.set_indicators(by=by, measure_year=made, rows=rows)
    JointIndicator.objects.filter(indicator=many[4]).delete()  # dropped by the plan, and may stay
    book = download(cast, language)
    found = review(cast, book)
    assert problems(found) == []
    assert (len(found.changed), len(found.unchanged)) == (0, 1)
    if language == "fi":
        assert sheet_of(book).cell(2, column(sheet_of(book), "Ensin katsottava mittari")).value == "Mittari 2"


def test_indicators_are_set_changed_and_taken_away_with_the_other_columns(cast):
    lonely, bullied = joint(cast, "Yksinäisyys"), joint(cast, "Kiusaaminen", direction=SMALLER)
    made = given_measure(cast, cast.hamina)
    book = download(cast)
    put(
        sheet_of(book), 2, Mitä_tehdään="Uusi nimi", Mittari_1="yksinäisyys på svenska", Mittari_3=bullied.public_id,
        Mittarin_suunta_3="Suurempi on parempi", Ensin_katsottava_mittari="Kiusaaminen",
    )  # fmt: skip
    a_new_row(sheet_of(book), 3, Mittari_1="Kiusaaminen")
    found = review(cast, book)
    assert problems(found) == []
    assert [name for name, _b, _a in found.changed[0].changes] == ["title", "indicators"]
    take(cast, book)
    made.refresh_from_db()
    assert chosen(made) == [("Yksinäisyys", SMALLER, False), ("Kiusaaminen", LARGER, True)]
    new = MeasureYear.objects.exclude(pk=made.pk).get()
    assert chosen(new) == [("Kiusaaminen", SMALLER, False)], "the plan's own direction when none is given"

    again = download(cast)
    sheet = sheet_of(again)
    put(sheet, 3, Mittari_1=None, Mittarin_suunta_1=None, Ensin_katsottava_mittari=None)
    assert sheet.cell(3, column(sheet, "Mittari 2")).value == "Yksinäisyys", "the first in front"
    take(cast, again)
    made.refresh_from_db()
    assert chosen(made) == [("Yksinäisyys", SMALLER, False)]
    assert lonely.pk == made.indicator_links.get().indicator_id


BAD = [
    ({"Mittari_1": "Ei ole"}, "Mittari 1", "yhteinen mittari"),
    ({"Mittari_1": 7}, "Mittari 1", "yhteinen mittari"),
    ({"Mittari_1": "=A1"}, "Mittari 1", "Kaavalla"),
    ({"Mittari_1": "Pudotettu"}, "Mittari 1", "ei kuulu"),
    ({"Mittari_1": "Yksin", "Mittari_2": "YKSIN"}, "Mittari 2", "kahdesti"),
    ({"Mittari_1": "Yksin", "Mittarin_suunta_1": "Sivulle"}, "Mittarin suunta 1", "Pienempi on parempi"),
    ({"Mittarin_suunta_2": "Ei suuntaa"}, "Mittarin suunta 2", "ensin mittari"),
    ({"Ensin_katsottava_mittari": "Yksin"}, "Ensin katsottava mittari", "johonkin sarakkeista"),
]


@pytest.mark.parametrize(("changed", "head", "words"), BAD)
def test_each_cell_that_will_not_do_is_named_and_nothing_is_saved(cast, changed, head, words):
    joint(cast, "Yksin")
    other = given_measure(cast, cast.hamina, title="Toinen")
    dropped = joint(cast, "Pudotettu", drop=True)
    MeasureIndicator.objects.create(measure_year=other, indicator=dropped, direction=SMALLER)
    book = download(cast)
    a_new_row(sheet_of(book), 3, **changed)
    found = review(cast, book)
    ((where, named, problem),) = problems(found)
    letter = sheet_of(book).cell(3, column(sheet_of(book), head)).column_letter
    assert (where, named) == (f"Toimenpiteet!{letter}3", head)
    assert words in problem
    assert MeasureIndicator.objects.count() == 1


def test_two_of_the_same_title_are_told_apart_by_their_ids(cast):
    first, second = joint(cast, "Sama"), joint(cast, "Sama")
    made = given_measure(cast, cast.hamina)
    made = actions.set_indicators(
        by=cast.actor(cast.hannes), measure_year=made, rows=[Sought(second, SMALLER)]
    )
    book = download(cast)
    assert sheet_of(book).cell(2, column(sheet_of(book), "Mittari 1")).value == f"Sama ({second.public_id})"
    assert len(review(cast, book).unchanged) == 1
    put(sheet_of(book), 2, Mittari_1="Sama")
    assert [head for _w, head, _p in problems(review(cast, book))] == ["Mittari 1"], "which of the two?"
    assert first.public_id != second.public_id


def test_a_file_without_the_columns_leaves_the_indicators_as_they_are(cast):
    only = joint(cast, "Yksin")
    made = given_measure(cast, cast.hamina)
    made = actions.set_indicators(
        by=cast.actor(cast.hannes), measure_year=made, rows=[Sought(only, NEITHER, is_primary=True)]
    )
    book = download(cast)
    sheet = sheet_of(book)
    for title in ("Ensin katsottava mittari", "Mittarin suunta 1", "Mittarin suunta 2", "Mittarin suunta 3"):
        sheet.delete_cols(column(sheet, title))
    assert len(review(cast, book).unchanged) == 1, "direction and place stay when their columns are away"
    for number in (1, 2, 3):
        sheet.delete_cols(column(sheet, f"Mittari {number}"))
    put(sheet, 2, Mitä_tehdään="Uusi nimi")
    take(cast, book)
    made.refresh_from_db()
    assert (str(made.title), chosen(made)) == ("Uusi nimi", [("Yksin", NEITHER, True)])


def test_indicators_changed_since_the_download_are_not_written_over(cast):
    only, other = joint(cast, "Yksin"), joint(cast, "Toinen")
    made = given_measure(cast, cast.hamina)
    book = download(cast)
    actions.set_indicators(by=cast.actor(cast.kirsi), measure_year=made, rows=[Sought(other, SMALLER)])
    put(sheet_of(book), 2, Mittari_1="Yksin")
    assert [head for _w, head, _p in problems(review(cast, book))] == ["Versio"]
    assert chosen(made) == [("Toinen", SMALLER, False)]
    assert only.pk
