"""A chat-completions server on 127.0.0.1 that answers what a test writes down, and documents to ask it about."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kg.extract.llm.extractor import LlmExtractor


class ModelServer:
    """Gives its answers one by one, the last one for ever; `asked` holds the bodies, `headers` those of each."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}/v1"
        self.answers = []
        self.asked = []
        self.headers = []
        self.paths = []

    def answer(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        self.asked.append(json.loads(body))
        self.headers.append({name.lower(): value for name, value in handler.headers.items()})
        self.paths.append(handler.path)
        (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])(handler)

    def extractor(self, cache, **settings):
        """An extractor that asks this server and loses no time over it."""
        given = {"model": "test-model", "timeout_seconds": 5, "deadline_seconds": 20, "retries": 2, **settings}
        return LlmExtractor(url=self.url, cache=cache, **given)


@contextmanager
def serving_model(*answers):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            try:
                server.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format, *args):  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        http.handle_error = lambda *_: None  # clients that hang up are part of the tests
        server = ModelServer(http.server_address[1])
        server.answers = list(answers)
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


def raw(body, status=200, **headers):
    """An answer of these very bytes."""

    def send(handler):
        content = body.encode() if isinstance(body, str) else body
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return send


def message(content, *, finish="stop", usage=(1000, 200)):
    """A completion with that message."""
    told = {
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}],
        "usage": {"prompt_tokens": usage[0], "completion_tokens": usage[1]},
    }
    return raw(json.dumps(told), Content_Type="application/json")


def told(*events, actors=()):
    """A completion that tells these events of these actors."""
    return message(json.dumps({"actors": list(actors), "events": list(events)}))


def actor(answered_id, name, kind="state", key=None, of=None, office=None):
    return {"id": answered_id, "name": name, "type": kind, "key": key or name, "of": of, "office": office}


def event(s, trig, etype, *roles, status="occurred", **more):
    """An event; a role is (ROLE, words or None, id of the actor)."""
    plain = {"cue": None, "time": {"text": None, "value": None}, "said_by": None, "of": None, "act": None}
    given = [{"role": role, "text": words, "actor": who} for role, words, who in roles]
    return {"s": s, "trig": trig, "type": etype, "status": status, "roles": given, **plain, **more}


IRAN, ISRAEL = actor("A1", "Iran", key="IRN"), actor("A2", "Israel", key="ISR")
STRUCK = event(0, "struck", "AIRSTRIKE", ("ACTOR", "Israel", "A2"), ("RECIPIENT", "Iran", "A1"))
