"""people.yaml: accounts with their roles, and those who took part in making the plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from lautta.common import clock
from lautta.common.actors import SYSTEM
from lautta.common.models import User
from lautta.common.translated import LANGUAGES
from lautta.organisations import actions as organisations
from lautta.organisations.permissions import Permission, Role
from lautta.plans.actions.background import add_participant, withdraw_consent
from lautta.plans.actions.people import assign_role, end_role, invite_person
from lautta.plans.models import Participant
from lautta.workspace.loading.reading import BadFiles, Files, Mistake, Row
from lautta.workspace.loading.world import World

PASSWORD = "arjen-laineilla-yhdessa"  # noqa: S105 - printed with every demo sign-in, of no use elsewhere

PARTS = {
    "working_group": {
        "fi": "työryhmän jäsen",
        "sv": "medlem i arbetsgruppen",
        "en": "member of the working group",
    },
    "hearing": {"fi": "kuultavana", "sv": "hörd", "en": "heard"},
}


@dataclass
class RoleRow:
    row: Row
    organisation: str
    role: str
    ended_on: dt.date | None


@dataclass
class AccountRow:
    row: Row
    name: str
    email: str
    language: str
    roles: list[RoleRow]


@dataclass
class ParticipantRow:
    row: Row
    name: str
    part: str
    organisation: str
    consent: str
    consent_on: dt.date | None
    withdrawn_on: dt.date | None


@dataclass
class PeopleFile:
    accounts: list[AccountRow] = field(default_factory=list)
    participants: list[ParticipantRow] = field(default_factory=list)

    def coordinators(self) -> list[tuple[AccountRow, RoleRow]]:
        return [(a, r) for a in self.accounts for r in a.roles if r.role == Role.COORDINATOR]


def read_people(files: Files, known_organisations: dict) -> PeopleFile:
    """An empty list when there is no people.yaml."""
    found = PeopleFile()
    if not files.has("people.yaml"):
        return found
    top = files.read("people.yaml")
    top.skip("illustrative")
    keys: dict[str, Row] = {}
    for row in top.rows("accounts"):
        keys[row.new_key("key", keys)] = row
        roles = [_read_role(r, known_organisations) for r in row.rows("memberships", required=True)]
        account = AccountRow(
            row,
            name=row.text("display", most=120),
            email=row.text("email", most=254).lower(),
            language=row.choice("language", LANGUAGES, required=False, default="fi"),
            roles=roles,
        )
        _check_email(row, account.email, [a.email for a in found.accounts])
        found.accounts.append(account)
    for row in top.rows("participants"):
        row.skip("key")
        found.participants.append(_read_participant(row, files.source, known_organisations))
    return found


def _read_role(row: Row, known_organisations: dict) -> RoleRow:
    return RoleRow(
        row,
        organisation=row.choice("organisation", known_organisations),
        role=row.choice("role", [r.value for r in Role]),
        ended_on=row.date("to", required=False),
    )


def _check_email(row: Row, email: str, taken: list[str]) -> None:
    try:
        if email:
            validate_email(email)
    except ValidationError:
        row.wrong("email", "an e-mail address is expected")
    if email and email in taken:
        row.wrong("email", "the address is given twice")


def _read_participant(row: Row, language: str, known_organisations: dict) -> ParticipantRow:
    """Without a `name` the description of whom the person spoke for stands in its place."""
    description = row.translated("description").shown(language).text
    name = row.text("name", required=False, most=120)
    group = row.choice("group", PARTS, required=False)
    consent = row.choice(
        "consent", Participant.Consent.values, required=False, default=Participant.Consent.NOT_ASKED
    )
    part = description if name else (PARTS[group][language] if group else "")
    return ParticipantRow(
        row,
        name=(name or description)[:120],
        part=part[:200],
        organisation=row.choice("organisation", known_organisations, required=False),
        consent=consent,
        consent_on=row.date("consent_date", required=False),
        withdrawn_on=row.date("withdrawn", required=False),
    )


def load_demo_people(found: PeopleFile, world: World) -> None:
    """Accounts with the printed password; their people act from here on. Past roles end on their day."""
    today, first = clock.today(), None
    for account in found.accounts:
        with account.row.blamed():
            user = organisations.create_person(
                by=SYSTEM,
                email=account.email,
                name=account.name,
                language=account.language,
                **({"password_of": first} if first else {"password": PASSWORD}),  # type: ignore[arg-type]
            )
            first = first or user
        past = []
        for role in account.roles:
            organisation = world.organisations[role.organisation]
            begun = max(dt.date(world.plan.period_start, 1, 1), organisation.started_on or dt.date.min)
            with role.row.blamed():
                membership = organisations.add_membership(
                    by=SYSTEM, user=user, organisation=organisation, started_on=begun
                )
                assignment = assign_role(
                    by=SYSTEM, plan=world.plan, membership=membership, role=role.role, started_on=begun
                )
            if role.ended_on and role.ended_on < today:
                past.append((role, membership, assignment))
        # After all are given: a plan is never without its coordinator.
        for role, membership, assignment in past:
            after = role.ended_on + dt.timedelta(days=1)  # type: ignore[operator]
            with role.row.blamed():
                end_role(by=SYSTEM, assignment=assignment, ended_on=after)
                organisations.end_membership(by=SYSTEM, membership=membership, ended_on=after)
        world.people.append(user)
    world.people_changed()


def invite_people(found: PeopleFile, world: World, *, only: str = "") -> list[str]:
    """Invite the people of the file or, with `only`, that address as the coordinator; returns addresses."""
    if only:
        return [_invite_coordinator(found, world, only)]
    today = clock.today()
    invited = []
    for account in found.accounts:
        for role in account.roles:
            if role.ended_on and role.ended_on < today:
                continue
            with role.row.blamed():
                invite_person(
                    by=SYSTEM, plan=world.plan, organisation=world.organisations[role.organisation],
                    email=account.email, name=account.name, role=role.role, language=account.language,
                )  # fmt: skip
            invited.append(account.email)
    return sorted(set(invited))


def _invite_coordinator(found: PeopleFile, world: World, email: str) -> str:
    """Into the organisation of the file's coordinator, or else that of the organiser."""
    try:
        validate_email(email)
    except ValidationError as problem:
        raise BadFiles([Mistake("--invite", "", f"{email} is not an e-mail address")]) from problem
    today = clock.today()
    open_ones = [(a, r) for a, r in found.coordinators() if not r.ended_on or r.ended_on >= today]
    organiser = world.plan.organiser_periods.filter(ended_on__isnull=True).first()
    if open_ones:
        account, role = open_ones[0]
        organisation, name, language = world.organisations[role.organisation], account.name, account.language
        row = role.row
    elif organiser is not None:
        organisation, name, language = organiser.organisation, email.partition("@")[0], User.Language.FI
        row = None
    else:
        raise BadFiles(
            [Mistake("plan.yaml", "plan.accountable_organiser", "needed, to place the coordinator")]
        )
    invite = {
        "by": SYSTEM, "plan": world.plan, "organisation": organisation, "email": email, "name": name,
        "role": Role.COORDINATOR, "language": language,
    }  # fmt: skip
    if row is None:
        invite_person(**invite)
    else:
        with row.blamed():
            invite_person(**invite)
    return email.lower()


def load_participants(found: PeopleFile, world: World) -> None:
    """Who took part in making the plan, with their consent and its withdrawal."""
    consents = Participant.Consent
    for p in found.participants:
        by = world.actor(Permission.EDIT_PLAN)
        withdrawn = p.consent == consents.WITHDRAWN
        with p.row.blamed():
            made = add_participant(
                by=by, plan=world.plan, name=p.name, part=p.part,
                organisation=world.organisations[p.organisation] if p.organisation else None,
                consent=consents.GIVEN if withdrawn else p.consent, consent_on=p.consent_on,
            )  # fmt: skip
            if withdrawn:
                withdraw_consent(by=by, participant=made, on=p.withdrawn_on)
