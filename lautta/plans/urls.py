"""Addresses of the room plans."""

from django.urls import path

app_name = "plans"
urlpatterns: list = []
