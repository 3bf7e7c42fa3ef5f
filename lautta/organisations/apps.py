from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "lautta.organisations"
    label = "organisations"
