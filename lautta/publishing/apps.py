from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "lautta.publishing"
    label = "publishing"
