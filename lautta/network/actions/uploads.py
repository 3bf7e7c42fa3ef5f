"""Taking a table of services in: kept until the person decides, then all of it, the good rows, or nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.text import fold, sort_key
from lautta.common.translated import LANGUAGES, Translated
from lautta.network.actions.services import municipalities, reach_in
from lautta.network.importing.judging import Judged, Known, judge
from lautta.network.importing.reading import Table
from lautta.network.models import Provider, Service, ServiceArea, ServiceTag, ServiceUpload
from lautta.network.rules import Reach
from lautta.organisations.models import Organisation
from lautta.plans.models import Plan

KEPT = dt.timedelta(days=7)
_TAGS = {"audiences": "audience", "needs": "need", "languages": "language", "access": "access"}
_PLAIN = ("tier", "cost", "no_appointment", "phone", "email", "address", "website", "chat", "contact_email")


@transaction.atomic
def keep_upload(*, by: Actor, plan: Plan, filename: str, table: Table) -> ServiceUpload:
    """Keep what was read until the person decides; it takes the place of the person's earlier table. Old ones go."""
    _require_keeper(by, plan)
    if by.user is None:
        raise Refused(_("Lataus tarvitsee kirjautuneen käyttäjän."), status=403)
    ServiceUpload.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    plan.service_uploads.filter(user=by.user).delete()
    return ServiceUpload.objects.create(
        plan=plan,
        user=by.user,
        filename=filename[-120:],
        content=table.to_json(),  # type: ignore[misc]
    )


@transaction.atomic
def drop_upload(*, by: Actor, upload: ServiceUpload) -> None:
    """Forget the table: nothing of it is taken in."""
    _require_keeper(by, upload.plan)
    ServiceUpload.objects.filter(pk=upload.pk).delete()


@transaction.atomic
def take_upload(*, by: Actor, upload: ServiceUpload, only_good: bool = False, language: str = "fi") -> Judged:
    """Make drafts of the rows, in one transaction: all of them, or with `only_good` those without a fault.

    Judged anew against what stands now. `language` is that of the texts.
    """
    reach = _require_keeper(by, upload.plan)
    mine = ServiceUpload.objects.select_for_update(of=("self",)).filter(pk=upload.pk).first()
    if mine is None:
        raise Refused(_("Tämä tiedosto on jo tuotu tai hylätty."))
    plan = Plan.objects.select_for_update(of=("self",)).select_related("region__area").get(pk=upload.plan_id)
    found = judge(Table.from_json(mine.content), known_in(plan, reach))
    if found.bad and not only_good:
        raise Refused(_("Tiedostossa on kohtia, jotka pitää korjata. Mitään ei tallennettu."))
    if found.good:
        try:
            with transaction.atomic():
                _make(by, plan, [values for _row, values in found.good], language)
        except IntegrityError as problem:
            raise Refused(
                _("Joku muu tallensi samaan aikaan. Katso tilanne ja yritä uudelleen.")
            ) from problem
    mine.delete()
    audit.record(
        by=by, action="services.import", target=plan, scope=plan.public_id,
        changes={"new": (None, len(found.good)), "rejected": (None, len(found.bad_rows))},
    )  # fmt: skip
    return found


def known_in(plan: Plan, reach: Reach) -> Known:
    """What the judge compares with: a few queries."""
    areas = {}
    for area in municipalities(plan):
        for language in LANGUAGES:
            if name := area.name.in_language(language):
                areas[fold(name)] = area.pk
    standing = frozenset(plan.services.values_list("provider__sort_key", "sort_key"))
    return Known(areas, standing, lambda found: reach.covers(found, whole=not found), _one_name(plan))


def _organisations(plan: Plan) -> dict[str, Organisation]:
    """The plan's organisations by the sort key of their name in each language."""
    own = {}
    for row in plan.participations.select_related("organisation"):
        for code in LANGUAGES:
            if name := row.organisation.name.in_language(code):
                own[sort_key(name)] = row.organisation
    return own


def _one_name(plan: Plan) -> dict[str, str]:
    """{sort key of an organisation's name in any language: the one under which its services are kept}."""
    kept = dict(plan.providers.filter(organisation__isnull=False).values_list("organisation", "sort_key"))
    return {
        key: kept.get(organisation.pk) or sort_key(organisation.name.shown("fi").text)
        for key, organisation in _organisations(plan).items()
    }


def _make(by: Actor, plan: Plan, rows: list[dict[str, Any]], language: str) -> None:
    """In batches: thousands of rows are a few statements."""
    providers = {p.sort_key: p for p in plan.providers.all()}
    of_organisation = {p.organisation_id: p for p in providers.values() if p.organisation_id}
    own = _organisations(plan)
    for key, known in own.items():
        if standing := of_organisation.get(known.pk):
            providers.setdefault(key, standing)
    services = []
    for row in rows:
        key = sort_key(row["provider"])
        if key not in providers:
            organisation: Organisation | None = own.get(key)
            made = Provider(
                plan=plan, organisation=organisation, sort_key=key,
                name=organisation.name if organisation else Translated.of(row["provider"], language=language),
            )  # fmt: skip
            made.save()
            providers[key] = made
            if organisation:
                providers |= {k: made for k, o in own.items() if o.pk == organisation.pk}
        services.append(
            Service(
                plan=plan, provider=providers[key], name=Translated.of(row["name"], language=language),
                sort_key=sort_key(row["name"]), summary=Translated.of(row["summary"], language=language),
                opening=Translated.of(row["opening"], language=language), whole_region=not row["areas"],
                checked_on=clock.today(), checked_by=by.user, contact_language=language,
                **{name: row[name] for name in _PLAIN},
            )
        )  # fmt: skip
    Service.objects.bulk_create(services, batch_size=500)
    ServiceTag.objects.bulk_create(
        (
            ServiceTag(service=service, kind=kind, code=code)
            for service, row in zip(services, rows, strict=True)
            for name, kind in _TAGS.items()
            for code in row[name]
        ),
        batch_size=2_000,
    )
    ServiceArea.objects.bulk_create(
        (
            ServiceArea(service=service, area_id=area)
            for service, row in zip(services, rows, strict=True)
            for area in row["areas"]
        ),
        batch_size=2_000,
    )


def _require_keeper(by: Actor, plan: Plan) -> Reach:
    reach = reach_in(by, plan)
    if by.user is None or not reach.is_keeper:
        raise PermissionDenied("the directory's keeper imports")
    return reach
