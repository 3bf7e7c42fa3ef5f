"""Rooms above that show an indicator's name in stored form (search entries) say here how they renew it.

As in organisations.dependents: named functions called by the action itself, in its transaction.
"""

from collections.abc import Callable

from lautta.indicators.models import Indicator

Renewal = Callable[[Indicator], None]
_renewals: list[Renewal] = []


def renew_with(renewal: Renewal) -> Renewal:
    """Register a function of one indicator; called whenever its name has changed."""
    if renewal not in _renewals:
        _renewals.append(renewal)
    return renewal


def renew(indicator: Indicator) -> None:
    """Renew everything that rooms above have stored of the indicator."""
    for renewal in _renewals:
        renewal(indicator)
