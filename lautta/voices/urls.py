"""Addresses of the room voices."""

from django.urls import path

from lautta.voices.views import hearings, voices

app_name = "voices"
urlpatterns = [
    path("", voices.voice_list, name="list"),
    path("new/", voices.voice_new, name="new"),
    path("hearings/", hearings.hearing_list, name="hearings"),
    path("hearings/new/", hearings.hearing_new, name="hearing_new"),
    path("hearings/<str:hearing_id>/", hearings.hearing, name="hearing"),
    path("hearings/<str:hearing_id>/edit/", hearings.hearing_edit, name="hearing_edit"),
    path("<str:voice_id>/", voices.voice_edit, name="edit"),
    path("<str:voice_id>/moderate/", voices.voice_moderate, name="moderate"),
]
