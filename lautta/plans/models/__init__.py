from lautta.plans.models.chapters import Chapter, ChapterPublication, ChapterRevision, Citation, Source
from lautta.plans.models.goals import Criterion, Goal, GoalMirroring, LinkedPlan
from lautta.plans.models.participants import Participant
from lautta.plans.models.plans import OrganiserPeriod, Participation, Plan, RoleAssignment

__all__ = [
    "Chapter",
    "ChapterPublication",
    "ChapterRevision",
    "Citation",
    "Criterion",
    "Goal",
    "GoalMirroring",
    "LinkedPlan",
    "OrganiserPeriod",
    "Participant",
    "Participation",
    "Plan",
    "RoleAssignment",
    "Source",
]
