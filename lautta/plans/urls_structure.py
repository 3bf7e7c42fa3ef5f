"""Addresses of the plan's structure: goals, mirroring, organisations and people, background, settings."""

from django.urls import path

from lautta.plans.views import (
    background,
    checklists,
    goals,
    indicators,
    mirroring,
    organisations,
    people,
    settings,
)

_ORGANISATION = "organisations/<str:organisation_id>/"
_PERSON = f"{_ORGANISATION}people/<str:membership_id>/"

urlpatterns = [
    path("goals/", goals.goals, name="goals"),
    path("goals/new/", goals.goal_new, name="goal_new"),
    path("goals/<str:goal_id>/", goals.goal_edit, name="goal_edit"),
    path("goals/<str:goal_id>/criteria/", goals.goal_criteria, name="goal_criteria"),
    path("goals/<str:goal_id>/criteria/<str:language>/", goals.goal_criteria, name="goal_criteria"),
    path("goals/<str:goal_id>/publish/", goals.goal_publish, name="goal_publish"),
    path("goals/<str:goal_id>/move/", goals.goal_move, name="goal_move"),
    path("goals/<str:goal_id>/end/", goals.goal_end, name="goal_end"),
    path("goals/<str:goal_id>/<str:language>/", goals.goal_edit, name="goal_edit"),
    path("mirroring/", mirroring.mirroring, name="mirroring"),
    path("mirroring/<str:goal_id>/<str:framework>/", mirroring.mirroring_edit, name="mirroring_edit"),
    path("checklist/", checklists.checklist, name="checklist"),
    path("checklist/<slug:item>/", checklists.checklist_mark, name="checklist_mark"),
    path("checklist/<slug:item>/<str:organisation_id>/", checklists.checklist_mark, name="checklist_mark"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.organisation_new, name="organisation_new"),
    path(_ORGANISATION, organisations.organisation, name="organisation"),
    path(f"{_ORGANISATION}edit/", organisations.organisation_edit, name="organisation_edit"),
    path(f"{_ORGANISATION}leave/", organisations.organisation_leave, name="organisation_leave"),
    path(f"{_ORGANISATION}succeed/", organisations.organisation_succeed, name="organisation_succeed"),
    path(f"{_ORGANISATION}invite/", people.person_invite, name="person_invite"),
    path(_PERSON, people.person, name="person"),
    path(f"{_PERSON}remove/", people.person_remove, name="person_remove"),
    path(f"{_PERSON}roles/<str:role>/end/", people.role_end, name="role_end"),
    path("background/", background.background, name="background"),
    path("background/sources/new/", background.source, name="source_new"),
    path("background/sources/<str:source_id>/", background.source, name="source"),
    path("background/sources/<str:source_id>/remove/", background.source_remove, name="source_remove"),
    path("background/participants/", background.participants, name="participants"),
    path("background/participants/new/", background.participant, name="participant_new"),
    path("background/participants/<str:participant_id>/", background.participant, name="participant"),
    path(
        "background/participants/<str:participant_id>/consent/",
        background.participant_consent,
        name="participant_consent",
    ),
    path(
        "background/participants/<str:participant_id>/withdraw/",
        background.participant_withdraw,
        name="participant_withdraw",
    ),
    path(
        "background/participants/<str:participant_id>/remove/",
        background.participant_remove,
        name="participant_remove",
    ),
    path("background/plans/", background.linked_plans, name="linked_plans"),
    path("background/plans/new/", background.linked_plan, name="linked_plan_new"),
    path("background/plans/<str:linked_id>/", background.linked_plan, name="linked_plan"),
    path(
        "background/plans/<str:linked_id>/remove/", background.linked_plan_remove, name="linked_plan_remove"
    ),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/choose/", indicators.indicator_choose, name="indicator_choose"),
    path("indicators/choose/<str:indicator_id>/", indicators.indicator_new, name="indicator_new"),
    path("indicators/left-out/<slug:code>/", indicators.indicator_leave_out, name="indicator_leave_out"),
    path("indicators/left-out/<slug:code>/back/", indicators.indicator_take_back, name="indicator_take_back"),
    path("indicators/<str:joint_id>/", indicators.indicator, name="indicator"),
    path("indicators/<str:joint_id>/move/", indicators.indicator_move, name="indicator_move"),
    path("indicators/<str:joint_id>/remove/", indicators.indicator_remove, name="indicator_remove"),
    path("settings/", settings.settings, name="settings"),
    path("settings/period/", settings.period, name="settings_period"),
    path("settings/organiser/", settings.organiser, name="settings_organiser"),
    path("settings/phase/", settings.phase, name="settings_phase"),
    path("settings/publish/", settings.publish, name="settings_publish"),
    path("settings/<str:language>/", settings.settings, name="settings"),
]
