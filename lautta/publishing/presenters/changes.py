"""What changed between two public texts of a chapter, word by word."""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lautta.plans.chapters.diff import Labels, Op, diff, diff_plain, render
from lautta.plans.figures.showing import plain_with_numbers
from lautta.plans.models import ChapterRevision
from lautta.publishing.presenters.words import with_heading_levels


def changes(old: ChapterRevision, new: ChapterRevision) -> dict[str, SafeString]:
    """{"title", "body", "plain"} of what differs, as HTML with <ins> and <del>; what is the same is left
    out.
    """
    labels = Labels(added=_("lisätty:"), removed=_("poistettu:"), end=_("muutos päättyy"))
    pairs = {
        "title": diff_plain(old.title, new.title),
        "body": diff(plain_with_numbers(old.body, old), plain_with_numbers(new.body, new)),
        "plain": diff_plain(plain_with_numbers(old.plain, old), plain_with_numbers(new.plain, new)),
    }
    return {
        name: mark_safe(with_heading_levels("".join(render(change, labels) for change in found), top=3))
        for name, found in pairs.items()
        if any(change.op is not Op.SAME for change in found)
    }
