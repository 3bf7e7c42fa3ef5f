"""Marks of the statutory checklist: added, never altered."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations.models import Organisation
from lautta.organisations.saving import checked_save
from lautta.plans.checklist.evidence import Key, pieces
from lautta.plans.checklist.rule_sets import item_codes, rule_sets
from lautta.plans.models import Coverage, CoverageMark, Plan
from lautta.plans.rules.checklists import demand_mark

MOST_LINKS = 40
LONGEST_NOTE = 2_000


@transaction.atomic
def mark_coverage(
    *,
    by: Actor,
    plan: Plan,
    item: str,
    state: str,
    links: Sequence[Key] = (),
    note: Translated | None = None,
    organisation: Organisation | None = None,
    after: int,
    is_illustrative: bool = False,
) -> CoverageMark:
    """Add a mark. `after`: the number of the mark that was seen (0: none); 409 when somebody has marked since.

    What is covered or partly covered points at something; what is not covered says what is lacking.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    demand_mark(by, plan, organisation)
    note = note or Translated()
    if item not in item_codes():
        raise Refused(_("Tällaista kohtaa ei ole."), status=422)
    if organisation is not None:
        _refuse_unbound(plan, item, organisation)
    if state not in Coverage.values:
        raise Refused(_("Valitse, miten kohta on katettu."), field="state", status=422)
    if len(links) > MOST_LINKS:
        raise Refused(_("Valitse enintään %(n)s paikkaa.") % {"n": MOST_LINKS}, field="links", status=422)
    if any(len(text.text) > LONGEST_NOTE for text in note.texts.values()):
        raise Refused(_("Lyhennä selitystä."), field="note", status=422)
    if state == Coverage.COVERED and not links:
        raise Refused(_("Valitse, missä kohta on suunnitelmassa."), field="links", status=422)
    if state == Coverage.PARTLY and not note:
        raise Refused(_("Kerro, mitä vielä puuttuu."), field="note", status=422)
    _refuse_strange_links(plan, links)
    marks = plan.coverage_marks.filter(item=item, organisation=organisation)
    newest = marks.newest_first().first()
    if (newest.number if newest else 0) != after:
        raise Refused(_("Joku muu merkitsi tämän sillä välin. Katso tilanne ja yritä uudelleen."))
    mark = CoverageMark(
        plan=plan, organisation=organisation, item=item, number=after + 1, state=state, note=note,
        links=[{"kind": kind, "id": public_id} for kind, public_id in links],
        is_illustrative=is_illustrative, marked_by=by.user,
    )  # fmt: skip
    checked_save(mark)
    audit.record(
        by=by, action="coverage.mark", target=mark, scope=plan.public_id,
        organisation=organisation.public_id if organisation else "",
        changes={"state": (newest.state if newest else None, state), "item": (item, item)},
    )  # fmt: skip
    return mark


def _refuse_unbound(plan: Plan, item: str, organisation: Organisation) -> None:
    if not plan.participations.filter(organisation=organisation).exists():
        raise Refused(_("Organisaatio ei ole mukana tässä suunnitelmassa."), status=422)
    if not any(organisation.kind in i.binds for r in rule_sets() for i in r.items if i.code == item):
        raise Refused(_("Tämä kohta ei koske organisaatiota."), status=422)


def _refuse_strange_links(plan: Plan, links: Sequence[Key]) -> None:
    wanted: dict[str, list[str]] = {}
    for kind, public_id in links:
        wanted.setdefault(kind, []).append(public_id)
    known = {(p.kind, p.public_id) for p in pieces(plan, wanted)}
    if set(links) - known:
        raise Refused(_("Valitse paikat tästä suunnitelmasta."), field="links", status=422)
