from lautta.decisions.models.bodies import Body, BodyMeeting
from lautta.decisions.models.comments import Circulation, PassageComment
from lautta.decisions.models.paths import Amendment, Decision, Station
from lautta.decisions.models.statements import (
    Statement,
    StatementPoint,
    StatementQuestion,
    StatementRequest,
)
from lautta.decisions.models.versions import FrozenQuotation, Version

__all__ = [
    "Amendment",
    "Body",
    "BodyMeeting",
    "Circulation",
    "Decision",
    "FrozenQuotation",
    "PassageComment",
    "Statement",
    "StatementPoint",
    "StatementQuestion",
    "StatementRequest",
    "Station",
    "Version",
]
