"""Endpoints that lie, stall, break off and refuse: in the end there is an answer, or an error that says what to do."""

import json
import logging
import socket
import time

import pytest

from extract.model_server import IRAN, ISRAEL, STRUCK, message, raw, serving_model, told
from extract.reading import document_of
from kg.extract.llm import client
from kg.extract.llm.client import LlmError
from kg.extract.llm.extractor import LlmExtractor
from kg.model.errors import DocumentError

STORY = document_of("Israel struck Iran.")
GOOD = told(STRUCK, actors=[IRAN, ISRAEL])
KEY = "sk-very-secret-0123456789"
CONTENT = json.dumps({"actors": [IRAN, ISRAEL], "events": [STRUCK]})


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(client, "BACKOFF_SECONDS", 0.01)
    monkeypatch.delenv("KG_LLM_API_KEY", raising=False)


def hang_up(handler):
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def break_off(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    hang_up(handler)


def stall(handler):
    time.sleep(1.0)
    handler.close_connection = True


def drip(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


TROUBLE = {
    "429": raw('{"error": {"message": "slow down"}}', 429, Retry_After="0"),
    "429 until a day": raw("", 429, Retry_After="Wed, 18 Jun 2025 12:00:00 GMT", Date="Wed, 18 Jun 2025 12:00:00 GMT"),
    "429 until nonsense": raw("", 429, Retry_After="soon"),
    "500": raw("<html>oops</html>", 500),
    "529": raw("", 529),
    "hang up": hang_up,
    "break off": break_off,
    "no JSON": raw("not JSON at all"),
    "cut JSON": message(CONTENT[:-20]),
    "other JSON": message('{"answer": 42}'),
    "lists of nothing": message('{"actors": [], "events": {}}'),
    "a bare list": raw("[]"),
    "deep JSON": raw("[" * 100_000),
    "deep message": message("{" + '"a": {' * 100_000 + "}"),
    "no choices": raw('{"choices": []}'),
    "an error told as success": raw('{"error": {"message": "overloaded"}}'),
    "an empty message": message(""),
    "a refusal": message(None),
    "a message of parts": message([{"type": "text", "text": CONTENT}]),
    "another story": told(*[STRUCK | {"trig": "bombed"}] * 3, actors=[IRAN, ISRAEL]),
}


@pytest.mark.parametrize("trouble", TROUBLE.values(), ids=TROUBLE.keys())
def test_trouble_that_passes_is_outlived(tmp_path, trouble):
    with serving_model(trouble, trouble, GOOD) as server:
        extractor = server.extractor(tmp_path)
        assert len(extractor.extract(STORY).claims) == 1
        assert len(server.asked) == extractor.totals.spent.requests == 3


@pytest.mark.parametrize("trouble", TROUBLE.values(), ids=TROUBLE.keys())
def test_trouble_that_stays_is_an_error_and_never_an_empty_answer(tmp_path, trouble):
    with serving_model(trouble) as server:
        with pytest.raises(LlmError) as told_error:
            server.extractor(tmp_path).extract(STORY)
        assert len(server.asked) == 3
        assert f"{server.url}/chat/completions (test-model): " in str(told_error.value)
    assert "tried 3 times; " in str(told_error.value)
    assert isinstance(told_error.value, DocumentError)
    assert not list(tmp_path.rglob("*.json"))


def test_no_event_is_an_answer(tmp_path):
    with serving_model(told()) as server:
        assert server.extractor(tmp_path).extract(STORY).claims == ()
        assert len(server.asked) == 1


@pytest.mark.parametrize("slow", [stall, drip])
def test_a_slow_endpoint_is_left_after_the_timeout(tmp_path, slow):
    with serving_model(slow, GOOD) as server:
        began = time.monotonic()
        assert len(server.extractor(tmp_path, timeout_seconds=0.2).extract(STORY).claims) == 1
        assert time.monotonic() - began < 0.9


def test_the_deadline_holds_over_all_retries(tmp_path):
    with serving_model(stall) as server:
        began = time.monotonic()
        with pytest.raises(LlmError, match=r"no whole answer within .* try again later: the next run goes on"):
            server.extractor(tmp_path, timeout_seconds=0.3, deadline_seconds=0.5, retries=50).extract(STORY)
        assert time.monotonic() - began < 0.9


def test_retry_after_is_honoured(tmp_path):
    with serving_model(raw("", 429, Retry_After="1"), GOOD) as server:
        began = time.monotonic()
        server.extractor(tmp_path).extract(STORY)
        assert 1.0 <= time.monotonic() - began < 2.0


@pytest.mark.parametrize("seconds", ["61", "999999999"])
def test_who_asks_to_wait_too_long_is_not_waited_for(tmp_path, seconds):
    with serving_model(raw("", 429, Retry_After=seconds)) as server:
        began = time.monotonic()
        with pytest.raises(LlmError, match=r"asks to wait .* s; lower requests_per_minute"):
            server.extractor(tmp_path).extract(STORY)
        assert time.monotonic() - began < 0.9
        assert len(server.asked) == 1


def test_requests_are_spread_over_the_minute(tmp_path):
    with serving_model(raw("", 500), GOOD) as server:
        began = time.monotonic()
        extractor = server.extractor(tmp_path, requests_per_minute=200)
        extractor.extract(STORY)
        extractor.extract(document_of("Israel struck Iran again."))
        assert len(server.asked) == 3
        assert 0.6 <= time.monotonic() - began < 1.5


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (400, "options and response_format"),
        (401, "environment: KG_LLM_API_KEY"),
        (403, "KG_LLM_API_KEY"),
        (404, "check url and model"),
        (413, "lower max_piece_tokens"),
        (422, "options and response_format"),
        (418, "the next run goes on"),
        (307, "as url"),
    ],
)
def test_what_will_not_pass_is_not_tried_again(tmp_path, status, advice):
    answer = raw('{"error": {"message": "no\\u001b[31m way"}}', status, Location="http://127.0.0.1:1/elsewhere")
    with serving_model(answer) as server:
        with pytest.raises(LlmError, match=rf"answered {status} .*no \[31m way; .*{advice}"):
            server.extractor(tmp_path).extract(STORY)
        assert len(server.asked) == 1


