"""One goal's page."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from lautta.measures.models import MeasureYear
from lautta.organisations.models import Organisation
from lautta.plans.frameworks import frameworks
from lautta.publishing.links import measure_urls, organisation_url
from lautta.publishing.presenters.measures import list_item
from lautta.publishing.presenters.words import words

CONVENTION = "convention"


def by_organisation(
    plan_id: str,
    first: Mapping[int, list[int]],
    totals: Mapping[int, int],
    years: Iterable[MeasureYear],
    organisations: Mapping[int, Organisation],
    list_url: str,
) -> list[dict]:
    """Organisations by name, each with its first measures and, when there are more, the address of all of
    them.
    """
    by_pk = {year.pk: year for year in years}
    found = [organisations[pk] for pk in first if pk in organisations]
    address = measure_urls(plan_id)
    return [
        {
            "name": words(organisation.name),
            "url": organisation_url(plan_id, organisation),
            "items": [
                list_item(address, by_pk[pk], [], None) for pk in first[organisation.pk] if pk in by_pk
            ],
            "total": totals[organisation.pk],
            "more": totals[organisation.pk] - len(first[organisation.pk]),
            "list_url": f"{list_url}&organisation={organisation.public_id}",
        }
        for organisation in sorted(found, key=lambda o: (o.sort_key, o.pk))
    ]


def mirrors(pairs: Iterable[tuple[str, str]]) -> list[dict]:
    """What the goal answers to, framework by framework, in the framework's own order. Codes that are gone
    are left out.

    An article is known by its number; the codes of the child strategy's lines are our own and are not shown.
    """
    wanted: dict[str, set[str]] = {}
    for framework, code in pairs:
        wanted.setdefault(framework, set()).add(code)
    made = []
    for framework in frameworks().values():  # type: ignore[assignment]
        items = [item for item in framework.items if item.code in wanted.get(framework.code, ())]
        if items:
            by_number = framework.code == CONVENTION
            texts = [_("%(number)s artikla: %(title)s") % {"number": i.code, "title": i.title} for i in items]
            made.append(
                {"name": str(framework.title), "texts": texts if by_number else [str(i.title) for i in items]}
            )
    return made
