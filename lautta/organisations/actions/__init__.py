"""Every write of the room."""

from lautta.organisations.actions.areas import (
    create_area,
    create_region,
    join_area,
    leave_area,
    set_population,
    succeed_area,
)
from lautta.organisations.actions.organisations import (
    create_organisation,
    succeed_organisation,
    update_organisation,
)
from lautta.organisations.actions.people import add_membership, create_person, end_membership
from lautta.organisations.actions.personal_data import erase_person, export_person

__all__ = [
    "add_membership",
    "create_area",
    "create_organisation",
    "create_person",
    "create_region",
    "end_membership",
    "erase_person",
    "export_person",
    "join_area",
    "leave_area",
    "set_population",
    "succeed_area",
    "succeed_organisation",
    "update_organisation",
]
