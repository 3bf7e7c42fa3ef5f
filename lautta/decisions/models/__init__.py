from lautta.decisions.models.bodies import Body, BodyMeeting
from lautta.decisions.models.paths import Amendment, Decision, Station
from lautta.decisions.models.versions import FrozenQuotation, Version

__all__ = ["Amendment", "Body", "BodyMeeting", "Decision", "FrozenQuotation", "Station", "Version"]
