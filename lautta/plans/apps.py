from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "lautta.plans"
    label = "plans"
