"""Find help: services as a family reads them, each with one clear thing to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lautta.network import vocabulary
from lautta.network.models import Service
from lautta.network.vocabulary import ANY
from lautta.publishing.links import service_urls
from lautta.publishing.presenters.words import words

# Who asks for themselves, and who asks as a family.
OWN, FAMILY = ("child", "teen", "young"), ("expecting", "small", "school", "teens_parent", "close")
# Those who rather write than call.
WRITERS = frozenset(OWN)
# What is older than this says its age louder.
OLD_DAYS = 400


class HelpLinks:
    """Addresses within find help; a chosen municipality follows along."""

    def __init__(self, plan_id: str, municipality: str = ""):
        self.plan_id, self.municipality = plan_id, municipality

    def __call__(self, who: str = "", need: str = "", *, municipality: str | None = None) -> str:
        area = self.municipality if municipality is None else municipality
        path = reverse("publishing:help", args=[part for part in (self.plan_id, who, need) if part])
        return f"{path}?municipality={area}" if area else path


def who_groups(link: HelpLinks) -> list[dict]:
    """The first question's answers: for oneself, for a family, and for whoever does not want to say."""
    named = vocabulary.words("audience")

    def items(codes: Iterable[str]) -> list[dict]:
        return [{"label": str(named[c].name), "icon": named[c].icon, "url": link(c)} for c in codes]

    return [
        {"label": _("Etsin apua itselleni"), "items": items(OWN)},
        {"label": _("Etsin apua lapselle tai perheelle"), "items": items(FAMILY)},
        {"label": "", "items": [{"label": _("En osaa sanoa"), "icon": "help", "url": link(ANY)}]},
    ]


def need_items(link: HelpLinks, who: str, counts: dict[str, int]) -> list[dict]:
    """The second question's answers that somebody answers to, and everything."""
    found = [
        {"label": str(word.name), "url": link(who, code), "count": counts[code]}
        for code, word in vocabulary.words("need").items()
        if counts.get(code)
    ]
    return [*found, {"label": _("En osaa sanoa, näytä kaikki"), "url": link(who, ANY), "count": 0}]


def areas(link: HelpLinks, who: str, need: str, municipalities: Iterable, chosen: str) -> list[dict]:
    """The municipality as a filter of links; for components/chips.html."""
    items = [{"label": _("Koko maakunta"), "url": link(who, need, municipality=""), "current": not chosen}]
    for area in municipalities:
        url = link(who, need, municipality=area.public_id)
        items.append({"label": str(area.name), "url": url, "current": area.public_id == chosen})
    return items


def answers(plan_id: str, services: Iterable[Service], who: str, today: dt.date) -> list[dict]:
    """For the answer list; services come with provider, tags and municipalities."""
    address = service_urls(plan_id)
    return [
        {
            "name": words(s.name), "url": address(s.public_id, s.name), "provider": words(s.provider.name),
            "summary": words(s.summary), "action": action(s, who), "where": where(s), "badges": badges(s),
            "languages": languages(s), "checked": checked(s, today), "is_illustrative": s.is_illustrative,
        }
        for s in services
    ]  # fmt: skip


def action(service: Service, who: str = "") -> dict[str, Any] | None:
    """The one thing to do first: young ones write before they call; where one may come, come."""
    come = service.no_appointment and service.address
    ways = {
        "chat": service.chat and {"icon": "comment", "label": _("Aloita chat"), "url": service.chat},
        "call": service.phone
        and {"icon": "phone", "label": _("Soita %(number)s") % {"number": service.phone}, "url": f"tel:{tel(service.phone)}"},
        "come": come and {"icon": "pin", "label": _("Tule käymään: %(place)s") % {"place": service.address}, "url": ""},
        "web": service.website and {"icon": "external", "label": _("Avaa verkkosivu"), "url": service.website},
        "mail": service.email and {"icon": "mail", "label": _("Lähetä viesti"), "url": f"mailto:{service.email}"},
        "visit": service.address and {"icon": "pin", "label": service.address, "url": ""},
    }  # fmt: skip
    order = ("chat", "come", "call") if who in WRITERS else ("call", "come", "chat")
    for way in (*order, "web", "mail", "visit"):
        if found := ways[way]:
            return found | {"way": way}
    return None


def tel(number: str) -> str:
    """Digits of a number and a leading plus."""
    kept = "".join(c for c in number if c.isascii() and c.isdigit())
    return f"+{kept}" if number.strip().startswith("+") else kept


def where(service: Service) -> str:
    if service.whole_region:
        return _("Koko maakunta")
    return ", ".join(
        str(row.area.name) for row in sorted(service.area_rows.all(), key=lambda r: r.area.sort_key)
    )


def badges(service: Service) -> list[dict]:
    found = []
    if service.no_appointment:
        found.append({"icon": "check", "label": _("Ilman ajanvarausta")})
    if service.cost == Service.Cost.FREE:
        found.append({"icon": "", "label": _("Ei maksa mitään")})
    return found


def languages(service: Service) -> str:
    """Named when there is more than Finnish."""
    codes = {t.code for t in service.tags.all() if t.kind == "language"}
    if codes <= {"fi"}:
        return ""
    return ", ".join(str(w.name) for code, w in vocabulary.words("language").items() if code in codes)


def checked(service: Service, today: dt.date) -> dict:
    """When somebody last said that the details are right."""
    day = service.checked_on
    return {"when": f"{day.month}/{day.year}", "is_old": (today - day).days > OLD_DAYS}


def facts(service: Service, today: dt.date) -> dict[str, Any]:
    """Everything of one service, for its own page."""
    tags: dict[str, list[str]] = {kind: [] for kind in vocabulary.KINDS}
    held = {(t.kind, t.code) for t in service.tags.all()}
    for kind, row in tags.items():
        row.extend(str(w.listed) for code, w in vocabulary.words(kind).items() if (kind, code) in held)
    return {
        "service": service, "tags": tags, "where": where(service), "checked": checked(service, today),
        "tel": tel(service.phone), "action": action(service), "badges": badges(service),
    }  # fmt: skip
