from lautta.organisations.models.areas import Area, AreaMembership, AreaPopulation, AreaSuccession, Region
from lautta.organisations.models.organisations import Membership, Organisation

__all__ = [
    "Area",
    "AreaMembership",
    "AreaPopulation",
    "AreaSuccession",
    "Membership",
    "Organisation",
    "Region",
]
