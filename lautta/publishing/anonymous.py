"""Forms for people who are not signed in and who are not followed: no cookie, no address, no exact time."""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest

SALT = "lautta.anonymous"
OLDEST = 12 * 60 * 60
# A person needs longer than this to read a form; a machine does not.
QUICKEST = 3
BURST, BURST_SECONDS = 30, 600


@dataclass(frozen=True)
class Token:
    """Whether a form came from our own page and when: fresh, too quick, or too old (or forged)."""

    state: str

    @property
    def is_fresh(self) -> bool:
        return self.state == "fresh"


def new_token(purpose: str) -> str:
    """Goes into a hidden field of the form; `purpose` ties it to one form of one plan."""
    return signing.dumps([purpose, int(time.time())], salt=SALT)


def read_token(value: str, purpose: str) -> Token:
    try:
        whose, made_at = signing.loads(value, salt=SALT, max_age=OLDEST)
    except (signing.BadSignature, ValueError, TypeError):
        return Token("stale")
    if whose != purpose:
        return Token("stale")
    return Token("quick" if time.time() - made_at < QUICKEST else "fresh")


def is_same_site(request: HttpRequest) -> bool:
    """The browser says that the form was sent from our own page. A request that says nothing is refused."""
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    if origin := request.headers.get("Origin"):
        return origin in own
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    referer = urlsplit(request.headers.get("Referer", ""))
    return bool(referer.netloc) and f"{referer.scheme}://{referer.netloc}" in own


def is_flood(key: str) -> bool:
    """True when more than BURST forms have come in the last ten minutes or so, whoever sent them.

    Counted per form and process, since no sender is known.
    """
    name = f"anonymous:{key}:{int(time.time()) // BURST_SECONDS}"
    cache.add(name, 0, timeout=BURST_SECONDS * 2)
    return cache.incr(name) > BURST
