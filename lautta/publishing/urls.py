"""Addresses of the public site."""

from django.urls import path

from lautta.publishing import views

app_name = "publishing"
urlpatterns = [
    path("", views.front, name="front"),
    path("<str:plan_id>/", views.home, name="home"),
]
