"""Addresses of the signed-in pages that join rooms."""

from django.urls import path

from lautta.workspace.views import (
    account,
    figures,
    figures_file,
    figures_moved,
    figures_people,
    imports,
    jobs,
    overview,
    start,
)

app_name = "workspace"
urlpatterns = [
    path("", start.choose, name="start"),
    path("me/", account.settings, name="account"),
    path("me/data/", account.my_data, name="my_data"),
    path("me/erase/", account.erase, name="erase_account"),
    path("<str:plan_id>/", start.my_work, name="my_work"),
    path("<str:plan_id>/overview/", overview.rounds_at_a_glance, name="overview"),
    path("<str:plan_id>/overview/<int:year>/", overview.rounds_at_a_glance, name="overview_year"),
    path("<str:plan_id>/audit/", overview.audit, name="audit"),
    path("<str:plan_id>/mails/", overview.mails, name="mails"),
    path("<str:plan_id>/jobs/", jobs.listing, name="jobs"),
    path("<str:plan_id>/jobs/<str:job_id>/", jobs.detail, name="job"),
    path("<str:plan_id>/figures/", figures.sources, name="figures"),
    path("<str:plan_id>/figures/fetch/", figures.fetch, name="figures_fetch"),
    path("<str:plan_id>/figures/moved/", figures_moved.moved, name="figures_moved"),
    path("<str:plan_id>/figures/people/", figures_people.fetch, name="figures_people"),
    path("<str:plan_id>/figures/people/file/", figures_people.file, name="figures_people_file"),
    path("<str:plan_id>/figures/schedule/", figures.schedule, name="figures_schedule"),
    path("<str:plan_id>/figures/file/", figures_file.choose, name="figures_file"),
    path("<str:plan_id>/figures/file/columns/", figures_file.columns, name="figures_columns"),
    path("<str:plan_id>/figures/waiting/", figures.waiting, name="figures_waiting"),
    path("<str:plan_id>/figures/waiting/<str:vintage_id>/", figures.decide, name="figures_decide"),
    path("<str:plan_id>/import/", imports.import_plan, name="import_plan"),
    path("<str:plan_id>/import/<str:import_id>/", imports.check, name="import_check"),
    path("<str:plan_id>/import/<str:import_id>/discard/", imports.discard, name="import_discard"),
]
