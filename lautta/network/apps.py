from collections.abc import Iterator

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "lautta.network"
    label = "network"

    def on_tick(self) -> Iterator[str]:
        """What `lautta tick` does for this room, in words."""
        from lautta.common.actors import SYSTEM
        from lautta.network.actions.freshness import ask_contacts

        if asked := ask_contacts(by=SYSTEM):
            yield f"{asked} contacts of the directory asked whether their details are right."
