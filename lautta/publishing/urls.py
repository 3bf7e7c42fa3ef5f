"""Addresses of the public site. A slug only decorates: the page answers without it and sends on to the
right one.
"""

from django.urls import path

from lautta.publishing.views import (
    about,
    answering,
    assessments,
    clock,
    decisions,
    feedback,
    flows,
    front,
    goals,
    groups,
    hearings,
    indicators,
    law,
    measures,
    municipalities,
    organisations,
    papers,
    plan,
    population,
    reports,
    search,
    statements,
    voices,
)

app_name = "publishing"
urlpatterns = [
    path("", front.front, name="front"),
    path("work/<str:plan_id>/feedback/", feedback.feedback_inbox, name="feedback_inbox"),
    path("work/<str:plan_id>/feedback/<str:feedback_id>/", feedback.feedback_item, name="feedback_item"),
    path("work/<str:plan_id>/papers/", papers.papers, name="papers"),
    path(
        "work/<str:plan_id>/papers/versions/<str:version_id>/", papers.version_papers, name="version_papers"
    ),
    path("work/<str:plan_id>/papers/files/<str:paper_id>/", papers.paper_file, name="paper_file"),
    path("work/<str:plan_id>/papers/reports/", reports.report_new, name="report_new"),
    path("work/<str:plan_id>/papers/reports/<str:wellbeing_id>/", reports.report, name="report"),
    path(
        "work/<str:plan_id>/papers/reports/<str:wellbeing_id>/freeze/",
        reports.report_freeze,
        name="report_freeze",
    ),
    path(
        "work/<str:plan_id>/papers/reports/<str:wellbeing_id>/publish/",
        reports.report_publish,
        name="report_publish",
    ),
    path("answer/<str:secret>/", answering.answer, name="answer"),
    path("<str:plan_id>/", front.home, name="home"),
    path("<str:plan_id>/papers/", papers.public_papers, name="public_papers"),
    path("<str:plan_id>/papers/<str:paper_id>/", papers.public_paper, name="public_paper"),
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
    path("<str:plan_id>/population/", population.population, name="population"),
    path("<str:plan_id>/population/data.<str:kind>", population.population_data, name="population_data"),
    path("<str:plan_id>/population/<str:area_id>/", population.area_population, name="area_population"),
    path(
        "<str:plan_id>/population/<str:area_id>/data.<str:kind>",
        population.population_data,
        name="area_population_data",
    ),
    path(
        "<str:plan_id>/population/<str:area_id>/<str:slug>/",
        population.area_population,
        name="area_population",
    ),
    path("<str:plan_id>/municipalities/<str:area_id>/", municipalities.municipality, name="municipality"),
    path(
        "<str:plan_id>/municipalities/<str:area_id>/<str:slug>/",
        municipalities.municipality,
        name="municipality",
    ),
    path("<str:plan_id>/indicators/", indicators.indicators, name="indicators"),
    path("<str:plan_id>/indicators/flows/", flows.flows, name="flows"),
    path(
        "<str:plan_id>/indicators/<str:indicator_id>/all/municipalities/",
        indicators.everywhere_page,
        name="indicator_everywhere",
    ),
    path("<str:plan_id>/indicators/<str:indicator_id>/", indicators.indicator, name="indicator"),
    path(
        "<str:plan_id>/indicators/<str:indicator_id>/data.<str:kind>",
        indicators.indicator_data,
        name="indicator_data",
    ),
    path("<str:plan_id>/indicators/<str:indicator_id>/<str:slug>/", indicators.indicator, name="indicator"),
    path("<str:plan_id>/decisions/", decisions.decisions, name="decisions"),
    path("<str:plan_id>/decisions/<str:version_id>/", decisions.version, name="version"),
    path(
        "<str:plan_id>/decisions/<str:version_id>/changes/", decisions.version_changes, name="version_changes"
    ),
    path(
        "<str:plan_id>/decisions/<str:version_id>/version.json", decisions.version_json, name="version_json"
    ),
    path("<str:plan_id>/assessments/", assessments.register, name="assessments"),
    path("<str:plan_id>/assessments/<str:assessment_id>/", assessments.assessment, name="assessment"),
    path("<str:plan_id>/assessments/<str:assessment_id>/plain/", assessments.plain, name="assessment_plain"),
    path(
        "<str:plan_id>/assessments/<str:assessment_id>/<str:slug>/", assessments.assessment, name="assessment"
    ),
    path("<str:plan_id>/voices/", voices.voices, name="voices"),
    path("<str:plan_id>/voices/<str:voice_id>/", voices.voice, name="voice"),
    path("<str:plan_id>/hearings/", hearings.hearings, name="hearings"),
    path("<str:plan_id>/hearings/<str:hearing_id>/", hearings.hearing, name="hearing"),
    path("<str:plan_id>/statements/", statements.statements, name="statements"),
    path("<str:plan_id>/statements/<str:request_id>/", statements.statement, name="statement"),
    path("<str:plan_id>/clock/", clock.clock, name="clock"),
    path("<str:plan_id>/clock/<int:year>/", clock.clock, name="clock_year"),
    path("<str:plan_id>/clock/events/<str:event_id>/", clock.clock_event, name="clock_event"),
    path("<str:plan_id>/children/", voices.children, name="children"),
    path("<str:plan_id>/search/", search.search, name="search"),
    path("<str:plan_id>/groups/", groups.groups, name="groups"),
    path("<str:plan_id>/groups/<str:body_id>/", groups.group, name="group"),
    path("<str:plan_id>/law/", law.law, name="law"),
    path("<str:plan_id>/about/", about.about, name="about"),
    path("<str:plan_id>/accessibility/", about.accessibility, name="accessibility"),
    path("<str:plan_id>/feedback/", feedback.feedback, name="feedback"),
]
