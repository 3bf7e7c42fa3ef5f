"""Navigation of the workspace: the menu as this person sees it, with the place where one is."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lautta.plans.standing import Standing
from lautta.workspace.menu import GROUPS, Entry


def _groups(request: HttpRequest, standing: Standing) -> list[dict[str, Any]]:
    """The groups with what this standing may open; the nearest entry is the place where one is."""
    entries: list[dict[str, Any]] = []
    groups: list[dict[str, Any]] = []
    for group in GROUPS:
        shown = [
            _entry(request, entry, reverse(entry.name, kwargs={"plan_id": request.plan.public_id}))
            for entry in group.entries
            if entry.shown(standing)
        ]
        if shown:
            groups.append({"heading": str(group.heading), "items": shown})
            entries += shown
    # Rounds stand under the measures in the address: only the longest match is the place.
    if places := [entry for entry in entries if entry["below"]]:
        max(places, key=lambda entry: len(entry["url"]))["current"] = True
    return groups


def _entry(request: HttpRequest, entry: Entry, url: str) -> dict[str, Any]:
    # My work stands at the head of every address of the workspace.
    below = request.path == url or (entry.name != "workspace:my_work" and request.path.startswith(url))
    return {"label": str(entry.label), "url": url, "icon": entry.icon, "current": False, "below": below}


def navigation(request: HttpRequest) -> dict[str, object]:
    """workspace_nav: [{heading, items: [{label, url, icon, current}]}] inside a plan's workspace, else nothing."""
    links = {
        "work_url": reverse("workspace:start"),
        "account_url": reverse("workspace:account"),
        "sign_out_url": reverse("account_logout"),
    }
    standing = getattr(request, "standing", None)
    if standing is None:
        return links  # type: ignore[return-value]
    if request.plan.published_at:
        links["public_url"] = reverse("publishing:home", kwargs={"plan_id": request.plan.public_id})
    links["work_url"] = reverse("workspace:my_work", kwargs={"plan_id": request.plan.public_id})
    return {**links, "workspace_nav": _groups(request, standing), "standing": standing, "plan": request.plan}
