"""The link by which a council answers without accounts: a secret of which only the hash is stored."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.decisions.actions.asking import locked_request, record, require_speaker
from lautta.decisions.choices_statements import RequestState
from lautta.decisions.models import StatementRequest
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require

LIVES_DAYS = 30


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def renew_link(*, by: Actor, request: StatementRequest) -> str:
    """Make a link; the former one stops working. Returns the secret, which nothing keeps: it is shown once.

    The link opens for thirty days, or to the day after the due date when that is later.
    """
    request = locked_request(request)
    _require_maker(by, request)
    if request.state != RequestState.ASKED:
        raise Refused(_("Linkin voi tehdä vain, kun lausuntoa vielä odotetaan."))
    secret = secrets.token_urlsafe(24)
    request.link_hash = hash_of(secret)
    request.link_expires_on = max(
        clock.today() + dt.timedelta(days=LIVES_DAYS), request.due + dt.timedelta(days=1)
    )
    request.row_version += 1
    checked_save(request)
    record(
        by=by,
        action="statement.link",
        request=request,
        changes={"link_expires_on": (None, request.link_expires_on)},
    )
    return secret


@transaction.atomic
def close_link(*, by: Actor, request: StatementRequest) -> StatementRequest:
    """Stop the link: it may have come into wrong hands."""
    request = locked_request(request)
    _require_maker(by, request)
    if not request.link_hash:
        raise Refused(_("Linkkiä ei ole."))
    request.link_hash, request.link_expires_on = "", None
    request.row_version += 1
    checked_save(request)
    record(by=by, action="statement.close_link", request=request, changes={})
    return request


def _require_maker(by: Actor, request: StatementRequest) -> None:
    """The one who asks for statements, or the one who speaks for whom was asked."""
    try:
        require(by, Permission.ASK_STATEMENTS, plan=request.plan)
    except PermissionDenied:
        require_speaker(by, request)
