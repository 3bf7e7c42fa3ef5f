from django.apps import AppConfig


class AnnualClockConfig(AppConfig):
    name = "lautta.annual_clock"
    default_auto_field = "django.db.models.BigAutoField"
