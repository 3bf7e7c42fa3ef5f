"""Addresses of the room decisions."""

from django.urls import path

from lautta.decisions.urls_matters import urlpatterns as matters
from lautta.decisions.urls_statements import urlpatterns as statements
from lautta.decisions.views import assessed, board, bodies, paths, versions

app_name = "decisions"
urlpatterns = [
    path("", board.board, name="board"),
    path("bodies-and-versions/", board.matrix, name="matrix"),
    path("freeze/", versions.freeze, name="freeze"),
    path("time/", versions.time, name="time"),
    path("compare/", versions.compare, name="compare"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/new/", bodies.body_new, name="body_new"),
    path("bodies/propose/", bodies.propose, name="propose_bodies"),
    path("bodies/<str:body_id>/", bodies.body, name="body"),
    path("meetings/<str:meeting_id>/cancel/", bodies.meeting_cancel, name="meeting_cancel"),
    path("amendments/", paths.amendments, name="amendments"),
    path("amendments/<str:amendment_id>/", paths.amendment, name="amendment"),
    path("stations/<str:station_id>/", paths.station, name="station"),
    path("stations/<str:station_id>/plan/", paths.station_plan, name="station_plan"),
    path("stations/<str:station_id>/remove/", paths.station_remove, name="station_remove"),
    path("decisions/<str:decision_id>/correct/", paths.correct, name="correct"),
    path("decisions/<str:decision_id>/force/", paths.force, name="force"),
    path("versions/<str:version_id>/", versions.version, name="version"),
    path("versions/<str:version_id>/text/", versions.text, name="text"),
    path("versions/<str:version_id>/version.json", versions.content, name="content"),
    path("versions/<str:version_id>/path/", paths.path, name="path"),
    path("versions/<str:version_id>/withdraw/", versions.withdraw, name="withdraw"),
    path("versions/<str:version_id>/redact/", versions.redact, name="redact"),
    path("versions/<str:version_id>/carry-out/", versions.carry_out, name="carry_out"),
    path("versions/<str:version_id>/assessments/", assessed.link_to_version, name="link_version"),
    path("decisions/<str:decision_id>/assessments/", assessed.link_to_decision, name="link_decision"),
    path("assessments/<str:link_id>/remove/", assessed.unlink, name="unlink_assessment"),
    path("assessments/<str:link_id>/outcome/", assessed.outcome, name="assessment_outcome"),
    *statements,
    *matters,
]
