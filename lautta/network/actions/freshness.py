"""Keeping contacts true: once a year a service's contact is asked, and answers by a link without signing in.

"The details are right" takes effect at once. A change waits for the directory's keeper (docs/adr/0012).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lautta.common import audit, clock, mail
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.network.actions.services import CONTACTS, is_system, locked, reach_in, require_edit
from lautta.network.indexing import index_service
from lautta.network.models import ContactRequest, Service
from lautta.organisations.saving import checked_save
from lautta.plans.models import Plan

SALT = "lautta.network.contact"
LINK_DAYS = 30
# An unanswered mail is asked again, but not the next night.
AGAIN_DAYS = 60
MOST_MAILS = 200
LONGEST_NOTE = 500
_LONGEST = {"phone": 40, "email": 254, "address": 200, "website": 200, "chat": 200, "opening": 200}


def secret_of(request: ContactRequest) -> str:
    """What the link carries: the request's id and a signature, so that nobody can make one up."""
    return signing.Signer(salt=SALT).sign(request.public_id)


def id_of(secret: str) -> str | None:
    """The request that a secret names, or None for a forged one."""
    try:
        return signing.Signer(salt=SALT).unsign(secret)
    except signing.BadSignature:
        return None


def is_open(request: ContactRequest, today: dt.date) -> bool:
    return (
        request.answer == ContactRequest.Answer.OPEN
        and request.expires_on >= today
        and request.service.state == Service.State.PUBLISHED
    )


def ask_contacts(*, by: Actor, today: dt.date | None = None) -> int:
    """Queue one mail to each address with entries to confirm, at most MOST_MAILS a run. Returns how many mails.

    Safe to run twice or by two machines at once: the entries are locked while their mail is written, and what is asked stands
    as rows that the next one sees.
    """
    if not is_system(by):
        raise PermissionDenied("the system alone")
    today = today or clock.today()
    due = _due(today).exclude(plan__phase=Plan.Phase.ENDED).order_by("checked_on", "pk")
    pairs = list(dict.fromkeys(due.values_list("plan", "contact_email")))[:MOST_MAILS]
    return sum(_ask(by, plan, address, today) for plan, address in pairs)


def _due(today: dt.date):
    asked = ContactRequest.objects.filter(asked_on__gt=today - dt.timedelta(days=AGAIN_DAYS))
    waiting = ContactRequest.objects.filter(answer=ContactRequest.Answer.CHANGE)
    return (
        Service.objects.stale(today)
        .exclude(contact_email="")
        .exclude(pk__in=asked.values("service"))
        .exclude(pk__in=waiting.values("service"))
    )


def _ask(by: Actor, plan_pk: int, address: str, today: dt.date) -> int:
    with transaction.atomic():
        # Lock by the plainest question, then ask anew what is due: another machine may just have asked.
        rows = Service.objects.filter(plan=plan_pk, contact_email=address).order_by("pk")
        list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
        services = list(
            _due(today)
            .filter(plan=plan_pk, contact_email=address)
            .select_related("plan", "provider")
            .order_by("sort_key", "pk")
        )
        if not services:
            return 0
        asked = []
        for service in services:
            request = ContactRequest(
                service=service, asked_on=today, expires_on=today + dt.timedelta(days=LINK_DAYS)
            )
            checked_save(request)
            audit.record(by=by, action="service.ask", target=service, scope=service.plan.public_id)
            asked.append(request)
        subject, text, html = _letter(services[0], asked)
        mail.queue(
            to=address,
            kind="contact",
            key=f"contact:{asked[0].public_id}",
            subject=subject,
            text=text,
            html=html,
            scope=services[0].plan.public_id,
        )
    return 1


def _letter(first: Service, asked: list[ContactRequest]) -> tuple[str, str, str]:
    """Subject, plain text and HTML in the contact's language."""
    with translation.override(first.contact_language):
        links = [
            {
                "service": request.service,
                "url": settings.SITE_URL + reverse("publishing:confirm_contacts", args=(secret_of(request),)),
            }
            for request in asked
        ]
        context = {
            "plan": first.plan,
            "links": links,
            "until": asked[0].expires_on,
            "language": first.contact_language,
        }
        subject = _("Ovatko yhteystietonne oikein?")
        return (
            subject,
            render_to_string("network/mail/contact.txt", context),
            render_to_string("network/mail/contact.html", context),
        )


