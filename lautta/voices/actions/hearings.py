"""Writes of the hearing register. What was said never goes into the trail: it must be possible to erase it for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.models import Plan
from lautta.voices import rules
from lautta.voices.actions.voices import LooksPersonal, places_that_may_be_said
from lautta.voices.models import HeardGroup, Hearing, HearingRevision, Voice
from lautta.voices.personal import Finding, signs

LONGEST = 4_000
LONGEST_MATTER = 200
MOST_GROUPS = 8
TEXTS = ("matter", "how", "said", "changed", "why_not")


@dataclass(frozen=True)
class Heard:
    """One group that was heard; `number` is None when nobody counted."""

    role: str
    age_group: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Facts:
    """What is told of a hearing."""

    matter: Translated
    heard_on: dt.date
    method: str
    said: Translated
    groups: Sequence[Heard]
    how: Translated = field(default_factory=Translated)
    changed: Translated = field(default_factory=Translated)
    why_not: Translated = field(default_factory=Translated)
    heard_until: dt.date | None = None
    link_kind: str = ""
    link_key: str = ""
    organisation: Organisation | None = None

    def columns(self) -> dict[str, Any]:
        """What stands in the hearing's own row."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "groups"}


@transaction.atomic
def add_hearing(*, by: Actor, plan: Plan, facts: Facts, is_illustrative: bool = False) -> Hearing:
    """Enter a hearing; it waits for a look, and nothing of it is public yet."""
    require(by, Permission.REGISTER_HEARINGS, plan=plan, organisation=facts.organisation)
    hearing = Hearing(plan=plan, is_illustrative=is_illustrative, **facts.columns())
    _refuse_bad(plan, facts)
    checked_save(hearing)
    _set_groups(hearing, facts.groups)
    _keep(by, hearing)
    _record(by, "hearing.add", hearing, {"heard_on": (None, facts.heard_on), "method": (None, facts.method)})
    return hearing


@transaction.atomic
def update_hearing(
    *, by: Actor, hearing: Hearing, version: int, facts: Facts, checked: bool = False
) -> Hearing:
    """Mend or add to it. The former words stay in its revisions. A public one stays public only when its words show no sign of
    personal data, or `checked` says that somebody looked.
    """
    hearing = _locked(hearing)
    require_edit(by, hearing)
    _refuse_stale(hearing, version)
    if facts.organisation != hearing.organisation:
        require(by, Permission.REGISTER_HEARINGS, plan=hearing.plan, organisation=facts.organisation)
    _refuse_bad(hearing.plan, facts)
    changed = audit.apply_changes(hearing, facts.columns())
    groups = [Heard(g.role, g.age_group, g.number) for g in hearing.groups.all()]
    if groups != list(facts.groups):
        changed["groups"] = (len(groups), len(facts.groups))
        _set_groups(hearing, facts.groups)
    if not changed:
        return hearing
    if hearing.state == Voice.State.PUBLISHED:
        _refuse_unfinished(hearing)
        if set(TEXTS) & set(changed) and not checked and signs_in_hearing(hearing):
            raise LooksPersonal
    hearing.version += 1
    checked_save(hearing)
    _keep(by, hearing)
    _record(by, "hearing.update", hearing, changed)
    return hearing


@transaction.atomic
def publish_hearing(*, by: Actor, hearing: Hearing, version: int, checked: bool = False) -> Hearing:
    """Make it public. Refused while nobody has told what changed or why not, and (LooksPersonal) on signs of personal data."""
    hearing = _for_decision(by, hearing, version)
    if hearing.state == Voice.State.PUBLISHED:
        raise Refused(_("Kuuleminen on jo julkaistu."))
    _refuse_unfinished(hearing)
    if not checked and signs_in_hearing(hearing):
        raise LooksPersonal
    return _decide(by, "hearing.publish", hearing, Voice.State.PUBLISHED, "")


@transaction.atomic
def reject_hearing(*, by: Actor, hearing: Hearing, version: int, reason: str) -> Hearing:
    """Keep it unpublished, or take it out of the public, with the reason."""
    hearing = _for_decision(by, hearing, version)
    if not reason.strip():
        raise Refused(_("Kerro, miksi kuulemista ei julkaista."), field="reason", status=422)
    if hearing.state == Voice.State.REJECTED:
        raise Refused(_("Kuuleminen on jo merkitty julkaisematta jääväksi."))
    return _decide(by, "hearing.reject", hearing, Voice.State.REJECTED, reason.strip()[:300])


@transaction.atomic
def erase_hearing(*, by: Actor, hearing: Hearing) -> None:
    """Remove it for good, with its revisions."""
    hearing = _locked(hearing)
    require(by, Permission.MODERATE_VOICES, plan=hearing.plan)
    _record(by, "hearing.erase", hearing, {})
    hearing.delete()


@transaction.atomic
def erase_former_words(*, by: Actor, hearing: Hearing) -> Hearing:
    """Remove the earlier revisions for good: something in them told of a person. What stands now stays."""
    hearing = _locked(hearing)
    require(by, Permission.MODERATE_VOICES, plan=hearing.plan)
    gone, _by_model = hearing.revisions.exclude(number=hearing.version).delete()
    _record(by, "hearing.redact", hearing, {"revisions": (gone, 0)})
    return hearing


