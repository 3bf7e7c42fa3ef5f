"""Figures and sources: fetching, what waits for a yes, the yearly day, and what moved."""

import datetime as dt

import pytest
from django.core.management import call_command

from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry, Job
from lautta.common.problems import Refused
from lautta.indicators.actions.summaries import summarise_current
from lautta.indicators.models import FetchEntry, FetchSchedule, Indicator, StoredResult, Vintage
from lautta.plans.models import JointIndicator
from lautta.workspace.actions import figures as actions
from tests import factories as f
from tests.indicators import factories as numbers
from tests.indicators.little_source import little_source, sotkanet

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(cast):
    return f"/fi/work/{cast.plan.public_id}/figures/"


@pytest.fixture
def alone(monkeypatch):
    """The installation has one region: its coordinator decides on public figures."""
    monkeypatch.setattr("lautta.indicators.access.is_shared", lambda: False)


def waits(source_id: str = "4711", title: str = "Ilman ystävää, %") -> Vintage:
    about = numbers.metadata(source_id, title)
    numbers.taken_in(numbers.grid(), about)
    return numbers.taken_in(numbers.grid(areas=10), about).vintage


def joint(cast, indicator, **fields):
    return JointIndicator.objects.create(plan=cast.plan, indicator=indicator, **fields)


@pytest.mark.parametrize("below", ["", "waiting/"])
def test_whose_the_pages_are(cast, login, address, below):
    for user, status in ((cast.hannes, 403), (cast.kirsi, 403), (cast.urho, 404), (cast.kaisa, 200)):
        assert login(user).get(address + below).status_code == status, user.name
    admin = f.UserFactory()
    f.RoleAssignmentFactory(
        plan=cast.plan, role="administrator",
        membership=f.MembershipFactory(user=admin, organisation=cast.county),
    )  # fmt: skip
    assert login(admin).get(address + below).status_code == 200


def test_only_keepers_see_the_entry_of_navigation(cast, login, address):
    work = f"/fi/work/{cast.plan.public_id}/"
    assert address in login(cast.kaisa).get(work).content.decode()
    assert address not in login(cast.hannes).get(work).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_fetch_goes_on_behind_the_page_and_each_failure_is_a_line(cast, login, address, monkeypatch):
    monkeypatch.setattr("lautta.indicators.fetchers.http.time.sleep", lambda seconds: None)
    joint(cast, numbers.IndicatorFactory(source_id="4711"))
    joint(cast, numbers.IndicatorFactory(source_id="4799"))
    client = login(cast.kaisa)
    with little_source(sotkanet()) as source:
        monkeypatch.setattr("lautta.indicators.actions.starting.BASE", source.base)
        answer = client.post(f"{address}fetch/", {"ids": ["4711", "4799"]})
    job = Job.objects.get()
    assert answer.url.endswith(f"/jobs/{job.public_id}/")
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    assert "Lukujen haku" in client.get(answer.url).content.decode()
    page = client.get(address).content.decode()
    assert "Uudet tiedot" in page
    assert "Lähteessä ei ole tällaista indikaattoria tai taulukkoa (404)." in page
    assert StoredResult.objects.filter(vintage__indicator__source_id="4711").exists()


def test_what_is_not_in_the_list_is_not_fetched(cast, login, address):
    client = login(cast.kaisa)
    assert client.post(f"{address}fetch/", {"ids": ["999999"]}).status_code == 422
    assert client.post(f"{address}fetch/", {}).status_code == 422
    assert not Job.objects.exists()


def test_everything_at_once(cast, login, address):
    login(cast.kaisa).post(f"{address}fetch/", {"all": "1"})
    assert len(Job.objects.get().input["source_ids"]) > 60


def test_what_is_missing_is_told_and_a_yes_takes_it(
    cast, login, address, alone, django_capture_on_commit_callbacks
):
    vintage = waits()
    client = login(cast.kaisa)
    page = client.get(f"{address}waiting/").content.decode()
    assert "KU011, KU012" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{address}waiting/{vintage.public_id}/", {"accept": "1"})
    vintage.refresh_from_db()
    assert vintage.state == "current"
    assert vintage.results.exists()
    assert AuditEntry.objects.filter(scope=cast.plan.public_id, action="vintage.accept").exists()
    assert client.post(f"{address}waiting/{vintage.public_id}/", {"accept": "1"}).status_code == 404