def test_an_endpoint_that_refuses_everything_is_asked_once(tmp_path):
    with serving_model(raw("", 401)) as server:
        extractor = server.extractor(tmp_path)
        with pytest.raises(LlmError):
            extractor.extract(STORY)
        with pytest.raises(LlmError, match=r"answered 401.*not asked again in this run"):
            extractor.extract(document_of("Iran struck Israel."))
        assert len(server.asked) == 1


def test_an_endpoint_that_fails_three_times_in_a_row_is_left_alone(tmp_path):
    stories = [document_of(f"Israel struck Iran {n} times.") for n in range(6)]
    with serving_model(raw("", 500), raw("", 500), GOOD, raw("", 500)) as server:
        extractor = server.extractor(tmp_path, retries=0)
        for story, is_read in zip(stories, (False, False, True, False, False, False), strict=True):
            if is_read:
                extractor.extract(story)
            else:
                with pytest.raises(LlmError):
                    extractor.extract(story)
        assert len(server.asked) == 6
        with pytest.raises(LlmError, match="not asked again"):
            extractor.extract(document_of("Iran struck Israel."))
        assert len(server.asked) == 6
        assert extractor.extract(stories[2]).claims  # what is on disk needs no endpoint


def test_nobody_at_the_address(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        extractor = LlmExtractor(url=url, model="m", cache=tmp_path, retries=1)
        with pytest.raises(LlmError, match=r"chat/completions \(m\): cannot be reached: .*refused; tried 2 times; "):
            extractor.extract(STORY)


def test_an_answer_without_end_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(client, "MAX_ANSWER_BYTES", 1000)
    with (
        serving_model(raw(b"x" * 5000)) as server,
        pytest.raises(LlmError, match="larger than 1000 bytes"),
    ):
        server.extractor(tmp_path).extract(STORY)


@pytest.mark.parametrize(
    "usage", [None, 7, {"prompt_tokens": "many"}, {"prompt_tokens": -5, "completion_tokens": True}]
)
def test_usage_that_is_no_usage_counts_as_nothing(tmp_path, usage):
    answer = {"choices": [{"message": {"content": CONTENT}}], "usage": usage}
    with serving_model(raw(json.dumps(answer))) as server:
        extractor = server.extractor(tmp_path)
        extractor.extract(STORY)
    assert (extractor.totals.spent.tokens_in, extractor.totals.spent.tokens_out) == (0, 0)


def test_what_was_paid_is_counted_also_for_answers_that_are_of_no_use(tmp_path, caplog):
    with (
        serving_model(message("{", usage=(500, 1)), message(CONTENT, usage=(500, 90))) as server,
        caplog.at_level("INFO"),
    ):
        extractor = server.extractor(tmp_path)
        extractor.extract(STORY)
        extractor.extract(STORY)
    assert (extractor.totals.documents, extractor.totals.claims, extractor.totals.cached) == (2, 2, 1)
    spent = extractor.totals.spent
    assert (spent.requests, spent.tokens_in, spent.tokens_out) == (2, 1000, 91)
    first, second = (r for r in caplog.records if r.msg == "read by a model")
    assert (first.spent.tokens_in, second.spent.tokens_in, second.totals) == (1000, 0, extractor.totals)


def test_the_key_goes_to_the_endpoint_and_nowhere_else(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("KG_LLM_API_KEY", KEY)
    echo = raw(json.dumps({"error": {"message": f"Incorrect key {KEY}"}}), 503)
    leak = message(CONTENT.replace('"office": null', f'"office": "{KEY}"'))
    caplog.set_level(logging.DEBUG)
    with serving_model(echo, raw(f"nonsense {KEY}"), leak, echo) as server:
        extractor = server.extractor(tmp_path)
        assert KEY not in repr(extractor.extract(STORY))
        with pytest.raises(LlmError) as error:
            extractor.extract(document_of("Iran struck Israel."))
        assert {headers["authorization"] for headers in server.headers} == {f"Bearer {KEY}"}
    told_error = error.value
    while told_error:
        assert KEY not in f"{told_error}{told_error!r}"
        told_error = told_error.__cause__ or told_error.__context__
    assert "Incorrect key ***" in str(error.value)
    kept = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert not any(KEY in words for words in kept)
    assert KEY not in caplog.text
    assert not any(KEY in repr(record.__dict__) for record in caplog.records)
    assert KEY not in repr(vars(extractor))


@pytest.mark.parametrize("key", ["sk-two words", "sk-new\nline", "sk-schlüssel"])
def test_a_key_that_no_header_takes_is_not_told(tmp_path, monkeypatch, key):
    monkeypatch.setenv("MY_KEY", key)
    with serving_model(GOOD) as server:
        with pytest.raises(LlmError, match="MY_KEY") as error:
            server.extractor(tmp_path, key_variable="MY_KEY").extract(STORY)
        assert server.asked == []
    assert "sk-" not in str(error.value)


def test_without_a_key_none_is_sent_unless_its_variable_was_named(tmp_path, monkeypatch):
    monkeypatch.delenv("MY_KEY", raising=False)
    with serving_model(GOOD) as server:
        with pytest.raises(LlmError, match="its key is missing; put it into the environment: MY_KEY"):
            server.extractor(tmp_path, key_variable="MY_KEY").extract(STORY)
        assert server.asked == []
        server.extractor(tmp_path).extract(STORY)
        assert "authorization" not in server.headers[0]


def test_proxies_and_logins_of_the_machine_are_not_used(tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with serving_model(GOOD) as server:
        server.extractor(tmp_path / "cache").extract(STORY)
        assert "authorization" not in server.headers[0]


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://127.0.0.1:9/v1", "http://127.0.0.1:9/v1/chat/completions"),
        ("http://127.0.0.1:9/v1/", "http://127.0.0.1:9/v1/chat/completions"),
        ("https://llm.example/x/chat/completions", "https://llm.example/x/chat/completions"),
    ],
)
def test_the_address_of_a_base(url, asked):
    assert client._completions_url(url) == asked


@pytest.mark.parametrize(
    "url", ["", "llm.example/v1", "ftp://llm.example", "http://", "https://me:pw-secret@llm.example/v1",
            "https://llm.example/v1?key=pw-secret", "https://llm.example/v1#x", "http://[::1", "https://llm.example:port/"],
)  # fmt: skip
def test_an_address_that_is_none_or_holds_a_secret_is_refused(tmp_path, url):
    with pytest.raises(ValueError, match="url ") as error:
        LlmExtractor(url=url, model="m", cache=tmp_path)
    assert "pw-secret" not in str(error.value)
