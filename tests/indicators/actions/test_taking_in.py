"""Taking in: vintages, what waits for a person, names, answers kept."""

import zlib

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from lautta.common.actors import SYSTEM, Actor
from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.indicators.actions import accept_held, refuse_held
from lautta.indicators.fetchers.http import Answer
from lautta.indicators.models import FetchEntry, Indicator, RawResponse, Vintage
from lautta.indicators.panels import IndicatorPanel
from lautta.indicators.reading import current_panel, national_quantiles
from tests.indicators import factories as f

pytestmark = pytest.mark.django_db
Outcome = FetchEntry.Outcome


def without(panel: IndicatorPanel, areas: int = 0, years: int = 0) -> IndicatorPanel:
    """The panel without its last municipalities or years."""
    part = panel.only(panel.areas[: len(panel.areas) - areas])
    until = len(part.years) - years
    return IndicatorPanel(
        part.areas, part.years[:until], part.genders, part.values[:, :until], part.status[:, :until]
    )


def test_the_first_taking_in_makes_the_indicator_its_name_and_a_current_vintage():
    entry = f.taken_in(f.grid(), rows=130)
    indicator = Indicator.objects.get()
    vintage = indicator.vintages.get()
    assert (entry.outcome, entry.rows, entry.indicator) == (Outcome.NEW, 130, indicator)
    assert (vintage.state, vintage.number, vintage.entry) == ("current", 1, entry)
    assert (vintage.first_year, vintage.last_year, vintage.area_count, vintage.observed) == (
        2010,
        2019,
        13,
        130,
    )
    assert indicator.titles.get().title.shown("sv").text == "Ilman ystävää, % (sv)"
    assert AuditEntry.objects.filter(action="vintage.take_in", object_id=vintage.public_id).count() == 1
    assert np.array_equal(current_panel(indicator).values, f.grid().values)


def test_the_same_content_again_is_only_a_line():
    f.taken_in(f.grid())
    audited = AuditEntry.objects.filter(kind="vintage").count()
    assert f.taken_in(f.grid()).outcome == Outcome.UNCHANGED
    assert Vintage.objects.count() == 1
    assert FetchEntry.objects.count() == 2
    assert AuditEntry.objects.filter(kind="vintage").count() == audited


def test_a_changed_value_makes_a_new_vintage_and_the_old_one_stays():
    f.taken_in(f.grid())
    f.taken_in(f.grid(start=2.0))
    indicator = Indicator.objects.get()
    assert list(indicator.vintages.order_by("number").values_list("number", "state")) == [
        (1, "past"),
        (2, "current"),
    ]
    assert current_panel(indicator).cell("KU001", 2010).value == pytest.approx(2.1)


@pytest.mark.parametrize(
    ("fewer", "codes"),
    [
        ({"areas": 2}, {"fewer_areas"}),
        ({"years": 1}, {"fewer_years"}),
        ({"years": 4}, {"fewer_years", "fewer_values"}),
    ],
)
def test_fewer_areas_or_years_wait_and_the_old_values_stay(fewer, codes):
    f.taken_in(f.grid(30))
    entry = f.taken_in(without(f.grid(30, start=3.0), **fewer))
    assert entry.outcome == Outcome.WAITING
    assert {reason["code"] for reason in entry.vintage.held_because} == codes
    assert current_panel(Indicator.objects.get()).cell("KU001", 2010).value == pytest.approx(1.1)
    assert Vintage.objects.waiting().get() == entry.vintage


def test_many_fewer_values_wait_though_areas_and_years_are_all_there():
    full = f.grid()
    f.taken_in(full)
    values, status = full.values.copy(), full.status.copy()
    values[1:6, 1:6], status[1:6, 1:6] = np.nan, 2
    entry = f.taken_in(IndicatorPanel(full.areas, full.years, full.genders, values, status))
    assert [reason["code"] for reason in entry.vintage.held_because] == ["fewer_values"]


