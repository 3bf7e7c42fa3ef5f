"""Who invites whom, with which role, and that a plan is never left without a coordinator."""

import datetime as dt
import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry, OutgoingMail, User
from lautta.common.problems import Refused
from lautta.organisations.permissions import OWN_ORGANISATION, PLAN_WIDE, Permission, Role
from lautta.plans.actions import people as actions
from lautta.plans.models import Plan, RoleAssignment
from lautta.plans.rules import structure as rules
from lautta.plans.standing import standing_of
from tests import factories as f

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def invite(cast, by, organisation, role="contributor", email="uusi@test.invalid", **more):
    return actions.invite_person(
        by=by, plan=cast.plan, organisation=organisation, email=email, name="Uusi Tekijä", role=role, **more
    )


def test_an_invitation_makes_account_membership_role_and_mail(cast):
    assignment = invite(cast, cast.actor(cast.kaisa), cast.kotka, email=" Uusi@Test.invalid ", language="sv")
    user = assignment.membership.user
    assert (user.email, user.language, user.has_usable_password()) == ("uusi@test.invalid", "sv", False)
    assert standing_of(user, cast.plan).can(Permission.EDIT_MEASURES, cast.kotka)
    sent = OutgoingMail.objects.get(user=user)
    assert "/sv/account/password/reset/" in sent.text
    assert "Uusi Tekijä" in sent.text
    trail = AuditEntry.objects.filter(scope=cast.plan.public_id)
    assert not any("uusi@" in str(row.changes) or "Tekijä" in str(row.changes) for row in trail)


def test_a_known_address_keeps_its_name_and_gets_the_role(cast):
    assignment = invite(cast, cast.actor(cast.kaisa), cast.kotka, email=cast.hannes.email)
    assert assignment.membership.user == cast.hannes
    assert User.objects.get(pk=cast.hannes.pk).name == "Hannes"
    assert "/account/login/" in OutgoingMail.objects.get().text
    with pytest.raises(Refused) as refusal:
        invite(cast, cast.actor(cast.kaisa), cast.kotka, email=cast.hannes.email)
    assert refusal.value.field == "role"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "ei osoite"}, "email"),
        ({"name": " "}, "name"),
        ({"role": "queen"}, "role"),
        ({"language": "de"}, "language"),
    ],
)
def test_an_odd_invitation_is_refused_beside_its_field(cast, values, field):
    facts = {"email": "uusi@test.invalid", "name": "Uusi", "role": "contributor", **values}
    with pytest.raises(Refused) as refusal:
        actions.invite_person(by=cast.actor(cast.kaisa), plan=cast.plan, organisation=cast.kotka, **facts)
    assert refusal.value.field == field
    assert not User.objects.filter(email="uusi@test.invalid").exists()


def test_a_lead_invites_to_their_own_organisation_and_no_higher(cast):
    kirsi = cast.actor(cast.kirsi, cast.hamina)
    assert invite(cast, kirsi, cast.hamina, role="lead", email="a@test.invalid")
    with pytest.raises(PermissionDenied):
        invite(cast, kirsi, cast.kotka, email="b@test.invalid")
    for role in set(Role) - {Role.LEAD, Role.CONTRIBUTOR}:
        with pytest.raises(Refused) as refusal:
            invite(cast, kirsi, cast.hamina, role=role, email="c@test.invalid")
        assert refusal.value.status == 403
    assert not User.objects.filter(email__in=["b@test.invalid", "c@test.invalid"]).exists()


@pytest.mark.parametrize("name", ["hannes", "kalle", "paula", "nelli", "urho"])
def test_others_invite_nobody(cast, name):
    by = cast.actor(getattr(cast, name))
    for organisation in (cast.hamina, cast.kotka, cast.elsewhere):
        with pytest.raises(PermissionDenied):
            invite(cast, by, organisation)


def powers(role):
    """What a role may do, with what it covers by a wider permission."""
    wide = PLAN_WIDE.get(role, frozenset())
    own = OWN_ORGANISATION.get(role, frozenset())
    covered = {Permission.MANAGE_OWN_PEOPLE} if Permission.MANAGE_PEOPLE in wide else set()
    covered |= {Permission.EDIT_OWN_SECTION} if Permission.EDIT_PLAN in wide else set()
    return wide, own | wide | covered


@pytest.mark.parametrize("giver", list(Role))
def test_nobody_gives_a_plan_wide_power_that_they_lack(cast, giver):
    """For every pair of roles, from the table of permissions itself."""
    user = f.UserFactory()
    f.RoleAssignmentFactory(
        plan=cast.plan, role=giver, membership=f.MembershipFactory(user=user, organisation=cast.kotka)
    )
    standing = standing_of(user, cast.plan)
    for organisation, role in itertools.product((cast.kotka, cast.hamina), Role):
        if role in rules.roles_to_give(standing, organisation):
            wide, own = powers(role)
            assert wide <= powers(giver)[0], (giver, role)
            if giver != Role.ADMINISTRATOR:
                # A coordinator names the adult of a youth council and may not confirm its answers in their place.
                own -= {Permission.CONFIRM_STATEMENTS}
                assert own <= powers(giver)[1], (giver, role)
        if giver == Role.LEAD and organisation == cast.hamina:
            assert not rules.roles_to_give(standing, organisation)


