"""What the actions of this room check before they write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lautta.common import clock
from lautta.common.models import AuditEntry, User
from lautta.common.problems import Refused
from lautta.common.text import sort_key
from lautta.common.translated import Translated
from lautta.measures.choices import Sector, ServiceTier, TargetGroup, VulnerableGroup
from lautta.measures.models import MeasureYear
from lautta.organisations.models import Organisation
from lautta.plans.models import Goal, Participation, Plan

MOST_TITLE = 200
MOST_TEXT = 5_000
FIRST_YEAR, LAST_YEAR = 1990, 2100
TEXTS = ("title", "change", "description")
PLAIN = ("starts_on", "ends_on", "service_tier", "responsible_title", "other_partners", "is_illustrative")
LISTS = {"target_groups": TargetGroup, "vulnerable_groups": VulnerableGroup, "sectors": Sector}
# Content of a measure's year that `create_measure` and `update_measure` take.
CONTENT = (*TEXTS, *PLAIN, *LISTS, "goals", "partners", "responsible")

CHANGED = gettext_lazy("Joku muu muutti tätä sillä välin. Katso, mikä muuttui, ja tallenna sitten uudelleen.")


class ChangedMeanwhile(Refused):
    """Others saved after the version that the writer saw. `fields` names what they changed, `current` is what stands now."""

    def __init__(self, current: Any, fields: Iterable[str] = ()):
        super().__init__(CHANGED)
        self.current, self.fields = current, tuple(fields)


def changed_since(measure_year: MeasureYear, version: int) -> list[str]:
    """Names of the fields that were saved after `version`, from the trail, in the order of the form."""
    rows = AuditEntry.objects.filter(kind="measureyear", object_id=str(measure_year.pk)).values_list(
        "changes", flat=True
    )
    names = {name for changes in rows if changes.get("version", [0, 0])[1] > version for name in changes}
    known = [*CONTENT, "money", "person_years", "mirrorings", "indicators"]
    return [name for name in known if name in names]


def text(value: Translated, field: str, *, most: int = MOST_TEXT, required: bool = False) -> Translated:
    """The text as it is, or Refused: empty though required, or too long in some language."""
    if required and not value:
        raise Refused(_("Kirjoita tähän jotakin."), field=field, status=422)
    if any(len(t.text) > most for t in value.texts.values()):
        raise Refused(
            _("Teksti on liian pitkä: enintään %(most)s merkkiä.") % {"most": most}, field=field, status=422
        )
    return value


def chosen(values: Iterable[str], vocabulary: Any, field: str) -> list[str]:
    """The values in the vocabulary's order, each once; Refused when one is not in it."""
    given = set(values)
    if unknown := given - set(vocabulary.values):
        raise Refused(
            _("Tuntematon valinta: %(what)s.") % {"what": ", ".join(sorted(map(str, unknown)))},
            field=field,
            status=422,
        )
    return [v for v in vocabulary.values if v in given]


def goals_of(plan: Plan, goals: Iterable[Goal], field: str = "goals") -> list[Goal]:
    """Goals of this very plan, each once, at least one."""
    found = list({g.pk: g for g in goals}.values())
    if not found:
        raise Refused(_("Valitse ainakin yksi tavoite."), field=field, status=422)
    if any(g.plan_id != plan.pk for g in found):
        raise Refused(_("Tavoite ei kuulu tähän suunnitelmaan."), field=field, status=422)
    return sorted(found, key=lambda g: (g.position, g.pk))


def taking_part(plan: Plan, organisations: Sequence[Organisation], field: str) -> list[Organisation]:
    """Organisations that take part, or have taken part, in the plan."""
    found = list({o.pk: o for o in organisations}.values())
    known = set(
        Participation.objects.filter(plan=plan, organisation__in=found).values_list(
            "organisation_id", flat=True
        )
    )
    if any(o.pk not in known for o in found):
        raise Refused(_("Organisaatio ei ole mukana tässä suunnitelmassa."), field=field, status=422)
    return found


def require_taking_part_now(plan: Plan, organisation: Organisation) -> None:
    """Refused when the organisation does not take part today or has ended: its successor answers then."""
    if not Participation.objects.filter(plan=plan, organisation=organisation).current(clock.today()).exists():
        raise Refused(_("Organisaatio ei ole enää mukana tässä suunnitelmassa."), field="organisation")


def responsible_of(plan: Plan, organisation: Organisation, person: User | None) -> User | None:
    """A person who works for the organisation and has a role in the plan."""
    if person is None:
        return None
    if not plan.role_assignments.filter(
        membership__user=person,
        membership__organisation=organisation,
        ended_on__isnull=True,
        membership__ended_on__isnull=True,
    ).exists():
        raise Refused(_("Vastuuhenkilö ei ole tämän organisaation väkeä."), field="responsible", status=422)
    return person


def dates(starts_on: dt.date, ends_on: dt.date | None) -> None:
    """Refused unless in order and within years that a plan can have."""
    for value, field in ((starts_on, "starts_on"), (ends_on, "ends_on")):
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise Refused(_("Tarkista vuosi."), field=field, status=422)
    if ends_on and ends_on < starts_on:
        raise Refused(_("Toimenpide ei voi päättyä ennen kuin se alkaa."), field="ends_on", status=422)


def clean_content(plan: Plan, organisation: Organisation, values: dict[str, Any]) -> dict[str, Any]:
    """The given content checked, whichever form or file it came from; unknown names are a programming error.

    Dates are checked apart (`dates`), since a part of the content may name only one of them.
    """
    if unknown := set(values) - set(CONTENT):
        raise TypeError(f"not content of a measure: {sorted(unknown)}")
    clean = dict(values)
    for name in TEXTS:
        if name in clean:
            most = MOST_TITLE if name == "title" else MOST_TEXT
            clean[name] = text(clean[name], name, most=most, required=name != "description")
    for name, vocabulary in LISTS.items():
        if name in clean:
            clean[name] = chosen(clean[name] or [], vocabulary, name)
    if "target_groups" in clean and not clean["target_groups"]:
        raise Refused(_("Valitse, keitä varten tämä on."), field="target_groups", status=422)
    if clean.get("service_tier") and clean["service_tier"] not in ServiceTier.values:
        raise Refused(_("Tuntematon palvelutaso."), field="service_tier", status=422)
    for name, most in (("responsible_title", 160), ("other_partners", 300)):
        if name in clean:
            clean[name] = (clean[name] or "").strip()
            if len(clean[name]) > most:
                raise Refused(
                    _("Teksti on liian pitkä: enintään %(most)s merkkiä.") % {"most": most},
                    field=name,
                    status=422,
                )
    if "goals" in clean:
        clean["goals"] = goals_of(plan, clean["goals"])
    if "partners" in clean:
        clean["partners"] = [
            o for o in taking_part(plan, clean["partners"], "partners") if o.pk != organisation.pk
        ]
    if "responsible" in clean:
        clean["responsible"] = responsible_of(plan, organisation, clean["responsible"])
    if "title" in clean:
        clean["sort_key"] = sort_key(str(clean["title"].in_language(clean["title"].source) or clean["title"]))
    return clean
