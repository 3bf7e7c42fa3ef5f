from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "lautta.measures"
    label = "measures"
