"""Groups: seats, agendas made of what is open, minutes that stay as they were, follow-ups that come back as duties."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lautta.common.problems import Refused
from lautta.decisions.actions.bodies import add_meetings
from lautta.decisions.actions.members import add_member, end_member
from lautta.decisions.actions.minutes import Entry, add_item, close_follow_up, keep_minutes, remove_item
from lautta.decisions.agenda import next_meeting, points_of
from lautta.decisions.duties_matters import duties_of_plan
from lautta.decisions.models import AgendaItem, BodyMember, Minutes
from tests import factories as f
from tests.decisions.tiers import START, T

DAY = dt.date(2024, 9, 16)


@pytest.fixture
def meeting(tiers):
    """Hamina's steering group meets two weeks after START."""
    return add_meetings(by=tiers.actor("kaisa"), body=tiers.bodies["hamina"], days=[DAY])[0]


def own(tiers, meeting, title="Oma asia", by="hannes") -> AgendaItem:
    return add_item(by=tiers.actor(by), meeting=meeting, title=T(title), note=T(""))


def keep(tiers, meeting, by="hannes", **decisions: Entry):
    """Decisions by the titles of points; the others are dealt with without one."""
    entries = {p.key: decisions.get(str(p.title).replace(" ", "_"), Entry()) for p in points_of(meeting)}
    return keep_minutes(by=tiers.actor(by), meeting=meeting, entries=entries, present=7)


# --- seats -------------------------------------------------------------------------------------------------


def test_a_seat_is_told_by_what_it_represents_and_ends(tiers):
    lape = tiers.bodies["lape"]
    seat = add_member(
        by=tiers.actor("kaisa"), body=lape, role="chair", title=T("Perhepalvelujen johto"), organisation=tiers.cast.county
    )  # fmt: skip
    with pytest.raises(Refused, match="jo puheenjohtaja"):
        add_member(by=tiers.actor("kaisa"), body=lape, role="chair", title=T("Toinen"))
    with pytest.raises(Refused) as refusal:
        add_member(by=tiers.actor("kaisa"), body=lape, role="member", title=T(""))
    assert refusal.value.field == "title"
    with pytest.raises(Refused, match="ei ole mukana"):
        add_member(
            by=tiers.actor("kaisa"),
            body=lape,
            role="member",
            title=T("Muu"),
            organisation=tiers.cast.elsewhere,
        )
    end_member(by=tiers.actor("kaisa"), member=seat)
    assert not BodyMember.objects.current(START).filter(body=lape).exists()


@pytest.mark.parametrize("person", ["hannes", "kirsi", "kalle", "paula"])
def test_seats_of_the_regional_group_are_the_coordinators(tiers, person):
    with pytest.raises(PermissionDenied):
        add_member(by=tiers.actor(person), body=tiers.bodies["lape"], role="member", title=T("Minä"))


def test_a_person_who_is_erased_leaves_the_seat(tiers):
    seat = tiers.bodies["hamina"].members.get()
    tiers.cast.hannes.memberships.get().delete()
    seat.refresh_from_db()
    assert seat.membership is None


# --- agenda ------------------------------------------------------------------------------------------------


def test_the_agenda_is_what_is_open_by_the_day(tiers, meeting):
    tiers.bring(title=T("Odottaa"))
    done = tiers.bring(title=T("Vastattu"))
    tiers.do(done, "answer")
    own(tiers, meeting)
    assert [(p.kind, str(p.title)) for p in points_of(meeting)] == [
        ("matter", "Odottaa"),
        ("own", "Oma asia"),
    ]
    assert next_meeting([meeting], DAY) == meeting
    assert next_meeting([meeting], DAY + dt.timedelta(days=1)) is None


