"""Writes of the directory: entries, their ends, and whom to ask about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.text import sort_key
from lautta.common.translated import Translated
from lautta.network import rules, vocabulary
from lautta.network.indexing import index_service
from lautta.network.models import Provider, Service, ServiceArea, ServiceTag
from lautta.organisations.models import Area, Organisation
from lautta.organisations.saving import checked_save
from lautta.plans.models import Plan
from lautta.plans.standing import Standing

LONGEST_NAME, LONGEST_TEXT = 120, 1_000
EMPTY = Translated()
# The trail tells that these changed, never to what.
PERSONAL = frozenset({"contact_title", "contact_email"})
CONTACTS = ("phone", "email", "address", "website", "chat", "opening")


@dataclass(frozen=True)
class Facts:
    """What an entry says. Without `areas` it is for the whole region."""

    provider: Provider
    name: Translated
    audiences: Sequence[str]
    needs: Sequence[str]
    summary: Translated = EMPTY
    areas: Sequence[Area] = ()
    tier: int = Service.Tier.BASIC
    languages: Sequence[str] = ("fi",)
    access: Sequence[str] = ()
    cost: str = Service.Cost.FREE
    no_appointment: bool = False
    phone: str = ""
    email: str = ""
    address: str = ""
    website: str = ""
    chat: str = ""
    opening: Translated = EMPTY
    contact_title: str = ""
    contact_email: str = ""
    contact_language: str = "fi"
    is_illustrative: bool = False

    def columns(self) -> dict:
        return {
            name: getattr(self, name)
            for name in (
                "provider", "name", "summary", "tier", "cost", "no_appointment", *CONTACTS, "contact_title",
                "contact_email", "contact_language", "is_illustrative",
            )
        } | {"sort_key": sort_key(self.name.shown("fi").text), "whole_region": not self.areas}  # fmt: skip

    def tags(self) -> set[tuple[str, str]]:
        rows = {
            "audience": self.audiences,
            "need": self.needs,
            "language": self.languages,
            "access": self.access,
        }
        return {(kind, code) for kind, codes in rows.items() for code in codes}


def is_system(by: Actor) -> bool:
    return by.user is None and by.role == "system"


def reach_in(by: Actor, plan: Plan) -> rules.Reach:
    """What the actor may keep in this very plan; PermissionDenied for anybody without a standing in it."""
    if is_system(by):
        return rules.Reach(True, frozenset(), frozenset(), frozenset())
    if not isinstance(by.standing, Standing) or by.standing.plan.pk != plan.pk:
        raise PermissionDenied("no standing in this plan")
    return rules.reach_of(by.standing)


@transaction.atomic
def provider_for(
    *, by: Actor, plan: Plan, organisation: Organisation | None = None, name: Translated | None = None,
    website: str = "", is_illustrative: bool = False,
) -> Provider:  # fmt: skip
    """The provider of an organisation of the plan, or one by its name; made when it is not there yet.

    A provider that is no organisation of the plan is made by the directory's keepers alone.
    """
    reach = reach_in(by, plan)
    if organisation is not None:
        if not (reach.is_keeper or organisation.pk in reach.organisations):
            raise PermissionDenied("not the actor's organisation")
        if not plan.participations.filter(organisation=organisation).exists():
            raise Refused(_("Organisaatio ei ole mukana tässä suunnitelmassa."), field="provider", status=422)
        if found := plan.providers.filter(organisation=organisation).first():
            return found
        name, website = organisation.name, organisation.website
    if not name:
        raise Refused(_("Kirjoita, kuka palvelua antaa."), field="provider", status=422)
    key = sort_key(name.shown("fi").text)
    if organisation is None:
        if not reach.is_keeper:
            raise PermissionDenied("keepers alone name providers")
        if found := plan.providers.filter(sort_key=key).first():
            return found
    made = Provider(
        plan=plan,
        organisation=organisation,
        name=name,
        sort_key=key,
        website=website,
        is_illustrative=is_illustrative,
    )
    checked_save(made)
    _record(by, plan, "provider.create", made, {"name": (None, name)})
    return made


@transaction.atomic
def create_service(*, by: Actor, plan: Plan, facts: Facts, checked_on: dt.date | None = None) -> Service:
    """A draft. Its contacts count as looked at today, unless `checked_on` says when they were."""
    _require_reach(by, plan, facts)
    refuse_bad(plan, facts)
    service = Service(
        plan=plan, checked_on=checked_on or clock.today(), checked_by=by.user, **facts.columns()
    )
    checked_save(service)
    _set_rows(service, facts)
    _record(by, plan, "service.create", service, {"name": (None, facts.name)})
    return service


@transaction.atomic
def update_service(*, by: Actor, service: Service, version: int, facts: Facts) -> Service:
    """Change an entry; whoever saves it has looked at its contacts. Refused when somebody saved in between."""
    service = locked(service)
    require_edit(by, service)
    if service.version != version:
        raise Refused(_("Joku muu tallensi tämän sillä välin. Katso tiedot ja tallenna uudelleen."))
    if service.state == Service.State.ENDED:
        raise Refused(_("Palvelu on päättynyt. Julkaise se ensin uudelleen."))
    _require_reach(by, service.plan, facts)
    refuse_bad(service.plan, facts)
    before_tags = {(t.kind, t.code) for t in service.tags.all()}
    before_areas = {row.area_id for row in service.area_rows.all()}
    changed = audit.apply_changes(service, facts.columns())
    if before_tags != facts.tags():
        changed["tags"] = (sorted(map(":".join, before_tags)), sorted(map(":".join, facts.tags())))
    if before_areas != {a.pk for a in facts.areas}:
        changed["areas"] = (len(before_areas), list(facts.areas))
    service.checked_on, service.checked_by = clock.today(), by.user
    service.version += 1
    checked_save(service)
    _set_rows(service, facts)
    index_service(fresh(service))
    _record(by, service.plan, "service.update", service, changed)
    return service


@transaction.atomic
def publish_services(*, by: Actor, services: Iterable[Service]) -> int:
    """Make drafts and ended ones public. Returns how many were. Refused for one that leads nowhere."""
    count = 0
    for row in services:
        service = locked(row)
        require_edit(by, service)
        if service.state == Service.State.PUBLISHED:
            continue
        if not any(getattr(service, name) for name in ("phone", "email", "address", "website", "chat")):
            raise Refused(
                _("%(name)s: lisää ennen julkaisua yksi tapa ottaa yhteyttä.") % {"name": service.name},
                status=422,
            )
        before = service.state
        service.state, service.ended_on, service.ended_reason = Service.State.PUBLISHED, None, ""
        service.version += 1
        checked_save(service)
        index_service(service)
        _record(by, service.plan, "service.publish", service, {"state": (before, service.state)})
        count += 1
    return count


@transaction.atomic
def end_service(*, by: Actor, service: Service, on: dt.date, reason: str) -> Service:
    """It is no longer given: it leaves the public pages and search, and stays with its day and reason."""
    service = locked(service)
    require_edit(by, service)
    if service.state == Service.State.ENDED:
        raise Refused(_("Palvelu on jo päättynyt."))
    if not reason.strip():
        raise Refused(_("Kerro, miksi palvelu päättyi."), field="reason", status=422)
    if on > clock.today():
        raise Refused(
            _("Päivä on vasta tulossa. Päätä palvelu, kun se on päättynyt."), field="on", status=422
        )
    before = service.state
    service.state, service.ended_on, service.ended_reason = Service.State.ENDED, on, reason.strip()[:300]
    service.version += 1
    checked_save(service)
    index_service(service)
    _record(
        by, service.plan, "service.end", service, {"state": (before, service.state), "reason": (None, reason)}
    )
    return service


@transaction.atomic
def erase_contact(*, by: Actor, service: Service) -> Service:
    """Forget whom to ask: the person asked for it or has left. Nothing public changes."""
    service = locked(service)
    require_edit(by, service)
    service.contact_title = service.contact_email = ""
    service.version += 1
    checked_save(service)
    _record(by, service.plan, "service.erase_contact", service, {"contact_email": ("…", "")})
    return service


def locked(service: Service) -> Service:
    return (
        Service.objects.select_for_update(of=("self",))
        .select_related("plan__region", "provider")
        .get(pk=service.pk)
    )


def fresh(service: Service) -> Service:
    return Service.objects.select_related("plan", "provider").prefetch_related("tags").get(pk=service.pk)


def require_edit(by: Actor, service: Service) -> None:
    """PermissionDenied unless the actor's reach holds the entry as it stands."""
    if not is_system(by) and not reach_in(by, service.plan).edits(service):
        raise PermissionDenied("not within reach")


