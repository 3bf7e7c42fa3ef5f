"""`lautta region`: whole or not at all, in any mode, with invitations and no password."""

import datetime as dt
import shutil
from io import StringIO

import pytest
import yaml
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from lautta.common.actors import SYSTEM, Actor
from lautta.common.models import AuditEntry, OutgoingMail, User
from lautta.measures.models import MeasureYear, ProgressReport
from lautta.organisations.models import Area, Organisation, Region
from lautta.plans.models import Plan, RoleAssignment
from lautta.workspace.actions.history import backdate
from tests import factories as f
from tests.workspace.loading.editing import NORTH, changed, put

pytestmark = pytest.mark.django_db


def load(folder, **options) -> str:
    out = StringIO()
    call_command("region", str(folder), stdout=out, **options)
    return out.getvalue()


def refused(folder, **options) -> str:
    """The told mistake; nothing at all is in the database afterwards."""
    with pytest.raises(CommandError) as caught:
        load(folder, **options)
    for model in (Area, Region, Organisation, Plan, User, AuditEntry, OutgoingMail):
        assert not model.objects.exists(), model
    return str(caught.value)


def test_a_region_in_production_without_passwords(settings):
    settings.DEMO = False
    told = load(NORTH)
    plan = Plan.objects.get()
    assert "2 invitations" in told
    assert plan.phase == "in_force"
    assert plan.published_at.date() == dt.date(2023, 2, 14)
    assert MeasureYear.objects.public().count() == 2
    assert User.objects.count() == 2
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert OutgoingMail.objects.filter(kind="invitation").count() == 2
    assert set(AuditEntry.objects.values_list("actor_role", flat=True)) == {"system"}
    report = ProgressReport.objects.get()
    assert report.created_at.date() <= dt.date(2024, 5, 31)


def test_only_the_given_coordinator_is_invited():
    load(NORTH, invite="Maija@Kunta.Example")
    assignment = RoleAssignment.objects.select_related("membership__user").get()
    assert assignment.role == "coordinator"
    assert assignment.membership.user.email == "maija@kunta.example"
    assert OutgoingMail.objects.get().user == assignment.membership.user


def test_without_people_the_coordinator_goes_to_the_organiser(tmp_path):
    folder = changed(tmp_path, lambda files: files.pop("people.yaml"))
    load(folder, invite="maija@kunta.example")
    assert str(RoleAssignment.objects.get().membership.organisation) == "Lumijoensuun kunta"


def test_checking_loads_nothing():
    assert "hold together" in load(NORTH, check=True)
    assert not Plan.objects.exists()


def test_the_same_region_is_loaded_once():
    load(NORTH)
    with pytest.raises(CommandError, match=r"plan\.yaml, plan\.title: .* already"):
        load(NORTH)
    assert Plan.objects.count() == 1


def test_the_next_plan_of_a_region_uses_what_is_there(tmp_path):
    load(NORTH)
    counts = (Area.objects.count(), Organisation.objects.count(), Region.objects.count())

    def change(files):
        put(files, ("plan.yaml", "plan", "title", "fi"), "Uusi suunnitelma")

    load(changed(tmp_path, change))
    assert Plan.objects.count() == 2
    assert (Area.objects.count(), Organisation.objects.count(), Region.objects.count()) == counts


def test_a_plan_in_preparation_stays_out_of_public(tmp_path):
    def change(files):
        for key in ("published", "phase"):
            files["plan.yaml"]["plan"].pop(key)

    load(changed(tmp_path, change))
    plan = Plan.objects.get()
    assert plan.published_at is None
    assert plan.phase == "drafting"
    assert not plan.goals.filter(published_at__isnull=False).exists()


def _deadline_before_opening(files):
    put(files, ("rounds.yaml", "rounds", 0, "opens"), dt.date(2024, 1, 5))


def _paused_without_reason(files):
    put(files, ("measures.yaml", "measures", 2, "years", 0, "status"), "paused")


def _stranger(files):
    files["plan.yaml"]["plan"]["organisations"].remove("kuusirinne")
    files["people.yaml"]["accounts"].pop()


def _period_backwards(files):
    put(files, ("plan.yaml", "plan", "period", "end"), dt.date(2020, 1, 1))


def _same_organisation_twice(files):
    files["region.yaml"]["organisations"].append(
        {**files["region.yaml"]["organisations"][0], "key": "toinen"}
    )


def _personal_voice(files):
    voice = {
        "key": "v",
        "role": "pupil",
        "method": "survey",
        "state": "published",
        "text": {"fi": "Soita 040 123 4567"},
    }
    files["voices.yaml"] = {"illustrative": True, "voices": [voice]}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (_deadline_before_opening, "rounds.yaml, rounds[0]"),
        (_paused_without_reason, "measures.yaml, measures[2].years[0]"),
        (_stranger, "measures.yaml, measures[0].partners"),
        (_period_backwards, "plan.yaml, plan"),
        (_personal_voice, "voices.yaml, voices[0].text"),
    ],
)
def test_what_an_action_refuses_is_told_by_its_place_and_nothing_is_saved(tmp_path, change, where):
    told = refused(changed(tmp_path, change))
    assert "One mistake; nothing was loaded." in told
    assert f"\n{where}" in told


