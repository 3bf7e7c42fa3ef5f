"""The hearing register: entered by those who heard, looked at before it is public, never losing what stood before."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.voices.actions import LooksPersonal
from lautta.voices.actions import hearings as actions
from lautta.voices.actions.hearings import Facts, Heard
from lautta.voices.models import HeardGroup, Hearing, HearingRevision
from tests import factories as f

D = dt.date
GOOD = {
    "matter": "Kouluverkko 2030", "heard_on": "2024-02-01", "method": "workshop", "role_1": "pupil", "age_1": "7_12",
    "number_1": "24", "said": "Kotikoulu kannattaa säilyttää.", "how": "Piirsimme kartan.", "changed": "", "why_not": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def day(settings):
    settings.DEMO_DAY = D(2024, 3, 1)


@pytest.fixture
def hannes(cast):
    return cast.actor(cast.hannes, cast.hamina)


@pytest.fixture
def kaisa(cast):
    return cast.actor(cast.kaisa)


def facts(cast, **given):
    values = {
        "matter": Translated.of("Kouluverkko"), "heard_on": D(2024, 2, 1), "method": "workshop",
        "said": Translated.of("Kotikoulu kannattaa säilyttää."), "groups": [Heard("pupil", "7_12", 24)],
        "organisation": cast.hamina,
    }  # fmt: skip
    return Facts(**(values | given))


def test_it_is_entered_looked_at_and_published(cast, hannes, kaisa):
    hearing = actions.add_hearing(by=hannes, plan=cast.plan, facts=facts(cast))
    assert (hearing.state, hearing.version) == ("pending", 1)
    with pytest.raises(Refused, match="mikä muuttui tai miksi"):
        actions.publish_hearing(by=kaisa, hearing=hearing, version=1)
    later = facts(cast, changed=Translated.of("Koulu säilyy."))
    hearing = actions.update_hearing(by=hannes, hearing=hearing, version=1, facts=later)
    hearing = actions.publish_hearing(by=kaisa, hearing=hearing, version=2)
    assert hearing.state == "published"
    with pytest.raises(Refused, match="on jo julkaistu"):
        actions.publish_hearing(by=kaisa, hearing=hearing, version=3)
    with pytest.raises(PermissionDenied):
        actions.update_hearing(by=hannes, hearing=hearing, version=3, facts=later)
    with pytest.raises(Refused, match="Kerro, miksi"):
        actions.reject_hearing(by=kaisa, hearing=hearing, version=3, reason=" ")
    assert actions.reject_hearing(by=kaisa, hearing=hearing, version=3, reason="Kesken.").state == "rejected"


def test_former_words_stay_until_they_are_erased(cast, hannes, kaisa):
    hearing = actions.add_hearing(by=hannes, plan=cast.plan, facts=facts(cast))
    for n, words in enumerate(("Toinen.", "Kolmas."), 1):
        actions.update_hearing(
            by=hannes, hearing=hearing, version=n, facts=facts(cast, said=Translated.of(words))
        )
    said = [r.content["said"]["texts"]["fi"]["text"] for r in hearing.revisions.all()]
    assert said == ["Kolmas.", "Toinen.", "Kotikoulu kannattaa säilyttää."]
    # Nothing new: nothing is kept.
    same = actions.update_hearing(
        by=hannes, hearing=hearing, version=3, facts=facts(cast, said=Translated.of("Kolmas."))
    )
    assert (same.version, hearing.revisions.count()) == (3, 3)
    with pytest.raises(PermissionDenied):
        actions.erase_former_words(by=hannes, hearing=hearing)
    actions.erase_former_words(by=kaisa, hearing=hearing)
    assert [r.number for r in hearing.revisions.all()] == [3]
    with pytest.raises(PermissionDenied):
        actions.erase_hearing(by=hannes, hearing=hearing)
    actions.erase_hearing(by=kaisa, hearing=hearing)
    assert not Hearing.objects.exists()
    assert not HearingRevision.objects.exists()
    trail = " ".join(str(entry.changes) for entry in AuditEntry.objects.all())
    assert not any(words in trail for words in ("Kolmas", "Toinen", "Kotikoulu"))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"matter": Translated()}, "matter"),
        ({"said": Translated()}, "said"),
        ({"said": Translated.of("a" * 4001)}, "said"),
        ({"groups": []}, "role_1"),
        ({"groups": [Heard("pupil")] * 9}, "role_1"),
        ({"groups": [Heard("king")]}, "role"),
        ({"groups": [Heard("pupil", "", 0)]}, None),
        ({"heard_on": D(2024, 3, 2)}, "heard_on"),
        ({"heard_until": D(2024, 1, 1)}, None),
        ({"method": "telepathy"}, "method"),
        ({"link_kind": "goal"}, None),
    ],
)
def test_bad_input_is_refused_whole(cast, hannes, given, field):
    with pytest.raises(Refused) as refusal:
        actions.add_hearing(by=hannes, plan=cast.plan, facts=facts(cast, **given))
    assert (refusal.value.status, refusal.value.field) == (422, field)
    assert not Hearing.objects.exists()


def test_who_may(cast, hannes, kaisa):
    for user, organisation in ((cast.kalle, cast.hamina), (cast.hannes, None), (cast.urho, cast.hamina)):
        with pytest.raises(PermissionDenied):
            actions.add_hearing(
                by=cast.actor(user), plan=cast.plan, facts=facts(cast, organisation=organisation)
            )
    with pytest.raises(Refused, match="ei ole mukana"):
        actions.add_hearing(by=kaisa, plan=cast.plan, facts=facts(cast, organisation=cast.elsewhere))
    hearing = actions.add_hearing(
        by=kaisa, plan=cast.plan, facts=facts(cast, changed=Translated.of("Koulu säilyy."))
    )
    for by in (hannes, cast.actor(cast.nelli), cast.actor(cast.paula)):
        with pytest.raises(PermissionDenied):
            actions.publish_hearing(by=by, hearing=hearing, version=1)
    with pytest.raises(PermissionDenied):
        actions.update_hearing(by=cast.actor(cast.kalle), hearing=hearing, version=1, facts=facts(cast))
    with pytest.raises(Refused, match="Joku muu tallensi"):
        actions.update_hearing(by=hannes, hearing=hearing, version=7, facts=facts(cast))


def test_signs_of_personal_data_stop_publishing_until_looked_at(cast, kaisa):
    given = facts(
        cast, said=Translated.of("Matti Meikäläinen sanoi näin."), changed=Translated.of("Koulu säilyy.")
    )
    hearing = actions.add_hearing(by=kaisa, plan=cast.plan, facts=given)
    with pytest.raises(LooksPersonal):
        actions.publish_hearing(by=kaisa, hearing=hearing, version=1)
    hearing = actions.publish_hearing(by=kaisa, hearing=hearing, version=1, checked=True)
    worse = facts(cast, said=Translated.of("Soita 040 1234567."), changed=Translated.of("Koulu säilyy."))
    with pytest.raises(LooksPersonal):
        actions.update_hearing(by=kaisa, hearing=hearing, version=2, facts=worse)
    silent = facts(cast, changed=Translated())
    with pytest.raises(Refused, match="mikä muuttui tai miksi"):
        actions.update_hearing(by=kaisa, hearing=hearing, version=2, facts=silent)


def test_the_database_holds_what_can_be_said(cast):
    hearing = f.HearingFactory(plan=cast.plan)
    group = f.HeardGroupFactory(hearing=hearing)
    for model, row, wrong in (
        (Hearing, hearing, {"state": "odd"}), (Hearing, hearing, {"state": "rejected"}),
        (Hearing, hearing, {"heard_until": D(2000, 1, 1)}), (Hearing, hearing, {"link_key": "bcdfgh"}),
        (HeardGroup, group, {"number": 0}),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=row.pk).update(**wrong)


# --- pages --------------------------------------------------------------------------------------------


def url(cast, name, *args):
    return reverse(f"voices:{name}", args=(cast.plan.public_id, *args))


def test_a_contributor_enters_a_hearing_and_the_coordinator_publishes_it(login, cast):
    client = login(cast.hannes)
    given = {
        **GOOD,
        "organisation": cast.hamina.public_id,
        "role_2": "parent",
        "link": f"goal:{cast.goal.public_id}",
    }
    assert client.post(url(cast, "hearing_new"), given).status_code == 302
    hearing = Hearing.objects.get()
    assert [(g.role, g.age_group, g.number) for g in hearing.groups.all()] == [
        ("pupil", "7_12", 24),
        ("parent", "", None),
    ]
    assert (hearing.link_kind, hearing.link_key) == ("goal", cast.goal.public_id)
    page = url(cast, "hearing_edit", hearing.public_id)
    assert 'value="24"' in client.get(page).content.decode()
    given |= {"changed": "Koulu säilyy.", "version": "1"}
    assert client.post(page, given).status_code == 302
    assert client.post(page, given).status_code == 409
    client = login(cast.kaisa)
    detail = url(cast, "hearing", hearing.public_id)
    assert client.post(detail, {"publish": "1", "version": "2"}).status_code == 302
    hearing.refresh_from_db()
    assert hearing.state == "published"
    assert "Koulu säilyy." in client.get(detail).content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"matter": ""}, "matter"),
        ({"said": ""}, "said"),
        ({"heard_on": "eilen"}, "heard_on"),
        ({"heard_on": "2099-01-01"}, "heard_on"),
        ({"number_1": "0"}, "number_1"),
        ({"number_1": "monta"}, "number_1"),
        ({"role_1": ""}, "role_1"),
        ({"link": "goal:bbbbbbbbbb"}, "link"),
        ({"organisation": ""}, "organisation"),
        ({"said": "Soita 040 1234567."}, "checked"),
    ],
)
def test_bad_input_is_told_beside_the_field(login, cast, fields, field):
    given = {**GOOD, "organisation": cast.hamina.public_id, **fields}
    response = login(cast.hannes).post(url(cast, "hearing_new"), given)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Hearing.objects.exists()


def test_a_page_may_say_what_the_matter_is_about(login, cast):
    client = login(cast.hannes)
    page = f"{url(cast, 'hearing_new')}?link=version:bcdfghjkmn"
    assert 'value="version:bcdfghjkmn" selected' in client.get(page).content.decode()
    given = {**GOOD, "organisation": cast.hamina.public_id, "link": "version:bcdfghjkmn"}
    assert client.post(page, given).status_code == 302
    assert Hearing.objects.get().link_kind == "version"
    assert (
        "selected"
        not in client.get(f"{url(cast, 'hearing_new')}?link=<script>")
        .content.decode()
        .split('id_link"')[1][:80]
    )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_who_opens_what(login, cast, language):
    pending = f.HearingFactory(
        plan=cast.plan, organisation=cast.hamina, state="pending", matter=Translated.of("Odottava")
    )
    published = f.HearingFactory(plan=cast.plan, matter=Translated.of("Julkinen"))
    for user, listed, sees, opens, edits in (
        (cast.kaisa, 200, True, 200, 200), (cast.hannes, 200, True, 200, 200), (cast.nelli, 200, True, 200, 200),
        (cast.kalle, 200, False, 404, 404), (cast.paula, 200, False, 404, 404), (cast.urho, 404, False, 404, 404),
    ):  # fmt: skip
        client = login(user)

        def get(name, *args, client=client):
            return client.get(url(cast, name, *args).replace("/fi/", f"/{language}/"))

        response = get("hearings")
        assert response.status_code == listed, user
        assert ("Odottava" in response.content.decode()) is sees, user
        assert get("hearing", pending.public_id).status_code == opens, user
        assert get("hearing_edit", pending.public_id).status_code == edits, user
        if listed == 200:
            assert "Julkinen" in response.content.decode()
            assert get("hearing", published.public_id).status_code == 200
            assert get("hearing_new").status_code == 200


def test_only_the_coordinator_decides_on_the_page(login, cast):
    hearing = f.HearingFactory(plan=cast.plan, organisation=cast.hamina, state="pending")
    detail = url(cast, "hearing", hearing.public_id)
    assert login(cast.hannes).post(detail, {"publish": "1", "version": "1"}).status_code == 403
    client = login(cast.kaisa)
    assert client.post(detail, {"version": "1"}).status_code == 422
    assert client.post(detail, {"reject": "1", "version": "1", "reason": ""}).status_code == 422
    assert client.post(detail, {"reject": "1", "version": "1", "reason": "Kesken."}).status_code == 302
    assert client.post(detail, {"forget": "1", "version": "2"}).status_code == 302
    assert client.post(detail, {"erase": "1", "version": "2"}).status_code == 302
    assert not Hearing.objects.exists()


def test_the_list_takes_a_constant_number_of_queries(login, cast, django_assert_max_num_queries):
    client = login(cast.kaisa)
    for count in (100, 2_400):
        made = Hearing.objects.bulk_create(
            f.HearingFactory.build(plan=cast.plan, organisation=cast.hamina) for _n in range(count)
        )
        HeardGroup.objects.bulk_create(f.HeardGroupFactory.build(hearing=row) for row in made)
        with django_assert_max_num_queries(12):
            assert client.get(url(cast, "hearings")).status_code == 200
