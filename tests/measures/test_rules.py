"""Role × organisation × phase, told with the cast: before opening, open, late, closed."""

import datetime as dt

import pytest

from lautta.measures import rules
from lautta.measures.rules import Phase
from lautta.plans.standing import standing_of

PHASES = {
    Phase.BEFORE: ("planned", dt.date(2030, 1, 1)),
    Phase.OPEN: ("open", dt.date(2999, 1, 1)),
    Phase.LATE: ("open", dt.date(2000, 1, 1)),
    Phase.CLOSED: ("closed", dt.date(2000, 1, 1)),
}
E = {Phase.OPEN, Phase.LATE}
R = {Phase.OPEN, Phase.LATE, Phase.CLOSED}
ALWAYS = set(Phase)
# (person, predicate) → phases in which it holds in Hamina.
HOLDS = {
    ("kaisa", "may_edit_measures"): ALWAYS,
    ("kaisa", "may_publish"): ALWAYS,
    ("kaisa", "may_report"): ALWAYS,
    ("kaisa", "may_evaluate"): ALWAYS,
    ("hannes", "may_edit_measures"): E,
    ("hannes", "may_publish"): set(),
    ("hannes", "may_report"): R,
    ("hannes", "may_evaluate"): set(),
    ("kirsi", "may_edit_measures"): E,
    ("kirsi", "may_publish"): E,
    ("kirsi", "may_report"): R,
    ("kirsi", "may_evaluate"): R,
    ("nelli", "may_edit_measures"): set(),
    ("nelli", "may_report"): set(),
    ("kalle", "may_edit_measures"): set(),
    ("kalle", "may_report"): set(),
    ("paula", "may_report"): set(),
    ("urho", "may_edit_measures"): set(),
    ("urho", "may_report"): set(),
}


@pytest.mark.parametrize(("person", "predicate"), HOLDS)
def test_who_may_do_what_in_hamina_in_which_phase(cast, person, predicate):
    standing = standing_of(getattr(cast, person), cast.plan)
    held = set()
    for phase, (state, deadline) in PHASES.items():
        cast.round.state, cast.round.deadline = state, deadline
        assert rules.phase_of(cast.round) == phase
        if getattr(rules, predicate)(standing, cast.round, cast.hamina):
            held.add(phase)
    assert held == HOLDS[person, predicate]


def test_the_deadline_itself_is_in_time(cast):
    cast.round.deadline = dt.date(2024, 3, 1)
    assert rules.phase_of(cast.round, dt.date(2024, 3, 1)) == Phase.OPEN
    assert rules.phase_of(cast.round, dt.date(2024, 3, 2)) == Phase.LATE


def test_only_the_coordinator_manages_rounds(cast):
    managing = [p for p in ("kaisa", "hannes", "kirsi", "kalle", "paula", "nelli", "urho")
                if rules.may_manage_rounds(standing_of(getattr(cast, p), cast.plan))]  # fmt: skip
    assert managing == ["kaisa"]