def test_a_version_before_the_body_is_on_its_agenda_until_it_is_on_another_day(matter):
    version = matter.freeze()
    stations = matter.lay(version, "lape", "hamina_council")
    body = matter.bodies["lape"]
    first, second = add_meetings(
        by=matter.kaisa, body=body, days=[dt.date(2024, 4, 10), dt.date(2024, 5, 10)]
    )
    assert [str(p.title) for p in points_of(first)] == ["Osa I, strategia, versio 1"]
    stations["lape"].meeting = second
    stations["lape"].save()
    assert points_of(first) == []
    assert len(points_of(second)) == 1
    council = add_meetings(by=matter.kaisa, body=matter.bodies["hamina_council"], days=[dt.date(2024, 4, 11)])
    assert points_of(council[0]) == []  # the regional group has not passed it yet


def test_own_items_are_added_and_removed_by_those_who_lead(tiers, meeting):
    item = own(tiers, meeting)
    for person in ("kalle", "kirsi", "paula"):
        with pytest.raises(PermissionDenied):
            own(tiers, meeting, by=person)
        with pytest.raises(PermissionDenied):
            remove_item(by=tiers.actor(person), item=item)
    remove_item(by=tiers.actor("hannes"), item=item)
    assert not meeting.items.exists()


# --- minutes -----------------------------------------------------------------------------------------------


def test_minutes_freeze_the_agenda_and_a_follow_up_comes_back_as_a_duty(tiers, meeting):
    tiers.bring(title=T("Tila"))
    own(tiers, meeting, "Jono")
    tiers.go_to(DAY)
    again = DAY + dt.timedelta(days=30)
    keep(tiers, meeting, Jono=Entry(T("Puretaan."), tiers.cast.hamina, again))
    assert [(i.kind, str(i.title), i.has_decision) for i in meeting.items.in_order()] == [
        ("matter", "Tila", False), ("own", "Jono", True),
    ]  # fmt: skip
    item = meeting.items.get(has_decision=True)
    item.title = T("Muu")
    with pytest.raises(RuntimeError, match="never altered"):
        item.save()
    with pytest.raises(Refused, match="jo vahvistettu"):
        own(tiers, meeting)
    with pytest.raises(Refused, match="jo vahvistettu"):
        keep(tiers, meeting)
    duty = next(d for d in duties_of_plan(tiers.plan, DAY) if "follow_up" in d.key)
    assert (duty.owner, duty.due) == (tiers.cast.hannes.pk, again)
    late = {d.owner for d in duties_of_plan(tiers.plan, again + dt.timedelta(days=1)) if "follow_up" in d.key}
    assert late == {tiers.cast.hannes.pk, tiers.cast.kaisa.pk}
    close_follow_up(by=tiers.actor("hannes"), item=item, how=T("Jono on purettu."))
    assert not [d for d in duties_of_plan(tiers.plan, DAY) if "follow_up" in d.key]
    with pytest.raises(Refused, match="jo kuitattu"):
        close_follow_up(by=tiers.actor("hannes"), item=item, how=T("Taas."))


def test_a_follow_up_is_on_the_next_agenda_and_a_decision_there_closes_it(tiers, meeting):
    own(tiers, meeting, "Jono")
    tiers.go_to(DAY)
    keep(tiers, meeting, Jono=Entry(T("Puretaan."), None, DAY + dt.timedelta(days=10)))
    later = add_meetings(
        by=tiers.actor("kaisa"), body=tiers.bodies["hamina"], days=[DAY + dt.timedelta(days=14)]
    )[0]
    assert [p.kind for p in points_of(later)] == ["follow_up"]
    tiers.go_to(later.held_on)
    keep(tiers, later, Jono=Entry(T("Purettu.")))
    first = meeting.items.get()
    assert first.followed_up_on == later.held_on
    assert later.items.get().follows == first


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (Entry(T(""), None, DAY + dt.timedelta(days=3)), "decision"),
        (Entry(T("Päätös"), None, DAY), "follow_up_on"),
        (Entry(T("x" * 4001)), "decision"),
    ],
)
def test_what_cannot_be_written_is_refused_beside_its_field(tiers, meeting, entry, name):
    item = own(tiers, meeting, "Jono")
    tiers.go_to(DAY)
    with pytest.raises(Refused) as refusal:
        keep(tiers, meeting, Jono=entry)
    assert refusal.value.field == f"{name}:item:{item.public_id}"
    assert not Minutes.objects.exists()


