"""Hits of the search, as they are shown."""

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lautta.common.search import Hit, SearchResult
from lautta.publishing.presenters.words import reader_language

KINDS = {
    "assessment": gettext_lazy("Lapsivaikutusten arvioinnit"),
    "chapter": gettext_lazy("Suunnitelman luvut"),
    "event": gettext_lazy("Vuosikellon tapahtumat"),
    "goal": gettext_lazy("Tavoitteet"),
    "indicator": gettext_lazy("Mittarit"),
    "measure": gettext_lazy("Toimenpiteet"),
    "organisation": gettext_lazy("Tekijät"),
    "voice": gettext_lazy("Äänet"),
}
ONE = {
    "assessment": gettext_lazy("Lapsivaikutusten arviointi"),
    "chapter": gettext_lazy("Luku"),
    "event": gettext_lazy("Vuosikellon tapahtuma"),
    "goal": gettext_lazy("Tavoite"),
    "indicator": gettext_lazy("Mittari"),
    "measure": gettext_lazy("Toimenpide"),
    "organisation": pgettext_lazy("suunnitelman tekijä", "Tekijä"),
    "voice": gettext_lazy("Ääni"),
}
# Beyond this many pages nobody reads; it also bounds the offset that a stranger can ask the database for.
MOST_PAGES = 500


def page_number(asked: str | None) -> int:
    return (
        min(max(int(asked), 1), MOST_PAGES)
        if asked and asked.isascii() and asked.isdigit() and len(asked) < 6
        else 1
    )


def marked(segments) -> str:
    """Segments with the found words in <mark>; every piece is escaped."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", t) if found else t,) for t, found in segments)
    )


def hit(found: Hit) -> dict:
    """For the template; a hit whose page is not known here leads nowhere, and says so by an empty address."""
    try:
        url = reverse(found.url_name, kwargs=dict(found.url_kwargs))
    except NoReverseMatch:
        url = ""
    return {
        "kind": ONE.get(found.kind, ""),
        "title": marked(found.title_segments) if found.title_segments else found.title,
        "excerpt": marked(found.excerpt),
        "url": url,
        "lang": found.language if found.language != reader_language() else "",
    }


def kind_links(result: SearchResult, kind: str, link) -> list[dict]:
    """Everything, and each kind that has hits; for components/chips.html."""
    total = sum(result.kinds.values())
    items = [{"label": _("Kaikki (%(n)s)") % {"n": total}, "url": link({}), "current": not kind}]
    for code, label in KINDS.items():
        if n := result.kinds.get(code):
            items.append({"label": f"{label} ({n})", "url": link({"kind": code}), "current": code == kind})
    return items if len(items) > 2 or kind else []


def suggestions(plan_id: str) -> list[dict]:
    """Where to go when nothing was found."""
    return [
        {"label": label, "url": reverse(f"publishing:{name}", args=(plan_id,))}
        for label, name in (
            (_("Selaa toimenpiteitä"), "measures"),
            (_("Katso tavoitteet"), "goals"),
            (_("Lue suunnitelma"), "plan"),
        )
    ]
