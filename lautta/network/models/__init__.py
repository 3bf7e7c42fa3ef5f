from lautta.network.models.centres import AreaPart, CentreArea, MeetingPlace, TaskCell
from lautta.network.models.commitments import Commitment, CommitmentChange
from lautta.network.models.processes import Move, Process, Step
from lautta.network.models.services import (
    ContactRequest,
    Provider,
    Service,
    ServiceArea,
    ServiceTag,
    ServiceUpload,
)

__all__ = [
    "AreaPart",
    "CentreArea",
    "Commitment",
    "CommitmentChange",
    "ContactRequest",
    "MeetingPlace",
    "Move",
    "Process",
    "Provider",
    "Service",
    "ServiceArea",
    "ServiceTag",
    "ServiceUpload",
    "Step",
    "TaskCell",
]