def _require_reach(by: Actor, plan: Plan, facts: Facts) -> None:
    """The entry as it would stand must be within reach too: nobody gives an entry to another's area."""
    reach = reach_in(by, plan)
    if not reach.somewhere:
        raise PermissionDenied("nothing within reach")
    own = facts.provider.organisation_id in reach.organisations
    if not own and not reach.covers([a.pk for a in facts.areas], whole=not facts.areas):
        raise Refused(
            _("Valitse kunnista ne, jotka kuuluvat omaan perhekeskusalueeseesi."), field="areas", status=403
        )


def refuse_bad(plan: Plan, facts: Facts) -> None:
    """Refused (422) with the first thing that will not do and its field."""
    if not facts.name:
        raise Refused(_("Kirjoita palvelun nimi."), field="name", status=422)
    for field, text, most in (
        ("name", facts.name, LONGEST_NAME),
        ("summary", facts.summary, LONGEST_TEXT),
        ("opening", facts.opening, 200),
    ):
        if any(len(t.text) > most for t in text.texts.values()):
            raise Refused(
                _("Teksti on liian pitkä: enintään %(most)s merkkiä.") % {"most": most},
                field=field,
                status=422,
            )
    if facts.provider.plan_id != plan.pk:
        raise Refused(_("Toimija ei kuulu tähän suunnitelmaan."), field="provider", status=422)
    if not facts.audiences:
        raise Refused(_("Valitse, kenelle palvelu on."), field="audiences", status=422)
    if not facts.needs:
        raise Refused(_("Valitse ainakin yksi tarve, johon palvelu vastaa."), field="needs", status=422)
    for field, kind, codes in (
        ("audiences", "audience", facts.audiences), ("needs", "need", facts.needs),
        ("languages", "language", facts.languages), ("access", "access", facts.access),
    ):  # fmt: skip
        if set(codes) - set(vocabulary.words(kind)):
            raise Refused(_("Valitse luettelosta."), field=field, status=422)
    known = set(municipalities(plan).values_list("pk", flat=True)) if facts.areas else set()
    if {a.pk for a in facts.areas} - known:
        raise Refused(_("Kunta ei kuulu tähän maakuntaan."), field="areas", status=422)


def municipalities(plan: Plan):
    """The region's municipalities today, by name."""
    return Area.objects.municipalities().within(plan.region.area, clock.today())


def _set_rows(service: Service, facts: Facts) -> None:
    wanted, standing = facts.tags(), {(t.kind, t.code): t for t in service.tags.all()}
    service.tags.filter(pk__in=[t.pk for key, t in standing.items() if key not in wanted]).delete()
    ServiceTag.objects.bulk_create(
        ServiceTag(service=service, kind=kind, code=code) for kind, code in sorted(wanted - set(standing))
    )
    service.area_rows.exclude(area__in=facts.areas).delete()
    there = set(service.area_rows.values_list("area", flat=True))
    ServiceArea.objects.bulk_create(
        ServiceArea(service=service, area=area) for area in facts.areas if area.pk not in there
    )


def _record(by: Actor, plan: Plan, action: str, target, changes: dict) -> None:
    organisation = target.organisation if isinstance(target, Provider) else target.provider.organisation
    kept = {name: ("…", "…") if name in PERSONAL else pair for name, pair in changes.items()}
    audit.record(
        by=by, action=action, target=target, scope=plan.public_id,
        organisation=organisation.public_id if organisation else "", changes=kept,
    )  # fmt: skip
