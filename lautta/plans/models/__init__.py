from lautta.plans.models.chapters import Chapter, ChapterPublication, ChapterRevision, Citation, Source
from lautta.plans.models.checklists import Coverage, CoverageMark
from lautta.plans.models.figures import FigureReference, KeptFigure
from lautta.plans.models.goals import Criterion, Goal, GoalMirroring, LinkedPlan
from lautta.plans.models.indicators import JointIndicator, LeftOutIndicator
from lautta.plans.models.participants import Participant
from lautta.plans.models.plans import OrganiserPeriod, Participation, Plan, RoleAssignment

__all__ = [
    "Chapter",
    "ChapterPublication",
    "ChapterRevision",
    "Citation",
    "Coverage",
    "CoverageMark",
    "Criterion",
    "FigureReference",
    "Goal",
    "GoalMirroring",
    "JointIndicator",
    "KeptFigure",
    "LeftOutIndicator",
    "LinkedPlan",
    "OrganiserPeriod",
    "Participant",
    "Participation",
    "Plan",
    "RoleAssignment",
    "Source",
]
