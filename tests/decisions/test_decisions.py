"""The path: legal moves, refusals with their reasons, corrections, and what is in force where."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.actions.amendments import answer_amendment
from lautta.decisions.actions.decisions import (
    Asked,
    Facts,
    correct_decision,
    record_decision,
    set_legal_force,
)
from lautta.decisions.actions.paths import lay_path, plan_station, remove_station
from lautta.decisions.actions.versions import withdraw
from lautta.decisions.choices import OUTCOMES_OF, Outcome, StationKind
from lautta.decisions.force import in_force
from lautta.decisions.models import Amendment, Body, BodyMeeting, Decision, Station
from lautta.decisions.path import State, stops
from lautta.decisions.reading import binding_stations, force_rows, way_of
from tests import factories as f

DAY = dt.date(2024, 4, 10)


@pytest.fixture
def laid(matter):
    version = matter.freeze()
    matter.go_to(DAY)
    return matter.lay(version)


def states(version) -> dict[str, State]:
    return {str(s.station.body.name): s.state for s in stops(version.stations.with_content().in_order())}


def test_the_joint_body_comes_first_then_each_organisations_own_order(matter, laid):
    assert laid["kotka_board"].after == laid["hamina_council"].after == laid["lape"]
    assert laid["kotka_council"].after == laid["kotka_board"]
    assert laid["lape"].after is None
    assert states(laid["lape"].version) == {
        "lape": State.BEFORE, "kotka_board": State.WAITING, "kotka_council": State.WAITING,
        "hamina_council": State.WAITING, "county_council": State.WAITING,
    }  # fmt: skip


def test_a_body_cannot_decide_before_its_turn(matter, laid):
    with pytest.raises(Refused, match="Ensin sen käsittelee lape"):
        matter.decide(laid["kotka_board"])
    matter.decide(laid["lape"])
    with pytest.raises(Refused, match="Ensin sen käsittelee kotka_board"):
        matter.decide(laid["kotka_council"])
    matter.decide(laid["kotka_board"])
    matter.decide(laid["kotka_council"])
    assert states(laid["lape"].version)["kotka_council"] == State.PASSED
    assert states(laid["lape"].version)["hamina_council"] == State.BEFORE


def test_deciding_twice_is_refused_and_says_what_was_decided(matter, laid):
    matter.decide(laid["lape"])
    matter.decide(laid["hamina_council"])
    with pytest.raises(Refused, match="hamina_council on jo päättänyt tästä: Hyväksyi"):
        matter.decide(laid["hamina_council"], "reject")
    assert laid["hamina_council"].decisions.count() == 1


def test_tabled_and_returned_come_again(matter, laid):
    matter.decide(laid["lape"])
    station = laid["hamina_council"]
    matter.decide(station, "table")
    assert states(station.version)["hamina_council"] == State.TABLED
    matter.decide(station, "return")
    assert states(station.version)["hamina_council"] == State.RETURNED
    decision = matter.decide(station, "approve")
    assert decision.number == 3
    assert [d.outcome for d in station.decisions.order_by("number")] == ["table", "return", "approve"]


def test_a_rejection_stops_what_comes_after_in_that_organisation_alone(matter, laid):
    matter.decide(laid["lape"])
    matter.decide(laid["kotka_board"], "reject")
    found = states(laid["lape"].version)
    assert found["kotka_council"] == State.STOPPED
    assert found["hamina_council"] == State.BEFORE
    with pytest.raises(Refused, match="hylätty aiemmassa vaiheessa"):
        matter.decide(laid["kotka_council"])


@pytest.mark.parametrize("kind", list(StationKind))
@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_kind_of_station_answers_as_the_table_says(matter, kind, outcome):
    version = matter.freeze()
    lay_path(by=matter.kaisa, version=version, bodies=[(matter.bodies["hamina_council"], kind)])
    station = version.stations.get()
    extra = {"amendments": ["Lisätään tavoite."]} if outcome == Outcome.APPROVE_WITH_CHANGES else {}
    if outcome in OUTCOMES_OF[kind]:
        assert matter.decide(station, outcome, **extra).outcome == outcome
    else:
        with pytest.raises(Refused) as refusal:
            matter.decide(station, outcome, **extra)
        assert refusal.value.field == "outcome"
        assert not station.decisions.exists()


def test_days_that_cannot_be(matter, laid):
    station = laid["lape"]
    for day, words in ((dt.date(2024, 4, 11), "vasta tulossa"), (dt.date(2024, 2, 28), "ennen kuin versio")):
        with pytest.raises(Refused, match=words) as refusal:
            matter.decide(station, day=day)
        assert refusal.value.field == "decided_on"
    matter.decide(station, day=dt.date(2024, 4, 9))
    with pytest.raises(Refused, match="lape päätti vasta"):
        matter.decide(laid["hamina_council"], day=dt.date(2024, 4, 8))


def test_changes_are_asked_for_when_it_is_approved_with_changes(matter, laid):
    with pytest.raises(Refused, match="mitä muutoksia") as refusal:
        matter.decide(laid["lape"], "approve_with_changes")
    assert refusal.value.field == "amendments"
    with pytest.raises(Refused) as refusal:
        matter.decide(laid["lape"], "approve", amendments=["Lisätään."])
    assert refusal.value.field == "amendments"
    with pytest.raises(Refused) as refusal:
        record_decision(by=matter.kaisa, station=laid["lape"], facts=Facts("reject", DAY))
    assert refusal.value.field == "wording"


def test_an_amendment_is_about_what_the_version_holds(matter, laid):
    goal = matter.cast.goal.public_id
    facts = Facts(
        "approve_with_changes", DAY, amendments=[Asked(Translated.of("Tarkennetaan."), "goal", "x" * 10)]
    )
    with pytest.raises(Refused, match="joka on tässä versiossa"):
        record_decision(by=matter.kaisa, station=laid["lape"], facts=facts)
    facts = Facts(
        "approve_with_changes", DAY, amendments=[Asked(Translated.of("Tarkennetaan."), "goal", goal)]
    )
    decision = record_decision(by=matter.kaisa, station=laid["lape"], facts=facts)
    assert decision.amendments.get().target_id == goal


def test_amendments_are_answered_and_gathered_into_the_next_version(matter, laid):
    first = laid["lape"].version
    decision = matter.decide(
        laid["lape"], "approve_with_changes", amendments=["Lisätään unesta.", "Poistetaan luku 3."]
    )
    one, other = decision.amendments.all()
    answer_amendment(by=matter.kaisa, amendment=one, row_version=1, accepted=True, answer=Translated())
    with pytest.raises(Refused) as refusal:
        answer_amendment(by=matter.kaisa, amendment=other, row_version=1, accepted=False, answer=Translated())
    assert refusal.value.field == "answer"
    answer_amendment(
        by=matter.kaisa, amendment=other, row_version=1, accepted=False, answer=Translated.of("Luku on lain vaatima.")
    )  # fmt: skip
    with pytest.raises(Refused, match="sillä välin"):
        answer_amendment(by=matter.kaisa, amendment=other, row_version=1, accepted=True, answer=Translated())
    matter.edit("<p>Arki kantaa, ja uni.</p>")
    second = matter.freeze()
    one.refresh_from_db()
    assert (one.gathered_in, second.previous) == (second, first)
    assert Amendment.objects.get(pk=other.pk).gathered_in is None
    with pytest.raises(Refused, match="jo uudessa versiossa"):
        answer_amendment(
            by=matter.kaisa, amendment=one, row_version=2, accepted=False, answer=Translated.of("Ei.")
        )
    with pytest.raises(Refused, match="jo uudessa versiossa"):
        correct_decision(
            by=matter.kaisa, decision=decision, facts=Facts("approve", DAY), reason="Kirjattiin väärin."
        )


def test_a_correction_keeps_both_rows_and_says_why(matter, laid):
    wrong = matter.decide(laid["lape"], "reject")
    right = correct_decision(
        by=matter.kaisa, decision=wrong, facts=Facts("approve", DAY), reason="Kirjattiin väärin."
    )
    wrong.refresh_from_db()
    assert (wrong.corrected, right.corrects, right.number) == (True, wrong, 2)
    assert states(laid["lape"].version)["kotka_board"] == State.BEFORE
    with pytest.raises(Refused, match="jo korjannut"):
        correct_decision(by=matter.kaisa, decision=wrong, facts=Facts("approve", DAY), reason="Taas.")


def test_a_correction_cannot_take_the_ground_from_a_later_body(matter, laid):
    first = matter.decide(laid["lape"])
    matter.decide(laid["hamina_council"])
    with pytest.raises(Refused, match="Seuraava toimielin"):
        correct_decision(
            by=matter.kaisa, decision=first, facts=Facts("reject", DAY, wording=Translated.of("Ei.")), reason="Väärin."
        )  # fmt: skip


def test_the_decisions_of_a_withdrawn_version_are_over(matter, laid):
    withdraw(by=matter.kaisa, version=laid["lape"].version, reason="Virhe.")
    with pytest.raises(Refused, match="peruttu"):
        matter.decide(laid["lape"])


def test_a_body_of_another_region_is_refused(cast, matter):
    version = matter.freeze()
    strange = Body.objects.create(
        plan=cast.other_plan, organisation=cast.elsewhere, kind="council", name=Translated.of("Muu")
    )
    with pytest.raises(Refused, match="ei kuulu tähän suunnitelmaan"):
        lay_path(by=matter.kaisa, version=version, bodies=[(strange, "decides")])
    assert not version.stations.exists()


@pytest.mark.parametrize(
    ("who", "station", "allowed"),
    [
        ("paula", "kotka_board", True), ("paula", "hamina_council", False), ("paula", "lape", False),
        ("kaisa", "hamina_council", True), ("kirsi", "hamina_council", False), ("kalle", "kotka_board", False),
        ("nelli", "hamina_council", False), ("urho", "kotka_board", False),
    ],
)  # fmt: skip
def test_who_may_record(cast, matter, laid, who, station, allowed):
    if station != "lape":
        matter.decide(laid["lape"])
    by = cast.actor(getattr(cast, who))
    if allowed:
        assert (
            record_decision(by=by, station=laid[station], facts=Facts("approve", DAY)).recorded_by == by.user
        )
    else:
        with pytest.raises(PermissionDenied):
            record_decision(by=by, station=laid[station], facts=Facts("approve", DAY))
        assert laid[station].decisions.count() == 0


def test_legal_force(matter, laid):
    matter.decide(laid["lape"])
    decision = matter.decide(laid["hamina_council"])
    rows = {str(r.organisation.name): r for r in force_rows(matter.plan)}
    spell = rows["Haminan kaupunki"].part_one_now
    assert (spell.has_legal_force, spell.from_, spell.until) == (False, DAY, dt.date(2024, 12, 31))
    with pytest.raises(Refused, match="vasta tulossa"):
        set_legal_force(by=matter.kaisa, decision=decision, on=dt.date(2024, 5, 17))
    matter.go_to(dt.date(2024, 5, 20))
    with pytest.raises(Refused, match="ennen kuin se on tehty"):
        set_legal_force(by=matter.kaisa, decision=decision, on=dt.date(2024, 4, 1))
    set_legal_force(by=matter.kaisa, decision=decision, on=dt.date(2024, 5, 17))
    spell = {str(r.organisation.name): r for r in force_rows(matter.plan)}["Haminan kaupunki"].part_one_now
    assert (spell.has_legal_force, spell.from_) == (True, dt.date(2024, 5, 17))
    with pytest.raises(Refused, match="jo merkitty"):
        set_legal_force(by=matter.kaisa, decision=decision, on=dt.date(2024, 5, 18))


def test_a_rejection_never_gets_legal_force(matter, laid):
    decision = matter.decide(laid["lape"], "reject")
    with pytest.raises(Refused):
        set_legal_force(by=matter.kaisa, decision=decision, on=DAY)


def test_part_two_never_puts_part_one_out_of_force(matter):
    first = matter.freeze()
    matter.go_to(DAY)
    matter.decide(matter.lay(first, "hamina_council")["hamina_council"])
    yearly = matter.freeze(kind="part_two", round=matter.cast.round)
    matter.go_to(dt.date(2024, 6, 1))
    matter.decide(matter.lay(yearly, "hamina_council")["hamina_council"])
    row = force_rows(matter.plan)[0]
    assert row.part_one_now.version == first
    assert row.part_two_now.version == yearly
    assert row.part_two_now.until == dt.date(2024, 12, 31)


def test_a_new_version_follows_the_old_where_it_is_approved_and_nowhere_else(matter):
    first = matter.freeze()
    matter.go_to(DAY)
    for station in matter.lay(first, "hamina_council", "county_council").values():
        matter.decide(station)
    matter.go_to(dt.date(2024, 9, 1))
    matter.edit("<p>Uusi teksti.</p>")
    second = matter.freeze()
    stations = matter.lay(second, "hamina_council", "county_council")
    matter.decide(stations["hamina_council"])
    rows = {str(r.organisation.name): r for r in force_rows(matter.plan)}
    assert [(s.version.number, s.from_, s.until) for s in rows["Haminan kaupunki"].part_one] == [
        (1, DAY, dt.date(2024, 8, 31)), (2, dt.date(2024, 9, 1), dt.date(2024, 12, 31)),
    ]  # fmt: skip
    assert rows["Hyvinvointialue"].part_one_now.version == first


def test_an_extension_holds_for_those_who_have_decided_on_it(matter):
    first = matter.freeze()
    matter.go_to(DAY)
    for station in matter.lay(first, "hamina_council", "county_council").values():
        matter.decide(station)
    longer = matter.freeze(kind="extension", period_end=2025, reason=Translated.of("Vuosi lisää."))
    matter.decide(matter.lay(longer, "hamina_council", "county_council")["hamina_council"])
    until = {str(r.organisation.name): r.part_one_now.until.year for r in force_rows(matter.plan)}
    assert until == {"Haminan kaupunki": 2025, "Hyvinvointialue": 2024}


def test_the_four_year_alarm_counts_from_the_approval(matter):
    first = matter.freeze()
    matter.go_to(dt.date(2024, 3, 2))
    matter.decide(matter.lay(first, "hamina_council")["hamina_council"])
    alarm = force_rows(matter.plan)[0].alarm
    assert alarm.due == dt.date(2028, 3, 2)
    assert not alarm.is_near(dt.date(2027, 9, 1))
    assert alarm.is_near(dt.date(2027, 9, 10))
    # An extension is no new look at the text.
    longer = matter.freeze(kind="extension", period_end=2026, reason=Translated.of("Jatko."))
    matter.decide(matter.lay(longer, "hamina_council")["hamina_council"])
    assert force_rows(matter.plan)[0].alarm.due == dt.date(2028, 3, 2)


def test_an_organisation_is_bound_by_its_last_body_not_by_who_proposes(matter, laid):
    matter.decide(laid["lape"])
    matter.decide(laid["kotka_board"])
    assert in_force(binding_stations(matter.plan), 2024) == []
    matter.decide(laid["kotka_council"])
    spells = in_force(binding_stations(matter.plan), 2024)
    assert [s.organisation for s in spells] == [matter.cast.kotka.pk]


def test_stations_are_planned_on_their_own_bodys_days(matter, laid):
    meeting = BodyMeeting.objects.create(body=matter.bodies["kotka_board"], held_on=dt.date(2024, 5, 6))
    facts = {"meeting": meeting, "due": dt.date(2024, 5, 31), "case_number": "D/12/2024"}
    station = plan_station(by=matter.paula, station=laid["kotka_board"], row_version=1, **facts)
    assert {name: getattr(station, name) for name in facts} == facts
    assert station.row_version == 2
    with pytest.raises(Refused, match="sillä välin"):
        plan_station(by=matter.paula, station=station, row_version=1)
    with pytest.raises(Refused, match="tämän toimielimen kokous"):
        plan_station(by=matter.kaisa, station=laid["kotka_council"], row_version=1, meeting=meeting)


def test_a_late_station_is_seen_before_it_is_late(matter, laid):
    days = {"lape": (4, 20), "kotka_board": (5, 6), "kotka_council": (5, 2), "hamina_council": (6, 10)}
    for name, (month, day) in days.items():
        BodyMeeting.objects.create(body=matter.bodies[name], held_on=dt.date(2024, month, day))
    BodyMeeting.objects.create(body=matter.bodies["kotka_council"], held_on=dt.date(2024, 6, 3))
    Station.objects.filter(version=laid["lape"].version).update(due=dt.date(2024, 5, 31))
    way = way_of(laid["lape"].version)
    found = {str(s.station.body.name): way.expected[s.station.pk] for s in way.stops}
    # The council's May day is before the board has met.
    assert found["kotka_council"].meeting.held_on == dt.date(2024, 6, 3)
    assert {name for name, e in found.items() if e.is_late} == {"hamina_council", "kotka_council"}
    assert found["county_council"].lacks_days
    assert found["kotka_board"].meeting.held_on == dt.date(2024, 5, 6)


def test_a_body_that_has_decided_stays_on_the_way(matter, laid):
    matter.decide(laid["lape"])
    with pytest.raises(Refused, match="ei voi ottaa pois"):
        remove_station(by=matter.kaisa, station=laid["lape"])
    remove_station(by=matter.kaisa, station=laid["kotka_board"])
    assert Station.objects.get(pk=laid["kotka_council"].pk).after == laid["lape"]
    with pytest.raises(PermissionDenied):
        remove_station(by=matter.paula, station=laid["kotka_council"])


def test_a_body_added_later_finds_its_place(matter, laid):
    committee = Body.objects.create(
        plan=matter.plan, organisation=matter.cast.hamina, kind="committee", name=Translated.of("Lautakunta"), position=0
    )  # fmt: skip
    lay_path(by=matter.kaisa, version=laid["lape"].version, bodies=[(committee, "prepares")])
    assert Station.objects.get(pk=laid["hamina_council"].pk).after.body == committee


def test_every_write_leaves_a_trail_and_no_words_of_people(matter, laid):
    matter.decide(laid["lape"], dissent=Translated.of("Kaksi jäsentä jätti eriävän mielipiteen."))
    rows = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert rows == ["version.freeze", "path.lay", "decision.record"]
    assert "eriävän" not in str(list(AuditEntry.objects.values_list("changes", flat=True)))


def test_the_board_reads_sixty_bodies_and_twenty_versions_in_a_constant_number_of_queries(
    matter, django_assert_max_num_queries
):
    bodies = list(matter.bodies.values())
    for n in range(10):
        organisation = f.OrganisationFactory()
        f.ParticipationFactory(plan=matter.plan, organisation=organisation)
        for m in range(3):
            name = Translated.of(f"{n} {m}")
            made = Body(plan=matter.plan, organisation=organisation, kind="council", name=name, position=m)
            made.save()
            bodies.append(made)
    for n in range(6):
        matter.edit(f"<p>Teksti {n}.</p>")
        version = matter.freeze()
        lay_path(by=matter.kaisa, version=version, bodies=[(b, "decides") for b in bodies])
        for station in version.stations.all()[:3]:
            Decision.objects.create(station=station, number=1, outcome="approve", decided_on=DAY)
    with django_assert_max_num_queries(4):
        force_rows(matter.plan)
