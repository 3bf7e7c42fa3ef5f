"""Pages of the plan's structure: who gets in, what a form of another plan meets, errors beside fields,
constant queries.
"""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from lautta.common.models import FormDraft, OutgoingMail
from lautta.common.translated import Translated
from lautta.plans import urls_structure
from lautta.plans.actions import goals as goal_actions
from lautta.plans.models import (
    Goal,
    JointIndicator,
    LinkedPlan,
    Participant,
    Participation,
    RoleAssignment,
    Source,
)
from lautta.plans.standing import standing_of
from tests import factories as f
from tests.indicators.factories import IndicatorFactory

pytestmark = pytest.mark.django_db
T = Translated.of


@pytest.fixture
def at(cast):
    """`at("goal_edit", goal_id=…)`: the address of a page of the cast's plan."""

    def _at(name, plan=None, **ids):
        with translation.override("fi"):
            return reverse(f"plans:{name}", kwargs={"plan_id": (plan or cast.plan).public_id, **ids})

    return _at


def things(cast, plan, organisation):
    """One of everything that addresses name, in the plan."""
    membership = organisation.memberships.first()
    source = Source.objects.create(plan=plan, title="Tutkimus", sort_key="1")
    participant = Participant.objects.create(plan=plan, name="Nimi", sort_key="1")
    linked = LinkedPlan.objects.create(plan=plan, kind="wellbeing", title=T("Toinen suunnitelma"))
    goal = plan.goals.first() or f.GoalFactory(plan=plan)
    return {
        "goal_id": goal.public_id, "organisation_id": organisation.public_id,
        "membership_id": membership.public_id,
        "source_id": source.public_id, "participant_id": participant.public_id, "linked_id": linked.public_id,
        "indicator_id": IndicatorFactory(source="file", region=plan.region).public_id,
        "joint_id": JointIndicator.objects.create(plan=plan, indicator=IndicatorFactory()).public_id,
        "code": "child_poverty",
        "item": "follow_up",
        "language": "sv", "framework": "convention", "role": "contributor",
    }  # fmt: skip


def addresses(plan, ids):
    """Every address of the room's structure in the plan, by name and with its ids."""
    for pattern in urls_structure.urlpatterns:
        wanted = set(pattern.pattern.converters)
        kwargs = {"plan_id": plan.public_id, **{k: v for k, v in ids.items() if k in wanted}}
        with translation.override("fi"):
            address = reverse(f"plans:{pattern.name}", kwargs=kwargs)
        yield pattern.name, address


def test_an_outsider_meets_404_everywhere(cast, login):
    client = login(cast.urho)
    for name, address in addresses(cast.plan, things(cast, cast.plan, cast.hamina)):
        answers = {client.get(address).status_code, client.post(address, {"title": "x"}).status_code}
        assert answers in ({404}, {404, 405}), name


def test_ids_of_another_plan_are_404_under_ones_own(cast, login):
    """The coordinator puts every id of another plan into the addresses of their own."""
    client = login(cast.kaisa)
    theirs = things(cast, cast.other_plan, cast.elsewhere)
    for name, address in addresses(cast.plan, theirs):
        if "_id>" in str(next(p.pattern for p in urls_structure.urlpatterns if p.name == name)):
            answers = {client.get(address).status_code, client.post(address, {"title": "x"}).status_code}
            assert answers in ({404}, {404, 405}), name


# What a member may open without the coordinator's permissions; a lead also people of their own one.
OPEN_TO_MEMBERS = {"goals", "mirroring", "organisations", "checklist"}
OWN_ORGANISATION = {"organisation"}
LEADS_OWN = {"person_invite", "person", "person_remove", "role_end"}


@pytest.mark.parametrize("name", ["hannes", "kirsi", "kalle", "paula", "nelli"])
def test_members_see_goals_and_no_more_than_their_own_people(cast, login, name):
    user = getattr(cast, name)
    client, lead = login(user), name == "kirsi"
    own = name in {"hannes", "kirsi", "nelli"}
    every = sorted(
        addresses(cast.plan, things(cast, cast.plan, cast.hamina)), key=lambda row: row[0] == "person_remove"
    )
    for page, address in every:
        allowed = (
            page in OPEN_TO_MEMBERS or (own and page in OWN_ORGANISATION) or (lead and page in LEADS_OWN)
        )
        # The whole plan's mark is the coordinator's, an organisation's own mark its lead's.
        allowed |= lead and page == "checklist_mark" and cast.hamina.public_id in address
        answer = client.get(address)
        if answer.status_code == 405:
            answer = client.post(address, {})
            assert answer.status_code == (302 if allowed else 403), page
        else:
            assert answer.status_code == (200 if allowed else 403), page


