"""Numbers of a text: kept when its revision is saved, in the same transaction."""

from __future__ import annotations

from lautta.common.actors import Actor
from lautta.plans.figures.resolving import Resolved, Written, copied, resolve
from lautta.plans.models import Chapter, ChapterRevision, FigureReference


def resolve_figures(
    *,
    by: Actor,
    chapter: Chapter,
    language: str,
    written: Written,
    renew: bool | frozenset[str] = False,
    restored: bool = False,
) -> dict[str, Resolved]:
    """The numbers that a text needs and does not have yet; reads only. Refused when one cannot be shown.

    A reference that stands in the newest text keeps its number; with `renew` (all, or these tokens) it takes the newest,
    if that differs. A text that is brought back (`restored`) has the numbers that it had.
    """
    if not written.tokens:
        return {}
    standing = {row.token: row for row in chapter.figures.filter(language=language, left_in=None)}
    renewed = frozenset(standing) if renew is True else renew or frozenset()
    wanted = [t for t in written.tokens if t.key in renewed or t.key not in standing]
    before: dict[str, Resolved] = {}
    if restored and not renew:
        rows = chapter.figures.filter(language=language, token__in=[t.key for t in wanted])
        earlier = {row.token: row for row in rows.select_related("indicator").order_by("pk")}
        before = {t.key: Resolved(t, copied(earlier[t.key])) for t in wanted if t.key in earlier}
        wanted = [t for t in wanted if t.key not in before]
    found = {**before, **resolve(chapter.plan, language, wanted, written.fields)}
    return {
        key: number
        for key, number in found.items()
        if key not in standing or standing[key].text != number.text
    }


def keep_figures(
    *, by: Actor, revision: ChapterRevision, written: Written, numbers: dict[str, Resolved]
) -> dict[str, tuple[int, int]]:
    """Keep the numbers with a new revision, in the caller's transaction; {"figures": (before, after)} for its trail.

    Rows of references that the text no longer has end before it; so do those that take a newer number.
    """
    of_text = FigureReference.objects.filter(chapter=revision.chapter_id, language=revision.language)
    standing = set(of_text.filter(left_in=None).values_list("token", flat=True))
    wanted = {token.key for token in written.tokens}
    if not standing and not wanted:
        return {}
    ending = (standing - wanted) | (standing & numbers.keys())
    of_text.filter(left_in=None, token__in=ending).update(left_in=revision.number)
    FigureReference.objects.bulk_create(
        FigureReference(
            chapter_id=revision.chapter_id, language=revision.language, token=key,
            first_revision=revision.number, **number.columns,
        )
        for key, number in numbers.items()
        if key in wanted
    )  # fmt: skip
    return {"figures": (len(standing), len(wanted))}
