"""Addresses of the annual clock in the workspace."""

from django.urls import path

from lautta.annual_clock.views import clashes, clock, events, feeds, imports, tasks, years

app_name = "annual_clock"
urlpatterns = [
    path("", clock.clock, name="clock"),
    path("years/<int:year>/", clock.clock, name="clock_year"),
    path("years/<int:year>/check/", years.checklist, name="checklist"),
    path("years/<int:year>/prepare/", years.prepare, name="prepare"),
    path("years/<int:year>/clashes/", clashes.clashes, name="clashes"),
    path("events/new/", events.event_new, name="event_new"),
    path("events/<str:event_id>/", events.event, name="event"),
    path("events/<str:event_id>/edit/", events.event_edit, name="event_edit"),
    path("events/<str:event_id>/move/", events.event_move, name="event_move"),
    path("events/<str:event_id>/end/", events.event_end, name="event_end"),
    path("events/<str:event_id>/check/<int:year>/", years.check, name="check"),
    path("calendars/", feeds.calendars, name="calendars"),
    path("import/", imports.import_file, name="import"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<str:task_id>/done/", tasks.task_done, name="task_done"),
]