def test_the_coordinator_opens_every_page_in_each_language(cast, login):
    client = login(cast.kaisa)
    ids = things(cast, cast.plan, cast.hamina)
    for language in ("fi", "sv", "en"):
        for name, address in addresses(cast.plan, ids):
            answer = client.get(address.replace("/fi/", f"/{language}/", 1))
            assert answer.status_code in {200, 405}, name


def test_everybody_else_is_sent_to_sign_in(cast, client, at):
    assert client.get(at("goals")).status_code == 302


# --- goals


def goal_data(goal, **values):
    facts = {
        "seen": goal.version, "title": goal.title.in_language("fi"), "number": goal.number,
        "status": goal.status,
        "colour": goal.colour, "description": "", "plain": "",
    }  # fmt: skip
    return {**facts, **values}


def test_a_goal_is_made_edited_translated_published_and_ended(cast, login, at):
    client = login(cast.kaisa)
    answer = client.post(
        at("goal_new") + "?kind=main",
        {"title": "Uusi\ntavoite", "number": "4.2", "status": "under_way", "colour": "2"},
    )
    goal = Goal.objects.get(number="4.2")
    assert answer.status_code == 302
    assert str(goal.title) == "Uusi tavoite"
    edit = at("goal_edit", goal_id=goal.public_id, language="fi")
    data = goal_data(
        goal, title="Parempi nimi", owner=cast.kotka.public_id, target_groups=["families", "everyone"]
    )
    assert client.post(edit, data).status_code == 302
    swedish = at("goal_edit", goal_id=goal.public_id, language="sv")
    page = client.get(swedish).content.decode()
    assert "Parempi nimi" in page
    assert 'name="status"' not in page, "a translation does not change facts"
    assert client.post(swedish, {"title": "Bättre namn", "seen": 2}).status_code == 302
    goal.refresh_from_db()
    assert goal.title.in_language("sv") == "Bättre namn"
    assert (goal.owner, goal.target_groups) == (cast.kotka, ["families", "everyone"])
    assert client.post(at("goal_publish", goal_id=goal.public_id)).status_code == 302
    assert client.post(at("goal_end", goal_id=goal.public_id), {"reason": ""}).status_code == 422
    assert client.post(at("goal_end", goal_id=goal.public_id), {"reason": "Yhdistettiin"}).status_code == 302
    page = client.get(at("goals")).content.decode()
    assert "1 päättynyt tavoite" in page
    assert "Yhdistettiin" in page


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"number": "4.9"}, "number"),
        ({"status": "splendid"}, "status"),
        ({"owner": "elsewhere"}, "owner"),
        ({"target_groups": ["dogs"]}, "target_groups"),
        ({"colour": "9"}, "colour"),
        ({"title": "nolla\x00merkki"}, "title"),
    ],
)
def test_a_wrong_goal_keeps_what_was_typed_and_says_so(cast, login, at, values, field):
    f.GoalFactory(plan=cast.plan, number="4.9")
    if values.get("owner"):
        values = {"owner": cast.elsewhere.public_id}
    answer = login(cast.kaisa).post(
        at("goal_edit", goal_id=cast.goal.public_id),
        goal_data(cast.goal, description="Pitkä teksti", **values),
    )
    assert answer.status_code == 422
    form = answer.context["form"]
    assert field in form.errors or (field == "number" and form.non_field_errors())
    page = answer.content.decode()
    assert "Pitkä teksti" in page
    assert "error-summary" in page
    assert Goal.objects.get(pk=cast.goal.pk).version == 1


def test_two_savers_see_each_other(cast, login, at):
    """Kaisa opened the form; another saved status and name meanwhile; Kaisa changed the name and the
    number.
    """
    other = f.UserFactory()
    f.RoleAssignmentFactory(
        plan=cast.plan,
        role="coordinator",
        membership=f.MembershipFactory(user=other, organisation=cast.county),
    )
    goal_actions.update_goal(
        by=cast.actor(other),
        goal=cast.goal,
        seen=1,
        status="reached",
        title=cast.goal.title.with_text("fi", "Toisen nimi"),
    )
    address = at("goal_edit", goal_id=cast.goal.public_id, language="fi")
    client = login(cast.kaisa)
    answer = client.post(address, goal_data(cast.goal, title="Kaisan nimi", number="4.7"))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert [str(c["now"]) for c in form.conflicts] == ["Toisen nimi"]
    assert form["title"].value() == "Kaisan nimi", "what was typed stays"
    assert form["status"].value() == "reached", "what was not touched follows the newest"
    assert form["seen"].value() == "2"
    assert Goal.objects.get(pk=cast.goal.pk).number == "4.1", "nothing was saved"
    again = {
        name: form[name].value()
        for name in ("seen", "title", "number", "status", "colour", "description", "plain")
    }
    assert client.post(address, again).status_code == 302
    goal = Goal.objects.get(pk=cast.goal.pk)
    assert (goal.title.in_language("fi"), goal.number, goal.status) == ("Kaisan nimi", "4.7", "reached")