def test_a_lead_cannot_take_the_role_of_a_coordinator_in_the_same_organisation(cast):
    f.RoleAssignmentFactory(
        plan=cast.plan, role="coordinator", membership=f.MembershipFactory(organisation=cast.hamina)
    )
    assignment = RoleAssignment.objects.get(membership__organisation=cast.hamina, role="coordinator")
    with pytest.raises(Refused):
        actions.end_role(by=cast.actor(cast.kirsi), assignment=assignment)
    with pytest.raises(Refused):
        actions.remove_from_plan(by=cast.actor(cast.kirsi), plan=cast.plan, membership=assignment.membership)


def test_the_last_coordinator_stays(cast):
    kaisa = cast.actor(cast.kaisa)
    mine = RoleAssignment.objects.get(plan=cast.plan, role="coordinator")
    for call in (
        lambda: actions.end_role(by=kaisa, assignment=mine),
        lambda: actions.remove_from_plan(by=kaisa, plan=cast.plan, membership=mine.membership),
        lambda: actions.end_roles_of_organisation(
            by=kaisa, plan=cast.plan, organisation=cast.county, ended_on=TODAY()
        ),
    ):
        with pytest.raises(Refused):
            call()
    assert standing_of(cast.kaisa, cast.plan).can(Permission.EDIT_PLAN)
    invite(cast, kaisa, cast.kotka, role="coordinator")
    actions.end_role(by=kaisa, assignment=mine)
    assert not standing_of(cast.kaisa, cast.plan).is_member, "an ended role is gone at once"


def test_a_closed_account_is_no_coordinator(cast):
    kaisa = cast.actor(cast.kaisa)
    other = invite(cast, kaisa, cast.kotka, role="coordinator").membership.user
    other.is_active = False
    other.save()
    with pytest.raises(Refused):
        actions.end_role(by=kaisa, assignment=RoleAssignment.objects.get(membership__user=cast.kaisa))


def test_a_role_in_another_plan_is_out_of_reach(cast):
    theirs = RoleAssignment.objects.get(membership__user=cast.urho)
    with pytest.raises(PermissionDenied):
        actions.end_role(by=cast.actor(cast.kaisa), assignment=theirs)
    with pytest.raises(PermissionDenied):
        actions.assign_role(
            by=cast.actor(cast.kaisa), plan=cast.other_plan, membership=theirs.membership, role="lead"
        )
    with pytest.raises(Refused):
        actions.assign_role(
            by=cast.actor(cast.kaisa), plan=cast.plan, membership=theirs.membership, role="lead"
        )


def test_a_membership_on_which_another_plan_rests_stays(cast):
    """The police work in two regions; one region's coordinator removes a person from their own plan only."""
    f.ParticipationFactory(plan=cast.other_plan, organisation=cast.kotka)
    membership = cast.kalle.memberships.get()
    f.RoleAssignmentFactory(plan=cast.other_plan, membership=membership, role="contributor")
    actions.remove_from_plan(by=cast.actor(cast.kaisa), plan=cast.plan, membership=membership)
    membership.refresh_from_db()
    assert membership.ended_on is None
    assert not standing_of(cast.kalle, cast.plan).is_member
    assert standing_of(cast.kalle, cast.other_plan).is_member


def test_a_membership_without_roles_ends_with_the_last_one(cast):
    membership = cast.hannes.memberships.get()
    actions.remove_from_plan(by=cast.actor(cast.kirsi), plan=cast.plan, membership=membership)
    membership.refresh_from_db()
    assert membership.ended_on == TODAY()


def test_a_role_that_ends_later_holds_until_then(cast):
    assignment = RoleAssignment.objects.get(membership__user=cast.hannes)
    tomorrow = TODAY() + dt.timedelta(days=1)
    actions.end_role(by=cast.actor(cast.kaisa), assignment=assignment, ended_on=tomorrow)
    assert standing_of(cast.hannes, cast.plan).is_member
    assert not RoleAssignment.objects.current(tomorrow).filter(pk=assignment.pk).exists()
    assert RoleAssignment.objects.current(TODAY()).filter(pk=assignment.pk).exists()
    assert cast.plan in Plan.objects.in_workspace_of(cast.hannes.pk)


def test_plans_that_would_lose_their_only_coordinator_are_named(cast):
    assert rules.plans_without_coordinator_after(cast.kaisa) == [cast.plan]
    assert rules.plans_without_coordinator_after(cast.hannes) == []
    actions.invite_person(
        by=SYSTEM,
        plan=cast.plan,
        organisation=cast.kotka,
        email="x@test.invalid",
        name="X",
        role="coordinator",
    )
    assert rules.plans_without_coordinator_after(cast.kaisa) == []
