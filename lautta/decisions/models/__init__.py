from lautta.decisions.models.agendas import AgendaItem, AgendaKind, ItemCorrection, Minutes
from lautta.decisions.models.assessed import AssessmentLink
from lautta.decisions.models.bodies import Body, BodyMeeting
from lautta.decisions.models.comments import Circulation, PassageComment
from lautta.decisions.models.matters import Matter, MatterStep
from lautta.decisions.models.members import BodyMember, MemberRole
from lautta.decisions.models.paths import Amendment, Decision, Station
from lautta.decisions.models.statements import (
    Statement,
    StatementPoint,
    StatementQuestion,
    StatementRequest,
)
from lautta.decisions.models.versions import FrozenQuotation, Version, VersionRedaction

__all__ = [
    "AgendaItem",
    "AgendaKind",
    "Amendment",
    "AssessmentLink",
    "Body",
    "BodyMeeting",
    "BodyMember",
    "Circulation",
    "Decision",
    "FrozenQuotation",
    "ItemCorrection",
    "Matter",
    "MatterStep",
    "MemberRole",
    "Minutes",
    "PassageComment",
    "Statement",
    "StatementPoint",
    "StatementQuestion",
    "StatementRequest",
    "Station",
    "Version",
    "VersionRedaction",
]
