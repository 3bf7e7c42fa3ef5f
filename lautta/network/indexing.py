"""What search holds of the directory; the actions call this in their own transaction."""

from django.utils import translation

from lautta.common import search
from lautta.common.translated import LANGUAGES
from lautta.network import vocabulary
from lautta.network.models import Service


def index_service(service: Service) -> None:
    """A published service is found by its name, its words, its provider, its needs and for whom it is."""
    scope = service.plan.public_id
    if service.state != Service.State.PUBLISHED:
        search.unindex(scope=scope, kind="service", object_id=service.public_id)
        return
    tags = [(tag.kind, tag.code) for tag in service.tags.all() if tag.kind in {"audience", "need"}]
    texts = {}
    for language in LANGUAGES:
        if name := service.name.in_language(language):
            with translation.override(language):
                said = [str(vocabulary.words(kind)[code].listed) for kind, code in sorted(tags)]
                texts[language] = (
                    name, ". ".join(filter(None, [str(service.provider.name), str(service.summary), *said])),
                )  # fmt: skip
    search.index(
        scope=scope, kind="service", object_id=service.public_id, texts=texts, url_name="publishing:service",
        url_kwargs={"plan_id": scope, "service_id": service.public_id}, weight=1,
    )  # fmt: skip
