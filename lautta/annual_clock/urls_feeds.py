"""Addresses that calendar programs read: a secret and no sign-in."""

from django.urls import path

from lautta.annual_clock.views import feeds

app_name = "calendars"
urlpatterns = [path("<str:secret>.ics", feeds.feed, name="feed")]
