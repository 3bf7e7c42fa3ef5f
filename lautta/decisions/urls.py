"""Addresses of the room decisions."""

from lautta.decisions.urls_statements import urlpatterns as statements

app_name = "decisions"
urlpatterns = [*statements]
