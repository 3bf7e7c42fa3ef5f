"""Refusals that a person can understand."""


class Refused(Exception):
    """An action says no, with a sentence for the person (already translated, lazily) and a 4xx status.

    `field` names the form field it belongs to, when there is one.
    """

    def __init__(self, message, *, field: str | None = None, status: int = 409):
        super().__init__(str(message))
        self.message = message
        self.field = field
        self.status = status
