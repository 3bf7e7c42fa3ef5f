from lautta.measures.models.measures import (
    Measure,
    MeasureGoal,
    MeasureHandover,
    MeasureIndicator,
    MeasureMirroring,
    MeasureMoney,
    MeasureYear,
    PersonYears,
)
from lautta.measures.models.reports import ProgressReport, StatusChange, YearEvaluation
from lautta.measures.models.rounds import OrganisationEmphasis, Round, RoundAnswer, RoundStateChange
from lautta.measures.models.uploads import ExcelUpload

__all__ = [
    "ExcelUpload",
    "Measure",
    "MeasureGoal",
    "MeasureHandover",
    "MeasureIndicator",
    "MeasureMirroring",
    "MeasureMoney",
    "MeasureYear",
    "OrganisationEmphasis",
    "PersonYears",
    "ProgressReport",
    "Round",
    "RoundAnswer",
    "RoundStateChange",
    "StatusChange",
    "YearEvaluation",
]
