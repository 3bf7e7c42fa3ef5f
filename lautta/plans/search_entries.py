"""What search holds of goals, joint indicators and organisations; the actions call these in their own transaction."""

from django.utils import translation

from lautta.common import search
from lautta.common.translated import LANGUAGES
from lautta.indicators.dependents import renew_with as renew_with_indicator
from lautta.indicators.models import Indicator
from lautta.organisations.dependents import renew_with
from lautta.organisations.models import Organisation
from lautta.plans.models import Goal, JointIndicator, Participation, Plan

WEIGHTS = {Goal.Kind.MAIN: 3, Goal.Kind.CROSS_CUTTING: 3, Goal.Kind.SUBGOAL: 1, Goal.Kind.MEANS: 0}


def index_goal(goal: Goal) -> None:
    """A public goal is found by its title, description, plain text and criteria; any other is not found at
    all.
    """
    scope = goal.plan.public_id
    if goal.published_at is None or goal.ended_at is not None:
        search.unindex(scope=scope, kind="goal", object_id=goal.public_id)
        return
    criteria = [c.text for c in goal.criteria.all()]
    texts = {}
    for language in LANGUAGES:
        parts = [p.in_language(language) for p in (goal.description, goal.plain, *criteria)]
        body = "\n".join(p for p in parts if p)
        if body or goal.title.in_language(language):
            texts[language] = (f"{goal.number} {goal.title.shown(language).text}".strip(), body)
    search.index(
        scope=scope, kind="goal", object_id=goal.public_id, texts=texts, url_name="publishing:goal",
        url_kwargs={"plan_id": scope, "goal_id": goal.public_id}, weight=WEIGHTS[goal.kind],
    )  # fmt: skip


def index_joint_indicator(joint: JointIndicator) -> None:
    """A joint indicator is found by its name and by why it is followed."""
    indicator, texts = joint.indicator, {}
    for language in {*indicator.title.texts, *joint.note.texts}:
        texts[language] = (indicator.title.shown(language).text, joint.note.in_language(language) or "")
    search.index(
        scope=joint.plan.public_id, kind="indicator", object_id=indicator.public_id, texts=texts,
        url_name="publishing:indicator",
        url_kwargs={"plan_id": joint.plan.public_id, "indicator_id": indicator.public_id}, weight=1,
    )  # fmt: skip


def unindex_joint_indicator(plan: Plan, indicator: Indicator) -> None:
    """The plan no longer follows it."""
    search.unindex(scope=plan.public_id, kind="indicator", object_id=indicator.public_id)


@renew_with_indicator
def renew_indicator(indicator: Indicator) -> None:
    """The source has renamed it: its entries in every plan that follows it."""
    for joint in JointIndicator.objects.filter(indicator=indicator).select_related("plan", "indicator"):
        index_joint_indicator(joint)


def index_organisation(plan: Plan, organisation: Organisation) -> None:
    """An organisation of the plan, former ones too (their measures stay), by name, kind, area and
    neighbours in time.
    """
    rows = list(organisation.participations.filter(plan=plan).values_list("ended_on", flat=True))
    if not rows:
        search.unindex(scope=plan.public_id, kind="organisation", object_id=organisation.public_id)
        return
    texts = {}
    for language in LANGUAGES:
        with translation.override(language):
            around = [organisation.area, organisation.successor, *organisation.predecessors.all()]
            body = "\n".join(
                [str(organisation.get_kind_display()), *(str(a) for a in around if a is not None)]
            )
            texts[language] = (organisation.name.shown(language).text, body)
    former = organisation.ended_on is not None or None not in rows
    search.index(
        scope=plan.public_id,
        kind="organisation",
        object_id=organisation.public_id,
        texts=texts,
        url_name="publishing:organisation",
        url_kwargs={"plan_id": plan.public_id, "organisation_id": organisation.public_id},
        weight=-1 if former else 1,
    )


@renew_with
def renew_organisation(organisation: Organisation) -> None:
    """The organisation changed: its own entries in every plan, and those of its predecessors, which name
    it.
    """
    shown = [organisation, *organisation.predecessors.all()]
    if organisation.successor is not None:
        shown.append(organisation.successor)
    rows = Participation.objects.filter(organisation__in=shown).select_related(
        "plan", "organisation__area", "organisation__successor"
    )
    for row in {(r.plan_id, r.organisation_id): r for r in rows}.values():
        index_organisation(row.plan, row.organisation)
