"""What an upload is judged against: the organisation's measures of the round, the plan's others, and its goals."""

from __future__ import annotations

from lautta.measures import reading
from lautta.measures.excel.reading import Upload
from lautta.measures.excel.review import Review, review
from lautta.measures.models import Measure, MeasureYear, Round
from lautta.organisations.models import Organisation
from lautta.plans.models import Goal, JointIndicator


def own_years(round: Round, organisation: Organisation) -> list[MeasureYear]:
    """The organisation's measures of the round in order, with what the workbook shows. Three queries."""
    return list(
        MeasureYear.objects.filter(round=round, measure__organisation=organisation)
        .select_related("measure__organisation", "measure__plan", "round")
        .prefetch_related("goals", reading.with_indicators())
        .in_order()
    )


def goals_to_choose(round: Round) -> list[Goal]:
    """Living goals that a measure may advance, in the plan's order."""
    return list(round.plan.goals.current().exclude(kind=Goal.Kind.MEANS).in_order())


def joint_to_choose(round: Round) -> list[JointIndicator]:
    """The plan's joint indicators with their titles, in order."""
    return list(round.plan.joint_indicators.select_related("indicator").in_order())


def review_of(round: Round, organisation: Organisation, upload: Upload) -> Review:
    """Judge an upload against what stands now. Six queries at any size."""
    years = own_years(round, organisation)
    standing = {y.measure.public_id: y for y in years}
    others = Measure.objects.filter(plan=round.plan).exclude(organisation=organisation)
    goals = {g.pk: g for g in [*goals_to_choose(round), *(g for y in years for g in y.goals.all())]}
    ids = others.values_list("public_id", flat=True)
    return review(upload, standing, goals.values(), ids, joint_to_choose(round))
