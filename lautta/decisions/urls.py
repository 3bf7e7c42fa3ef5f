"""Addresses of the room decisions."""

from django.urls import include, path

app_name = "decisions"
urlpatterns: list = [path("", include("lautta.decisions.urls_matters"))]