def test_a_twin_organisation_is_one(tmp_path):
    load(changed(tmp_path, _same_organisation_twice))
    assert Organisation.objects.count() == 2


def test_a_bad_address_to_invite_undoes_everything():
    assert "not an e-mail address" in refused(NORTH, invite="maija")


def test_a_broken_file_is_told_before_anything_is_done(tmp_path):
    shutil.copytree(NORTH, tmp_path, dirs_exist_ok=True)
    (tmp_path / "measures.yaml").write_text("measures: [", "utf-8")
    assert "One mistake; nothing was loaded.\nmeasures.yaml, line 2" in refused(tmp_path)


def test_organisations_end_and_hand_over_in_their_time(tmp_path):
    def change(files):
        name = {"fi": "Vanha kuntayhtymä", "sv": "Gammal samkommun", "en": "Old joint authority"}
        files["region.yaml"]["organisations"] += [
            {"key": "old", "kind": "county", "name": name, "valid_to": dt.date(2023, 12, 31)},
            {"key": "gone", "kind": "other", "name": {"fi": "Toimikunta"}, "valid_to": dt.date(2023, 6, 30)},
        ]
        files["region.yaml"]["organisations"][2]["successor"] = "kuusirinne"
        files["plan.yaml"]["plan"]["organisations"] += ["old", "gone"]
        files["plan.yaml"]["plan"]["accountable_organiser"] = [
            {"organisation": "lumijoensuu", "from": dt.date(2023, 1, 1)},
            {"organisation": "old", "from": dt.date(2023, 5, 1)},
        ]
        measure = yaml.safe_load(yaml.safe_dump(files["measures.yaml"]["measures"][0]))
        past = {"year": 2023, "state": "closed", "measures_due": dt.date(2023, 2, 1)}
        files["rounds.yaml"]["rounds"].insert(0, past)
        measure |= {"key": "handed", "organisation": "old", "start": dt.date(2023, 3, 1)}
        measure["years"] = [
            {"year": 2023, "status": "under_way"},
            {"year": 2024, "organisation": "kuusirinne"},
        ]
        files["measures.yaml"]["measures"].append(measure)

    load(changed(tmp_path, change))
    plan = Plan.objects.get()
    old = Organisation.objects.get(kind="county")
    assert old.ended_on == dt.date(2023, 12, 31)
    assert str(old.successor) == "Kuusirinteen kunta"
    assert Organisation.objects.get(kind="other").ended_on == dt.date(2023, 6, 30)
    periods = list(
        plan.organiser_periods.order_by("started_on").values_list(
            "organisation__kind", "started_on", "ended_on"
        )
    )
    assert periods == [
        ("municipality", dt.date(2023, 1, 1), dt.date(2023, 4, 30)),
        ("county", dt.date(2023, 5, 1), dt.date(2023, 12, 31)),
        ("municipality", dt.date(2024, 1, 1), None),
    ]
    handed = plan.measures.get(handovers__isnull=False)
    assert handed.organisation == old.successor
    assert plan.rounds.get(year=2023).state == "closed"


# --- backdating ------------------------------------------------------------------------------------------


LONG_AGO = dt.datetime(2021, 5, 3, 9, tzinfo=dt.UTC)


def test_only_the_system_sets_the_time(cast):
    goal = f.GoalFactory(plan=cast.plan, published_at=timezone.now())
    for by in (cast.actor(cast.kaisa), Actor(user=None, role="outsider")):
        with pytest.raises(PermissionDenied):
            backdate(by=by, plan=cast.plan, moments=[(goal, "published_at", LONG_AGO)])
    assert backdate(by=SYSTEM, plan=cast.plan, moments=[(goal, "published_at", LONG_AGO)]) == 1
    goal.refresh_from_db()
    assert goal.published_at == LONG_AGO
    entry = AuditEntry.objects.get(action="history.backdate")
    assert entry.changes == {"goal.published_at": [None, 1]}


def test_a_time_is_set_within_the_plan_in_the_past_and_of_known_fields_only(cast):
    goal = f.GoalFactory(plan=cast.plan, published_at=timezone.now())
    tomorrow = timezone.now() + dt.timedelta(days=1)
    with pytest.raises(ValueError, match="has not come"):
        backdate(by=SYSTEM, plan=cast.plan, moments=[(goal, "published_at", tomorrow)])
    with pytest.raises(ValueError, match="not a moment"):
        backdate(by=SYSTEM, plan=cast.plan, moments=[(goal, "ended_at", LONG_AGO)])
    with pytest.raises(PermissionDenied):
        backdate(by=SYSTEM, plan=cast.other_plan, moments=[(goal, "published_at", LONG_AGO)])
    assert not AuditEntry.objects.filter(action="history.backdate").exists()


def test_what_is_not_public_does_not_become_public(cast):
    goal = f.GoalFactory(plan=cast.plan, published_at=None)
    assert backdate(by=SYSTEM, plan=cast.plan, moments=[(goal, "published_at", LONG_AGO)]) == 0
    goal.refresh_from_db()
    assert goal.published_at is None
