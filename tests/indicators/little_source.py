"""A source on loopback for tests: answers from a table, and remembers what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.indicators import factories as f


@dataclass
class Reply:
    body: bytes = b""
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    # The length that the head promises, when it is not that of the body.
    promised: int | None = None


@dataclass
class LittleSource:
    """`replies` is {path: reply, or a list of which each call takes the next}; a function gets the query's text."""

    replies: dict[str, Reply | list[Reply] | Callable[[str], Reply]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    base: str = ""

    def reply(self, path: str, query: str) -> Reply:
        found = self.replies.get(path, Reply(b"", 404, "text/plain"))
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found(query) if callable(found) else found


def sotkanet(**indicators: list[dict]) -> dict[str, Reply]:
    """Replies of a Sotkanet that has the regions of factories.REGIONS and one indicator, 4711."""
    return {
        "/regions": Reply(f.body(f.REGIONS)),
        "/indicators/4711": Reply(f.body(f.description())),
        "/json": Reply(f.body(f.rows())),
    }


@contextmanager
def little_source(replies) -> Iterator[LittleSource]:
    source = LittleSource(dict(replies))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args):
            pass

        def answer(self):
            length = int(self.headers.get("Content-Length", 0))
            sent = self.rfile.read(length) if length else b""
            url = urlsplit(self.path)
            source.asked.append((url.path, url.query, dict(self.headers), sent))
            reply = source.reply(url.path, url.query)
            time.sleep(reply.wait)
            try:
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.kind)
                promised = len(reply.body) if reply.promised is None else reply.promised
                self.send_header("Content-Length", str(promised))
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)
            except OSError:
                pass  # the client has given up waiting
            if promised != len(reply.body):
                self.close_connection = True

        do_GET = do_POST = answer  # noqa: N815

    class Server(ThreadingHTTPServer):
        def handle_error(self, request, client_address):
            """A client that was killed is no news."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    source.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield source
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
