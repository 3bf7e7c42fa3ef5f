"""Turns refusals that are not the server's fault into clear 4xx answers."""

import logging

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DataError
from django.http import HttpRequest, HttpResponse

from lautta.common import views
from lautta.common.problems import Refused

log = logging.getLogger("lautta")


class ClearRefusals:
    """Catches what a view let through: too big a form, a text that the database cannot hold, a refusal by a rule."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return views.refused(request, exception)
        if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
            return views.too_big(request)
        if isinstance(exception, (DataError, UnicodeError)) or (
            isinstance(exception, ValueError) and "NUL" in str(exception)
        ):
            log.info("unstorable input refused: %s", type(exception).__name__)
            return views.bad_request(request)
        return None
