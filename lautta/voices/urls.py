"""Addresses of the room voices."""

from django.urls import path

app_name = "voices"
urlpatterns: list = []
