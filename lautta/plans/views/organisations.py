"""Organisations of the plan: who takes part, and what becomes of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lautta.common import clock
from lautta.organisations.models import Organisation
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.actions import participation as actions
from lautta.plans.forms.organisations import (
    JoinForm,
    LeaveForm,
    NewOrganisationForm,
    OrganisationForm,
    SucceedForm,
)
from lautta.plans.organisation_reading import (
    kind_filter,
    organisation_rows,
    organisations_ever,
    people_of,
    succession,
)
from lautta.plans.rules import structure as rules
from lautta.plans.views.structure_pages import PER_PAGE, address, found, page, posted

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def organisation_crumb(plan, organisation: Organisation) -> tuple[str, str]:
    return str(organisation.name), address(plan, "organisation", organisation_id=organisation.public_id)


def list_crumb(plan) -> tuple[str, str]:
    return _("Ihmiset ja organisaatiot"), address(plan, "organisations")


@require_safe
@workspace
def organisations(request: WorkspaceRequest) -> HttpResponse:
    """By kind, with dates, successors and the number of people."""
    plan, standing = request.plan, request.standing
    kinds, chosen = kind_filter(plan, request.GET.get("kind", ""), address(plan, "organisations"))
    rows = Paginator(organisation_rows(plan, chosen), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "plans/organisations.html", {
        "page": rows, "kinds": kinds, "chosen": chosen, "today": clock.today(),
        "may_manage": rules.may_manage_organisations(standing),
        "mine": set(standing.organisation_ids),
    })  # fmt: skip


@GET_POST
@workspace
def organisation_new(request: WorkspaceRequest) -> HttpResponse:
    """A new organisation, or one that exists already, joins the plan: two forms on one page."""
    plan, by = request.plan, request.standing.actor()
    demand(rules.may_manage_organisations(request.standing))
    joining = request.method == "POST" and "join" in request.POST
    new = NewOrganisationForm(None if joining else posted(request), plan=plan)
    join = JoinForm(request.POST if joining else None, plan=plan)
    form, action = (join, actions.join_plan) if joining else (new, actions.add_organisation)
    if request.method == "POST" and form.carry_out(action, by=by, plan=plan):
        made = form.result.organisation if joining else form.result
        messages.success(request, _("%(name)s on mukana suunnitelmassa.") % {"name": made.name})
        return redirect("plans:organisation", plan_id=plan.public_id, organisation_id=made.public_id)
    context = {"new": new, "join": join, "joining": joining}
    return page(
        request, "plans/organisation_new.html", context, list_crumb(plan), (_("Lisää organisaatio"), None)
    )


@require_safe
@workspace
def organisation(request: WorkspaceRequest, organisation_id: str) -> HttpResponse:
    """Facts, succession, people and their roles."""
    plan, standing = request.plan, request.standing
    subject = found(organisations_ever(plan), organisation_id)
    may_manage_people = rules.may_manage_people(standing, subject)
    demand(rules.may_manage_organisations(standing) or subject.pk in standing.roles)
    present, former = people_of(plan, subject)
    periods = list(plan.participations.filter(organisation=subject).order_by("started_on"))
    return page(request, "plans/organisation.html", {
        "organisation": subject, "present": present, "former": former if may_manage_people else [],
        "periods": periods, "takes_part": periods[-1].ended_on is None, "succession": succession(subject),
        "organiser_periods": plan.organiser_periods.filter(organisation=subject).order_by("started_on"),
        "may_manage": rules.may_manage_organisations(standing), "may_manage_people": may_manage_people,
        "owned": plan.goals.current().filter(owner=subject).in_order(),
    }, list_crumb(plan), (str(subject.name), None))  # fmt: skip


@GET_POST
@workspace
def organisation_edit(request: WorkspaceRequest, organisation_id: str) -> HttpResponse:
    """Name, kind, area, website, dates."""
    plan = request.plan
    demand(rules.may_manage_organisations(request.standing))
    subject = found(organisations_ever(plan), organisation_id)
    form = OrganisationForm(posted(request), plan=plan, organisation=subject)
    if request.method == "POST" and form.carry_out(
        actions.edit_organisation, by=request.standing.actor(), plan=plan, organisation=subject
    ):
        messages.success(request, _("Tiedot on tallennettu."))
        return redirect("plans:organisation", plan_id=plan.public_id, organisation_id=organisation_id)
    crumbs = (list_crumb(plan), organisation_crumb(plan, subject), (_("Muokkaa tietoja"), None))
    context = {"form": form, "title": _("Muokkaa organisaation tietoja"), "back": crumbs[1][1]}
    return page(request, "plans/structure_form.html", context, *crumbs)


@GET_POST
@workspace
def organisation_leave(request: WorkspaceRequest, organisation_id: str) -> HttpResponse:
    """The organisation takes part no more; its people's roles end."""
    plan = request.plan
    demand(rules.may_manage_organisations(request.standing))
    subject = found(organisations_ever(plan), organisation_id)
    form = LeaveForm(posted(request))
    if request.method == "POST" and form.carry_out(
        actions.leave_plan, by=request.standing.actor(), plan=plan, organisation=subject
    ):
        messages.success(request, _("%(name)s ei ole enää mukana. Historia säilyy.") % {"name": subject.name})
        return redirect("plans:organisations", plan_id=plan.public_id)
    crumbs = (list_crumb(plan), organisation_crumb(plan, subject), (_("Lähtee suunnitelmasta"), None))
    context = {
        "form": form,
        "title": _("%(name)s lähtee suunnitelmasta") % {"name": subject.name},
        "back": crumbs[1][1],
        "submit": _("Merkitse lähteneeksi"),
        "danger": True,
        "lead": _(
            "Ihmisten roolit päättyvät seuraavana päivänä. "
            "Toimenpiteet ja raportit säilyvät organisaation nimellä."
        ),
    }
    return page(request, "plans/structure_form.html", context, *crumbs)


@GET_POST
@workspace
def organisation_succeed(request: WorkspaceRequest, organisation_id: str) -> HttpResponse:
    """The organisation ends; another takes over its place, its accountability and, if wished, its people."""
    plan = request.plan
    demand(rules.may_manage_organisations(request.standing))
    subject = found(organisations_ever(plan), organisation_id)
    form = SucceedForm(posted(request), plan=plan, organisation=subject)
    if request.method == "POST" and form.carry_out(
        actions.succeed_in_plan, by=request.standing.actor(), plan=plan, organisation=subject
    ):
        messages.success(request, _("Seuraaja on kirjattu. Vanhan organisaation historia säilyy."))
        return redirect("plans:organisation", plan_id=plan.public_id, organisation_id=organisation_id)
    crumbs = (list_crumb(plan), organisation_crumb(plan, subject), (_("Seuraaja"), None))
    context = {
        "form": form,
        "title": _("%(name)s päättyy") % {"name": subject.name},
        "back": crumbs[1][1],
        "submit": _("Kirjaa seuraaja"),
        "lead": _(
            "Seuraaja tulee mukaan suunnitelmaan. "
            "Jos järjestämisvastuu oli vanhalla organisaatiolla, se siirtyy."
        ),
    }
    return page(request, "plans/structure_form.html", context, *crumbs)
