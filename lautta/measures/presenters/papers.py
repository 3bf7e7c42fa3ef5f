"""Measures of a round in the order of the paper: by organisation, within it by goal."""

from __future__ import annotations

from lautta.common.translated import Translated
from lautta.measures import reading
from lautta.measures.models import OrganisationEmphasis, Round
from lautta.measures.word import Part
from lautta.organisations.models import Organisation
from lautta.plans.standing import Standing


def parts_of(round: Round, standing: Standing, only: Organisation | None = None) -> list[Part]:
    """Six queries at any size. A measure with two goals stands under the first."""
    years = reading.years_of(round.plan, standing).filter(round=round).with_organisation_then().in_order()
    if only:
        years = years.filter(organisation_then=only.pk)
    years = list(years.select_related("measure", "round").prefetch_related(reading.with_indicators()))
    goals, links = reading.goal_tree(round.plan), reading.goals_of_years(years)
    emphases = dict(OrganisationEmphasis.objects.filter(round=round).values_list("organisation_id", "text"))
    places = {pk: place for place, pk in enumerate(goals)}
    parts = []
    for organisation in reading.organisations_ever(round.plan):
        own = [y for y in years if y.organisation_then == organisation.pk]
        if only and organisation.pk != only.pk:
            continue
        # Emphases are the organisation's own until they are published with its plan.
        theirs = standing.sees_all_drafts or organisation.pk in standing.roles
        emphasis = (emphases.get(organisation.pk) if theirs else None) or Translated()
        if not own and not emphasis:
            continue
        by_goal: dict[int | None, list] = {}
        for year in own:
            living = [pk for pk in links.get(year.pk, []) if pk in goals]
            by_goal.setdefault(living[0] if living else None, []).append(year)
        ordered = sorted(by_goal.items(), key=lambda pair: places.get(pair[0], len(places)))
        parts.append(Part(organisation, emphasis, [(goals.get(pk), found) for pk, found in ordered]))
    return parts
