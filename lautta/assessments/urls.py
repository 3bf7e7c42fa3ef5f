"""Addresses of the room assessments, under work/<plan_id>/assessments/."""

from django.urls import path

from lautta.assessments.views import listing, moves, steps

_ONE = "<str:assessment_id>/"

app_name = "assessments"
urlpatterns = [
    path("", listing.assessment_list, name="list"),
    path("new/", listing.new, name="new"),
    path(_ONE, steps.detail, name="detail"),
    path(f"{_ONE}ratings/<str:dimension>/", steps.ratings, name="ratings"),
    path(f"{_ONE}follow-up/<str:follow_up_id>/", steps.follow_up_done, name="follow_up_done"),
    path(f"{_ONE}hearings/<str:heard_id>/erase/", moves.erase_hearing, name="erase_hearing"),
    path(f"{_ONE}move/<str:state>/", moves.move, name="move"),
    path(f"{_ONE}publish/", moves.publish, name="publish"),
    path(f"{_ONE}unpublish/", moves.unpublish, name="unpublish"),
    path(f"{_ONE}translate/<str:language>/", moves.translate, name="translate"),
    path(f"{_ONE}step/<str:step>/", steps.step, name="step"),
]