def require_edit(by: Actor, hearing: Hearing) -> None:
    """PermissionDenied unless the actor moderates, or their organisation held it and it has not been decided on."""
    if by.standing is not None and rules.may_edit_hearing(by.standing, hearing):
        require(by, Permission.REGISTER_HEARINGS, plan=hearing.plan, organisation=hearing.organisation)
    else:
        require(by, Permission.MODERATE_VOICES, plan=hearing.plan)


def signs_in_hearing(hearing: Hearing) -> list[Finding]:
    """What in its words looks like personal data."""
    places = places_that_may_be_said(hearing.plan)
    texts = [text.text for name in TEXTS for text in getattr(hearing, name).texts.values()]
    return [finding for text in texts for finding in signs(text, places=places)]


def _locked(hearing: Hearing) -> Hearing:
    return (
        Hearing.objects.select_for_update(of=("self",))
        .select_related("plan__region__area", "organisation")
        .get(pk=hearing.pk)
    )


def _for_decision(by: Actor, hearing: Hearing, version: int) -> Hearing:
    hearing = _locked(hearing)
    require(by, Permission.MODERATE_VOICES, plan=hearing.plan)
    _refuse_stale(hearing, version)
    return hearing


def _decide(by: Actor, action: str, hearing: Hearing, state: str, reason: str) -> Hearing:
    before = hearing.state
    hearing.state, hearing.decided_reason = state, reason
    hearing.version += 1
    checked_save(hearing)
    _keep(by, hearing)
    _record(by, action, hearing, {"state": (before, state)})
    return hearing


def _set_groups(hearing: Hearing, groups: Sequence[Heard]) -> None:
    hearing.groups.all().delete()
    for position, row in enumerate(groups, 1):
        checked_save(
            HeardGroup(
                hearing=hearing, position=position, role=row.role, age_group=row.age_group, number=row.number
            )
        )


def _keep(by: Actor, hearing: Hearing) -> None:
    """Add the revision of what stands now."""
    content = {
        **{name: getattr(hearing, name).to_json() for name in TEXTS},
        "heard_on": hearing.heard_on.isoformat(),
        "heard_until": hearing.heard_until.isoformat() if hearing.heard_until else None,
        "method": hearing.method,
        "link": f"{hearing.link_kind}:{hearing.link_key}" if hearing.link_kind else "",
        "organisation": hearing.organisation.public_id if hearing.organisation else None,
        "state": hearing.state,
        "groups": [[g.role, g.age_group, g.number] for g in HeardGroup.objects.filter(hearing=hearing)],
    }
    checked_save(
        HearingRevision(
            hearing=hearing,
            number=hearing.version,
            content=content,
            saved_on=clock.today(),
            saved_by=by.user,
        )
    )


def _refuse_stale(hearing: Hearing, version: int) -> None:
    if hearing.version != version:
        raise Refused(_("Joku muu tallensi tämän sillä välin. Katso tiedot ja tallenna uudelleen."))


def _refuse_unfinished(hearing: Hearing) -> None:
    if not hearing.changed and not hearing.why_not:
        raise Refused(
            _("Kerro ennen julkaisua, mikä muuttui tai miksi mikään ei muuttunut."),
            field="changed",
            status=422,
        )


def _refuse_bad(plan: Plan, facts: Facts) -> None:
    if not facts.matter:
        raise Refused(_("Kirjoita, mistä asiasta kuultiin."), field="matter", status=422)
    if not facts.said:
        raise Refused(_("Kirjoita, mitä kuultiin."), field="said", status=422)
    for name in TEXTS:
        longest = LONGEST_MATTER if name == "matter" else LONGEST
        if any(len(t.text) > longest for t in getattr(facts, name).texts.values()):
            raise Refused(_("Teksti on liian pitkä."), field=name, status=422)
    if not facts.groups:
        raise Refused(_("Valitse ainakin yksi ryhmä, jota kuultiin."), field="role_1", status=422)
    if len(facts.groups) > MOST_GROUPS:
        raise Refused(_("Ryhmiä on liian monta."), field="role_1", status=422)
    if facts.heard_on > clock.today():
        raise Refused(_("Päivä on vasta tulossa. Milloin kuultiin?"), field="heard_on", status=422)
    organisation = facts.organisation
    if organisation is not None and not plan.participations.filter(organisation=organisation).exists():
        raise Refused(_("Organisaatio ei ole mukana tässä suunnitelmassa."), field="organisation", status=422)


def _record(by: Actor, action: str, hearing: Hearing, changes: dict[str, tuple]) -> None:
    # Words are left out; that they changed is told.
    kept = {name: ("…", "…") if name in TEXTS else pair for name, pair in changes.items()}
    audit.record(
        by=by, action=action, target=hearing, scope=hearing.plan.public_id,
        organisation=hearing.organisation.public_id if hearing.organisation else "", changes=kept,
    )  # fmt: skip
