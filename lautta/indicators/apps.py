from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "lautta.indicators"
    label = "indicators"
