"""Writes of the public site and of the papers."""

from lautta.publishing.actions.feedback import (
    MOST_WAITING,
    close_feedback,
    erase_feedback,
    monday_of,
    receive_feedback,
)  # fmt: skip

__all__ = ["MOST_WAITING", "close_feedback", "erase_feedback", "monday_of", "receive_feedback"]
