"""Between the installation's areas and the codes of the panels."""

from __future__ import annotations

from lautta.organisations.models import Area

LETTERS = {
    Area.Kind.MUNICIPALITY: ("KU", 3),
    Area.Kind.REGION: ("MK", 2),
    Area.Kind.COUNTY: ("HV", 2),
}


def code_of_area(area: Area) -> str:
    """The code by which panels know an area: "KU286", "MK08", "HV10", "SSS"."""
    if area.kind == Area.Kind.COUNTRY:
        return "SSS"
    letters, width = LETTERS[Area.Kind(area.kind)]
    return letters + area.code.zfill(width)