def test_a_draft_comes_back_and_goes_with_saving(cast, login, at):
    key = f"goal:{cast.goal.public_id}:fi"
    fields = {"title": "Luonnoksen nimi", "number": "4.1", "seen": "1"}
    FormDraft.objects.create(user=cast.kaisa, key=key, fields=fields)
    client, address = login(cast.kaisa), at("goal_edit", goal_id=cast.goal.public_id, language="fi")
    page = client.get(address).content.decode()
    assert "Luonnoksen nimi" in page
    assert "Palautimme luonnoksesi" in page
    client.post(address, goal_data(cast.goal, title="Tallennettu"))
    assert not FormDraft.objects.filter(key=key).exists()


def test_criteria_rows_come_move_and_go_by_buttons_without_saving(cast, login, at):
    first, second = goal_actions.set_criteria(
        by=cast.actor(cast.kaisa), goal=cast.goal, criteria=[(None, T("Yksi")), (None, T("Kaksi"))]
    )
    client, address = login(cast.kaisa), at("goal_criteria", goal_id=cast.goal.public_id, language="fi")
    rows = {"id": [first.public_id, second.public_id, ""], "text": ["Yksi", "Kaksi", "Kolme"], "seen": 2}
    for press, expected in [
        ("add-0", ["Yksi", "Kaksi", "Kolme", ""]),
        ("up-2", ["Kaksi", "Yksi", "Kolme"]),
        ("down-2", ["Yksi", "Kolme", "Kaksi"]),
        ("remove-1", ["Kaksi", "Kolme"]),
        ("up-1", ["Yksi", "Kaksi", "Kolme"]),
        ("down-99", ["Yksi", "Kaksi", "Kolme"]),
        ("dance-1", ["Yksi", "Kaksi", "Kolme"]),
    ]:
        answer = client.post(address, {**rows, "press": press})
        assert answer.status_code == 200
        assert [row["text"] for row in answer.context["form"].rows] == expected, press
    assert cast.goal.criteria.count() == 2, "buttons save nothing"
    moved = {"id": [second.public_id, "", first.public_id], "text": ["Kaksi", "Kolme", "Yksi"], "seen": 2}
    assert client.post(address, moved).status_code == 302
    assert [str(c.text) for c in cast.goal.criteria.all()] == ["Kaksi", "Kolme", "Yksi"]
    stale = client.post(address, {"id": [first.public_id], "text": ["Yksi, uusi"], "seen": 2})
    assert stale.status_code == 422
    assert len(stale.context["form"].rows) == 3, "what the other added is shown"
    assert cast.goal.criteria.count() == 3


def test_criteria_are_translated_beside_their_source(cast, login, at):
    (row,) = goal_actions.set_criteria(
        by=cast.actor(cast.kaisa), goal=cast.goal, criteria=[(None, T("Apu tulee ajoissa"))]
    )
    client, address = login(cast.kaisa), at("goal_criteria", goal_id=cast.goal.public_id, language="sv")
    assert "Apu tulee ajoissa" in client.get(address).content.decode()
    client.post(address, {"id": [row.public_id], "text": ["Hjälpen kommer i tid"], "seen": 2})
    row.refresh_from_db()
    assert (row.text.in_language("fi"), row.text.in_language("sv")) == (
        "Apu tulee ajoissa",
        "Hjälpen kommer i tid",
    )


def test_a_goal_moves_past_an_ended_sibling(cast, login, at):
    kaisa = cast.actor(cast.kaisa)
    second, third = (
        goal_actions.create_goal(by=kaisa, plan=cast.plan, kind="main", number=n, title=T(n))
        for n in ("4.2", "4.3")
    )
    goal_actions.end_goal(by=kaisa, goal=second, reason="Syy")
    login(cast.kaisa).post(at("goal_move", goal_id=third.public_id), {"direction": "up"})
    assert [g.number for g in cast.plan.goals.current().in_order()] == ["4.3", "4.1"]


