"""Addresses of measures, rounds and reports in the workspace, under work/<plan_id>/measures/."""

from django.urls import path

from lautta.measures.views import files, listing, measures, own, reports, rounds, sections

_ROUND = "rounds/<int:year>/"
_OWN = f"{_ROUND}<str:organisation_id>/"
_MEASURE = "<str:measure_id>/<int:year>/"

app_name = "measures"
urlpatterns = [
    path("", listing.measure_list, name="list"),
    path("new/", measures.new, name="new"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.round_new, name="round_new"),
    path(_ROUND, rounds.round_page, name="round"),
    path(f"{_ROUND}edit/", rounds.round_edit, name="round_edit"),
    path(f"{_ROUND}open/", rounds.round_open, name="round_open"),
    path(f"{_ROUND}close/", rounds.round_close, name="round_close"),
    path(f"{_ROUND}reopen/", rounds.round_reopen, name="round_reopen"),
    path(f"{_ROUND}remind/", rounds.remind, name="remind"),
    path(f"{_ROUND}word/", files.word_file, name="word_file"),
    path(_OWN, own.own_round, name="own_round"),
    path(f"{_OWN}emphasis/", own.emphasis, name="emphasis"),
    path(f"{_OWN}carry-over/", own.carry_over, name="carry_over"),
    path(f"{_OWN}answer/", own.answer, name="answer"),
    path(f"{_OWN}evaluation/", reports.evaluation, name="evaluation"),
    path(f"{_OWN}excel/", files.excel_download, name="excel_download"),
    path(f"{_OWN}excel/upload/", files.excel_upload, name="excel_upload"),
    path(f"{_OWN}excel/<str:upload_id>/", files.excel_check, name="excel_check"),
    path(_MEASURE, measures.detail, name="detail"),
    path(f"{_MEASURE}edit/", measures.edit, name="edit"),
    path(f"{_MEASURE}edit/<str:section>/", sections.section, name="section"),
    path(f"{_MEASURE}translate/<str:language>/", sections.translate, name="translate"),
    path(f"{_MEASURE}publish/", measures.publish, name="publish"),
    path(f"{_MEASURE}unpublish/", measures.unpublish, name="unpublish"),
    path(f"{_MEASURE}end/", measures.end, name="end"),
    path(f"{_MEASURE}resume/", measures.resume, name="resume"),
    path(f"{_MEASURE}report/", reports.report, name="report"),
    path(f"{_MEASURE}report/<str:report_id>/", reports.correct, name="correct"),
    path(f"{_MEASURE}status/", reports.status, name="status"),
]
