"""What the search finds of a measure: the newest year that is public."""

from lautta.common import search
from lautta.measures.models import Measure, MeasureYear

KIND = "measure"


def reindex(measure: Measure) -> None:
    """Put the measure's newest public year into the index, or take the measure out. In the caller's transaction."""
    newest = (
        MeasureYear.objects.filter(measure=measure)
        .public()
        .select_related("round")
        .order_by("-round__year")
        .first()
    )
    scope = measure.plan.public_id
    if newest is None:
        search.unindex(scope=scope, kind=KIND, object_id=measure.public_id)
        return
    organisation = measure.organisation.name
    texts = {}
    for language in {*newest.title.texts, *newest.change.texts, *newest.description.texts}:
        words = [t.in_language(language) or "" for t in (newest.change, newest.description)]
        title = newest.title.in_language(language) or newest.title.shown(language).text
        body = "\n".join(
            [*words, organisation.shown(language).text, newest.responsible_title, newest.other_partners]
        )
        texts[language] = (title, body)
    search.index(
        scope=scope,
        kind=KIND,
        object_id=measure.public_id,
        texts=texts,
        url_name="publishing:measure",
        url_kwargs={"plan_id": scope, "measure_id": measure.public_id},
    )
