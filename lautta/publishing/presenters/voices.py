"""What was said, as it is shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lautta.publishing.presenters.filters import Column, Facet
from lautta.publishing.presenters.goals import GoalTree, Node
from lautta.publishing.presenters.words import fallback_language
from lautta.voices.models import Voice


def speaker(voice: Voice) -> str:
    """Role and, where it says more than the role, the age group: "Koululainen, 7–12 v"."""
    role = str(voice.get_speaker_role_display())
    adults = {"", Voice.AgeGroup.ADULT}
    return role if voice.age_group in adults else f"{role}, {voice.get_age_group_display()}"


def quotation(voice: Voice) -> dict:
    """For components/quotation.html; `lang` only when it is not the reader's."""
    return {
        "text": voice.text.shown().text,
        "role": speaker(voice),
        "lang": fallback_language(voice.text),
        "is_illustrative": voice.is_illustrative,
        "public_id": voice.public_id,
    }


def one_for_each(voices, branches: dict[int, set[int]]) -> dict[int, dict]:
    """One child's words for each main goal: {main goal: quotation}. The shortest fits a card best.

    `voices` come with their goals; `branches`: main goal → primary keys of its branch.
    Each voice is used once.
    """
    found: dict[int, dict] = {}
    used: set[int] = set()
    children = sorted(
        (v for v in voices if v.speaker_role in Voice.CHILDREN), key=lambda v: (len(str(v.text)), v.pk)
    )
    for main, branch in branches.items():
        for voice in children:
            if voice.pk not in used and branch & {goal.pk for goal in voice.goals.all()}:
                found[main] = quotation(voice)
                used.add(voice.pk)
                break
    return found


def goals_of_voices(links: Iterable[tuple[int, int | None]], tree: GoalTree) -> dict[int, list[Node]]:
    """(voice, goal) pairs → public goals of each voice."""
    found: dict[int, list[Node]] = defaultdict(list)
    for voice, goal in links:
        if goal and (node := tree.get(goal)):
            found[voice].append(node)
    return found


def columns(rows: Iterable[tuple[int, str]], goals: Mapping[int, list[Node]]) -> dict[str, Column]:
    """For `filters.narrow`, from (pk, speaker role)."""
    rows = list(rows)
    branches = [
        frozenset(above.goal.public_id for node in goals.get(pk, ()) for above in node.path())
        for pk, _role in rows
    ]
    return {
        "goal": Column.of(branches, lambda branch: branch),
        "role": Column.of([role for _pk, role in rows], lambda role: [role]),
    }


def facets(tree: GoalTree) -> list[Facet]:
    return [
        Facet("goal", _("Mistä aiheesta"), [(node.goal.public_id, node.label) for node in tree.roots]),
        Facet("role", _("Kuka puhuu"), [(r.value, str(r.label)) for r in Voice.SpeakerRole]),
    ]


def list_item(plan_id: str, voice: Voice, nodes: list[Node]) -> dict:
    """A quotation with its goals, month and address."""
    return quotation(voice) | {
        "goals": nodes,
        "colour": nodes[0].colour if nodes else 0,
        "month": date_format(voice.heard_month, "n/Y") if voice.heard_month else "",
        "url": reverse("publishing:voice", args=(plan_id, voice.public_id)),
    }
