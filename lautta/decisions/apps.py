from importlib import import_module

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "lautta.decisions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A passage that is removed from a chapter goes from this room's frozen versions too."""
        import_module("lautta.decisions.actions.redaction")
