"""Finding the form fields of a merge's questions."""

from django import template
from django.forms import BoundField, Form

from lautta.plans.presenters.chapter_merge import Merge, Question

register = template.Library()


@register.filter
def question_count(merge: Merge) -> int:
    """How many conflicts wait for a choice."""
    return sum(1 for _question in merge.questions())


@register.simple_tag
def question_fields(form: Form, question: Question) -> dict[str, BoundField]:
    """{"choice": …, "hand": …} of a question."""
    return {"choice": form[f"choice-{question.key}"], "hand": form[f"hand-{question.key}"]}
