"""Addresses of the signed-in pages that join rooms."""

from django.urls import path

from lautta.workspace import views

app_name = "workspace"
urlpatterns = [
    path("", views.start, name="start"),
    path("<str:plan_id>/", views.my_work, name="my_work"),
]
