"""A table of services from outside: read, judged row by row, taken in when a person says so."""

from lautta.network.importing.judging import Bad, Judged, judge
from lautta.network.importing.reading import NotReadable, Table, read_table
from lautta.network.importing.template import template

__all__ = ["Bad", "Judged", "NotReadable", "Table", "judge", "read_table", "template"]
