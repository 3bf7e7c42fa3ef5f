"""A person gets their data as a file and is erased at once; the trail stays, without a name."""

import datetime as dt
import json

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import PermissionDenied

from lautta.common import audit
from lautta.common.actors import SYSTEM, Actor
from lautta.common.models import AuditEntry, FormDraft, Job, OutgoingMail, User
from lautta.common.problems import Refused
from lautta.organisations import actions
from lautta.organisations.models import Membership
from lautta.plans.actions import people
from lautta.plans.models import ChapterRevision
from tests import factories as f

pytestmark = pytest.mark.django_db


def me(user):
    return Actor(user, "self")


@pytest.fixture
def busy(cast):
    """Hannes with a draft, a mail, a job, an authored text, a failed sign-in and rows in the trail."""
    FormDraft.objects.create(user=cast.hannes, key="goal:x:fi", fields={"title": "Salainen luonnos"})
    OutgoingMail.objects.create(
        user=cast.hannes, key="k", kind="reminder", subject="Muistutus", text="Hei Hannes"
    )
    Job.objects.create(
        scope="x",
        kind="import",
        state="done",
        started_by=cast.hannes,
        input={"file": "Nimilista"},
        ended_at=dt.datetime.now(dt.UTC),
    )
    f.ChapterRevisionFactory(
        chapter=f.ChapterFactory(plan=cast.plan), author=cast.hannes, body="<p>Yhteinen teksti</p>"
    )
    AccessAttempt.objects.create(username=cast.hannes.email, user_agent="x", failures_since_start=1)
    audit_row(cast)
    return cast.hannes


def audit_row(cast):
    from django.db import transaction

    with transaction.atomic():
        audit.record(
            by=cast.actor(cast.hannes), action="measure.update", target=cast.goal, scope=cast.plan.public_id
        )


def test_the_file_holds_everything_personal_and_no_password(cast, busy):
    data = actions.export_person(user=busy)
    text = json.dumps(data, ensure_ascii=False)
    assert data["account"]["email"] == busy.email
    assert data["account"]["public_id"] == busy.public_id
    for words in (
        "Salainen luonnos",
        "Muistutus",
        "Nimilista",
        "Yhteinen teksti",
        "Haminan kaupunki",
        "contributor",
    ):
        assert words in text
    assert "password" not in data["account"]
    assert busy.password not in text or busy.password == "!"
    assert [row["action"] for row in data["audit"]] == ["measure.update", "person.export"]
    for other in (cast.kaisa, cast.kalle):
        assert other.email not in text


def test_erasing_leaves_the_work_and_the_trail_without_a_name(cast, busy):
    pk, email, name = busy.pk, busy.email, busy.name
    actions.erase_person(by=me(busy), user=busy)
    assert not User.objects.filter(email=email).exists()
    assert not Membership.objects.filter(user_id=pk).exists()
    assert not FormDraft.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert not AccessAttempt.objects.exists()
    job, revision = Job.objects.get(), ChapterRevision.objects.get()
    assert (job.started_by, job.input) == (None, {})
    assert (revision.author, revision.body) == (None, "<p>Yhteinen teksti</p>")
    trail = AuditEntry.objects.filter(actor_id=pk)
    assert {row.action for row in trail} == {"measure.update", "person.erase"}
    assert all(email not in str(row.changes) and name not in str(row.changes) for row in trail)


@pytest.mark.parametrize("name", ["kaisa", "kirsi", "urho"])
def test_nobody_exports_or_erases_another(cast, busy, name):
    by = cast.actor(getattr(cast, name))
    with pytest.raises(PermissionDenied):
        actions.erase_person(by=by, user=busy)
    with pytest.raises(PermissionDenied):
        actions.export_person(by=by, user=busy)
    assert User.objects.filter(pk=busy.pk).exists()


def test_the_system_may_do_both(cast, busy):
    assert actions.export_person(by=SYSTEM, user=busy)["account"]["name"] == busy.name
    actions.erase_person(by=SYSTEM, user=busy)
    assert not User.objects.filter(pk=busy.pk).exists()


def test_only_the_system_gives_a_password_and_not_a_weak_one(cast):
    facts = {"email": "uusi@test.invalid", "name": "Uusi"}
    with pytest.raises(PermissionDenied):
        actions.create_person(by=cast.actor(cast.kaisa), password="pitka-salasana-lautalla", **facts)
    with pytest.raises(PermissionDenied):
        actions.create_person(by=cast.actor(cast.hannes), **facts)
    with pytest.raises(Refused) as refusal:
        actions.create_person(by=SYSTEM, password="salasana", **facts)
    assert refusal.value.field == "password"
    assert actions.create_person(by=SYSTEM, password="pitka-salasana-lautalla", **facts).check_password(
        "pitka-salasana-lautalla"
    )
    with pytest.raises(Refused) as refusal:
        actions.create_person(by=SYSTEM, email="UUSI@test.invalid", name="Toinen")
    assert refusal.value.field == "email"


def test_a_membership_is_added_once_and_not_to_an_ended_organisation(cast):
    first = actions.add_membership(by=cast.actor(cast.kirsi), user=cast.kalle, organisation=cast.hamina)
    assert (
        actions.add_membership(by=cast.actor(cast.kirsi), user=cast.kalle, organisation=cast.hamina) == first
    )
    with pytest.raises(PermissionDenied):
        actions.add_membership(by=cast.actor(cast.kirsi), user=cast.hannes, organisation=cast.kotka)
    with pytest.raises(PermissionDenied):
        actions.add_membership(by=cast.actor(cast.kaisa), user=cast.hannes, organisation=cast.elsewhere)
    cast.kotka.ended_on = dt.date(2022, 12, 31)
    cast.kotka.save()
    with pytest.raises(Refused):
        actions.add_membership(by=cast.actor(cast.kaisa), user=cast.hannes, organisation=cast.kotka)


def test_a_membership_under_another_plans_role_is_not_ended_from_here(cast):
    membership = cast.kalle.memberships.get()
    f.RoleAssignmentFactory(plan=cast.other_plan, membership=membership)
    with pytest.raises(PermissionDenied):
        actions.end_membership(by=cast.actor(cast.kaisa), membership=membership)
    people.remove_from_plan(by=cast.actor(cast.kaisa), plan=cast.plan, membership=membership)
    membership.refresh_from_db()
    assert membership.ended_on is None