# --- mirroring


def test_the_mirror_shows_gaps_both_ways_and_is_edited_by_boxes(cast, login, at):
    client = login(cast.kaisa)
    address = at("mirroring_edit", goal_id=cast.goal.public_id, framework="convention")
    assert client.post(address, {"codes": ["12", "31"]}).status_code == 302
    assert client.post(address, {"codes": ["1000"]}).status_code == 422
    mirror = client.get(at("mirroring") + "?framework=convention").context["mirror"]
    assert mirror.answered_count == 2
    assert len(mirror.unanswered) == len(mirror.rows) - 2
    assert mirror.without == ()
    goal_actions.create_goal(
        by=cast.actor(cast.kaisa), plan=cast.plan, kind="main", number="4.2", title=T("Toinen")
    )
    mirror = client.get(at("mirroring") + "?framework=convention").context["mirror"]
    assert [g.number for g in mirror.without] == ["4.2"]
    assert client.get(at("mirroring") + "?framework=nonsense").status_code == 404
    assert client.get(at("mirroring") + "?framework=linked_plans").status_code == 200


# --- organisations and people


def test_an_organisation_joins_new_or_from_the_list(cast, login, at):
    client, address = login(cast.kaisa), at("organisation_new")
    answer = client.post(
        address, {"name_fi": "Nuorten lautturit", "kind": "association", "joined_on": "2024-01-01"}
    )
    assert answer.status_code == 302
    new = Participation.objects.get(started_on=dt.date(2024, 1, 1)).organisation
    assert str(new.name) == "Nuorten lautturit"
    wrong = client.post(address, {"name_sv": "", "kind": "circus", "joined_on": "huomenna"})
    assert wrong.status_code == 422
    assert {"name_fi", "kind", "joined_on"} <= wrong.context["new"].errors.keys()
    police = f.OrganisationFactory(kind="police")
    assert (
        client.post(
            address, {"join": "1", "join-organisation": police.public_id, "join-started_on": "1.2.2024"}
        ).status_code
        == 302
    )
    again = client.post(
        address, {"join": "1", "join-organisation": police.public_id, "join-started_on": "1.2.2024"}
    )
    assert again.status_code == 422
    assert "organisation" in again.context["join"].errors


def test_a_municipality_of_another_region_is_not_offered(cast, login, at):
    answer = login(cast.kaisa).get(at("organisation_new"))
    offered = answer.context["join"].fields["organisation"].queryset
    assert cast.elsewhere not in offered
    assert cast.kotka not in offered


def test_a_lead_invites_through_the_page_and_cannot_smuggle_a_role(cast, login, at):
    client, address = login(cast.kirsi), at("person_invite", organisation_id=cast.hamina.public_id)
    person = {"email": "uusi@test.invalid", "name": "Uusi", "language": "fi"}
    assert client.post(address, {**person, "role": "coordinator"}).status_code == 422
    assert client.post(address, {**person, "role": "contributor"}).status_code == 302
    assert OutgoingMail.objects.filter(user__email="uusi@test.invalid").exists()
    other = at("person_invite", organisation_id=cast.kotka.public_id)
    assert client.post(other, {**person, "role": "contributor"}).status_code == 403


def test_roles_end_by_button_and_the_last_coordinator_is_told_why_not(cast, login, at):
    client = login(cast.kaisa)
    ids = {"organisation_id": cast.county.public_id, "membership_id": cast.kaisa.memberships.get().public_id}
    answer = client.post(at("role_end", role="coordinator", **ids), follow=True)
    assert "Suunnitelmassa on oltava koordinaattori" in answer.content.decode()
    assert standing_of(cast.kaisa, cast.plan).is_member
    ids = {"organisation_id": cast.hamina.public_id, "membership_id": cast.hannes.memberships.get().public_id}
    assert client.post(at("role_end", role="queen", **ids)).status_code == 404
    assert client.post(at("person", **ids), {"role": "lead"}).status_code == 302
    client.post(at("role_end", role="contributor", **ids))
    assert (
        RoleAssignment.objects.filter(membership__user=cast.hannes, ended_on__isnull=True).get().role
        == "lead"
    )
    client.post(at("person_remove", **ids))
    assert not standing_of(cast.hannes, cast.plan).is_member


