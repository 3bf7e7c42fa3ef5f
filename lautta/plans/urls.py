"""Addresses of the room plans."""

from django.urls import include, path

app_name = "plans"
urlpatterns: list = [
    path("", include("lautta.plans.urls_chapters")),
    path("", include("lautta.plans.urls_structure")),
]
