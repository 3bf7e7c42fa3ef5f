"""Owners of a joint indicator and the coordinator are told what a new release clearly moved, until they have looked."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lautta.common.actors import SYSTEM, Actor
from lautta.common.models import AuditEntry, OutgoingMail
from lautta.indicators.actions.summaries import summarise_current
from lautta.indicators.models import Vintage
from lautta.plans.models import JointIndicator
from lautta.workspace.actions.figures import mark_moved_seen
from lautta.workspace.actions.reminders import send_reminders
from lautta.workspace.duties import duties_of_plan
from lautta.workspace.figures_duties import LASTS
from lautta.workspace.models import FiguresSeen
from tests import factories as f
from tests.indicators import factories as numbers

pytestmark = pytest.mark.django_db
CODES = ["MK08", "SSS", *(f"KU{n:03d}" for n in range(1, 13))]
TODAY = timezone.localdate()


def release(last: int, source_id: str = "4711", slope: float = -3.0):
    """A vintage of years 2010 to `last` in which every area falls by `-slope` a year, with its summaries."""
    cells = {(code, year): 40 + slope * (year - 2010) for code in CODES for year in range(2010, last + 1)}
    indicator = numbers.taken_in(numbers.panel(cells), numbers.metadata(source_id)).indicator
    summarise_current(by=SYSTEM)
    return indicator


@pytest.fixture
def joint(cast):
    cast.plan.region.area.code = "08"
    cast.plan.region.area.save()
    indicator = release(2018)
    return JointIndicator.objects.create(plan=cast.plan, indicator=indicator, owner=cast.hamina)


def told(cast, today=TODAY):
    """{name: duty about figures}."""
    names = {getattr(cast, n).pk: n for n in ("kaisa", "hannes", "kirsi", "kalle", "paula", "nelli", "urho")}
    found = duties_of_plan(cast.plan, today)
    return {names[user]: d for user, duties in found.items() for d in duties if d.kind == "figures"}


def test_the_first_release_moves_nothing(cast, joint):
    assert told(cast) == {}


def test_owners_and_the_coordinator_are_told_and_nobody_else(cast, joint):
    release(2019)
    found = told(cast)
    assert set(found) == {"kaisa", "hannes", "kirsi"}
    assert str(found["hannes"].detail) == "1 mittari"
    assert found["hannes"].due == TODAY + dt.timedelta(days=14)


def test_a_release_that_says_the_same_tells_nothing(cast, joint):
    level = {(code, year): 40.0 + year % 2 for code in CODES for year in range(2010, 2020)}
    numbers.taken_in(numbers.panel(level))
    summarise_current(by=SYSTEM)
    assert told(cast) == {}


def test_it_is_in_my_work_and_goes_when_it_has_been_looked_at(cast, login, joint):
    release(2019)
    client, work = login(cast.hannes), f"/fi/work/{cast.plan.public_id}/"
    assert "Katso, mikä muuttui" in client.get(work).content.decode()
    page = client.get(f"{work}figures/moved/")
    assert "selvästi laskenut" in page.content.decode()
    answer = client.post(f"{work}figures/moved/", {"until": page.context["until"]})
    assert answer.url == work
    assert set(told(cast)) == {"kaisa", "kirsi"}, "each looks for oneself"
    assert AuditEntry.objects.filter(action="indicator.look", actor_id=cast.hannes.pk).count() == 1
    release(2020)
    assert set(told(cast)) == {"kaisa", "hannes", "kirsi"}, "a newer release is news again"


def test_what_came_while_the_page_was_open_is_not_seen(cast, login, joint):
    before = timezone.now()
    release(2019)
    login(cast.hannes).post(f"/fi/work/{cast.plan.public_id}/figures/moved/", {"until": before.isoformat()})
    assert "hannes" in told(cast)


@pytest.mark.parametrize("until", ["", "x", "2024-01-01T00:00", "2024-99-01T00:00:00+00:00"])
def test_a_broken_form_marks_nothing(cast, login, joint, until):
    page = f"/fi/work/{cast.plan.public_id}/figures/moved/"
    assert login(cast.hannes).post(page, {"until": until}).status_code == 409
    assert not FiguresSeen.objects.exists()


def test_nobody_sees_the_future_nor_another_plan(cast, joint):
    late = timezone.now() + dt.timedelta(days=300)
    row = mark_moved_seen(by=cast.actor(cast.hannes), plan=cast.plan, until=late)
    assert row.seen_at <= timezone.now()
    for by in (cast.actor(cast.hannes), Actor(cast.urho, "outsider"), SYSTEM):
        with pytest.raises(PermissionDenied):
            mark_moved_seen(by=by, plan=cast.other_plan, until=late)


def test_it_goes_by_itself_in_sixty_days(cast, joint):
    release(2019)
    assert "kaisa" in told(cast, TODAY + dt.timedelta(days=LASTS - 1))
    assert told(cast, TODAY + dt.timedelta(days=LASTS + 2)) == {}


def test_the_reminder_mail_has_a_line_of_it(cast, joint):
    release(2019)
    send_reminders(by=SYSTEM, today=TODAY + dt.timedelta(days=7))
    assert "Katso, mikä muuttui" in OutgoingMail.objects.get(user=cast.kirsi).text
    assert not OutgoingMail.objects.filter(user=cast.paula, text__contains="mikä muuttui").exists()


def test_numbers_that_were_held_count_from_their_acceptance(cast, joint):
    release(2019)
    long_ago = timezone.now() - dt.timedelta(days=LASTS + 5)
    Vintage.objects.filter(state="current").update(made_at=long_ago)
    assert told(cast) == {}
    Vintage.objects.filter(state="current").update(decided_at=timezone.now())
    assert "kaisa" in told(cast)


@pytest.mark.parametrize("size", [100, 2_500])
def test_queries_do_not_grow(cast, joint, login, size, django_assert_max_num_queries):
    release(2019)
    rows = numbers.IndicatorFactory._meta.model.objects.bulk_create(
        numbers.IndicatorFactory.build() for _ in range(size)
    )
    JointIndicator.objects.bulk_create(
        JointIndicator(plan=cast.plan, indicator=row, owner=cast.hamina, position=n)
        for n, row in enumerate(rows)
    )
    client = login(cast.hannes)
    with django_assert_max_num_queries(25):
        assert client.get(f"/fi/work/{cast.plan.public_id}/figures/moved/").status_code == 200


def test_the_page_is_open_to_members_only(cast, login, joint):
    page = f"/fi/work/{cast.plan.public_id}/figures/moved/"
    for person, status in ((cast.nelli, 200), (cast.paula, 200), (cast.urho, 404), (f.UserFactory(), 404)):
        assert login(person).get(page).status_code == status
