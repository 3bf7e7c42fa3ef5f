from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "lautta.plans"
    label = "plans"

    def ready(self) -> None:
        """Search entries of organisations are renewed by this room."""
        import_module("lautta.plans.search_entries")
