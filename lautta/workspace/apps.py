from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "lautta.workspace"
    label = "workspace"
