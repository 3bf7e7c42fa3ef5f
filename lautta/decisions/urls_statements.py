"""Addresses of statements, and of drafts that circulate."""

from django.urls import path

from lautta.decisions.views import comments, statements

urlpatterns = [
    path("statements/", statements.statement_list, name="statements"),
    path("statements/new/", statements.request_new, name="request_new"),
    path("statements/<str:request_id>/", statements.statement, name="statement"),
    path("statements/<str:request_id>/edit/", statements.request_edit, name="request_edit"),
    path("statements/<str:request_id>/link/", statements.statement_link, name="statement_link"),
    path("statements/<str:request_id>/give/", statements.statement_give, name="statement_give"),
    path("statements/<str:request_id>/points/<int:number>/", statements.point_answer, name="point_answer"),
    path("versions/<str:version_id>/draft/", comments.draft, name="draft"),
    path("versions/<str:version_id>/draft/days/", comments.circulate, name="circulate"),
    path("versions/<str:version_id>/comments/", comments.comment_list, name="comments"),
    path("comments/<str:comment_id>/", comments.comment, name="comment"),
]
