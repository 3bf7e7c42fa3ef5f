"""Addresses for search engines."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import override

from lautta.plans.models import Plan
from lautta.publishing.links import goal_url, measure_url, organisation_url
from lautta.publishing.presenters.chapters import entries
from lautta.publishing.presenters.goals import GoalTree

PAGES = (
    "home",
    "help",
    "centres",
    "plan",
    "goals",
    "measures",
    "municipalities",
    "population",
    "organisations",
    "voices",
    "assessments",
    "children",
    "about",
    "accessibility",
)


def addresses(plan: Plan) -> Iterator[str]:
    """Paths in each language of the region. `plan` comes with its region, goals, measures, years and public
    texts.
    """
    for language in plan.region.languages or ["fi"]:
        with override(language):
            for name in PAGES:
                yield reverse(f"publishing:{name}", args=(plan.public_id,))
            yield from (e.url for e in entries(plan.public_id, plan.public_texts))
            public = [g for g in plan.goals.all() if g.published_at and not g.ended_at]
            yield from (goal_url(plan.public_id, node.goal) for node in GoalTree(plan.public_id, public))
            for measure in plan.measures.all():
                years = [y for y in measure.years.all() if y.published_at]
                if years:
                    newest = max(years, key=lambda y: y.round.year)
                    yield measure_url(plan.public_id, measure.public_id, newest.title)
            for participation in plan.participations.all():
                yield organisation_url(plan.public_id, participation.organisation)
