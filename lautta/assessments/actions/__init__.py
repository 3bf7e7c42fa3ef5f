from lautta.assessments.actions.content import (
    AlternativeRow,
    HearingRow,
    IndicatorPick,
    RatingRow,
    save_step,
    set_alternatives,
    set_background,
    set_hearings,
    set_ratings,
)
from lautta.assessments.actions.following import FollowUpRow, finish_follow_up, set_follow_ups
from lautta.assessments.actions.memo import write_memo
from lautta.assessments.actions.moves import erase_hearing, move, publish, unpublish
from lautta.assessments.actions.outcome import record_outcome
from lautta.assessments.actions.translating import translate

__all__ = [
    "AlternativeRow",
    "FollowUpRow",
    "HearingRow",
    "IndicatorPick",
    "RatingRow",
    "erase_hearing",
    "finish_follow_up",
    "move",
    "publish",
    "record_outcome",
    "save_step",
    "set_alternatives",
    "set_background",
    "set_follow_ups",
    "set_hearings",
    "set_ratings",
    "translate",
    "unpublish",
    "write_memo",
]
