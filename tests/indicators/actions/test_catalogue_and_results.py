"""Notes of years, facts that people set, results that are kept."""

import io

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied

from lautta.common.actors import SYSTEM, Actor
from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.indicators.actions import add_note, remove_note, set_facts, store_result
from lautta.indicators.models import Indicator, Note, StoredResult, Vintage
from lautta.indicators.reading import result_of
from tests.factories import RegionFactory
from tests.indicators import factories as f

pytestmark = pytest.mark.django_db
NOBODY = Actor(None, "contributor")


class Keeper:
    """A standing that keeps one region's own indicators."""

    def __init__(self, region):
        self.region = region

    def keeps_indicators(self, region) -> bool:
        return region == self.region


def test_notes_are_of_an_indicator_or_of_all():
    indicator, other = f.IndicatorFactory(), f.IndicatorFactory()
    add_note(by=SYSTEM, indicator=indicator, year=2015, text=Translated.of("Laki muuttui."), kind="law")
    add_note(by=SYSTEM, indicator=None, year=2013, text=Translated.of("Uusi aluejako."), kind="break")
    assert [(n.year, n.cuts_series) for n in Note.objects.about(indicator)] == [(2013, True), (2015, False)]
    assert [n.year for n in Note.objects.about(other)] == [2013]
    remove_note(by=SYSTEM, note=Note.objects.about(other).get())
    assert AuditEntry.objects.filter(action="note.remove").exists()


@pytest.mark.parametrize(("year", "text"), [(1492, "Vanha"), (2015, "")])
def test_a_note_that_cannot_be_is_refused(year, text):
    with pytest.raises(Refused):
        add_note(by=SYSTEM, indicator=None, year=year, text=Translated.of(text))


def test_who_may():
    region = RegionFactory()
    own = f.IndicatorFactory(source="file", region=region)
    keeper = Actor(None, "coordinator", Keeper(region))
    set_facts(by=keeper, indicator=own, direction="larger_is_better")
    for by, indicator in ((NOBODY, own), (keeper, f.IndicatorFactory())):
        with pytest.raises(PermissionDenied):
            set_facts(by=by, indicator=indicator, threshold=10)
    with pytest.raises(ValueError, match="not editable"):
        set_facts(by=SYSTEM, indicator=own, title="x")
    with pytest.raises(Refused):
        set_facts(by=SYSTEM, indicator=own, direction="sideways")
    assert Indicator.objects.get(pk=own.pk).direction == "larger_is_better"


def test_a_result_is_kept_once_and_found_by_its_question():
    vintage = f.taken_in(f.grid()).vintage

    def keep(**changes):
        question = {
            "parameters": {"b": 1, "a": [2]},
            "code_version": "1",
            "inputs_sha256": "0" * 64,
            **changes,
        }
        return store_result(
            by=SYSTEM, vintage=vintage, method="trend", payload={"verdict": "up"},
            arrays={"bounds": np.arange(3.0)}, **question,
        )  # fmt: skip

    first = keep()
    assert keep(parameters={"a": [2], "b": 1}) == first
    assert keep(code_version="2") != first
    assert StoredResult.objects.count() == 2
    found = result_of(vintage.pk, "trend", a=[2], b=1)
    assert found.code_version == "2"
    assert np.load(io.BytesIO(bytes(found.arrays)))["bounds"].tolist() == [0, 1, 2]
    assert result_of(vintage.pk, "trend", a=[3], b=1) is None
    with pytest.raises(PermissionDenied):
        store_result(
            by=NOBODY, vintage=Vintage.objects.get(), method="x", parameters={}, code_version="1",
            inputs_sha256="", payload={},
        )  # fmt: skip
