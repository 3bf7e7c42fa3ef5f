"""Public ids: random, short enough to read aloud, never reused."""

import secrets

from django.db import models

# No vowels (no words), no look-alikes.
ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
LENGTH = 10


def new_public_id() -> str:
    """Return 10 random characters (27^10 ≈ 2·10^14 possibilities), always with a letter first."""
    first = secrets.choice(ALPHABET[:19])
    return first + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))


class PublicIdField(models.CharField):
    """The id that stands in addresses; the database key never leaves the house."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 16)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("default", new_public_id)
        super().__init__(*args, **kwargs)
