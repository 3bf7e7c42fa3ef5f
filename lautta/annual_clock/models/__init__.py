from lautta.annual_clock.models.events import ClockEvent, YearCheck
from lautta.annual_clock.models.feeds import Feed
from lautta.annual_clock.models.tasks import Task

__all__ = ["ClockEvent", "Feed", "Task", "YearCheck"]
