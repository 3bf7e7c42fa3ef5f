from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "lautta.assessments"
    label = "assessments"
