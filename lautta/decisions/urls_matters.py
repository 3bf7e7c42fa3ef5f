"""Addresses of groups and of the matters that travel between them; included by urls.py of this room."""

from django.urls import path

from lautta.decisions.views import groups, matters

_MATTER = "matters/<str:matter_id>/"
_GROUP = "groups/<str:body_id>/"
_MEETING = "groups/meetings/<str:meeting_id>/"

urlpatterns = [
    path("groups/", groups.groups, name="groups"),
    path(_MEETING, groups.meeting, name="meeting"),
    path(f"{_MEETING}minutes/", groups.minutes, name="minutes"),
    path("groups/items/<str:agenda_id>/remove/", groups.item_remove, name="item_remove"),
    path("groups/items/<str:agenda_id>/correct/", groups.item_correct, name="item_correct"),
    path("groups/items/<str:agenda_id>/follow-up/", groups.follow_up, name="follow_up"),
    path(_GROUP, groups.group, name="group"),
    path(f"{_GROUP}members/new/", groups.member_new, name="member_new"),
    path(f"{_GROUP}members/<str:member_id>/end/", groups.member_end, name="member_end"),
    path("matters/", matters.matters, name="matters"),
    path("matters/new/", matters.matter_new, name="matter_new"),
    path(_MATTER, matters.matter, name="matter"),
    path(f"{_MATTER}<slug:deed>/", matters.matter_handle, name="matter_handle"),
]
