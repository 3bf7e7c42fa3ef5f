"""Addresses of the room measures."""

app_name = "measures"
urlpatterns: list = []
