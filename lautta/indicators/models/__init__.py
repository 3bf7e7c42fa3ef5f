from lautta.indicators.models.areas import AreaBoundary, SourceArea
from lautta.indicators.models.catalogue import Indicator, IndicatorTitle, Note
from lautta.indicators.models.fetching import Fetch, FetchEntry, FetchSchedule, RawResponse
from lautta.indicators.models.results import StoredResult
from lautta.indicators.models.vintages import Vintage

__all__ = [
    "AreaBoundary",
    "Fetch",
    "FetchEntry",
    "FetchSchedule",
    "Indicator",
    "IndicatorTitle",
    "Note",
    "RawResponse",
    "SourceArea",
    "StoredResult",
    "Vintage",
]
