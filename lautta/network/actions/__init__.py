"""Writes of the network."""

from lautta.network.actions.centres import (
    add_place,
    change_place,
    create_centre_area,
    drop_place,
    set_cell,
    update_centre_area,
)
from lautta.network.actions.commitments import change_commitment, move_commitment, promise
from lautta.network.actions.freshness import (
    accept_proposal,
    answer_by_link,
    ask_contacts,
    confirm_contacts,
    decline_proposal,
)
from lautta.network.actions.processes import drop_process, publish_process, save_process
from lautta.network.actions.services import (
    Facts,
    create_service,
    end_service,
    erase_contact,
    provider_for,
    publish_services,
    update_service,
)
from lautta.network.actions.uploads import drop_upload, keep_upload, take_upload

__all__ = [
    "Facts", "accept_proposal", "add_place", "answer_by_link", "ask_contacts", "change_commitment", "change_place",
    "confirm_contacts", "create_centre_area", "create_service", "decline_proposal", "drop_place", "drop_process",
    "drop_upload", "end_service", "erase_contact", "keep_upload", "move_commitment", "promise", "provider_for",
    "publish_process", "publish_services", "save_process", "set_cell", "take_upload", "update_centre_area",
    "update_service",
]  # fmt: skip
