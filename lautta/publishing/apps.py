from collections.abc import Iterator

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "lautta.publishing"
    label = "publishing"

    def on_tick(self) -> Iterator[str]:
        """What `lautta tick` does for this room, in words."""
        from lautta.common.actors import SYSTEM
        from lautta.publishing.actions.papers import drop_papers_with_removed_words

        if gone := drop_papers_with_removed_words(by=SYSTEM):
            yield f"{gone} papers destroyed: they showed words that have been removed."
