"""What the law asks of the plan, and where the plan answers."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lautta.common import clock
from lautta.organisations.models import Organisation
from lautta.plans.checklist.reading import checklist
from lautta.plans.checklist.rule_sets import rule_set_on, rule_sets_of
from lautta.plans.presenters.checklists import public_links, state_mark
from lautta.publishing.pages import public_page, show


@public_page
def law(request: HttpRequest) -> HttpResponse:
    """Every item in plain words with its state; what is lacking is told as openly as what is there."""
    plan, today = request.plan, clock.today()
    rules = rule_set_on(today) or next(reversed(rule_sets_of(plan)), None)
    rows = []
    if rules is not None:
        for line in checklist(plan, rules, today).lines:
            kinds = [
                str(Organisation.Kind(kind).label)
                for kind in Organisation.Kind.values
                if kind in line.item.binds
            ]
            rows.append((line, state_mark(line.worst), public_links(plan, line.whole.pieces), kinds))
    context = {"rules": rules, "rows": rows, "plan_url": reverse("publishing:plan", args=(plan.public_id,))}
    description = _(
        "Laki määrää, mistä suunnitelmassa pitää kertoa. Tästä näet, missä kustakin kohdasta kerrotaan ja mitä vielä puuttuu."
    )
    return show(request, "law", title=_("Mitä laki vaatii"), description=description, **context)
