"""The frame of the public site: its navigation and the links of its footer."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def _entries() -> list[tuple[str, str, tuple[str, ...]]]:
    """(label, url name, names of the pages that belong to it) in their fixed order."""
    return [
        (pgettext("valikko", "Suunnitelma"), "plan", ("plan", "chapter", "chapter_changes", "print")),
        (pgettext("valikko", "Tavoitteet"), "goals", ("goals", "goal")),
        (pgettext("valikko", "Toimenpiteet"), "measures", ("measures", "measure")),
        (pgettext("valikko", "Mittarit"), "indicators", ("indicators", "indicator")),
        (
            pgettext("valikko", "Kunnat"),
            "municipalities",
            ("municipalities", "municipality", "population", "area_population"),
        ),
        (pgettext("valikko", "Tekijät"), "organisations", ("organisations", "organisation")),
        (pgettext("valikko", "Päätökset"), "decisions", ("decisions", "version", "version_changes")),
        (
            pgettext("valikko", "Äänet"),
            "voices",
            ("voices", "voice", "hearings", "hearing", "statements", "statement"),
        ),
        (pgettext("valikko", "Lapsille"), "children", ("children",)),
    ]


def navigation(request: HttpRequest) -> dict[str, object]:
    """nav and the frame's other links on the pages of a public plan, else the sign-in alone."""
    plan = getattr(request, "plan", None)
    if getattr(request, "standing", None) is not None:
        return {}
    if plan is None:
        return {"sign_in_url": reverse("workspace:start")}
    match = getattr(request, "resolver_match", None)
    here = match.url_name if match else ""

    def to(name: str) -> str:
        return reverse(f"publishing:{name}", args=(plan.public_id,))

    return {
        "plan": plan,
        "nav": [
            {"label": label, "url": to(name), "current": here in pages} for label, name, pages in _entries()
        ],
        "home_url": to("home"),
        "search_url": to("search"),
        "sign_in_url": reverse("workspace:start"),
        "accessibility_url": to("accessibility"),
        "feedback_url": to("feedback"),
        "footer_links": [
            {"label": _("Tietoa suunnitelmasta"), "url": to("about")},
            {"label": _("Vuosikello"), "url": to("clock")},
            {"label": _("Lapsivaikutusten arvioinnit"), "url": to("assessments")},
            {"label": _("Tulostettava suunnitelma"), "url": to("print")},
            {"label": _("Asiakirjat"), "url": to("public_papers")},
        ],
        "illustrative": plan.is_illustrative,
    }
