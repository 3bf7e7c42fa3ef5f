"""Navigation of the workspace: what the person may open, in one fixed order."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from lautta.organisations.permissions import Permission as P


def _entries(standing) -> list[tuple[str, str, str]]:
    """(label, url name, icon) of what this standing may open."""
    entries = [(_("Oma työ"), "workspace:my_work", "check"), (_("Toimenpiteet"), "measures:list", "measure")]
    entries.append((_("Vuosikierrokset"), "measures:rounds", "calendar"))
    entries.append((_("Vuosikello"), "annual_clock:clock", "calendar"))
    if standing.can(P.MANAGE_ROUNDS):
        entries.append((_("Tilannekuva"), "workspace:overview", "document"))
    entries.append((_("Vaikutusten arvioinnit"), "assessments:list", "child"))
    entries.append((_("Suunnitelma"), "plans:chapters", "document"))
    entries.append((_("Tavoitteet"), "plans:goals", "goal"))
    entries.append((_("Päätökset"), "decisions:board", "decision"))
    entries.append((_("Mitä laki vaatii"), "plans:checklist", "check"))
    entries.append((_("Ryhmät ja asiat"), "decisions:groups", "people"))
    if standing.can_somewhere(P.ADD_VOICES):
        entries.append((_("Äänet"), "voices:list", "voice"))
    if standing.can_somewhere(P.REGISTER_HEARINGS):
        entries.append((_("Kuulemiset"), "voices:hearings", "people"))
    if standing.can_somewhere(P.COMMENT_VERSIONS):
        entries.append((_("Lausunnot"), "decisions:statements", "comment"))
    if standing.can_somewhere(P.MANAGE_PEOPLE) or standing.can_somewhere(P.MANAGE_OWN_PEOPLE):
        entries.append((_("Organisaatiot"), "plans:organisations", "people"))
    if standing.can(P.EDIT_PLAN):
        entries.append((_("Taustatiedot"), "plans:background", "info"))
        entries.append((_("Tuo suunnitelma"), "workspace:import_plan", "upload"))
    entries.append((_("Asiakirjat"), "publishing:papers", "print"))
    if standing.can(P.KEEP_FIGURES):
        entries.append((_("Luvut ja lähteet"), "workspace:figures", "data"))
    if standing.can(P.READ_FEEDBACK):
        entries.append((_("Palaute"), "publishing:feedback_inbox", "mail"))
    if standing.can(P.SEE_AUDIT):
        entries.append((_("Muutosloki"), "workspace:audit", "clock"))
    return entries


def navigation(request: HttpRequest) -> dict[str, object]:
    """workspace_nav: [{label, url, icon, current}] inside a plan's workspace, else nothing."""
    links = {
        "work_url": reverse("workspace:start"),
        "account_url": reverse("workspace:account"),
        "sign_out_url": reverse("account_logout"),
    }
    standing = getattr(request, "standing", None)
    if standing is None:
        return links  # type: ignore[return-value]
    nav: list[dict[str, Any]] = []
    for label, name, icon in _entries(standing):
        try:
            url = reverse(name, kwargs={"plan_id": request.plan.public_id})
        except NoReverseMatch:
            continue
        below = request.path == url or (name != "workspace:my_work" and request.path.startswith(url))
        nav.append({"label": label, "url": url, "icon": icon, "current": False, "below": below})
    # Rounds stand under the measures in the address: only the nearest entry is the place where one is.
    if places := [entry for entry in nav if entry["below"]]:
        max(places, key=lambda entry: len(entry["url"]))["current"] = True
    if request.plan.published_at:
        links["public_url"] = reverse("publishing:home", kwargs={"plan_id": request.plan.public_id})
    links["work_url"] = reverse("workspace:my_work", kwargs={"plan_id": request.plan.public_id})
    return {**links, "workspace_nav": nav, "standing": standing, "plan": request.plan}