def test_succession_and_leaving_through_the_pages(cast, login, at):
    client = login(cast.kaisa)
    address = at("organisation_succeed", organisation_id=cast.kotka.public_id)
    assert (
        client.post(address, {"successor": cast.elsewhere.public_id, "last_day": "2024-12-31"}).status_code
        == 422
    )
    data = {"successor": cast.hamina.public_id, "last_day": "2024-12-31", "move_people": "on"}
    assert client.post(address, data).status_code == 302
    assert cast.hamina in standing_of(cast.kalle, cast.plan).organisations
    page = client.get(at("organisation", organisation_id=cast.kotka.public_id)).content.decode()
    assert "Haminan kaupunki" in page
    leave = at("organisation_leave", organisation_id=cast.hamina.public_id)
    assert client.post(leave, {"last_day": "1.1.2019"}).status_code == 422
    assert client.post(leave, {"last_day": "31.12.2024"}).status_code == 302
    assert not standing_of(cast.kirsi, cast.plan).is_member


# --- background and settings


def test_a_cited_source_stays_and_says_where(cast, login, at):
    client = login(cast.kaisa)
    assert client.post(at("source_new"), {"title": "", "year": "x"}).status_code == 422
    assert (
        client.post(at("source_new"), {"title": "Tutkimus", "authors": "Laitos", "year": "2019"}).status_code
        == 302
    )
    source = Source.objects.get()
    chapter = f.ChapterFactory(plan=cast.plan, number="2")
    f.ChapterRevisionFactory(chapter=chapter, title="Nykytila")
    citation = source.citations.create(chapter=chapter)
    page = client.post(at("source_remove", source_id=source.public_id), follow=True).content.decode()
    assert "2 Nykytila" in page
    assert Source.objects.exists()
    citation.delete()
    client.post(at("source_remove", source_id=source.public_id))
    assert not Source.objects.exists()


def test_consent_is_asked_recorded_and_withdrawn(cast, login, at):
    client = login(cast.kaisa)
    assert client.post(at("participant_new"), {"name": "", "part": ""}).status_code == 422
    client.post(
        at("participant_new"),
        {"name": "Testi Henkilö", "part": "Jäsen", "organisation": cast.kotka.public_id},
    )
    row = Participant.objects.get()
    ids = {"participant_id": row.public_id}
    assert (
        client.post(at("participant_consent", **ids), {"given": "yes", "consent_on": ""}).status_code == 422
    )
    assert (
        client.post(at("participant_consent", **ids), {"given": "yes", "consent_on": "1.3.2020"}).status_code
        == 302
    )
    assert list(Participant.objects.named_in_public()) == [row]
    client.post(at("participant_withdraw", **ids))
    row.refresh_from_db()
    assert (row.name, row.part, row.sort_key, row.consent) == ("", "", "", "withdrawn")
    assert "Testi Henkilö" not in client.get(at("participants")).content.decode()


def test_a_linked_plan_holds_goals_of_this_plan_alone(cast, login, at):
    client = login(cast.kaisa)
    theirs = f.GoalFactory(plan=cast.other_plan)
    data = {
        "title_fi": "Talousarvio 2027",
        "kind": "budget",
        "goals": [cast.goal.public_id, theirs.public_id],
    }
    assert client.post(at("linked_plan_new"), data).status_code == 422
    assert client.post(at("linked_plan_new"), {**data, "goals": [cast.goal.public_id]}).status_code == 302
    assert list(LinkedPlan.objects.get().goals.all()) == [cast.goal]


def test_settings_are_saved_part_by_part(cast, login, at):
    client = login(cast.kaisa)
    texts = {"title": "Ny plan", "purpose": "Vad planen är", "plain": ""}
    assert client.post(at("settings", language="sv"), texts).status_code == 302
    cast.plan.refresh_from_db()
    assert cast.plan.title.in_language("sv") == "Ny plan"
    assert client.post(at("settings", language="fi"), {"title": ""}).status_code == 422
    wrong = client.post(at("settings_period"), {"period-period_start": "2025", "period-period_end": "2024"})
    assert wrong.status_code == 422
    assert "period_end" in wrong.context["period"].errors
    wrong = client.post(at("settings_organiser"), {"organiser-organisation": cast.elsewhere.public_id})
    assert wrong.status_code == 422
    data = {"organiser-organisation": cast.county.public_id, "organiser-started_on": "2023-01-01"}
    assert client.post(at("settings_organiser"), data).status_code == 302
    assert client.post(at("settings_phase"), {"phase": "drafting"}, follow=True).status_code == 200
    cast.plan.refresh_from_db()
    assert cast.plan.phase == "in_force"
