"""The directory in the workspace: list, entry, proposals of contacts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from lautta.common import clock
from lautta.common.problems import Refused
from lautta.network import actions, rules, vocabulary
from lautta.network.actions.freshness import shown
from lautta.network.forms.services import EndForm, ServiceForm
from lautta.network.models import ContactRequest, Service
from lautta.network.presenters.tabs import chips, tabs
from lautta.network.reading import municipalities_of, proposals_of
from lautta.organisations.models import Organisation
from lautta.plans.access import WorkspaceRequest, demand, workspace

PER_PAGE = 40
# Publishing many drafts at once indexes each of them for search: some milliseconds apiece.
MOST_AT_ONCE = 200
GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def within(request: WorkspaceRequest) -> rules.Reach:
    """What the person may keep; 403 for those who have nothing to do here."""
    demand(rules.may_use(request.standing))
    return rules.reach_of(request.standing)


def _found(request: WorkspaceRequest, service_id: str) -> Service:
    found = (
        request.plan.services.with_rows()
        .select_related("provider__organisation", "checked_by")
        .filter(public_id=service_id)
        .first()
    )
    if found is None:
        raise Http404
    found.plan = request.plan
    return found


def _own(request: WorkspaceRequest, reach: rules.Reach):
    """A keeper sees all entries, others those of their own organisations and what is public."""
    rows = request.plan.services.with_rows().by_name()
    if reach.is_keeper:
        return rows
    return rows.filter(provider__organisation__in=reach.organisations) | rows.public()


@GET_POST
@workspace
def service_list(request: WorkspaceRequest) -> HttpResponse:
    """Entries by name; a keeper publishes drafts from here many at a time."""
    reach, state = within(request), request.GET.get("state", "")
    rows = _own(request, reach).distinct()
    if request.method == "POST":
        drafts = [s for s in rows.filter(state=Service.State.DRAFT)[:MOST_AT_ONCE] if reach.edits(s)]
        count = actions.publish_services(by=request.standing.actor(), services=drafts)
        messages.success(
            request, ngettext("%(n)d palvelu julkaistu.", "%(n)d palvelua julkaistu.", count) % {"n": count}
        )
        return redirect("network:services", request.plan.public_id)
    if state in Service.State.values:
        rows = rows.filter(state=state)
    return _list(request, rows, reach, "services", state)


@require_safe
@workspace
def stale_list(request: WorkspaceRequest) -> HttpResponse:
    """Entries that nobody has confirmed in a year, oldest first."""
    reach = within(request)
    rows = _own(request, reach).stale(clock.today()).order_by("checked_on", "pk").distinct()
    return _list(request, rows, reach, "services_stale", "")


def _list(request: WorkspaceRequest, rows, reach: rules.Reach, here: str, state: str) -> HttpResponse:
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    path = request.path
    context = {
        "page": page, "items": [{"service": s, "may_edit": reach.edits(s)} for s in page], "reach": reach,
        "tabs": tabs(request.plan.public_id, "services"), "is_stale_list": here == "services_stale",
        "states": chips(path, "state", Service.State.choices, state), "state": state,
    }  # fmt: skip
    return render(request, "network/services.html", context)


def _form(request: WorkspaceRequest, reach: rules.Reach, service: Service | None = None) -> ServiceForm:
    plan = request.plan
    organisations = Organisation.objects.of_plan(plan)
    if not reach.is_keeper:
        organisations = organisations.filter(pk__in=reach.organisations)
    providers = plan.providers.filter(organisation__isnull=True) if reach.is_keeper else []
    return ServiceForm(
        request.POST if request.method == "POST" else None, organisations=organisations, providers=providers,
        may_name=reach.is_keeper, municipalities=municipalities_of(plan), service=service,
    )  # fmt: skip


def _save(request: WorkspaceRequest, form: ServiceForm, service: Service | None) -> Service | None:
    """The saved entry, or None with the reason in the form."""
    if not form.is_valid():
        return None
    by, plan = request.standing.actor(), request.plan
    try:
        asked = form.provider_asked()
        provider = asked.get("provider") or actions.provider_for(by=by, plan=plan, **asked)
        facts = form.facts(provider)
        if service is None:
            return actions.create_service(by=by, plan=plan, facts=facts)
        version = form.cleaned_data["version"] or 0
        return actions.update_service(by=by, service=service, version=version, facts=facts)
    except Refused as problem:
        form.refuse(problem)
        return None


@GET_POST
@workspace
def service_new(request: WorkspaceRequest) -> HttpResponse:
    """A new entry, a draft until it is published."""
    reach = within(request)
    demand(reach.somewhere)
    form = _form(request, reach)
    if request.method == "POST" and (made := _save(request, form, None)):
        messages.success(request, _("Palvelu on tallennettu luonnoksena. Katso tiedot ja julkaise."))
        return redirect("network:service", request.plan.public_id, made.public_id)
    return _form_page(request, form, _("Uusi palvelu"))


@GET_POST
@workspace
def service_edit(request: WorkspaceRequest, service_id: str) -> HttpResponse:
    """Change an entry; its details then count as looked at."""
    reach, found = within(request), _found(request, service_id)
    demand(reach.edits(found))
    form = _form(request, reach, found)
    if request.method == "POST" and _save(request, form, found):
        messages.success(request, _("Palvelu on tallennettu."))
        return redirect("network:service", request.plan.public_id, service_id)
    return _form_page(request, form, _("Muokkaa palvelua"), service=found)


def _form_page(request: WorkspaceRequest, form: ServiceForm, title: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "back": "network:services", **more}
    return render(request, "network/form.html", context, status=422 if form.errors else 200)


@GET_POST
@workspace
def service(request: WorkspaceRequest, service_id: str) -> HttpResponse:
    """One entry: publish, say that the details are right, end it."""
    reach, found = within(request), _found(request, service_id)
    if not reach.edits(found) and found.state != Service.State.PUBLISHED:
        raise Http404
    form = EndForm(request.POST if request.POST.get("what") == "end" else None)
    if request.method == "POST":
        demand(reach.edits(found))
        if _do(request, found, form):
            return redirect("network:service", request.plan.public_id, service_id)
    context = {
        "service": found, "may_edit": reach.edits(found), "form": form, "tags": _tags(found),
        "requests": found.requests.order_by("-pk")[:5],
        "waiting": found.requests.filter(answer=ContactRequest.Answer.CHANGE).first() if reach.keeps(found) else None,
    }  # fmt: skip
    return render(request, "network/service.html", context, status=422 if form.errors else 200)


def _tags(found: Service) -> dict[str, str]:
    held = {(t.kind, t.code) for t in found.tags.all()}
    return {
        kind: ", ".join(str(w.listed) for code, w in vocabulary.words(kind).items() if (kind, code) in held)
        for kind in vocabulary.KINDS
    }


def _do(request: WorkspaceRequest, found: Service, form: EndForm) -> bool:
    """Carry out what the pressed button says; False when the form has to be looked at again."""
    by, what = request.standing.actor(), request.POST.get("what")
    if what == "end":
        return form.carry_out(actions.end_service, by=by, service=found)
    if what == "publish":
        actions.publish_services(by=by, services=[found])
        messages.success(request, _("Palvelu on julkaistu."))
    elif what == "right":
        actions.confirm_contacts(by=by, service=found)
        messages.success(request, _("Tiedot on merkitty tarkistetuiksi."))
    elif what == "erase":
        actions.erase_contact(by=by, service=found)
        messages.success(request, _("Vahvistajan tiedot on poistettu."))
    return True


def _waiting(request: WorkspaceRequest, reach: rules.Reach) -> list[ContactRequest]:
    return [row for row in proposals_of(request.plan) if reach.keeps(row.service)]


@require_safe
@workspace
def proposals(request: WorkspaceRequest) -> HttpResponse:
    """What contacts have proposed, oldest first."""
    reach = within(request)
    demand(reach.is_keeper)
    return render(
        request,
        "network/proposals.html",
        {"items": _waiting(request, reach), "tabs": tabs(request.plan.public_id, "services")},
    )


@GET_POST
@workspace
def proposal(request: WorkspaceRequest, contact_id: str) -> HttpResponse:
    """One proposal beside what stands: take it or leave it."""
    reach = within(request)
    demand(reach.is_keeper)
    found = next((row for row in _waiting(request, reach) if row.public_id == contact_id), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        take = request.POST.get("what") == "accept"
        (actions.accept_proposal if take else actions.decline_proposal)(
            by=request.standing.actor(), request=found
        )
        messages.success(
            request, _("Muutos on tallennettu.") if take else _("Muutosta ei otettu. Tiedot ovat ennallaan.")
        )
        return redirect("network:proposals", request.plan.public_id)
    labels = {
        name: ServiceForm.base_fields[name].label
        for name in found.proposal
        if name in ServiceForm.base_fields
    }
    rows = [
        {
            "label": labels.get(name, _("Milloin auki")),
            "before": shown(found.service, name) or "–",
            "after": value or "–",
        }
        for name, value in found.proposal.items()
    ]
    return render(request, "network/proposal.html", {"found": found, "rows": rows, "service": found.service})
