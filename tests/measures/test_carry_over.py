"""Carrying over, whatever is carried and how many times: the same measures, once each, same content, as drafts."""

import datetime as dt
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import given as over
from hypothesis import strategies as st

from lautta.common.translated import Translated
from lautta.measures import actions
from lautta.measures.choices import NEEDS_REASON, TRANSITIONS, Sector, ServiceTier, Status, TargetGroup
from lautta.measures.models import MeasureYear, Round
from tests.measures.making import given

TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)
MEASURE = st.fixed_dictionaries(
    {
        "title": TEXT.map(Translated.of),
        "change": st.tuples(TEXT, TEXT).map(lambda pair: Translated.of(pair[0], sv=pair[1])),
        "target_groups": st.lists(st.sampled_from(TargetGroup.values), min_size=1, unique=True),
        "sectors": st.lists(st.sampled_from(Sector.values), unique=True, max_size=3),
        "service_tier": st.sampled_from([None, *ServiceTier.values]),
        "ends_on": st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2027, 1, 1)),
        "responsible_title": TEXT | st.just(""),
    }
)
STATUSES = st.sampled_from(sorted(TRANSITIONS[Status.PLANNED]) + [Status.PLANNED])
SAME = (
    "title",
    "change",
    "target_groups",
    "sectors",
    "service_tier",
    "responsible_title",
    "starts_on",
    "sort_key",
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@over(st.data())
def test_carried_once_with_the_same_content(cast, data):
    by = cast.actor(cast.kaisa)
    later, _made = Round.objects.get_or_create(
        plan=cast.plan, year=2025, defaults={"deadline": dt.date(2099, 1, 1), "state": "open"}
    )
    olds = []
    for content in data.draw(st.lists(MEASURE, min_size=1, max_size=3)):
        old = given(cast, cast.hamina, by=by, **content)
        status = data.draw(STATUSES)
        actions.change_status(
            by=by, measure_year=old, status=status, reason="Syy" if status in NEEDS_REASON else ""
        )
        amount = actions.Amount(cast.hamina, 2024, "budget", Decimal("10"))
        actions.set_money(by=by, measure_year=old, rows=[amount])
        olds.append(MeasureYear.objects.get(pk=old.pk))
    made = []
    for _ in range(2):
        chosen = data.draw(st.lists(st.sampled_from(olds), max_size=6))
        made += actions.carry_over(by=by, round=later, organisation=cast.hamina, measure_years=chosen)
    made += actions.carry_over(by=by, round=later, organisation=cast.hamina, measure_years=olds)
    news = {
        y.measure_id: y
        for y in MeasureYear.objects.filter(round=later, measure__in=[o.measure_id for o in olds])
    }
    assert len(made) == len(news) == len(olds)
    for old in olds:
        new = news[old.measure_id]
        assert [getattr(new, n) for n in SAME] == [getattr(old, n) for n in SAME]
        assert (new.published_at, new.version, new.carried_from_id) == (None, 1, old.pk)
        assert list(new.goals.all()) == list(old.goals.all())
        assert not new.money.exists()
        assert not new.reports.exists()
        assert new.ends_on in (None, old.ends_on)
        assert new.ends_on is None or new.ends_on >= dt.date(2025, 1, 1)
        assert new.status_changes.get().status == new.status
        assert new.status in {Status.UNDER_WAY, Status.PLANNED}
