"""A PxWeb table on loopback becomes indicators."""

import json

import pytest

from lautta.common.actors import SYSTEM
from lautta.indicators.fetchers import Asker
from lautta.indicators.fetching_pxweb import fetch_pxweb
from lautta.indicators.models import FetchEntry, Indicator, Vintage
from lautta.indicators.reading import current_panel
from tests.indicators import making_json_stat as m
from tests.indicators.factories import body
from tests.indicators.little_source import Reply, little_source

pytestmark = pytest.mark.django_db
PATH = "StatFin/vaerak/11re"
GENDERS = {"sukupuoli_9_20180101": ["SSS", "1", "2"]}


@pytest.fixture
def source():
    replies: dict = {}
    with little_source(replies) as made:

        def table(_query: str) -> Reply:
            sent = made.asked[-1][3]
            return Reply(m.answer(sent)) if sent else Reply(body(m.description()))

        made.replies[f"/fi/{PATH}"] = table
        made.replies[f"/sv/{PATH}"] = Reply(
            json.dumps(m.description(), ensure_ascii=False)
            .replace("Väestö 31.12.", "Befolkning 31.12.")
            .encode()
        )
        yield made


def fetch(source, **arguments):
    asker = Asker(sleep=lambda seconds: None, between=0)
    return fetch_pxweb(by=SYSTEM, path=PATH, base=f"{source.base}/fi", asker=asker, **arguments)


def test_each_content_is_an_indicator(source):
    assert fetch(source, chosen=GENDERS).counts == {"new": 2}
    people = Indicator.objects.get(source_id=f"{PATH}:vaesto")
    assert (people.source, people.kind, people.decimals) == ("statfin", "count", 0)
    assert people.title.shown("sv").text == "Befolkning 31.12."
    panel = current_panel(people)
    assert (len(panel.areas), len(panel.years), panel.genders) == (4, 6, ("total", "female", "male"))
    cell = {
        "alue_23_20260101": "KU286",
        "sukupuoli_9_20180101": "2",
        "timeperiod_y": "2020",
        "contentscode": "vaesto",
    }
    assert panel.cell("KU286", 2020, "female").value == m.number(cell)


def test_small_parts_give_the_same_panel(source):
    fetch(source, chosen=GENDERS)
    posts = len([1 for *_, sent in source.asked if sent])
    assert posts == 1
    run = fetch(source, chosen=GENDERS, most_cells=20)
    assert run.counts == {"unchanged": 2}
    assert len([1 for *_, sent in source.asked if sent]) - posts > 5


def test_codes_that_the_table_does_not_have_are_refused(source):
    run = fetch(source, chosen={"sukupuoli_9_20180101": ["9"]})
    assert run.problem.code == "unknown_code"
    assert FetchEntry.objects.get().outcome == "failed"
    assert not Indicator.objects.exists()


def test_one_broken_part_changes_nothing(source):
    fetch(source)
    before = list(Vintage.objects.values_list("pk", "state"))
    good, calls = source.replies[f"/fi/{PATH}"], []

    def second_is_cut(query: str) -> Reply:
        reply = good(query)
        calls.append(query)
        return Reply(reply.body[:40]) if len(calls) == 3 else reply

    source.replies[f"/fi/{PATH}"] = second_is_cut
    run = fetch(source, most_cells=20)
    assert run.problem.code == "cut_or_broken"
    assert list(Vintage.objects.values_list("pk", "state")) == before


def test_a_choice_of_one_age_is_another_indicator(source):
    fetch(source)
    fetch(source, chosen={"ikaryhma_10_20180101": ["0-6"]})
    ids = set(Indicator.objects.values_list("source_id", flat=True))
    assert f"{PATH}:vaesto" in ids
    assert f"{PATH}:vaesto:ikaryhma_10_20180101=0-6" in ids
