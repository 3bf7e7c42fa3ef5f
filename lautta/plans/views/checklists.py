"""The statutory checklist: the matrix with its gaps first, and marking an item."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lautta.common import clock
from lautta.organisations.models import Organisation
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.actions.checklists import mark_coverage
from lautta.plans.checklist.evidence import choices, evidence_of
from lautta.plans.checklist.reading import checklist as read_checklist
from lautta.plans.checklist.rule_sets import Item, RuleSet, rule_set_on, rule_sets_of
from lautta.plans.forms.checklists import CoverageForm
from lautta.plans.models import Plan
from lautta.plans.organisation_reading import organisations_ever
from lautta.plans.presenters import checklists as presenter
from lautta.plans.rules.checklists import may_mark
from lautta.plans.views.structure_pages import address, found, page, page_language, posted

PAST_MARKS = 20


def _chosen(plan: Plan, key: str | None) -> tuple[RuleSet, list[RuleSet]]:
    """The rule set of the key, or the one that holds today, or the plan's last; and all that the plan meets."""
    sets = rule_sets_of(plan)
    now = rule_set_on(clock.today())
    if key is None:
        chosen = now if now in sets else (sets[-1] if sets else None)
    else:
        chosen = next((r for r in sets if r.key == key), None)
    if chosen is None:
        raise Http404
    return chosen, sets


@require_safe
@workspace
def checklist(request: WorkspaceRequest) -> HttpResponse:
    """Items × organisations by one rule set (`?rules=`), what is lacking first."""
    plan, standing = request.plan, request.standing
    rules, sets = _chosen(plan, request.GET.get("rules"))
    result = read_checklist(plan, rules, clock.today())
    here = address(plan, "checklist")
    tabs = [{"label": r.title, "url": f"{here}?rules={r.key}", "current": r == rules} for r in reversed(sets)]
    context = {
        "result": result, "rules": rules, "tabs": tabs if len(tabs) > 1 else [],
        "gaps": presenter.gap_rows(plan, standing, result.gaps),
        "rows": presenter.line_rows(plan, standing, result.lines, result.organisations),
        "public_page": plan.published_at is not None,
    }  # fmt: skip
    return page(request, "plans/checklist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def checklist_mark(request: WorkspaceRequest, item: str, organisation_id: str | None = None) -> HttpResponse:
    """Say how the whole plan, or an organisation, covers the item, and where."""
    plan = request.plan
    organisation = _organisation(plan, organisation_id)
    chosen = _item(plan, item)
    demand(may_mark(request.standing, organisation))
    past = list(plan.coverage_marks.filter(item=item, organisation=organisation).newest_first()[:PAST_MARKS])
    language = page_language(plan)
    form = CoverageForm(
        posted(request), mark=past[0] if past else None, offered=choices(plan, organisation), language=language
    )  # fmt: skip
    given = {
        "by": request.standing.actor(organisation), "plan": plan, "item": item, "organisation": organisation
    }  # fmt: skip
    if request.method == "POST" and form.carry_out(mark_coverage, **given):
        messages.success(request, _("Merkintä on tallennettu."))
        return redirect("plans:checklist", plan_id=plan.public_id)
    evidence = evidence_of(plan, past)
    context = {
        "form": form, "item": chosen, "organisation": organisation, "back": address(plan, "checklist"),
        "past": [(mark, evidence.of(mark)) for mark in past],
    }  # fmt: skip
    crumbs = (_("Mitä laki vaatii"), context["back"]), (str(chosen.title), None)
    return page(request, "plans/checklist_mark.html", context, *crumbs)


def _organisation(plan: Plan, public_id: str | None) -> Organisation | None:
    """An organisation that takes or has taken part in the plan, or 404; None for the whole plan."""
    if public_id is None:
        return None
    return found(organisations_ever(plan), public_id)


def _item(plan: Plan, code: str) -> Item:
    """The item of the code by the plan's newest rules that have it; 404 when none has."""
    for rules in reversed(rule_sets_of(plan)):
        if (item := rules.item(code)) is not None:
            return item
    raise Http404