def test_a_no_needs_a_reason_and_changes_nothing_else(cast, login, address, alone):
    vintage = waits()
    current = Vintage.objects.current().get()
    client = login(cast.kaisa)
    where = f"{address}waiting/{vintage.public_id}/"
    assert client.post(where, {"reason": " "}).status_code == 422
    vintage.refresh_from_db()
    assert vintage.state == "waiting"
    assert client.post(where, {"reason": "Lähteessä on virhe."}).status_code == 302
    vintage.refresh_from_db()
    assert vintage.state == "refused"
    assert Vintage.objects.current().get() == current
    said = AuditEntry.objects.get(scope=cast.plan.public_id, action="vintage.refuse")
    assert said.changes["reason"][1] == "Lähteessä on virhe."


def test_another_regions_own_numbers_are_nowhere(cast, login, address):
    vintage = waits(title="Salainen kysely")
    Indicator.objects.update(source="file", region=cast.other_plan.region)
    client = login(cast.kaisa)
    for path in (address, f"{address}waiting/"):
        assert "Salainen kysely" not in client.get(path).content.decode()
    assert client.post(f"{address}waiting/{vintage.public_id}/", {"accept": "1"}).status_code == 404


@pytest.mark.parametrize("who", ["hannes", "urho"])
def test_an_action_asks_again(cast, who):
    from django.core.exceptions import PermissionDenied

    vintage, by = waits(), cast.actor(getattr(cast, who))
    with pytest.raises(PermissionDenied):
        actions.fetch_figures(by=by, plan=cast.plan, source_ids=["127"])
    with pytest.raises(PermissionDenied):
        actions.accept_figures(by=by, plan=cast.plan, vintage=vintage)
    with pytest.raises(PermissionDenied):
        actions.set_yearly_fetch(by=by, plan=cast.plan, month=3, day=1, is_active=True)
    with pytest.raises(PermissionDenied):
        actions.accept_figures(by=cast.actor(cast.kaisa), plan=cast.other_plan, vintage=vintage)


def test_deciding_twice_is_refused(cast, alone):
    vintage, by = waits(), cast.actor(cast.kaisa)
    actions.accept_figures(by=by, plan=cast.plan, vintage=vintage)
    with pytest.raises(Refused):
        actions.refuse_figures(by=by, plan=cast.plan, vintage=vintage, reason="Myöhässä")


def test_the_yearly_day_moves_and_is_put_off(cast, login, address, alone):
    client = login(cast.kaisa)
    client.post(f"{address}schedule/", {"day": "1", "month": "3", "is_active": "on"})
    client.post(f"{address}schedule/", {"day": "2", "month": "4", "is_active": "on"})
    assert [(s.day, s.month) for s in FetchSchedule.objects.filter(is_active=True)] == [(2, 4)]
    client.post(f"{address}schedule/", {"day": "2", "month": "4"})
    assert not FetchSchedule.objects.filter(is_active=True).exists()
    assert client.post(f"{address}schedule/", {"day": "31", "month": "4"}).status_code == 422


def test_the_clock_starts_what_is_due_once(cast, alone, monkeypatch):
    actions.set_yearly_fetch(by=cast.actor(cast.kaisa), plan=cast.plan, month=3, day=1, is_active=True)
    monkeypatch.setattr("lautta.common.clock.today", lambda: dt.date(2025, 2, 28))
    call_command("tick", verbosity=0)
    assert not Job.objects.exists()
    monkeypatch.setattr("lautta.common.clock.today", lambda: dt.date(2025, 3, 2))
    call_command("tick", verbosity=0)
    call_command("tick", verbosity=0)
    assert sorted(Job.objects.values_list("kind", flat=True)) == ["indicator_fetch", "population_fetch"]


@pytest.mark.parametrize("size", [100, 2_500])
def test_queries_do_not_grow(cast, login, address, size, django_assert_max_num_queries):
    waits()
    run = FetchEntry.objects.first().fetch
    held = Vintage.objects.waiting().get()
    made = Indicator.objects.bulk_create(numbers.IndicatorFactory.build() for _ in range(size))
    FetchEntry.objects.bulk_create(
        FetchEntry(fetch=run, source_id=i.source_id, indicator=i, outcome="new") for i in made
    )
    copied = {
        name: getattr(held, name)
        for name in (
            "dimensions", "values", "status", "quantiles", "sha256", "area_count", "first_year", "last_year",
            "observed", "held_because",
        )
    }  # fmt: skip
    Vintage.objects.bulk_create(
        (Vintage(indicator=i, number=1, state="waiting", **copied) for i in made), batch_size=200
    )
    client = login(cast.kaisa)
    client.get(address)
    with django_assert_max_num_queries(16):
        assert client.get(address).status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get(f"{address}waiting/").status_code == 200


