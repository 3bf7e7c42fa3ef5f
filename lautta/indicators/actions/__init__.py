"""Writing: every function is keyword-only with `by=`, in one short transaction with its audit row."""

from lautta.indicators.actions.areas import set_boundaries, take_in_areas
from lautta.indicators.actions.catalogue import add_note, remove_note, set_facts
from lautta.indicators.actions.deciding import accept_held, refuse_held
from lautta.indicators.actions.results import store_result
from lautta.indicators.actions.runs import begin_fetch, end_fetch, log_failure
from lautta.indicators.actions.schedules import mark_run, set_schedule
from lautta.indicators.actions.starting import start_due_fetches, start_fetch
from lautta.indicators.actions.taking_in import take_in

__all__ = [
    "accept_held",
    "add_note",
    "begin_fetch",
    "end_fetch",
    "log_failure",
    "mark_run",
    "refuse_held",
    "remove_note",
    "set_boundaries",
    "set_facts",
    "set_schedule",
    "start_due_fetches",
    "start_fetch",
    "store_result",
    "take_in",
    "take_in_areas",
]
