from importlib import import_module

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "lautta.measures"
    label = "measures"

    def ready(self) -> None:
        """The statutory checklist, in a room below, learns of measures."""
        import_module("lautta.measures.checklist").begin()
