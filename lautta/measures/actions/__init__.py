"""Audited writes of yearly rounds, measures and reports. All keyword-only, with `by=`."""

from lautta.measures.actions.answers import (
    answer_round,
    carry_over,
    remind_missing,
    set_emphasis,
    withdraw_answer,
)
from lautta.measures.actions.excel import drop_upload, keep_upload, take_upload
from lautta.measures.actions.indicators import set_indicators
from lautta.measures.actions.measures import (
    create_measure,
    end_measure,
    hand_over,
    publish_measure,
    resume_measure,
    unpublish_measure,
    update_measure,
)
from lautta.measures.actions.reports import change_status, correct_report, evaluate_year, submit_report
from lautta.measures.actions.resources import (
    Amount,
    set_mirrorings,
    set_money,
    set_partners,
    set_person_years,
)
from lautta.measures.actions.rounds import close_round, create_round, open_round, reopen_round, update_round
from lautta.measures.checks import CONTENT, ChangedMeanwhile
from lautta.measures.sought import Sought

__all__ = [
    "CONTENT",
    "Amount",
    "ChangedMeanwhile",
    "Sought",
    "answer_round",
    "carry_over",
    "change_status",
    "close_round",
    "correct_report",
    "create_measure",
    "create_round",
    "drop_upload",
    "end_measure",
    "evaluate_year",
    "hand_over",
    "keep_upload",
    "open_round",
    "publish_measure",
    "remind_missing",
    "reopen_round",
    "resume_measure",
    "set_emphasis",
    "set_indicators",
    "set_mirrorings",
    "set_money",
    "set_partners",
    "set_person_years",
    "submit_report",
    "take_upload",
    "unpublish_measure",
    "update_measure",
    "update_round",
    "withdraw_answer",
]
