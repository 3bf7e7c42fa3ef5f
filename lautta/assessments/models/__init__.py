from lautta.assessments.models.assessments import Assessment, Publication, StateChange
from lautta.assessments.models.content import (
    Alternative,
    AssessmentIndicator,
    AssessmentVoice,
    FollowUp,
    Hearing,
    Rating,
)

__all__ = [
    "Alternative",
    "Assessment",
    "AssessmentIndicator",
    "AssessmentVoice",
    "FollowUp",
    "Hearing",
    "Publication",
    "Rating",
    "StateChange",
]
