"""People of an organisation in the plan: invitations and roles."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lautta.common.problems import Refused
from lautta.organisations.permissions import ROLE_NAMES, Role
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.actions import people as actions
from lautta.plans.forms.organisations import InviteForm, RoleForm
from lautta.plans.organisation_reading import members_of, organisations_ever
from lautta.plans.rules import structure as rules
from lautta.plans.views.organisations import list_crumb, organisation_crumb
from lautta.plans.views.structure_pages import found, page, posted

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_POST
@workspace
def person_invite(request: WorkspaceRequest, organisation_id: str) -> HttpResponse:
    """Invite a person by e-mail with a role that the inviter may give."""
    plan, standing = request.plan, request.standing
    organisation = found(organisations_ever(plan), organisation_id)
    demand(rules.may_manage_people(standing, organisation))
    form = InviteForm(posted(request), roles=rules.roles_to_give(standing, organisation))
    if request.method == "POST" and form.carry_out(
        actions.invite_person, by=standing.actor(organisation), plan=plan, organisation=organisation
    ):
        messages.success(
            request, _("Kutsu on lähdössä osoitteeseen %(email)s.") % {"email": form.cleaned_data["email"]}
        )
        return redirect("plans:organisation", plan_id=plan.public_id, organisation_id=organisation_id)
    crumbs = (list_crumb(plan), organisation_crumb(plan, organisation), (_("Kutsu henkilö"), None))
    context = {
        "form": form,
        "title": _("Kutsu henkilö"),
        "back": crumbs[1][1],
        "submit": _("Lähetä kutsu"),
        "lead": _("Organisaatio: %(name)s. Kutsuttu saa sähköpostin, jossa on ohje kirjautumiseen.")
        % {"name": organisation.name},
    }
    return page(request, "plans/structure_form.html", context, *crumbs)


@GET_POST
@workspace
def person(request: WorkspaceRequest, organisation_id: str, membership_id: str) -> HttpResponse:
    """One member: give a role, end a role, remove from the plan."""
    plan, standing = request.plan, request.standing
    organisation = found(organisations_ever(plan), organisation_id)
    demand(rules.may_manage_people(standing, organisation))
    membership = found(members_of(plan, organisation), membership_id)
    held = list(membership.roles.filter(plan=plan, ended_on__isnull=True).order_by("started_on"))
    givable = rules.roles_to_give(standing, organisation)
    form = RoleForm(posted(request), roles=[r for r in givable if r not in {row.role for row in held}])
    if request.method == "POST" and form.carry_out(
        actions.assign_role, by=standing.actor(organisation), plan=plan, membership=membership
    ):
        messages.success(request, _("Rooli on lisätty."))
        return redirect(request.path)
    roles = [(row, ROLE_NAMES[Role(row.role)], Role(row.role) in givable) for row in held]
    crumbs = (list_crumb(plan), organisation_crumb(plan, organisation), (membership.user.name, None))
    return page(request, "plans/person.html", {
        "form": form, "membership": membership, "organisation": organisation, "roles": roles,
        "may_remove": all(may_end for _row, _name, may_end in roles),
    }, *crumbs)  # fmt: skip


@require_POST
@workspace
def role_end(request: WorkspaceRequest, organisation_id: str, membership_id: str, role: str) -> HttpResponse:
    """End one role at once."""
    plan, standing = request.plan, request.standing
    organisation = found(organisations_ever(plan), organisation_id)
    demand(rules.may_manage_people(standing, organisation))
    membership = found(members_of(plan, organisation), membership_id)
    assignment = membership.roles.filter(plan=plan, role=role, ended_on__isnull=True).first()
    if assignment is None:
        raise Http404
    return _done(
        request, actions.end_role, _("Rooli on päätetty."), organisation_id,
        by=standing.actor(organisation), assignment=assignment,
    )  # fmt: skip


@require_POST
@workspace
def person_remove(request: WorkspaceRequest, organisation_id: str, membership_id: str) -> HttpResponse:
    """End every role of the member in the plan."""
    plan, standing = request.plan, request.standing
    organisation = found(organisations_ever(plan), organisation_id)
    demand(rules.may_manage_people(standing, organisation))
    membership = found(members_of(plan, organisation), membership_id)
    return _done(
        request, actions.remove_from_plan, _("Henkilön roolit suunnitelmassa on päätetty."), organisation_id,
        by=standing.actor(organisation), plan=plan, membership=membership,
    )  # fmt: skip


def _done(request: WorkspaceRequest, action, words: str, organisation_id: str, **given) -> HttpResponse:
    """Carry out a button's action and go back; a refusal is told on the page it came from."""
    try:
        action(**given)
    except Refused as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, words)
    return redirect("plans:organisation", plan_id=request.plan.public_id, organisation_id=organisation_id)