@transaction.atomic
def answer_by_link(
    *, by: Actor, request: ContactRequest, proposal: Mapping[str, str] | None = None, note: str = ""
) -> ContactRequest:
    """The contact's answer: without a proposal the details are right, else it waits for the keeper.

    `proposal`: {contact field: value}. Refused (410) when the link has been used, has expired or the service has ended.
    """
    service = locked(request.service)
    request = ContactRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    request.service = service
    today = clock.today()
    if not is_open(request, today):
        raise Refused(_("Linkki on jo käytetty tai sen aika on mennyt umpeen."), status=410)
    request.answered_on = today
    if not proposal and not note.strip():
        request.answer = ContactRequest.Answer.RIGHT
        checked_save(request)
        _confirm(by, service, "service.confirm_by_link")
        return request
    changed = _differing(service, dict(proposal or {}))
    if not changed and not note.strip():
        request.answer = ContactRequest.Answer.RIGHT
        checked_save(request)
        _confirm(by, service, "service.confirm_by_link")
        return request
    if service.requests.filter(answer=ContactRequest.Answer.CHANGE).exists():
        raise Refused(_("Edellinen muutosehdotus odottaa vielä käsittelyä."))
    request.answer = ContactRequest.Answer.CHANGE
    request.proposal, request.note = changed, note.strip()[:LONGEST_NOTE]
    checked_save(request)
    audit.record(
        by=by,
        action="service.propose_by_link",
        target=service,
        scope=service.plan.public_id,
        changes={"fields": (None, sorted(changed))},
    )
    return request


@transaction.atomic
def confirm_contacts(*, by: Actor, service: Service) -> Service:
    """Somebody signed in has called or looked: the details are right."""
    service = locked(service)
    require_edit(by, service)
    _confirm(by, service, "service.confirm")
    return service


@transaction.atomic
def accept_proposal(*, by: Actor, request: ContactRequest) -> Service:
    """Take what the contact proposed; the details count as looked at today."""
    service, request = _for_decision(by, request)
    for name, value in request.proposal.items():
        if name == "opening":
            value = service.opening.with_text(service.contact_language, value)
        setattr(service, name, value)
    service.version += 1
    fields = sorted(request.proposal)
    _decided(request, ContactRequest.Answer.ACCEPTED)
    _confirm(by, service, "service.accept_proposal", {"fields": (None, fields)})
    index_service(service)
    return service


@transaction.atomic
def decline_proposal(*, by: Actor, request: ContactRequest) -> ContactRequest:
    """Leave the entry as it stands; it keeps its age and is asked about again."""
    service, request = _for_decision(by, request)
    _decided(request, ContactRequest.Answer.DECLINED)
    audit.record(by=by, action="service.decline_proposal", target=service, scope=service.plan.public_id)
    return request


def _decided(request: ContactRequest, answer: str) -> None:
    """What was proposed is either in the entry now or of no use: it is not kept."""
    request.answer, request.proposal, request.note = answer, {}, ""
    checked_save(request)


def _for_decision(by: Actor, request: ContactRequest) -> tuple[Service, ContactRequest]:
    service = locked(request.service)
    request = ContactRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    request.service = service
    if not is_system(by) and not reach_in(by, service.plan).keeps(service):
        raise PermissionDenied("the directory's keeper decides")
    if request.answer != ContactRequest.Answer.CHANGE:
        raise Refused(_("Ehdotus on jo käsitelty."))
    return service, request


def _confirm(by: Actor, service: Service, action: str, changes: dict | None = None) -> None:
    before = service.checked_on
    service.checked_on, service.checked_by = clock.today(), by.user
    checked_save(service)
    audit.record(
        by=by,
        action=action,
        target=service,
        scope=service.plan.public_id,
        changes={"checked_on": (before, service.checked_on), **(changes or {})},
    )


def _differing(service: Service, proposal: dict[str, str]) -> dict[str, str]:
    """What the proposal would change, judged field by field."""
    found = {}
    for name, value in proposal.items():
        if name not in CONTACTS:
            continue
        value = " ".join(value.split())
        standing = shown(service, name)
        if value == standing:
            continue
        refuse_bad_contact(name, value)
        found[name] = value
    return found


def shown(service: Service, name: str) -> str:
    """A contact field as the contact person sees it."""
    value = getattr(service, name)
    return value.shown(service.contact_language).text if isinstance(value, Translated) else value


def refuse_bad_contact(name: str, value: str) -> None:
    """Refused (422) with the field when a contact cannot be such."""
    if len(value) > _LONGEST[name]:
        raise Refused(_("Teksti on liian pitkä."), field=name, status=422)
    if not value:
        return
    try:
        if name == "email":
            validate_email(value)
        elif name in {"website", "chat"}:
            URLValidator(schemes=["http", "https"])(value)
        elif name == "phone" and not any(c.isdigit() for c in value):
            raise ValidationError("no digit")
    except ValidationError as problem:
        raise Refused(WRONG[name], field=name, status=422) from problem


WRONG = {
    "email": gettext_lazy("Kirjoita sähköpostiosoite, esimerkiksi apu@esimerkki.fi."),
    "website": gettext_lazy("Kirjoita osoite kokonaan: se alkaa https://."),
    "chat": gettext_lazy("Kirjoita osoite kokonaan: se alkaa https://."),
    "phone": gettext_lazy("Kirjoita puhelinnumero numeroin."),
}
