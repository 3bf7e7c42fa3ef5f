"""The pages of the room: who sees what, what bad input says, and a whole path by forms alone."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from lautta.common.translated import Translated
from lautta.decisions.actions.paths import lay_path
from lautta.decisions.models import Amendment, Body, Decision, Station, Version
from tests import factories as f

DAY = dt.date(2024, 4, 10)


def at(plan, name, *, language="fi", **ids):
    with translation.override(language):
        return reverse(f"decisions:{name}", kwargs={"plan_id": plan.public_id, **ids})


def public(plan, name, *given, language="fi"):
    with translation.override(language):
        return reverse(f"publishing:{name}", args=(plan.public_id, *given))


@pytest.fixture
def page(matter, login):
    """`page(name, user=…, data=…, **ids)`: GET, or POST when there is data."""

    def ask(name, user=None, data=None, query="", **ids):
        client = login(user or matter.cast.kaisa)
        url = at(matter.plan, name, **ids) + query
        return client.get(url) if data is None else client.post(url, data)

    return ask


@pytest.fixture
def sent(matter):
    version = matter.freeze()
    matter.go_to(DAY)
    return version, matter.lay(version)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_answers_in_three_languages(matter, sent, login, language):
    version, stations = sent
    matter.decide(stations["lape"], "approve_with_changes", amendments=["Lisätään uni."])
    decision = matter.decide(stations["hamina_council"])
    matter.edit("<p>Uutta.</p>")
    matter.freeze()
    client = login(matter.cast.kaisa)
    ids = {
        "version": {"version_id": version.public_id}, "text": {"version_id": version.public_id},
        "path": {"version_id": version.public_id},
        "withdraw": {"version_id": version.public_id}, "station": {"station_id": stations["kotka_board"].public_id},
        "station_plan": {"station_id": stations["kotka_board"].public_id}, "correct": {"decision_id": decision.public_id},
        "force": {"decision_id": decision.public_id}, "amendment": {"amendment_id": Amendment.objects.get().public_id},
        "body": {"body_id": matter.bodies["lape"].public_id},
    }  # fmt: skip
    for name in ("board", "matrix", "freeze", "time", "compare", "bodies", "body_new", "amendments", *ids):
        url = at(matter.plan, name, language=language, **ids.get(name, {}))
        response = client.get(url)
        assert response.status_code == 200, name
        assert f'lang="{language}"' in response.content.decode()[:200], name
    client.logout()
    for name, given in (("decisions", ()), ("version", (version.public_id,))):
        assert client.get(public(matter.plan, name, *given, language=language)).status_code == 200, name


def test_a_whole_path_by_forms(matter, page):
    plan, cast = matter.plan, matter.cast
    answer = page(
        "freeze",
        data={
            "kind": "part_one",
            "proposal": "Valtuusto hyväksyy osan I.",
            "proposal_sv": "Fullmäktige godkänner del I.",
        },
    )
    version = Version.objects.get()
    assert answer.url == at(plan, "path", version_id=version.public_id)
    chosen = {f"on_{matter.bodies[n].public_id}": "on" for n in ("lape", "kotka_board", "kotka_council")}
    kinds = {
        f"kind_{matter.bodies['lape'].public_id}": "prepares", f"kind_{matter.bodies['kotka_board'].public_id}": "prepares",
        f"kind_{matter.bodies['kotka_council'].public_id}": "decides",
    }  # fmt: skip
    assert (
        page("path", data={**chosen, **kinds, "due": "30.6.2024"}, version_id=version.public_id).status_code
        == 302
    )
    lape, board, council = (
        Station.objects.get(body=matter.bodies[n]) for n in ("lape", "kotka_board", "kotka_council")
    )
    assert (board.after, council.after, council.due) == (lape, board, dt.date(2024, 6, 30))
    matter.go_to(DAY)
    early = page(
        "station",
        user=cast.paula,
        data={"outcome": "approve", "decided_on": "10.4.2024"},
        station_id=board.public_id,
    )
    assert early.status_code == 422
    assert "Ensin sen käsittelee lape" in early.content.decode()
    for station, user, outcome in (
        (lape, cast.kaisa, "approve"),
        (board, cast.paula, "table"),
        (board, cast.paula, "approve"),
    ):
        data = {"outcome": outcome, "decided_on": "10.4.2024", "section": "§ 45"}
        assert page("station", user=user, data=data, station_id=station.public_id).status_code == 302
    data = {"outcome": "approve_with_changes", "decided_on": "10.4.2024", "amendment_0": "Lisätään uni ja lepo.",
            "target_0": f"goal:{cast.goal.public_id}"}  # fmt: skip
    assert page("station", user=cast.paula, data=data, station_id=council.public_id).status_code == 302
    amendment = Amendment.objects.get()
    assert (amendment.target_kind, amendment.target_id) == ("goal", cast.goal.public_id)
    shown = page("version", version_id=version.public_id).content.decode()
    assert "Hyväksyi muutoksin" in shown
    assert "Hyväksytty kaikkialla" in shown
    data = {"accepted": "yes", "answer": "Lisättiin kriteereihin.", "seen": amendment.row_version}
    assert page("amendment", data=data, amendment_id=amendment.public_id).status_code == 302
    decision = council.decisions.get()
    matter.go_to(dt.date(2024, 5, 20))
    assert (
        page("force", user=cast.paula, data={"on": "2024-05-18"}, decision_id=decision.public_id).status_code
        == 302
    )
    board_page = page("board").content.decode()
    assert "18.5.2024" in board_page
    assert "Ei vielä lainvoimainen" not in board_page
    matter.edit("<p>Arki kantaa, ja uni.</p>")
    page("freeze", data={"kind": "part_one", "proposal": "Valtuusto hyväksyy tarkistetun osan I."})
    second = Version.objects.get(number=2)
    compared = page("compare", query=f"?from={version.public_id}&to={second.public_id}").content.decode()
    assert "<ins>" in compared
    assert "uni" in compared


def test_a_replaced_version_offers_nothing_to_record_and_names_the_newer(matter, page):
    """The body decides on the newer one: the button would lead to a refusal."""
    first = matter.freeze()
    station = matter.lay(first, "hamina_council")["hamina_council"]
    assert "Kirjaa päätös" in page("version", version_id=first.public_id).content.decode()
    matter.edit("<p>Uutta.</p>")
    second = matter.freeze()
    matter.lay(second, "hamina_council")
    shown = page("version", version_id=first.public_id).content.decode()
    assert "Kirjaa päätös" not in shown
    assert "Osa I, versio 2" in shown
    refused = page(
        "station", data={"outcome": "approve", "decided_on": "1.3.2024"}, station_id=station.public_id
    )
    assert refused.status_code == 422
    assert "uudempi versio 2" in refused.content.decode()
    assert not Decision.objects.exists()


def test_bad_input_keeps_what_was_typed(matter, sent, page):
    _version, stations = sent
    data = {
        "outcome": "approve",
        "decided_on": "31.2.2024",
        "wording": "Yksimielisesti.",
        "minutes_url": "ei osoite",
    }
    response = page("station", data=data, station_id=stations["lape"].public_id)
    assert response.status_code == 422
    shown = response.content.decode()
    assert "Yksimielisesti." in shown
    assert "31.2.2024" in shown
    assert not Decision.objects.exists()


def test_more_rows_by_a_button_save_nothing(matter, sent, page):
    _version, stations = sent
    data = {
        "more": "1",
        "rows": "2",
        "outcome": "approve",
        "decided_on": "10.4.2024",
        "amendment_0": "Yksi.",
        "amendment_1": "Kaksi.",
    }
    response = page("station", data=data, station_id=stations["lape"].public_id)
    shown = response.content.decode()
    assert "amendment_4" in shown or "amendment_3" in shown
    assert "Kaksi." in shown
    assert not Decision.objects.exists()
    rows = {"more": "1", "rows": "999999", "outcome": "approve"}
    assert page("station", data=rows, station_id=stations["lape"].public_id).status_code in (200, 422)


@pytest.mark.parametrize("days", ["", "huomenna", "32.1.2024", "1.1.2024\nei päivä", "1.1.1700"])
def test_days_that_are_no_days_are_named_and_none_is_saved(matter, page, days):
    response = page(
        "body", data={"days": days, "materials_before": "7"}, body_id=matter.bodies["lape"].public_id
    )
    assert response.status_code == 422
    assert not matter.bodies["lape"].meetings.exists()


def test_a_pasted_list_of_days(matter, page):
    body = matter.bodies["kotka_council"]
    data = {"days": "6.5.2024, 3.6.2024\n2024-09-02\n6.5.2024", "materials_before": "10"}
    answer = page("body", user=matter.cast.paula, data=data, body_id=body.public_id)
    assert answer.status_code == 302
    assert [(m.held_on, m.materials_on) for m in body.meetings.in_order()] == [
        (dt.date(2024, 5, 6), dt.date(2024, 4, 26)), (dt.date(2024, 6, 3), dt.date(2024, 5, 24)),
        (dt.date(2024, 9, 2), dt.date(2024, 8, 23)),
    ]  # fmt: skip
    meeting = body.meetings.in_order().last()
    assert (
        page("meeting_cancel", user=matter.cast.paula, data={}, meeting_id=meeting.public_id).status_code
        == 302
    )
    assert body.meetings.standing().count() == 2


def test_the_usual_bodies_at_one_press(matter, page):
    Body.objects.all().delete()
    page("propose_bodies", data={})
    assert list(matter.plan.bodies.filter(organisation=matter.cast.kotka).order_by("position").values_list("kind", flat=True)) == [
        "committee", "board", "council",
    ]  # fmt: skip
    council = matter.plan.bodies.get(organisation=matter.cast.kotka, kind="council")
    assert council.name.in_language("sv") == "Fullmäktige"
    page("propose_bodies", data={})
    assert matter.plan.bodies.filter(organisation=matter.cast.kotka).count() == 3


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("hannes", "freeze", 403), ("paula", "freeze", 403), ("kaisa", "freeze", 200), ("hannes", "board", 200),
        ("nelli", "board", 200),
        ("paula", "body_new", 200), ("hannes", "body_new", 403), ("urho", "board", 404), ("urho", "freeze", 404),
    ],
)  # fmt: skip
def test_who_opens_what(matter, page, who, name, status):
    assert page(name, user=getattr(matter.cast, who)).status_code == status


def test_a_secretary_keeps_only_their_own_bodies(matter, page):
    other = matter.bodies["hamina_council"]
    assert page("body", user=matter.cast.paula, body_id=other.public_id).status_code == 403
    data = {"name_fi": "Kaapattu", "kind": "council", "organisation": matter.cast.hamina.public_id}
    assert page("body_new", user=matter.cast.paula, data=data).status_code == 422
    assert not any("Kaapattu" in str(b.name) for b in Body.objects.all())


def test_the_frozen_text_is_public_once_it_is_sent_and_never_before(matter, client):
    version = matter.freeze()
    names = ("version", "version_json")
    for name in names:
        url = public(matter.plan, name, version.public_id)
        assert client.get(url).status_code == 404
    matter.lay(version, "hamina_council")
    for name in names:
        url = public(matter.plan, name, version.public_id)
        assert client.get(url).status_code == 200
    shown = client.get(public(matter.plan, "version", version.public_id)).content.decode()
    assert "Arki kantaa." in shown
    assert "Välitunnilla saa olla rauhassa." in shown


def test_the_json_is_byte_by_byte_what_was_frozen(matter, client):
    import hashlib

    version = matter.freeze()
    matter.lay(version, "hamina_council")
    answer = client.get(public(matter.plan, "version_json", version.public_id))
    assert hashlib.sha256(answer.content).hexdigest() == version.sha256 == answer["X-Content-SHA256"]


def test_an_erased_quotation_shows_as_removed(matter, client):
    version = matter.freeze()
    matter.lay(version, "hamina_council")
    matter.voice.delete()
    url = public(matter.plan, "version", version.public_id)
    shown = client.get(url).content.decode()
    assert "lainaus on poistettu pyynnöstä" in shown
    assert "rauhassa" not in shown


def test_duties_tell_the_secretary_and_nobody_else(matter, sent):
    from lautta.decisions.duties import duties_of, duties_of_plan
    from lautta.decisions.models import BodyMeeting
    from lautta.plans.standing import standing_of

    _version, stations = sent
    BodyMeeting.objects.create(body=matter.bodies["kotka_board"], held_on=dt.date(2024, 5, 6))
    matter.decide(stations["lape"])
    paula = duties_of(standing_of(matter.cast.paula, matter.plan), DAY)
    assert [(str(d.title), d.due) for d in paula] == [("Kirjaa päätös", dt.date(2024, 5, 6))]
    assert duties_of(standing_of(matter.cast.kalle, matter.plan), DAY) == []
    everyone = {d.owner for d in duties_of_plan(matter.plan, DAY)}
    assert everyone == {matter.cast.paula.pk}
    matter.decide(stations["hamina_council"], "approve_with_changes", amendments=["Lisätään."])
    kaisa = duties_of(standing_of(matter.cast.kaisa, matter.plan), DAY)
    assert "Vastaa toimielinten muutoksiin" in [str(d.title) for d in kaisa]


@pytest.mark.parametrize("name", ["board", "matrix", "bodies", "amendments"])
def test_lists_take_a_constant_number_of_queries(matter, sent, login, django_assert_max_num_queries, name):
    version, stations = sent
    client = login(matter.cast.kaisa)

    def count() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as found:
            assert client.get(at(matter.plan, name)).status_code == 200
        return len(found)

    matter.decide(stations["lape"], "approve_with_changes", amendments=["Yksi."])
    few = count()
    bodies = []
    for n in range(20):
        organisation = f.OrganisationFactory()
        f.ParticipationFactory(plan=matter.plan, organisation=organisation)
        for m in range(3):
            body = Body(
                plan=matter.plan,
                organisation=organisation,
                kind="council",
                name=Translated.of(f"{n} {m}"),
                position=m,
            )
            body.save()
            bodies.append(body)
    for n in range(19):
        matter.edit(f"<p>Teksti {n}.</p>")
        newer = matter.freeze()
        lay_path(by=matter.kaisa, version=newer, bodies=[(b, "decides") for b in bodies[:: max(1, n)]])
        first = newer.stations.filter(after=None).first()
        decision = Decision.objects.create(
            station=first, number=1, outcome="approve_with_changes", decided_on=DAY
        )
        Amendment.objects.create(decision=decision, text=Translated.of("Muutos."))
    assert count() <= few
    # The session, the person, the plan and the standing take four of them.
    assert few <= 10


def test_the_public_list_takes_few_queries(matter, sent, client, django_assert_max_num_queries):
    _version, stations = sent
    matter.decide(stations["lape"])
    for name in ("hamina_council", "county_council"):
        matter.decide(stations[name])
    with django_assert_max_num_queries(10):
        client.get(public(matter.plan, "decisions"))
