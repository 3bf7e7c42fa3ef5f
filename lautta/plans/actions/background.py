"""What the plan rests on: its sources and the people who took part in making it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.ids import new_public_id
from lautta.common.problems import Refused
from lautta.common.text import sort_key
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.chapter_names import chapter_name
from lautta.plans.models import Participant, Plan, Source

SOURCE_EDITABLE = frozenset({"authors", "year", "title", "publisher", "url"})
PARTICIPANT_EDITABLE = frozenset({"name", "part", "organisation"})


@transaction.atomic
def add_source(
    *,
    by: Actor,
    plan: Plan,
    title: str,
    authors: str = "",
    year: int | None = None,
    publisher: str = "",
    url: str = "",
    public_id: str | None = None,
) -> Source:
    """An entry of the bibliography, in its place by author, year and title."""
    require(by, Permission.EDIT_PLAN, plan=plan)
    source = Source(
        public_id=public_id or new_public_id(),
        plan=plan,
        title=title.strip(),
        authors=authors.strip(),
        year=year,
        publisher=publisher.strip(),
        url=url.strip(),
    )
    _save_source(source)
    audit.record(
        by=by,
        action="source.add",
        target=source,
        scope=plan.public_id,
        changes={"title": (None, source.title)},
    )
    return source


@transaction.atomic
def update_source(*, by: Actor, source: Source, **values: Any) -> Source:
    """Change an entry (keys of SOURCE_EDITABLE)."""
    require(by, Permission.EDIT_PLAN, plan=source.plan)
    if unknown := values.keys() - SOURCE_EDITABLE:
        raise TypeError(f"unknown fields {sorted(unknown)}")
    source = Source.objects.select_for_update(of=("self",)).select_related("plan").get(pk=source.pk)
    changes = audit.apply_changes(
        source, {k: v.strip() if isinstance(v, str) else v for k, v in values.items()}
    )
    if changes:
        _save_source(source)
        audit.record(
            by=by, action="source.update", target=source, scope=source.plan.public_id, changes=changes
        )
    return source


@transaction.atomic
def remove_source(*, by: Actor, source: Source) -> None:
    """Take an entry off the bibliography; Refused, saying where, while a chapter cites it."""
    require(by, Permission.EDIT_PLAN, plan=source.plan)
    source = Source.objects.select_for_update(of=("self",)).select_related("plan").get(pk=source.pk)
    citing = [
        citation.chapter
        for citation in source.citations.select_related("chapter").order_by("chapter__position")
    ]
    if citing:
        names = ", ".join(chapter_name(chapter) for chapter in citing)
        raise Refused(
            _("Lähteeseen viitataan vielä: %(chapters)s. Poista viittaukset ensin.") % {"chapters": names}
        )
    audit.record(
        by=by, action="source.remove", target=source, scope=source.plan.public_id,
        changes={name: (getattr(source, name), None) for name in sorted(SOURCE_EDITABLE)},
    )  # fmt: skip
    source.delete()


@transaction.atomic
def add_participant(
    *,
    by: Actor,
    plan: Plan,
    name: str = "",
    part: str = "",
    organisation: Organisation | None = None,
    consent: str = Participant.Consent.NOT_ASKED,
    consent_on: dt.date | None = None,
    public_id: str | None = None,
) -> Participant:
    """Someone who took part in making the plan. The name is public only with consent."""
    require(by, Permission.EDIT_PLAN, plan=plan)
    participant = Participant(
        public_id=public_id or new_public_id(),
        plan=plan,
        name=name.strip(),
        part=part.strip(),
        organisation=organisation,
    )
    _refuse_empty(participant)
    _refuse_stranger(participant)
    participant.sort_key = sort_key(participant.name)
    checked_save(participant)
    audit.record(by=by, action="participant.add", target=participant, scope=plan.public_id)
    if consent == Participant.Consent.WITHDRAWN:
        withdraw_consent(by=by, participant=participant, on=consent_on)
    elif consent != Participant.Consent.NOT_ASKED:
        record_consent(
            by=by, participant=participant, given=consent == Participant.Consent.GIVEN, on=consent_on
        )
    participant.refresh_from_db()
    return participant


@transaction.atomic
def update_participant(*, by: Actor, participant: Participant, **values: Any) -> Participant:
    """Change an entry (keys of PARTICIPANT_EDITABLE). One whose consent is withdrawn is not written again."""
    require(by, Permission.EDIT_PLAN, plan=participant.plan)
    if unknown := values.keys() - PARTICIPANT_EDITABLE:
        raise TypeError(f"unknown fields {sorted(unknown)}")
    participant = _locked(participant)
    _refuse_withdrawn(participant)
    changes = audit.apply_changes(
        participant, {k: v.strip() if isinstance(v, str) else v for k, v in values.items()}
    )
    if changes:
        _refuse_empty(participant)
        _refuse_stranger(participant)
        participant.sort_key = sort_key(participant.name)
        checked_save(participant, fields=[*changes, "sort_key"])
        audit.record(by=by, action="participant.update", target=participant, scope=participant.plan.public_id)
    return participant


@transaction.atomic
def record_consent(
    *, by: Actor, participant: Participant, given: bool, on: dt.date | None = None
) -> Participant:
    """The person agreed, or did not agree, to be named in public, on a date (default: today)."""
    require(by, Permission.EDIT_PLAN, plan=participant.plan)
    participant = _locked(participant)
    _refuse_withdrawn(participant)
    on = on or clock.today()
    if on > clock.today():
        raise Refused(_("Suostumuksen päivä ei voi olla tulevaisuudessa."), field="consent_on", status=422)
    if given and not participant.name:
        raise Refused(_("Kirjoita ensin nimi, jonka julkaisemiseen lupa on saatu."), field="name", status=422)
    consent = Participant.Consent.GIVEN if given else Participant.Consent.REFUSED
    changes = audit.apply_changes(participant, {"consent": consent, "consent_on": on})
    if changes:
        checked_save(participant, fields=["consent", "consent_on"])
        audit.record(
            by=by,
            action="participant.consent",
            target=participant,
            scope=participant.plan.public_id,
            changes=changes,
        )
    return participant


@transaction.atomic
def withdraw_consent(*, by: Actor, participant: Participant, on: dt.date | None = None) -> Participant:
    """The person no longer wants to be named: name and part are erased at once; that it happened stays as
    proof.
    """
    require(by, Permission.EDIT_PLAN, plan=participant.plan)
    participant = _locked(participant)
    if participant.consent == Participant.Consent.WITHDRAWN:
        return participant
    changes = {"consent": (participant.consent, Participant.Consent.WITHDRAWN)}
    participant.consent, participant.consent_on = Participant.Consent.WITHDRAWN, on or clock.today()
    participant.name = participant.part = participant.sort_key = ""
    checked_save(participant, fields=["consent", "consent_on", "name", "part", "sort_key"])
    audit.record(
        by=by,
        action="participant.withdraw",
        target=participant,
        scope=participant.plan.public_id,
        changes=changes,
    )
    return participant


@transaction.atomic
def remove_participant(*, by: Actor, participant: Participant) -> None:
    """Take an entry off the register, for one that was added by mistake."""
    require(by, Permission.EDIT_PLAN, plan=participant.plan)
    audit.record(by=by, action="participant.remove", target=participant, scope=participant.plan.public_id)
    participant.delete()


def _save_source(source: Source) -> None:
    if not source.title:
        raise Refused(_("Kirjoita lähteen nimi."), field="title", status=422)
    if source.year is not None and not 1000 <= source.year <= clock.today().year + 1:
        raise Refused(_("Tarkista vuosi: se on neljä numeroa, esimerkiksi 2019."), field="year", status=422)
    # Author first, year next, title last, as bibliographies are read; 60 characters go into the key.
    source.sort_key = sort_key(f"{source.authors or source.title} {source.year or ''} {source.title}")
    checked_save(source)


def _locked(participant: Participant) -> Participant:
    return (
        Participant.objects.select_for_update(of=("self",))
        .select_related("plan", "organisation")
        .get(pk=participant.pk)
    )


def _refuse_empty(participant: Participant) -> None:
    if not participant.name and not participant.part:
        raise Refused(_("Kirjoita nimi tai rooli."), field="name", status=422)


def _refuse_stranger(participant: Participant) -> None:
    organisation = participant.organisation
    if organisation and not organisation.participations.filter(plan=participant.plan_id).exists():
        raise Refused(
            _("Valitse organisaatio, joka on mukana suunnitelmassa."), field="organisation", status=422
        )


def _refuse_withdrawn(participant: Participant) -> None:
    if participant.consent == Participant.Consent.WITHDRAWN:
        raise Refused(_("Suostumus on peruttu, eikä henkilöä enää merkitä. Lisää tarvittaessa uusi rivi."))