def test_minutes_wait_for_the_meeting_and_for_an_agenda_that_has_not_changed(tiers, meeting):
    with pytest.raises(Refused, match="vasta tulossa"):
        keep(tiers, meeting)
    tiers.go_to(DAY)
    own(tiers, meeting)
    with pytest.raises(Refused, match="muuttunut sillä välin"):
        keep_minutes(by=tiers.actor("hannes"), meeting=meeting, entries={})
    with pytest.raises(PermissionDenied):
        keep(tiers, meeting, by="kalle")


# --- pages -------------------------------------------------------------------------------------------------


def url(tiers, name, language="fi", **ids) -> str:
    return f"/{language}" + reverse(f"decisions:{name}", kwargs={"plan_id": tiers.plan.public_id, **ids})[3:]


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(("language", "heading"), [("fi", "Ryhmät"), ("sv", "Grupper"), ("en", "Groups")])
def test_the_three_tiers_are_drawn_from_above_down_in_three_languages(
    tiers, login, meeting, language, heading
):
    page = words(login(tiers.cast.kalle).get(url(tiers, "groups", language)))
    assert f"<h1>{heading}</h1>" in page
    name = {"fi": "Ryhmä", "sv": "Grupp", "en": "Group"}[language]
    places = [page.index(f"{name} {key}<") for key in ("lape", "hamina", "network")]
    assert places == sorted(places)
    assert "16.9.2024" in page
    assert "council" not in page


def test_minutes_are_kept_on_the_page_and_print_what_was_decided(tiers, login, meeting):
    tiers.bring(title=T("Tila"))
    client = login(tiers.cast.hannes)
    here = url(tiers, "meeting", meeting_id=meeting.public_id)
    assert client.post(here, {"title": "", "note": ""}).status_code == 422
    assert client.post(here, {"title": "Jono", "note": "Kasvaa."}).status_code == 302
    assert client.get(url(tiers, "minutes", meeting_id=meeting.public_id)).status_code == 302  # not held yet
    tiers.go_to(DAY)
    page = words(client.get(url(tiers, "minutes", meeting_id=meeting.public_id)))
    assert page.count("<fieldset") == 2
    given = {"present": 7}
    for point in points_of(meeting):
        given |= {
            f"decision:{point.key}": "Sovittu.",
            f"responsible:{point.key}": tiers.cast.hamina.public_id,
        }
        given[f"follow_up_on:{point.key}"] = "2024-10-20"
    wrong = client.post(url(tiers, "minutes", meeting_id=meeting.public_id), given | {"present": "monta"})
    assert wrong.status_code == 422
    assert client.post(url(tiers, "minutes", meeting_id=meeting.public_id), given).status_code == 302
    shown = words(client.get(here))
    for told in ("Muistio", "Läsnä oli 7 henkilöä.", "Jono", "Tila", "Sovittu.", "20.10.2024"):
        assert told in shown
    # The answer to the matter begins with what the minutes say.
    step = tiers.bodies["hamina"].matter_steps.get()
    handle = url(tiers, "matter_handle", matter_id=step.matter.public_id, deed="answer")
    assert "Sovittu." in words(client.get(handle))


def test_follow_up_and_members_on_the_pages(tiers, login, meeting):
    own(tiers, meeting, "Jono")
    tiers.go_to(DAY)
    keep(tiers, meeting, Jono=Entry(T("Puretaan."), None, DAY + dt.timedelta(days=10)))
    client, body = login(tiers.cast.kaisa), tiers.bodies["hamina"]
    item = meeting.items.get()
    follow = url(tiers, "follow_up", agenda_id=item.public_id)
    assert client.post(follow, {"how": ""}).status_code == 422
    assert client.post(follow, {"how": "Valmis."}).status_code == 302
    new = url(tiers, "member_new", body_id=body.public_id)
    seat = {"role": "member", "title": "Koulun edustaja", "organisation": tiers.cast.hamina.public_id}
    assert client.post(new, seat | {"title": ""}).status_code == 422
    assert client.post(new, seat).status_code == 302
    group = url(tiers, "group", body_id=body.public_id)
    assert "Koulun edustaja" in words(client.get(group))
    made = body.members.get(role="member")
    assert (
        client.post(url(tiers, "member_end", body_id=body.public_id, member_id=made.public_id)).status_code
        == 302
    )
    assert "Koulun edustaja" not in words(client.get(group))


