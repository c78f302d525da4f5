"""A real HTTP server on 127.0.0.1 whose answers a test writes down, and a cache as the ledger's."""

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOW = datetime(2025, 6, 27, 12, 0, tzinfo=UTC)
Answering = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class DictCache:
    """Keeps entries in memory; `kept` is what was put."""

    kept: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def get(self, url: str) -> Mapping[str, str]:
        return self.kept.get(url, {})

    def put(self, url: str, entry: Mapping[str, str]) -> None:
        self.kept[url] = dict(entry)


class WebServer:
    """Answers by path; a list of answers is used up one by one, its last one for ever."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, list[Answering]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []

    @property
    def ports(self) -> frozenset[int]:
        return frozenset({self.port})

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def on(self, path: str, *answers: Answering) -> str:
        self.answers[path] = list(answers)
        return self.url(path)

    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.requests.append((handler.path, {name.lower(): value for name, value in handler.headers.items()}))
        answers = self.answers.get(handler.path.partition("?")[0], [reply(404)])
        (answers.pop(0) if len(answers) > 1 else answers[0])(handler)


def reply(status: int = 200, body: bytes | str = b"", **headers: str) -> Answering:
    """An answer; `content_type="text/html"` gives the header Content-Type."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        content = body.encode("utf-8") if isinstance(body, str) else body
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return send


def conditional(body: str, *, etag: str, content_type: str) -> Answering:
    """Answers 304 to a request that knows the etag."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.send_response(304)
            handler.end_headers()
        else:
            reply(200, body, etag=etag, content_type=content_type)(handler)

    return send


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                web.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # clients that hang up are part of the tests
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        web = WebServer(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield web
        finally:
            server.shutdown()
            thread.join()
