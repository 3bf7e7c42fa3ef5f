"""People and the organisations they belong to."""

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.ids import new_public_id
from lautta.common.models import User
from lautta.common.problems import Refused
from lautta.organisations.access import Keeper, is_system, require_keeper
from lautta.organisations.models import Membership, Organisation
from lautta.organisations.saving import checked_save


@transaction.atomic
def create_person(
    *,
    by: Actor,
    email: str,
    name: str,
    language: str = User.Language.FI,
    password: str | None = None,
    password_of: User | None = None,
    public_id: str | None = None,
) -> User:
    """An account. Without a password (only the system may give one) the person sets it by the link in the
    invitation. `password_of`: a demo's account whose printed password it shares, hashed once for them all.

    Raises Refused when the address is taken or not an address.
    """
    if not is_system(by) and not (isinstance(by.standing, Keeper) and by.standing.keeps_people_somewhere()):
        raise PermissionDenied("create_person")
    if (password is not None or password_of is not None) and not is_system(by):
        raise PermissionDenied("only the person chooses the password")
    email, name = email.strip().lower(), name.strip()
    try:
        validate_email(email)
    except ValidationError as problem:
        raise Refused(_("Tarkista sähköpostiosoite."), field="email", status=422) from problem
    if not name:
        raise Refused(_("Kirjoita nimi."), field="name", status=422)
    if len(name) > 120:
        raise Refused(_("Nimi on liian pitkä: enintään 120 merkkiä."), field="name", status=422)
    if language not in User.Language.values:
        raise Refused(_("Valitse kielistä suomi, ruotsi tai englanti."), field="language", status=422)
    if User.objects.filter(email=email).exists():
        raise Refused(_("Tällä sähköpostiosoitteella on jo käyttäjä."), field="email")
    user = User(public_id=public_id or new_public_id(), email=email, name=name, language=language)
    if password is not None:
        _refuse_weak(password, user)
    if password_of is not None:
        user.password = password_of.password
    else:
        user.set_password(password)
    checked_save(user)
    audit.record(by=by, action="person.create", target=user)
    return user


@transaction.atomic
def add_membership(
    *,
    by: Actor,
    user: User,
    organisation: Organisation,
    job_title: str = "",
    started_on: dt.date | None = None,
    public_id: str | None = None,
) -> Membership:
    """The person belongs to the organisation from a date (default: today). An open membership is returned
    as it is.
    """
    require_keeper(by, organisation, people=True)
    started_on = started_on or clock.today()
    if organisation.ended_on and organisation.ended_on < started_on:
        raise Refused(
            _("Organisaatio on päättynyt. Lisää henkilö sen seuraajaan."), field="organisation", status=422
        )
    existing = Membership.objects.filter(user=user, organisation=organisation, ended_on__isnull=True).first()
    if existing is not None:
        return existing
    membership = Membership(
        public_id=public_id or new_public_id(),
        user=user,
        organisation=organisation,
        job_title=job_title.strip(),
        started_on=started_on,
    )
    checked_save(membership)
    audit.record(by=by, action="membership.add", target=membership, organisation=organisation.public_id)
    return membership


@transaction.atomic
def end_membership(*, by: Actor, membership: Membership, ended_on: dt.date | None = None) -> Membership:
    """The person no longer belongs to the organisation from `ended_on` (default: today) on."""
    if not is_system(by) and not (
        isinstance(by.standing, Keeper) and by.standing.keeps_membership(membership)
    ):
        raise PermissionDenied("end_membership")
    membership = Membership.objects.select_for_update().select_related("organisation").get(pk=membership.pk)
    if membership.ended_on is not None:
        return membership
    membership.ended_on = max(ended_on or clock.today(), membership.started_on)
    checked_save(membership, fields=["ended_on"])
    audit.record(
        by=by, action="membership.end", target=membership, organisation=membership.organisation.public_id,
        changes={"ended_on": (None, membership.ended_on)},
    )  # fmt: skip
    return membership


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages), field="password", status=422) from problem
