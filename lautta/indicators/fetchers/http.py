"""One polite way to ask: a named user agent, time limits, and patience with a source that is busy."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import httpx

from lautta.indicators.problems import SourceProblem

USER_AGENT = "Lautta/0.1 (children's wellbeing plan; yearly batch fetch)"
MOST_BYTES = 200_000_000
# Seconds before the second, third … try; five tries in all.
PAUSES = (1.0, 4.0, 15.0, 60.0)
LONGEST_PAUSE = 120.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the body as it came, with where it came from."""

    address: str
    status: int
    media_type: str
    body: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclass
class Asker:
    """Asks and waits. `sleep` and `pauses` are arguments so that a test need not wait; `between` seconds part two
    calls, so that a batch is no burden to the source. Use as a context manager.
    """

    timeout: float = 60.0
    pauses: tuple[float, ...] = PAUSES
    between: float = 0.2
    sleep: Callable[[float], None] = field(default_factory=lambda: time.sleep)
    answers: list[Answer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._client = httpx.Client(
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
            timeout=httpx.Timeout(self.timeout, connect=min(self.timeout, 15.0)),
            follow_redirects=True,
            trust_env=True,
        )
        self._asked = False

    def __enter__(self) -> Asker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def take_answers(self) -> list[Answer]:
        """The answers since the last call, broken ones among them, to be kept as they came."""
        taken, self.answers = self.answers, []
        return taken

    def get(self, address: str, params: list[tuple[str, str]] | None = None) -> Answer:
        """GET. Raises SourceProblem when the source does not answer 200 however patiently asked."""
        return self._ask("GET", address, params=params)

    def post(self, address: str, json: Any) -> Answer:
        """POST of JSON, likewise."""
        return self._ask("POST", address, json=json)

    def _ask(self, method: str, address: str, **arguments: Any) -> Answer:
        for pause in (*self.pauses, None):
            if self._asked and self.between:
                self.sleep(self.between)
            self._asked = True
            wait = pause
            try:
                answer, after = self._once(method, address, arguments)
            except httpx.TimeoutException:
                problem = SourceProblem("timeout", address=address, seconds=self.timeout)
            except httpx.TransportError as error:
                problem = SourceProblem("no_connection", address=address, error=type(error).__name__)
            except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.TooManyRedirects) as error:
                raise SourceProblem("bad_address", address=address) from error
            else:
                if answer.status == 200:
                    return answer
                problem = _refusal(answer)
                if answer.status != 429 and answer.status < 500:
                    raise problem
                wait = pause if pause is None else max(pause, min(after, LONGEST_PAUSE))
            if wait is None:
                raise problem
            self.sleep(wait)
        raise AssertionError("unreachable")

    def _once(self, method: str, address: str, arguments: dict[str, Any]) -> tuple[Answer, float]:
        body = bytearray()
        with self._client.stream(method, address, **arguments) as response:
            for piece in response.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    raise SourceProblem("too_large", address=address, most=MOST_BYTES)
            after = response.headers.get("Retry-After", "")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()[:100]
        answer = Answer(str(response.url)[:2000], response.status_code, kind, bytes(body))
        self.answers.append(answer)
        return answer, float(after) if after.isdigit() else 0.0


def _refusal(answer: Answer) -> SourceProblem:
    code = {400: "bad_request", 403: "forbidden", 404: "not_found", 429: "too_many_requests"}.get(
        answer.status
    )
    if code is None:
        code = "source_down" if answer.status >= 500 else "unexpected_status"
    return SourceProblem(code, address=answer.address, status=answer.status)
