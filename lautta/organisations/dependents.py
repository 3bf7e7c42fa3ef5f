"""Rooms above that show an organisation's name in stored form (search entries) say here how they renew it.

Named functions called by the action itself, in its transaction: nothing is renewed by a model being saved.
"""

from collections.abc import Callable

from lautta.organisations.models import Organisation

Renewal = Callable[[Organisation], None]
_renewals: list[Renewal] = []


def renew_with(renewal: Renewal) -> Renewal:
    """Register a function of one organisation; called whenever its name, kind, area or end has changed."""
    if renewal not in _renewals:
        _renewals.append(renewal)
    return renewal


def renew(organisation: Organisation) -> None:
    """Renew everything that rooms above have stored of the organisation."""
    for renewal in _renewals:
        renewal(organisation)