def test_a_yes_makes_the_waiting_one_current():
    f.taken_in(f.grid())
    waiting = f.taken_in(without(f.grid(), areas=2)).vintage
    accept_held(by=SYSTEM, vintage=waiting)
    indicator = Indicator.objects.get()
    assert indicator.vintages.current().get() == waiting
    assert len(current_panel(indicator).areas) == 11
    with pytest.raises(Refused):
        refuse_held(by=SYSTEM, vintage=waiting)


def test_a_no_is_remembered():
    f.taken_in(f.grid())
    part = without(f.grid(), areas=2)
    refuse_held(by=SYSTEM, vintage=f.taken_in(part).vintage)
    assert f.taken_in(part).outcome == Outcome.REFUSED_BEFORE
    assert not Vintage.objects.waiting().exists()
    assert Vintage.objects.count() == 2


def test_the_same_content_that_waits_is_asked_about_once_and_a_newer_takes_its_place():
    f.taken_in(f.grid())
    f.taken_in(without(f.grid(), areas=2))
    assert f.taken_in(without(f.grid(), areas=2)).outcome == Outcome.UNCHANGED
    newer = f.taken_in(without(f.grid(), areas=3)).vintage
    assert Vintage.objects.waiting().get() == newer


def test_a_whole_vintage_answers_the_one_that_waits():
    f.taken_in(f.grid())
    f.taken_in(without(f.grid(), areas=2))
    assert f.taken_in(f.grid(start=2.0)).outcome == Outcome.NEW
    assert not Vintage.objects.waiting().exists()


def test_a_renamed_indicator_keeps_its_former_names():
    f.taken_in(f.grid())
    f.taken_in(f.grid(), f.metadata(title="Ei yhtään ystävää, %"))
    indicator = Indicator.objects.get()
    assert str(indicator.title) == "Ei yhtään ystävää, %"
    names = [str(t.title) for t in indicator.titles.order_by("pk")]
    assert names == ["Ilman ystävää, %", "Ei yhtään ystävää, %"]
    assert indicator.entries.last().outcome == Outcome.UNCHANGED
    assert Indicator.objects.named("YSTÄVÄÄ").count() == 1


def test_what_a_person_has_set_stays_when_the_source_is_read_again():
    f.taken_in(f.grid())
    from lautta.indicators.actions import set_facts

    set_facts(by=SYSTEM, indicator=Indicator.objects.get(), direction="larger_is_better", threshold=10)
    f.taken_in(f.grid(start=2.0))
    found = Indicator.objects.get()
    assert (found.direction, found.threshold) == ("larger_is_better", 10)


def test_answers_are_kept_as_they_came_and_once():
    answer = Answer("http://source/json", 200, "application/json", b'[{"x": 1}]')
    f.taken_in(f.grid(), answers=[answer])
    f.taken_in(f.grid(), answers=[answer])
    kept = RawResponse.objects.get()
    assert zlib.decompress(kept.body) == answer.body
    assert kept.sha256 == answer.sha256
    assert kept.entries.count() == 2


def test_a_failure_in_the_middle_leaves_nothing(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("killed")

    monkeypatch.setattr("lautta.indicators.actions.taking_in.follow_data", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        f.taken_in(f.grid())
    assert not Vintage.objects.exists()
    assert not Indicator.objects.exists()


def test_every_second_year_is_noticed():
    cells = {(code, year): 1.0 for code in ("KU001", "KU002") for year in range(2011, 2024, 2)}
    f.taken_in(f.panel(cells))
    assert Indicator.objects.get().years_between == 2


def test_national_quantiles_stand_beside():
    f.taken_in(f.grid(21))
    found = national_quantiles(Indicator.objects.get())
    assert found[2010] == pytest.approx((2.1, 6.1, 11.1, 16.1, 20.1))
    assert national_quantiles(Indicator.objects.get(), "female") == {}


def test_only_one_vintage_is_current_whoever_writes():
    f.taken_in(f.grid())
    f.taken_in(f.grid(start=2.0))
    with pytest.raises(IntegrityError), transaction.atomic():
        Vintage.objects.filter(number=1).update(state="current")


def test_a_person_without_the_right_takes_nothing_in(cast):
    with pytest.raises(PermissionDenied):
        accept_held(by=Actor(None, "contributor"), vintage=f.taken_in(f.grid()).vintage)
