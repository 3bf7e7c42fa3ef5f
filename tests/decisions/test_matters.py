"""Matters between the tiers: legal moves and no others, who may, what is told to whom, pages."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.decisions import travel
from lautta.decisions.actions.matters import Sending, bring_matter
from lautta.decisions.choices import BodyKind
from lautta.decisions.duties_matters import duties_of, duties_of_plan
from lautta.decisions.models import Matter, MatterStep
from lautta.decisions.tier_reading import stages_of, steps_of
from lautta.decisions.travel import TRANSITIONS, Deed, MatterState
from lautta.plans.standing import standing_of
from tests.decisions.tiers import START, T, other_body

# --- the table ---------------------------------------------------------------------------------------------


def test_what_is_closed_is_closed_and_what_is_open_has_a_way_out():
    for state in MatterState:
        deeds = travel.deeds_in(state)
        assert bool(deeds) == (state in travel.OPEN_STATES)
    assert set(travel.OUTCOME_OF) == set(Deed) - {Deed.SEND_AGAIN}


@given(st.sampled_from(BodyKind), st.sampled_from(BodyKind), st.booleans())
def test_up_and_down_are_each_others_mirror(a, b, same):
    up = travel.may_hand(Deed.HAND_UP, a, b, same_organisation=same)
    assert up == travel.may_hand(Deed.HAND_DOWN, b, a, same_organisation=same)
    assert not (up and travel.may_hand(Deed.HAND_UP, b, a, same_organisation=same))


@given(st.lists(st.sampled_from(Deed), max_size=12))
@settings(max_examples=200)
def test_no_walk_of_the_table_leaves_a_closed_matter(deeds):
    state = MatterState.UNDER_WAY
    for deed in deeds:
        following = TRANSITIONS.get((state, deed))
        if following is None:
            continue
        assert state in travel.OPEN_STATES
        state = sorted(following)[0]


@pytest.mark.parametrize("deed", list(Deed))
@pytest.mark.parametrize("state", list(MatterState))
def test_the_action_does_what_the_table_says_and_nothing_else(tiers, state, deed):
    matter = tiers.bring(sender="network")
    if state in {MatterState.DECIDED, MatterState.ANSWERED, MatterState.WITHDRAWN}:
        tiers.do(matter, {"decided": "decide", "answered": "answer", "withdrawn": "withdraw"}[state])
    elif state == MatterState.RETURNED:
        matter = bring_matter(
            by=tiers.actor("kaisa"), plan=tiers.plan, title=T("Asia"), question=T(""),
            sending=Sending(tiers.bodies["hamina"]), from_organisation=tiers.cast.county,
        )  # fmt: skip
        tiers.do(matter, "return")
    matter.refresh_from_db()
    assert matter.state == state
    to = {"hand_up": "lape", "hand_down": "network", "send_again": "hamina"}.get(deed, "")
    if (state, deed) in TRANSITIONS:
        done = tiers.do(matter, deed, to=to)
        assert done.state in TRANSITIONS[state, deed]
        assert done.steps.open().count() == (1 if done.state == MatterState.UNDER_WAY else 0)
    else:
        steps = matter.steps.count()
        with pytest.raises(Refused, match="ei voi enää tehdä"):
            tiers.do(matter, deed, to=to)
        assert matter.steps.count() == steps


# --- travelling --------------------------------------------------------------------------------------------


def test_from_the_network_up_to_the_regional_group_and_the_answer_back(tiers):
    matter = tiers.bring(by="kalle")
    assert [s.label for s in stages_of(matter, steps_of(matter))] == [
        "Ryhmä network",
        "Ryhmä hamina",
        "Ryhmä network",
    ]
    tiers.do(matter, "hand_up", by="hannes", to="lape")
    tiers.do(matter, "decide", answer=T("Tila auki kahtena iltana."))
    matter.refresh_from_db()
    assert matter.state == MatterState.DECIDED
    assert [s.outcome for s in steps_of(matter)] == ["handed_up", "decided"]
    assert [(s.label, s.state) for s in stages_of(matter, steps_of(matter))] == [
        ("Ryhmä network", "done"), ("Ryhmä hamina", "done"), ("Ryhmä lape", "done"), ("Ryhmä network", "done"),
    ]  # fmt: skip
    assert [e.action for e in AuditEntry.objects.filter(kind="matter").order_by("pk")] == [
        "matter.add", "matter.hand_on", "matter.decide",
    ]  # fmt: skip


def test_the_regional_group_hands_it_to_a_council_or_down_to_a_steering_group(tiers):
    matter = tiers.bring("hamina", "lape")
    tiers.do(matter, "hand_up", to="kotka_council")
    other = tiers.bring("hamina", "lape")
    tiers.do(other, "hand_down", to="kotka")
    assert other.steps.open().get().to_body == tiers.bodies["kotka"]


def test_a_return_goes_back_to_the_body_that_sent_it_with_the_reason(tiers):
    matter = tiers.bring()
    tiers.do(matter, "hand_up", to="lape")
    tiers.do(matter, "return", answer=T("Kertokaa kustannukset."))
    step = matter.steps.open().get()
    assert step.to_body == tiers.bodies["hamina"]
    assert str(step.asked) == "Kertokaa kustannukset."
    tiers.do(matter, "return", answer=T("Kysytään verkostolta."))
    assert matter.steps.open().get().to_body == tiers.bodies["lape"]


@pytest.mark.parametrize(
    ("giver", "deed", "to"),
    [
        ("hamina", "hand_up", "kotka_council"),  # another municipality's
        ("hamina", "hand_up", "kotka"),
        ("hamina", "hand_down", "lape"),
        ("hamina", "hand_up", "hamina"),
        ("hamina", "hand_up", ""),
        ("lape", "hand_down", "network"),
    ],
)
def test_a_body_hands_on_only_to_those_the_table_names(tiers, giver, deed, to):
    matter = tiers.bring("network", "hamina") if giver == "hamina" else tiers.bring("hamina", giver)
    with pytest.raises(Refused) as refusal:
        tiers.do(matter, deed, to=to)
    assert refusal.value.field == "to"
    assert matter.steps.count() == 1


def test_bodies_of_another_region_and_ended_ones_are_refused(tiers):
    strange = other_body(tiers.cast)
    with pytest.raises(Refused, match="ei kuulu"):
        bring_matter(
            by=SYSTEM, plan=tiers.plan, title=T("Asia"), question=T(""), sending=Sending(strange),
            from_body=tiers.bodies["hamina"],
        )  # fmt: skip
    with pytest.raises(Refused, match="ei kuulu"):
        bring_matter(
            by=SYSTEM, plan=tiers.plan, title=T("Asia"), question=T(""), sending=Sending(tiers.bodies["lape"]), from_body=strange,
        )  # fmt: skip
    lape = tiers.bodies["lape"]
    lape.ended_on = START
    lape.save()
    with pytest.raises(Refused, match="ei enää ole"):
        tiers.bring("hamina", "lape")
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": T("")}, "title"),
        ({"to": "kotka_council"}, "to"),
        ({"deadline": START - dt.timedelta(days=1)}, None),
    ],
)
def test_a_matter_that_lacks_something_is_refused(tiers, given, field):
    with pytest.raises(Refused) as refusal:
        tiers.bring(**given)
    assert refusal.value.field == field
    assert not Matter.objects.exists()


def test_an_answer_has_words_and_its_day_is_possible(tiers):
    matter = tiers.bring()
    for deed in ("decide", "answer", "return", "withdraw"):
        with pytest.raises(Refused) as refusal:
            tiers.do(matter, deed, answer=T(""))
        assert refusal.value.field == "answer"
    for day in (START + dt.timedelta(days=1), START - dt.timedelta(days=1)):
        with pytest.raises(Refused) as refusal:
            tiers.do(matter, "answer", on=day)
        assert refusal.value.field == "on"


def test_one_of_two_gets_through(tiers):
    matter = tiers.bring()
    seen = matter.row_version
    tiers.do(matter, "hand_up", to="lape")
    with pytest.raises(Refused, match="Joku muu käsitteli"):
        tiers.do(matter, "answer", row_version=seen)
    with pytest.raises(IntegrityError), transaction.atomic():
        MatterStep.objects.create(matter=matter, number=9, to_body=tiers.bodies["kotka"], sent_on=START)


def test_a_step_is_only_ended(tiers):
    step = tiers.bring().steps.get()
    step.deadline = START
    with pytest.raises(RuntimeError, match="never altered"):
        step.save()


@pytest.mark.parametrize(
    ("person", "may"), [("kaisa", True), ("hannes", True), ("kirsi", False), ("kalle", False), ("paula", False), ("nelli", False)]
)  # fmt: skip
def test_who_acts_for_haminas_group(tiers, person, may):
    matter = tiers.bring()
    if may:
        assert tiers.do(matter, "answer", by=person).state == MatterState.ANSWERED
    else:
        with pytest.raises(PermissionDenied):
            tiers.do(matter, "answer", by=person)


def test_a_seat_that_has_ended_acts_no_more_and_a_secretary_of_decisions_acts_for_the_own_municipality(tiers):
    matter = tiers.bring(to="kotka")
    assert tiers.do(matter, "answer", by="paula").state == MatterState.ANSWERED
    tiers.bodies["hamina"].members.update(ended_on=START)
    with pytest.raises(PermissionDenied):
        tiers.do(tiers.bring(), "answer", by="hannes")


def test_the_sender_alone_withdraws_and_sends_again(tiers):
    matter = tiers.bring("network", by="kalle")
    with pytest.raises(PermissionDenied):
        tiers.do(matter, "withdraw", by="hannes")
    assert tiers.do(matter, "withdraw", by="kalle").state == MatterState.WITHDRAWN


def test_an_organisation_brings_a_matter_gets_it_back_and_sends_it_again(tiers):
    given = {"plan": tiers.plan, "title": T("Edustus"), "question": T("Haluamme mukaan.")}
    sending = Sending(tiers.bodies["lape"], T("Ottakaa mukaan."))
    with pytest.raises(PermissionDenied):
        bring_matter(by=tiers.actor("kalle"), sending=sending, from_organisation=tiers.cast.hamina, **given)
    matter = bring_matter(
        by=tiers.actor("kirsi"), sending=sending, from_organisation=tiers.cast.hamina, **given
    )
    tiers.do(matter, "return")
    matter.refresh_from_db()
    assert matter.state == MatterState.RETURNED
    duties = duties_of(standing_of(tiers.cast.kirsi, tiers.plan), START)
    assert [(d.title, d.due) for d in duties] == [("Täydennä palautettu asia", START + dt.timedelta(days=30))]
    assert tiers.do(matter, "send_again", by="kirsi", to="hamina").state == MatterState.UNDER_WAY


# --- duties ------------------------------------------------------------------------------------------------


def test_the_groups_secretary_is_told_and_the_coordinator_when_it_is_late(tiers):
    matter = tiers.bring(deadline=START + dt.timedelta(days=3))
    owners = {d.owner for d in duties_of_plan(tiers.plan, START)}
    assert owners == {tiers.cast.hannes.pk}
    late = duties_of_plan(tiers.plan, START + dt.timedelta(days=4))
    assert {d.owner for d in late} == {tiers.cast.hannes.pk, tiers.cast.kaisa.pk}
    assert all(d.url_kwargs["matter_id"] == matter.public_id for d in late)
    tiers.do(matter, "answer")
    assert duties_of_plan(tiers.plan, START) == []


def test_a_group_without_a_secretary_has_its_municipalitys_or_the_coordinator(tiers):
    tiers.bring(to="kotka")
    assert {d.owner for d in duties_of_plan(tiers.plan, START)} == {tiers.cast.paula.pk}
    Matter.objects.all().delete()
    tiers.bring("hamina", "lape")
    assert {d.owner for d in duties_of_plan(tiers.plan, START)} == {tiers.cast.kaisa.pk}


# --- pages -------------------------------------------------------------------------------------------------


def url(tiers, name, language="fi", **ids) -> str:
    return f"/{language}" + reverse(f"decisions:{name}", kwargs={"plan_id": tiers.plan.public_id, **ids})[3:]


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_journey_on_the_pages(tiers, login):
    client = login(tiers.cast.kalle)
    new = {
        "sender": f"body:{tiers.bodies['network'].public_id}", "title": "Tila", "question": "Kiinni viideltä.",
        "to": tiers.bodies["hamina"].public_id, "asked": "Saako auki?", "deadline": "2024-09-20",
    }  # fmt: skip
    assert "Kuka lähettää?" in words(client.get(url(tiers, "matter_new")))
    assert client.post(url(tiers, "matter_new"), new | {"to": ""}).status_code == 422
    assert client.post(url(tiers, "matter_new"), new).status_code == 302
    matter = Matter.objects.get()
    page = url(tiers, "matter", matter_id=matter.public_id)
    assert "Nyt: Ryhmä hamina" in words(client.get(page))
    up = url(tiers, "matter_handle", matter_id=matter.public_id, deed="hand_up")
    assert client.get(up).status_code == 403
    client = login(tiers.cast.hannes)
    assert "Vie ylöspäin" in words(client.get(page))
    given = {
        "row_version": 1,
        "answer": "Yhteinen asia.",
        "to": tiers.bodies["lape"].public_id,
        "asked": "Päättäkää.",
    }
    assert client.post(up, given).status_code == 302
    client = login(tiers.cast.kaisa)
    decide = url(tiers, "matter_handle", matter_id=matter.public_id, deed="decide")
    stale = client.post(decide, {"row_version": 1, "answer": "Auki."})
    assert stale.status_code == 422
    assert "Joku muu käsitteli" in words(stale)
    assert client.post(decide, {"row_version": 2, "answer": "Auki kahtena iltana."}).status_code == 302
    shown = words(login(tiers.cast.kalle).get(page))
    assert "Ryhmä lape päätti" in shown
    assert "Auki kahtena iltana." in shown


@pytest.mark.parametrize(
    ("language", "heading"), [("fi", "Asian kulku"), ("sv", "Ärendets gång"), ("en", "The way of the matter")]
)
def test_a_matter_speaks_three_languages(tiers, login, language, heading):
    matter = tiers.bring()
    tiers.do(matter, "hand_up", to="lape")
    page = words(login(tiers.cast.hannes).get(url(tiers, "matter", language, matter_id=matter.public_id)))
    assert heading in page
    assert {"fi": "Iltaryhmän tila", "sv": "Kvällsgruppens lokal", "en": "Room of the evening group"}[
        language
    ] in page


def test_outsiders_and_unknown_deeds(tiers, login):
    matter = tiers.bring()
    address = url(tiers, "matter", matter_id=matter.public_id)
    assert login(tiers.cast.urho).get(address).status_code == 404
    elsewhere = address.replace(tiers.plan.public_id, tiers.cast.other_plan.public_id)
    assert login(tiers.cast.urho).get(elsewhere).status_code == 404
    assert login(tiers.cast.kaisa).get(f"{address}fly/").status_code == 404
    assert login(tiers.cast.kaisa).get(url(tiers, "matters") + "?state=x").status_code == 404


def test_the_list_narrows_by_state_and_group(tiers, login):
    tiers.bring(title=T("Avoin asia"))
    tiers.do(tiers.bring(title=T("Valmis asia"), to="kotka"), "answer")
    client, here = login(tiers.cast.kaisa), url(tiers, "matters")
    assert "Avoin asia" in words(client.get(here))
    assert "Valmis asia" not in words(client.get(here))
    assert "Valmis asia" in words(client.get(f"{here}?state=answered"))
    kotka = tiers.bodies["kotka"].public_id
    assert "Avoin asia" not in words(client.get(f"{here}?state=all&group={kotka}"))


def test_lists_ask_the_database_equally_often_however_many_matters(tiers, login):
    client, counts = login(tiers.cast.kaisa), []
    body = tiers.bodies["hamina"].public_id
    pages = [url(tiers, "matters"), url(tiers, "groups"), url(tiers, "group", body_id=body)]
    for first, last in ((0, 100), (100, 2500)):
        made = Matter.objects.bulk_create(
            Matter(plan=tiers.plan, title=T(f"Asia {n}"), from_body=tiers.bodies["network"]) for n in range(first, last)
        )  # fmt: skip
        MatterStep.objects.bulk_create(
            MatterStep(matter=m, number=1, to_body=tiers.bodies["hamina"], sent_on=START, deadline=START) for m in made
        )  # fmt: skip
        asked = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            asked.append(len(captured))
        with CaptureQueriesContext(connection) as captured:
            duties_of_plan(tiers.plan, START)
        counts.append([*asked, len(captured)])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 20
