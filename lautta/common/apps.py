"""The room that knows no other: users, audit, search, mail, jobs, translated text, documents, look."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "lautta.common"
    label = "common"
