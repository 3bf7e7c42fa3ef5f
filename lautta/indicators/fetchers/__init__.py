"""Asking the sources over HTTP. A fetcher knows addresses and patience; what an answer means is the ingestors' matter."""

from lautta.indicators.fetchers.http import Answer, Asker
from lautta.indicators.fetchers.pxweb import PxWeb
from lautta.indicators.fetchers.sotkanet import Sotkanet

__all__ = ["Answer", "Asker", "PxWeb", "Sotkanet"]
