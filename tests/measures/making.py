"""Short ways to measures for the tests of this room."""

import datetime as dt

from lautta.common.translated import Translated
from lautta.measures import actions
from lautta.measures.models import MeasureGoal
from tests import factories as f


def given(cast, organisation, *, round=None, title="Toimenpide", by=None, **values):
    """A measure's year made by the action itself, by the coordinator unless said otherwise."""
    content = {
        "title": title if isinstance(title, Translated) else Translated.of(title),
        "change": Translated.of("Lapsi tulee kuulluksi."),
        "goals": [cast.goal],
        "target_groups": ["children_7_12"],
        "starts_on": dt.date(2024, 1, 1),
    }
    return actions.create_measure(
        by=by or cast.actor(cast.kaisa),
        plan=cast.plan,
        round=round or cast.round,
        organisation=organisation,
        **{**content, **values},
    )


def many(cast, organisation, count, *, round=None):
    """Rows straight into the tables, for counting queries."""
    round = round or cast.round
    Measure, Year = f.measures.Measure, f.measures.MeasureYear
    measures = Measure.objects.bulk_create(
        Measure(plan=cast.plan, organisation=organisation) for _ in range(count)
    )
    years = Year.objects.bulk_create(
        Year(
            measure=m,
            round=round,
            title=Translated.of(f"Toimenpide {i}"),
            change=Translated.of("Muutos"),
            sort_key=f"{i:08d}",
            target_groups=["families"],
            starts_on=dt.date(2024, 1, 1),
        )
        for i, m in enumerate(measures)
    )
    MeasureGoal.objects.bulk_create(MeasureGoal(measure_year=y, goal=cast.goal) for y in years)
    return years
