"""Addresses of the room voices."""

from django.urls import path

from lautta.voices import views

app_name = "voices"
urlpatterns = [
    path("", views.voice_list, name="list"),
    path("new/", views.voice_new, name="new"),
    path("<str:voice_id>/", views.voice_edit, name="edit"),
    path("<str:voice_id>/moderate/", views.voice_moderate, name="moderate"),
]
