"""The workspace's menu: groups of entries in one fixed order. A new page of a room is one line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from lautta.organisations.permissions import Permission as P
from lautta.plans.standing import Standing


def everybody(standing: Standing) -> bool:
    return True


def plan_wide(permission: P) -> Callable[[Standing], bool]:
    return lambda standing: standing.can(permission)


def somewhere(*permissions: P) -> Callable[[Standing], bool]:
    return lambda standing: any(standing.can_somewhere(p) for p in permissions)


class Entry(NamedTuple):
    label: object
    name: str
    icon: str
    shown: Callable[[Standing], bool] = everybody


class Group(NamedTuple):
    heading: object
    entries: tuple[Entry, ...]


GROUPS = (
    Group(
        _("Työn alla"),
        (
            Entry(_("Oma työ"), "workspace:my_work", "check"),
            Entry(_("Tilannekuva"), "workspace:overview", "document", plan_wide(P.MANAGE_ROUNDS)),
            Entry(_("Toimenpiteet"), "measures:list", "measure"),
            Entry(_("Vuosikierrokset"), "measures:rounds", "calendar"),
            Entry(_("Vuosikello"), "annual_clock:clock", "clock"),
        ),
    ),
    Group(
        _("Sisältö"),
        (
            Entry(_("Suunnitelma"), "plans:chapters", "document"),
            Entry(_("Tavoitteet"), "plans:goals", "goal"),
            Entry(_("Mitä laki vaatii"), "plans:checklist", "check"),
            Entry(_("Taustatiedot"), "plans:background", "info", plan_wide(P.EDIT_PLAN)),
            Entry(_("Tuo suunnitelma"), "workspace:import_plan", "upload", plan_wide(P.EDIT_PLAN)),
        ),
    ),
    Group(
        _("Päätöksenteko"),
        (
            Entry(_("Päätökset"), "decisions:board", "decision"),
            Entry(_("Vaikutusten arvioinnit"), "assessments:list", "child"),
            Entry(_("Lausunnot"), "decisions:statements", "comment", somewhere(P.COMMENT_VERSIONS)),
            Entry(_("Ryhmät ja asiat"), "decisions:groups", "people"),
            Entry(_("Asiakirjat"), "publishing:papers", "print"),
        ),
    ),
    Group(
        _("Osallisuus"),
        (
            Entry(_("Äänet"), "voices:list", "voice", somewhere(P.ADD_VOICES)),
            Entry(_("Kuulemiset"), "voices:hearings", "people", somewhere(P.REGISTER_HEARINGS)),
            Entry(_("Palvelut ja verkosto"), "network:services", "help", somewhere(P.EDIT_SERVICES)),
            Entry(_("Palaute"), "publishing:feedback_inbox", "mail", plan_wide(P.READ_FEEDBACK)),
        ),
    ),
    Group(
        _("Tiedot ja ylläpito"),
        (
            Entry(_("Luvut ja lähteet"), "workspace:figures", "data", plan_wide(P.KEEP_FIGURES)),
            Entry(
                _("Organisaatiot"),
                "plans:organisations",
                "people",
                somewhere(P.MANAGE_PEOPLE, P.MANAGE_OWN_PEOPLE),
            ),
            Entry(_("Muutosloki"), "workspace:audit", "clock", plan_wide(P.SEE_AUDIT)),
        ),
    ),
)