def test_a_joint_indicator_that_fell_is_told_with_its_direction(cast, login, address):
    cast.plan.region.area.code = "08"
    cast.plan.region.area.save()
    codes = ["MK08", "SSS", *(f"KU{n:03d}" for n in range(1, 13))]
    falling = numbers.panel(
        {(code, year): 40 - 3 * (year - 2010) for code in codes for year in range(2010, 2020)}
    )
    indicator = numbers.taken_in(falling).indicator
    joint(cast, indicator, direction="smaller_is_better", owner=cast.hamina)
    summarise_current(by=SYSTEM)
    page = " ".join(login(cast.kaisa).get(address).content.decode().split())
    assert "selvästi laskenut" in page
    assert "hyvään suuntaan" in page
    assert "16,0" in page
    assert "13,0" in page
    work = f"/fi/work/{cast.plan.public_id}/"
    assert "Lukuja on päivittynyt" in login(cast.hannes).get(work).content.decode()
    assert "Lukuja on päivittynyt" not in login(cast.kalle).get(work).content.decode()
    assert indicator.public_id in login(cast.hannes).get(work).content.decode()


def test_what_was_told_at_the_last_release_is_no_news(cast):
    from lautta.indicators.summaries import AreaSummary
    from lautta.workspace.figures_moved import move_of

    indicator = numbers.IndicatorFactory()
    one = joint(cast, indicator, direction="larger_is_better")
    rest = {"area": "MK08", "value": 4.0, "status": 0, "years": [2018, 2019], "values": [None, 4.0]}
    now = AreaSummary(**rest, year=2019, trend=1, statuses=[2, 0])
    assert move_of(one, now, now) is None
    assert move_of(one, AreaSummary(**rest, year=2019, trend=0, statuses=[2, 0]), None) is None
    news = move_of(one, now, AreaSummary(**{**rest, "value": 3.0}, year=2019, trend=0, statuses=[2, 0]))
    assert (news.old, news.judged, news.corrected) == ("ei näytetä", "hyvään suuntaan", "3,0\xa0%")


def test_where_regions_share_figures_a_coordinator_proposes_and_the_keeper_decides(
    cast, login, address, capsys
):
    from django.core.exceptions import PermissionDenied

    vintage, by = waits(), cast.actor(cast.kaisa)
    with pytest.raises(PermissionDenied):
        actions.accept_figures(by=by, plan=cast.plan, vintage=vintage)
    with pytest.raises(PermissionDenied):
        actions.set_yearly_fetch(by=by, plan=cast.plan, month=3, day=1, is_active=True)
    client, where = login(cast.kaisa), f"{address}waiting/{vintage.public_id}/"
    assert "Asennuksessa on monta aluetta" in client.get(address).content.decode()
    assert client.post(f"{address}schedule/", {"day": "1", "month": "3"}).status_code == 403
    page = client.get(where).content.decode()
    assert "Ehdota käyttöön" in page
    assert "KU011, KU012" in page
    assert client.post(where, {"accept": "1", "reason": " "}).status_code == 422
    assert client.post(where, {"accept": "1", "reason": "Lähde kertoi muutoksesta."}).status_code == 302
    vintage.refresh_from_db()
    assert vintage.state == "waiting"
    assert "Lähde kertoi muutoksesta." in client.get(where).content.decode()
    call_command("fetch", "held")
    assert "accept – Lähde kertoi muutoksesta." in capsys.readouterr().out
    call_command("fetch", "held", accept=vintage.public_id)
    vintage.refresh_from_db()
    assert vintage.state == "current"


def test_a_regions_own_file_is_its_own_to_decide_on(cast, login, address):
    vintage = waits()
    Indicator.objects.update(source="file", region=cast.plan.region)
    answer = login(cast.kaisa).post(f"{address}waiting/{vintage.public_id}/", {"accept": "1"})
    assert answer.status_code == 302
    vintage.refresh_from_db()
    assert vintage.state == "current"


def test_the_keeper_sets_the_yearly_day_at_the_command_line(db):
    call_command("fetch", "yearly", "1", "3")
    call_command("fetch", "yearly", "2", "4")
    assert [(s.day, s.month) for s in FetchSchedule.objects.filter(is_active=True)] == [(2, 4)]
