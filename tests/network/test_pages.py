"""The room's pages, public and in the workspace, as people use them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lautta.common.translated import Translated
from lautta.network.models import CentreArea, Commitment, Process, Service
from lautta.network.vocabulary import urgent, words
from tests.network.making import many, municipality, service


def public(cast, name, *args) -> str:
    return reverse(f"publishing:{name}", args=(cast.plan.public_id, *args))


def work(cast, name, *args) -> str:
    return reverse(f"network:{name}", args=(cast.plan.public_id, *args))


def test_a_family_finds_help_in_two_questions(cast, village):
    service(cast.plan, areas=[village], name="Perhekahvila", no_appointment=True, address="Kylätie 1")
    client = Client()
    first = client.get(public(cast, "help"))
    who = next(i["url"] for g in first.context["groups"] for i in g["items"] if "/small/" in i["url"])
    second = client.get(who)
    need = next(i["url"] for i in second.context["needs"] if "/together/" in i["url"])
    third = client.get(need)
    (answer,) = third.context["answers"]
    assert answer["action"]["way"] == "call"
    assert answer["where"] == "Kylä"
    for page in (first, second, third, client.get(answer["url"])):
        assert page.status_code == 200
        text = page.content.decode()
        assert all(line.number in text for line in urgent())
        assert not page.cookies
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "no-referrer"
    # Urgent help stands before the questions and the answers.
    assert third.content.index(b"tel:112") < third.content.index(b"Perhekahvila")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_same_in_three_languages(cast, language):
    service(cast.plan)
    for who in words("audience"):
        assert Client().get(f"/{language}/{cast.plan.public_id}/help/{who}/").status_code == 200
    page = Client().get(f"/{language}/{cast.plan.public_id}/help/small/together/")
    assert len(page.context["answers"]) == 1


def test_a_municipality_is_a_filter_of_links(cast, village, town):
    service(cast.plan, areas=[village], name="Kylän kahvila")
    page = Client().get(public(cast, "help", "small", "together"))
    there = next(i["url"] for i in page.context["areas"] if i["label"] == "Kaupunki")
    empty = Client().get(there)
    assert empty.context["answers"] == []
    assert empty.context["wider_url"] == public(cast, "help", "small", "together")
    assert Client().get(f"{public(cast, 'help')}?municipality=bbbbbbbbbb&page=x").status_code == 200


def test_young_ones_are_offered_a_chat_before_a_call(cast):
    service(cast.plan, audiences=["teen", "small"], chat="https://chat.invalid/")
    for who, way in (("teen", "chat"), ("small", "call")):
        page = Client().get(public(cast, "help", who, "any"))
        assert page.context["answers"][0]["action"]["way"] == way


@pytest.mark.parametrize(
    "path", ["help/king/", "help/small/gold/", "services/bbbbbbbbbb/", "stepped/bbbbbbbbbb/"]
)
def test_what_is_not_there_is_a_404(cast, path):
    assert Client().get(f"/fi/{cast.plan.public_id}/{path}").status_code == 404


def test_drafts_and_ended_ones_are_not_public(cast):
    draft = service(cast.plan, state="draft")
    assert Client().get(public(cast, "service", draft.public_id)).status_code == 404
    assert Client().get(public(cast, "help", "any", "any")).context["answers"] == []


def test_the_age_of_the_details_is_public(cast):
    made = service(cast.plan)
    assert "tiedot tarkistettu 1/2024" in Client().get(public(cast, "help", "any", "any")).content.decode()
    page = Client().get(public(cast, "service", made.public_id), follow=True).content.decode()
    assert "Tiedot tarkistettu 1/2024" in page


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_pages_ask_the_same_at_a_hundred_and_at_2500(cast, login, village):
    staff = login(cast.kaisa)
    pages = [
        (Client(), public(cast, "help", "small", "together")),
        (Client(), f"{public(cast, 'help', 'small', 'together')}?municipality={village.public_id}&page=2"),
        (Client(), public(cast, "help", "small")),
        (staff, work(cast, "services")),
        (staff, work(cast, "services_stale")),
    ]
    many(cast.plan, 100, [village])
    few = [queries_of(*page) for page in pages]
    assert max(few[:3]) <= 10
    many(cast.plan, 2_400, [village], start=100)
    assert [queries_of(*page) for page in pages] == few


FORM = {
    "name": "Perhekahvila", "audiences": ["small"], "needs": ["together"], "tier": "1", "cost": "free", "phone": "000 1",
    "languages": ["fi"],
}  # fmt: skip


def test_a_contributor_enters_and_publishes_their_own(cast, login, village):
    client = login(cast.hannes)
    response = client.post(work(cast, "service_new"), {**FORM, "provider": f"o:{cast.hamina.public_id}"})
    assert response.status_code == 302
    assert client.get(response.url).status_code == 200
    assert client.post(response.url, {"what": "publish"}).status_code == 302
    made = Service.objects.get()
    assert (made.state, made.provider.organisation) == ("published", cast.hamina)
    assert login(cast.kalle).get(work(cast, "service_edit", made.public_id)).status_code == 403
    assert login(cast.paula).get(work(cast, "services")).status_code == 403
    edit = {
        **FORM,
        "provider": f"o:{cast.hamina.public_id}",
        "name_sv": "Familjekafé",
        "version": made.version,
    }
    assert login(cast.hannes).post(work(cast, "service_edit", made.public_id), edit).status_code == 302
    assert Service.objects.get().name.in_language("sv") == "Familjekafé"
    assert login(cast.hannes).post(work(cast, "service_edit", made.public_id), edit).status_code == 422
    ended = {"what": "end", "on": "2024-01-01", "reason": ""}
    assert login(cast.hannes).post(work(cast, "service", made.public_id), ended).status_code == 422


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"audiences": []}, "audiences"),
        ({"needs": ["gold"]}, "needs"),
        ({"provider": ""}, "provider"),
        ({"phone": "soita"}, "phone"),
        ({"website": "javascript:x"}, "website"),
        ({"contact_email": "ei"}, "contact_email"),
        ({"name": "a\x00b"}, "name"),
    ],
)
def test_bad_input_is_told_beside_the_field(cast, login, fields, field):
    given = {**FORM, "provider": f"o:{cast.hamina.public_id}", **fields}
    response = login(cast.kaisa).post(work(cast, "service_new"), given)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Service.objects.exists()


def test_the_coordinator_keeps_centres_and_an_areas_coordinator_their_own(cast, login, fanni, village, town):
    client = login(cast.kaisa)
    bad = client.post(work(cast, "area_new"), {"name": "Uusi", "municipalities": [village.public_id]})
    assert bad.status_code == 422
    given = {
        "name": "Uusi",
        "municipalities": [],
        "parts": "Kaupunki: Keskusta",
        "coordinator": fanni.public_id,
        "contact": "000",
    }
    assert client.post(work(cast, "area_new"), given).status_code == 302
    assert (
        client.post(work(cast, "area_new"), {**given, "name": "Kolmas", "parts": "Atlantis"}).status_code
        == 422
    )
    east = CentreArea.objects.get(sort_key="1")
    local = login(fanni)
    assert local.get(work(cast, "area_new")).status_code == 403
    place = {"name": "Tupa", "kind": "meeting", "municipality": village.public_id}
    assert local.post(work(cast, "place_new", east.public_id), place).status_code == 302
    url = work(cast, "cell", east.public_id, "safety")
    assert local.post(url, {"state": "works", "who": ""}).status_code == 422
    assert local.post(url, {"state": "gap", "what": "Kukaan ei vastaa."}).status_code == 302
    assert local.get(work(cast, "centres")).status_code == 200
    page = Client().get(public(cast, "centres"))
    assert page.context["matrix"]["gaps"] == 14
    assert "Kukaan ei vastaa." in page.content.decode()
    made = east.places.get()
    assert (
        local.post(work(cast, "place_edit", east.public_id, made.public_id), {"what": "drop"}).status_code
        == 302
    )
    assert not east.places.exists()


STEPS = {
    "title": "Mieli maassa",
    "step_1": "Koulu",
    "tier_1": "1",
    "step_2": "Kuraattori",
    "tier_2": "2",
    "version": "0",
}
UP = {"start_1": "1", "end_1": "2", "hands_1": "Opettaja"}
DOWN = {"start_2": "2", "end_2": "1", "hands_2": "Kuraattori"}


def test_a_stepped_process_needs_a_way_back(cast, login):
    client = login(cast.kaisa)
    assert client.post(work(cast, "process_new"), {"title": "Yksi", "step_1": "Koulu"}).status_code == 422
    assert client.post(work(cast, "process_new"), {**STEPS, **UP}).status_code == 302
    made = Process.objects.get()
    edit = work(cast, "process_edit", made.public_id)
    assert client.post(edit, {"what": "show"}).status_code == 422
    assert client.post(edit, {**STEPS, **UP, **DOWN, "version": "1"}).status_code == 302
    assert client.post(edit, {"what": "show"}).status_code == 302
    page = Client().get(public(cast, "process", made.public_id))
    assert page.status_code == 200
    assert [len(page.context["up"]), len(page.context["down"])] == [1, 1]
    assert client.post(edit, {"what": "drop"}).status_code == 302
    assert login(cast.hannes).get(work(cast, "process_new")).status_code == 403


def test_a_promise_is_public_and_called_to_mind(cast, login):
    from lautta.common import clock
    from lautta.network import duties

    client = login(cast.hannes)
    given = {
        "what": "Pidämme ovet auki.", "organisation": cast.hamina.public_id, "made_on": "2024-01-01", "due_on": "2024-06-01",
        "owner": cast.hannes.public_id,
    }  # fmt: skip
    assert client.post(work(cast, "commitment_new"), {**given, "due_on": "2023-01-01"}).status_code == 422
    assert (
        client.post(work(cast, "commitment_new"), {**given, "organisation": cast.kotka.public_id}).status_code
        == 422
    )
    assert client.post(work(cast, "commitment_new"), given).status_code == 302
    made = Commitment.objects.get()
    (duty,) = [d for d in duties.duties_of_plan(cast.plan, clock.today()) if d.owner == cast.hannes.pk]
    assert duty.url == work(cast, "commitment", made.public_id)
    for page in (public(cast, "commitments"), public(cast, "organisation", cast.hamina.public_id)):
        assert "Pidämme ovet auki." in Client().get(page, follow=True).content.decode()
    url = work(cast, "commitment", made.public_id)
    assert client.post(url, {"state": "withdrawn", "reason": "", "version": "1"}).status_code == 422
    assert client.post(url, {"state": "withdrawn", "reason": "Ei rahaa.", "version": "1"}).status_code == 302
    assert client.post(url, {"state": "progress", "version": "1"}).status_code == 422
    assert not [d for d in duties.duties_of_plan(cast.plan, clock.today()) if d.owner == cast.hannes.pk]
    assert [c.state for c in made.changes.all()] == ["promised", "withdrawn"]
    assert login(cast.kalle).get(url).status_code == 403


def test_a_map_is_drawn_where_the_municipalities_have_a_place(cast):
    place = municipality(cast.plan, "Kotka")
    place.code = "285"
    place.save()
    area = cast.plan.centre_areas.create(name=Translated.of("Rannikko"), sort_key="1")
    area.parts.create(area=place)
    area.places.create(kind="centre", name=Translated.of("Majakka"), sort_key="1", municipality=place)
    page = Client().get(public(cast, "centres")).content.decode()
    assert "graph-spots" in page
    assert "Majakka" in page