def test_names_of_members_are_for_those_who_lead_the_group_and_never_public(tiers, login, client):
    address = url(tiers, "group", body_id=tiers.bodies["hamina"].public_id)
    assert ", Hannes<" in words(login(tiers.cast.hannes).get(address))
    assert ", Hannes<" not in words(login(tiers.cast.kalle).get(address))
    client.logout()
    public = words(client.get(f"/fi/{tiers.plan.public_id}/groups/{tiers.bodies['hamina'].public_id}/"))
    assert "Koordinoija" in public
    assert "Hannes" not in public


def test_the_public_pages_tell_of_groups_their_meetings_and_decisions(tiers, client, meeting):
    own(tiers, meeting, "Jono")
    own(tiers, meeting, "Keskustelu")
    tiers.go_to(DAY)
    keep(tiers, meeting, Jono=Entry(T("Puretaan.")))
    add_meetings(by=tiers.actor("kaisa"), body=tiers.bodies["hamina"], days=[dt.date(2024, 11, 5)])
    page = words(client.get(f"/fi/{tiers.plan.public_id}/groups/{tiers.bodies['hamina'].public_id}/"))
    for told in ("Puretaan.", "5.11.2024"):
        assert told in page
    assert "Keskustelu" not in page
    everything = words(client.get(f"/sv/{tiers.plan.public_id}/groups/"))
    assert "Grupp lape" in everything
    council = tiers.bodies["hamina_council"].public_id
    assert client.get(f"/fi/{tiers.plan.public_id}/groups/{council}/").status_code == 404


def test_outsiders_see_no_group(tiers, login, meeting):
    client = login(tiers.cast.urho)
    for address in (
        url(tiers, "groups"),
        url(tiers, "group", body_id=tiers.bodies["lape"].public_id),
        url(tiers, "meeting", meeting_id=meeting.public_id),
    ):
        assert client.get(address).status_code == 404
        elsewhere = address.replace(tiers.plan.public_id, tiers.cast.other_plan.public_id)
        assert client.get(elsewhere).status_code == (200 if address.endswith("/groups/") else 404)


def test_pages_ask_the_database_equally_often_however_many_groups_and_items(tiers, login, client, meeting):
    kaisa, counts = login(tiers.cast.kaisa), []
    tiers.go_to(DAY)
    for first, last in ((0, 100), (100, 2500)):
        AgendaItem.objects.bulk_create(
            AgendaItem(
                meeting=meeting, position=n + 1, title=T(f"Kohta {n}"), decision=T("Päätös"), has_decision=True,
                responsible=tiers.cast.hamina, follow_up_on=DAY,
            )
            for n in range(first, last)
        )  # fmt: skip
        tiers.bodies["lape"].__class__.objects.bulk_create(
            tiers.bodies["lape"].__class__(plan=tiers.plan, kind="area_network", name=T(f"Verkosto {n}"), public_id=f"v{n}")
            for n in range(first // 10, last // 10)
        )  # fmt: skip
        f.OrganisationFactory.create_batch(2)
        asked = []
        for page in (
            url(tiers, "groups"),
            f"/fi/{tiers.plan.public_id}/groups/",
            url(tiers, "meeting", meeting_id=meeting.public_id),
        ):
            with CaptureQueriesContext(connection) as captured:
                assert kaisa.get(page).status_code == 200
            asked.append(len(captured))
        counts.append(asked)
    assert counts[0] == counts[1]
    Minutes.objects.create(meeting=meeting)
    with CaptureQueriesContext(connection) as captured:
        assert kaisa.get(url(tiers, "group", body_id=tiers.bodies["hamina"].public_id)).status_code == 200
    assert len(captured) <= 24
