"""Who acts: the `by=` of every action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lautta.common.models import User


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a role, as the audit trail remembers them: an id and a role's name, never a person's name.

    `standing` is what an upper room uses for permissions; the system itself has no user.
    """

    user: User | None
    role: str
    standing: object | None = None

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None


SYSTEM = Actor(user=None, role="system")
