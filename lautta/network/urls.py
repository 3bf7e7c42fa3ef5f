"""Addresses of the room network."""

from django.urls import path

from lautta.network.views import centres, commitments, imports, processes, services

app_name = "network"
urlpatterns = [
    path("", services.service_list, name="services"),
    path("old/", services.stale_list, name="services_stale"),
    path("proposals/", services.proposals, name="proposals"),
    path("proposals/<str:contact_id>/", services.proposal, name="proposal"),
    path("new/", services.service_new, name="service_new"),
    path("import/", imports.upload, name="import"),
    path("import/template/", imports.template_file, name="import_template"),
    path("import/<str:table_id>/", imports.check, name="import_check"),
    path("services/<str:service_id>/", services.service, name="service"),
    path("services/<str:service_id>/edit/", services.service_edit, name="service_edit"),
    path("centres/", centres.centres, name="centres"),
    path("centres/new/", centres.area_new, name="area_new"),
    path("centres/<str:centre_id>/", centres.area_edit, name="area_edit"),
    path("centres/<str:centre_id>/tasks/<str:task>/", centres.cell, name="cell"),
    path("centres/<str:centre_id>/places/new/", centres.place_new, name="place_new"),
    path("centres/<str:centre_id>/places/<str:place_id>/", centres.place_edit, name="place_edit"),
    path("stepped/", processes.processes, name="processes"),
    path("stepped/new/", processes.process_new, name="process_new"),
    path("stepped/<str:process_id>/", processes.process_edit, name="process_edit"),
    path("promises/", commitments.commitment_list, name="commitments"),
    path("promises/new/", commitments.commitment_new, name="commitment_new"),
    path("promises/<str:commitment_id>/", commitments.commitment, name="commitment"),
]
