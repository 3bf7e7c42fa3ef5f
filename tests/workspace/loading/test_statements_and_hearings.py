"""statements.yaml and hearings.yaml: loaded through the actions, on the days that the files tell, and every mistake named."""

import copy
import datetime as dt

import pytest

from lautta.decisions.models import StatementPoint, StatementRequest
from lautta.voices.models import Hearing
from lautta.workspace.loading.hearings import load_hearings, read_hearings
from lautta.workspace.loading.reading import BadFiles, Files
from lautta.workspace.loading.statements import load_statements, read_statements
from lautta.workspace.loading.world import World
from tests import factories as f
from tests.demo.reading import region
from tests.workspace.loading.editing import written

D = dt.date


class Known:
    organisations = {"hamina": None, "hva": None}


KNOWN = Known()


class ThePlan:
    numbers = ["4.1"]


PLAN = ThePlan()
REQUEST = {
    "key": "a", "kind": "youth_council", "organisation": "hamina", "name": {"fi": "Haminan nuorisovaltuusto"},
    "version": "part_one", "matter": {"fi": "Suunnitelma"}, "questions": [{"fi": "Mitä puuttuu?"}], "languages": ["fi"],
    "asked": D(2024, 3, 5), "due": D(2024, 4, 1), "given": D(2024, 3, 20), "source": "link", "state": "published",
    "points": [{"question": 1, "text": "Bussi.", "taken": "taken", "answer": {"fi": "Lisätty."}}],
}  # fmt: skip
HEARING = {
    "key": "a", "matter": {"fi": "Koulu"}, "heard": D(2024, 2, 1), "method": "workshop", "said": {"fi": "Piha on hyvä."},
    "changed": {"fi": "Piha auki."}, "groups": [{"role": "pupil", "age_group": "7_12", "number": 24}], "held_by": "hamina",
    "goal": "4.1", "state": "published",
}  # fmt: skip


@pytest.fixture
def world(cast, settings):
    settings.DEMO_DAY = D(2024, 10, 14)
    made = World(say=lambda _line: None, last_day=D(2024, 10, 14), plan=cast.plan)
    made.organisations = {"hamina": cast.hamina, "hva": cast.county}
    made.goals = {"4.1": cast.goal}
    made.people = [cast.kaisa, cast.hannes, cast.nelli]
    return made


def statements(folder, *rows):
    files = Files(written(folder, {"statements.yaml": {"illustrative": True, "statements": list(rows)}}))
    found = read_statements(files, KNOWN)
    files.check()
    return found


def hearings(folder, *rows):
    files = Files(written(folder, {"hearings.yaml": {"illustrative": True, "hearings": list(rows)}}))
    found = read_hearings(files, KNOWN, PLAN)
    files.check()
    return found


def test_a_statement_goes_its_whole_way_on_the_days_of_the_file(tmp_path, world, settings):
    version = f.VersionFactory(plan=world.plan, frozen_on=D(2024, 3, 1))
    f.VersionFactory(plan=world.plan, frozen_on=D(2024, 3, 6))
    assert load_statements(statements(tmp_path, REQUEST), world) == 1
    row = StatementRequest.objects.select_related("statement").get()
    assert (row.state, row.version, row.asked_on, row.is_illustrative) == (
        "published",
        version,
        D(2024, 3, 5),
        True,
    )
    assert (row.statement.source, row.statement.given_by) == ("link", None)
    assert (row.statement.given_on, row.statement.confirmed_by) == (D(2024, 3, 20), world.people[2])
    point = StatementPoint.objects.get()
    assert (str(point.text), str(point.question), point.taken, point.answered_on) == (
        "Bussi.", "Mitä puuttuu?", "taken", D(2024, 4, 3),
    )  # fmt: skip
    day = settings.DEMO_DAY
    assert day == D(2024, 10, 14), "the day is put back"


def test_without_a_version_the_matter_is_free_and_what_waits_waits(tmp_path, world):
    waiting = {**REQUEST, "key": "b", "state": "unconfirmed", "points": [{"text": "Bussi."}]}
    asked = {k: v for k, v in REQUEST.items() if k not in {"given", "source", "points"}} | {
        "key": "c",
        "state": "asked",
    }
    recorded = {**REQUEST, "key": "d", "kind": "elderly_council", "source": "recorded", "state": "given"}
    load_statements(statements(tmp_path, waiting, asked, recorded), world)
    rows = {row.state: row for row in StatementRequest.objects.all()}
    # Every point of the recorded one has its answer already.
    assert set(rows) == {"unconfirmed", "asked", "answered"}
    assert all(row.version is None for row in rows.values())
    assert rows["answered"].statement.given_by == world.people[0]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"kind": "king"}, "statements[0].kind"),
        ({"points": []}, "statements[0].state"),
        ({"given": None}, "statements[0].state"),
        ({"state": "unconfirmed", "source": "member"}, "statements[0].source"),
        ({"points": [{"text": "Bussi."}]}, "statements[0].points"),
        ({"points": [{**REQUEST["points"][0], "question": 2}]}, "statements[0].points[0].question"),
        ({"points": [{"text": "Bussi.", "taken": "taken"}]}, "statements[0].points[0].answer"),
        ({"organisation": "atlantis"}, "statements[0].organisation"),
        ({"languages": []}, "statements[0].languages"),
        ({"mater": 1}, "statements[0].mater"),
    ],
)  # fmt: skip
def test_every_mistake_of_a_statement_is_named(tmp_path, change, place):
    with pytest.raises(BadFiles) as bad:
        statements(tmp_path, copy.deepcopy(REQUEST) | change)
    assert place in {m.place for m in bad.value.mistakes}


def test_what_an_action_refuses_is_told_with_its_place(tmp_path, world):
    early = {**REQUEST, "due": D(2024, 1, 1)}
    with pytest.raises(BadFiles) as bad:
        load_statements(statements(tmp_path, early), world)
    assert bad.value.mistakes[0].place == "statements[0]"


def test_hearings_are_entered_and_published(tmp_path, world):
    pending = {k: v for k, v in HEARING.items() if k != "changed"} | {"key": "b", "state": "pending"}
    assert load_hearings(hearings(tmp_path, HEARING, pending), world) == 2
    row = Hearing.objects.get(state="published")
    assert (row.link_key, row.organisation, row.is_illustrative) == (
        world.goals["4.1"].public_id,
        world.organisations["hamina"],
        True,
    )
    assert row.groups.get().number == 24
    with pytest.raises(BadFiles):
        load_hearings(hearings(tmp_path, {k: v for k, v in HEARING.items() if k != "changed"}), world)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"method": "telepathy"}, "hearings[0].method"),
        ({"groups": [{"role": "king"}]}, "hearings[0].groups[0].role"),
        ({"goal": "9.9"}, "hearings[0].goal"),
        ({"said": None}, "hearings[0].said"),
    ],
)
def test_every_mistake_of_a_hearing_is_named(tmp_path, change, place):
    with pytest.raises(BadFiles) as bad:
        hearings(tmp_path, copy.deepcopy(HEARING) | change)
    assert place in {m.place for m in bad.value.mistakes}


def test_the_demo_has_a_youth_councils_answer_and_six_hearings():
    rows = region("kymenlaakso", "statements.yaml")["statements"]
    published = [r for r in rows if r["kind"] == "youth_council" and r["state"] == "published"]
    assert published
    assert all(p["answer"] for p in published[0]["points"])
    assert len(region("kymenlaakso", "hearings.yaml")["hearings"]) == 6
