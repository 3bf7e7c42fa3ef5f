"""Addresses of the public site. A slug only decorates: the page answers without it and sends on to the
right one.
"""

from django.urls import path

from lautta.publishing.views import (
    about,
    feedback,
    front,
    goals,
    groups,
    indicators,
    law,
    measures,
    municipalities,
    organisations,
    plan,
    search,
    voices,
)

app_name = "publishing"
urlpatterns = [
    path("", front.front, name="front"),
    path("work/<str:plan_id>/feedback/", feedback.feedback_inbox, name="feedback_inbox"),
    path("work/<str:plan_id>/feedback/<str:feedback_id>/", feedback.feedback_item, name="feedback_item"),
    path("<str:plan_id>/", front.home, name="home"),
    path("<str:plan_id>/plan/", plan.plan, name="plan"),
    path("<str:plan_id>/plan/print/", plan.print_plan, name="print"),
    path("<str:plan_id>/plan/changes/<str:chapter_id>/", plan.chapter_changes, name="chapter_changes"),
    path("<str:plan_id>/plan/<str:chapter_id>/", plan.chapter, name="chapter"),
    path("<str:plan_id>/plan/<str:chapter_id>/<str:slug>/", plan.chapter, name="chapter"),
    path("<str:plan_id>/goals/", goals.goals, name="goals"),
    path("<str:plan_id>/goals/<str:goal_id>/", goals.goal, name="goal"),
    path("<str:plan_id>/goals/<str:goal_id>/<str:slug>/", goals.goal, name="goal"),
    path("<str:plan_id>/measures/", measures.measures, name="measures"),
    path("<str:plan_id>/measures/<str:measure_id>/", measures.measure, name="measure"),
    path("<str:plan_id>/measures/<str:measure_id>/<str:slug>/", measures.measure, name="measure"),
    path("<str:plan_id>/organisations/", organisations.organisations, name="organisations"),
    path(
        "<str:plan_id>/organisations/<str:organisation_id>/", organisations.organisation, name="organisation"
    ),
    path(
        "<str:plan_id>/organisations/<str:organisation_id>/<str:slug>/",
        organisations.organisation,
        name="organisation",
    ),
    path("<str:plan_id>/municipalities/", municipalities.municipalities, name="municipalities"),
    path("<str:plan_id>/municipalities/<str:area_id>/", municipalities.municipality, name="municipality"),
    path(
        "<str:plan_id>/municipalities/<str:area_id>/<str:slug>/",
        municipalities.municipality,
        name="municipality",
    ),
    path("<str:plan_id>/indicators/", indicators.indicators, name="indicators"),
    path("<str:plan_id>/indicators/<str:indicator_id>/", indicators.indicator, name="indicator"),
    path(
        "<str:plan_id>/indicators/<str:indicator_id>/data.<str:kind>",
        indicators.indicator_data,
        name="indicator_data",
    ),
    path("<str:plan_id>/indicators/<str:indicator_id>/<str:slug>/", indicators.indicator, name="indicator"),
    path("<str:plan_id>/voices/", voices.voices, name="voices"),
    path("<str:plan_id>/voices/<str:voice_id>/", voices.voice, name="voice"),
    path("<str:plan_id>/children/", voices.children, name="children"),
    path("<str:plan_id>/search/", search.search, name="search"),
    path("<str:plan_id>/groups/", groups.groups, name="groups"),
    path("<str:plan_id>/groups/<str:body_id>/", groups.group, name="group"),
    path("<str:plan_id>/law/", law.law, name="law"),
    path("<str:plan_id>/about/", about.about, name="about"),
    path("<str:plan_id>/accessibility/", about.accessibility, name="accessibility"),
    path("<str:plan_id>/feedback/", feedback.feedback, name="feedback"),
]
