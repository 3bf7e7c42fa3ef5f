"""Numbers of a text: kept when its revision is saved, in the same transaction."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.indicators.models import Vintage
from lautta.plans.figures.resolving import Resolved, Written, copied, resolve
from lautta.plans.models import Chapter, ChapterRevision, FigureReference, KeptFigure
from lautta.plans.rules import chapters as rules


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


@transaction.atomic
def keep_old_figure(*, by: Actor, chapter: Chapter, language: str, token: str, offered: str) -> KeptFigure:
    """Leave the number of `token` as it stands although the newest data gives `offered`.

    Refused when the data no longer gives that, or gives none: what is withheld is to be written out of the text.
    """
    rules.demand_rule(by, rules.can_edit_chapter, chapter)
    standing = FigureReference.objects.select_for_update(of=("self",)).filter(
        chapter=chapter, language=language, token=token, left_in=None
    )
    moved = next(iter(standing.moved()), None)
    if moved is None or not moved.text or moved.text != offered:
        raise Refused(
            _("Luku on muuttunut sivun avaamisen jälkeen. Katso tilanne ja valitse uudelleen."), status=409
        )
    vintage = Vintage.objects.only("number", "sha256").get(
        indicator=moved.reference.indicator_id, state=Vintage.State.CURRENT
    )
    kept = KeptFigure.objects.create(
        reference=moved.reference, text=moved.text, kept_by=by.user, vintage_number=vintage.number,
        vintage_sha256=vintage.sha256,
    )  # fmt: skip
    audit.record(
        by=by, action="chapter.keep_figure", target=chapter, scope=chapter.plan.public_id,
        organisation=chapter.organisation.public_id if chapter.organisation else "",
        changes={"language": (None, language), "token": (None, token), "figure": (moved.text, moved.reference.text)},
    )  # fmt: skip
    return kept
