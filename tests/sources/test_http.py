import gzip
import shutil
import socket
import ssl
import subprocess
import time
import zlib
from pathlib import Path

import pytest

from kg.model.errors import SourceError
from kg.sources import dialling, http
from kg.sources.http import Fetcher, FetchError, remember
from sources.web_server import DictCache, WebServer, conditional, reply, serving

PRIVATE_URLS = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[fe80::1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:a00:1::]/",
    "http://[2001:0:53aa:64c:0:0:80ff:fffe]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://10.1.2.3/",
    "http://192.168.1.1/",
    "http://224.0.0.251/",
    "http://0.0.0.0/",
    "http://8.8.8.8:22/",
    "http://8.8.8.8:6379/",
    "ftp://8.8.8.8/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://",
    "http://user:word@8.8.8.8/",
    "not a url",
]
SHARED_LIST = Path(__file__).parents[2] / "../shared/data/sources/ssrf_urls.txt"


@pytest.fixture
def web():
    with serving() as server:
        yield server


@pytest.fixture
def dialled(monkeypatch):
    """The addresses that anything tries to connect to; nothing is let through but 127.0.0.1."""
    seen: list[tuple[str, int]] = []
    connect = socket.create_connection

    def create_connection(address, *args, **kwargs):
        seen.append(address)
        assert address[0] == "127.0.0.1"
        return connect(address, *args, **kwargs)

    monkeypatch.setattr(socket, "create_connection", create_connection)
    return seen


def fetcher_for(web: WebServer, **settings) -> Fetcher:
    settings.setdefault("sleep", lambda _: None)
    return Fetcher(allow_loopback_ports=web.ports, **settings)


def own_and_shared_urls() -> list[str]:
    shared = SHARED_LIST.read_text("utf-8").split() if SHARED_LIST.exists() else []
    return list(dict.fromkeys([*PRIVATE_URLS, *(url for url in shared if "example.com" not in url)]))


@pytest.mark.parametrize("url", own_and_shared_urls())
def test_private_address_is_refused_before_a_socket_is_opened(url, dialled):
    with pytest.raises(SourceError):
        Fetcher(sleep=lambda _: None).get(url, cache=DictCache())
    assert dialled == []


@pytest.mark.parametrize("url", [url for url in own_and_shared_urls() if "://" in url and url != "http://"])
def test_redirect_to_private_address_is_refused(url, web, dialled):
    start = web.on("/go", reply(302, location=url.encode("utf-8").decode("latin-1")))
    with pytest.raises(SourceError):
        fetcher_for(web).get(start, cache=DictCache())
    assert dialled == [("127.0.0.1", web.port)]


def test_name_that_changes_its_address_is_looked_up_once_and_the_checked_address_dialled(web, monkeypatch, dialled):
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    monkeypatch.setattr(dialling, "addresses_of", lambda *_: answers.pop(0))
    web.on("/", reply(200, "hello", content_type="text/plain"))
    answer = fetcher_for(web).get(f"http://rebinding.test:{web.port}/", cache=DictCache())
    assert answer.content == b"hello"
    assert dialled == [("127.0.0.1", web.port)]
    assert len(answers) == 1


def test_name_with_one_private_address_among_public_ones_is_refused(monkeypatch, dialled):
    monkeypatch.setattr(dialling, "addresses_of", lambda *_: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(FetchError, match=r"mixed\.test is 10\.0\.0\.1"):
        Fetcher().get("http://mixed.test/", cache=DictCache())
    assert dialled == []


def test_loopback_port_opens_no_other_host(web, monkeypatch, dialled):
    monkeypatch.setattr(dialling, "addresses_of", lambda *_: ["8.8.8.8"])
    with pytest.raises(FetchError, match=r"dialled on 127\.0\.0\.1 only"):
        fetcher_for(web).get(f"http://public.test:{web.port}/", cache=DictCache())
    assert dialled == []


def test_answer_tells_type_charset_and_final_address(web):
    web.on("/end", reply(200, "ok", content_type="Text/HTML; charset=ISO-8859-1"))
    start = web.on("/start", reply(301, location="/end"))
    answer = fetcher_for(web).get(start, cache=DictCache())
    assert (answer.url, answer.media_type, answer.charset) == (web.url("/end"), "text/html", "iso-8859-1")
    headers = web.requests[0][1]
    assert headers["user-agent"] == http.USER_AGENT
    assert headers["accept-encoding"] == "gzip, deflate"


def test_environment_proxies_are_not_used(web, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    url = web.on("/", reply(200, "direct"))
    assert fetcher_for(web).get(url, cache=DictCache()).content == b"direct"


def test_second_get_is_conditional_and_not_modified(web):
    url = web.on("/page", conditional("text", etag='"v1"', content_type="text/html"))
    cache = DictCache()
    answer = fetcher_for(web).get(url, cache=cache)
    assert cache.kept == {}
    remember(cache, url, answer)
    again = fetcher_for(web).get(url, cache=cache)
    assert (again.not_modified, again.content) == (True, b"")
    assert web.requests[1][1]["if-none-match"] == '"v1"'


def test_last_modified_is_sent_back(web):
    moment = "Fri, 27 Jun 2025 10:00:00 GMT"
    url = web.on("/page", reply(200, "text", last_modified=moment))
    cache = DictCache()
    remember(cache, url, fetcher_for(web).get(url, cache=cache))
    fetcher_for(web).get(url, cache=cache)
    assert web.requests[1][1]["if-modified-since"] == moment


def test_not_modified_without_having_asked_is_an_error(web):
    url = web.on("/page", reply(304))
    with pytest.raises(FetchError, match="304"):
        fetcher_for(web).get(url, cache=DictCache())


def test_redirect_loop_ends_after_five(web):
    url = web.on("/loop", reply(302, location="/loop"))
    with pytest.raises(FetchError, match="more than 5 redirects"):
        fetcher_for(web).get(url, cache=DictCache())
    assert len(web.requests) == 6


@pytest.mark.parametrize(("status", "told"), [(401, "login"), (403, "save the page"), (404, "address"), (410, "down")])
def test_final_status_is_not_tried_again_and_says_what_to_do(web, status, told):
    url = web.on("/page", reply(status, "no", content_type="text/html"))
    with pytest.raises(FetchError, match=rf"answered {status} .*\(text/html\).*{told}") as caught:
        fetcher_for(web).get(url, cache=DictCache())
    assert len(web.requests) == 1
    assert not caught.value.is_temporary


def test_server_error_then_good_answer(web):
    waits: list[float] = []
    url = web.on("/page", reply(503), reply(500), reply(200, "good"))
    assert fetcher_for(web, sleep=waits.append).get(url, cache=DictCache()).content == b"good"
    assert waits == [1.0, 2.0]


def test_server_error_for_ever_is_asked_four_times(web):
    url = web.on("/page", reply(502))
    with pytest.raises(FetchError, match="502 Bad Gateway") as caught:
        fetcher_for(web).get(url, cache=DictCache())
    assert len(web.requests) == 4
    assert caught.value.is_temporary


def test_retry_after_is_honoured_in_seconds_and_by_the_servers_clock(web):
    waits: list[float] = []
    dated = reply(429, retry_after="Fri, 27 Jun 2025 10:00:30 GMT", date="Fri, 27 Jun 2025 10:00:10 GMT")
    url = web.on("/page", reply(429, retry_after="7"), _without_own_date(dated), reply(200, "good"))
    assert fetcher_for(web, sleep=waits.append).get(url, cache=DictCache()).content == b"good"
    assert waits == [7.0, 20.0]


def _without_own_date(answering):
    def send(handler):
        handler.date_time_string = lambda timestamp=None: "Fri, 27 Jun 2025 10:00:10 GMT"
        answering(handler)

    return send


def test_retry_after_beyond_the_cap_ends_the_tries(web):
    waits: list[float] = []
    url = web.on("/page", reply(429, retry_after="3600"))
    with pytest.raises(FetchError, match="429"):
        fetcher_for(web, sleep=waits.append).get(url, cache=DictCache())
    assert waits == []
    assert len(web.requests) == 1


@pytest.mark.parametrize("where", ["headers", "body"])
def test_server_that_drips_is_cut_at_the_deadline(web, where):
    def drip(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        handler.wfile.write(b"Content-Length: 100000\r\n\r\n" if where == "body" else b"X-Slow: ")
        for _ in range(200):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.02)

    url = web.on("/drip", drip)
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"no whole answer within 0\.2 s") as caught:
        fetcher_for(web, deadline_seconds=0.2).get(url, cache=DictCache())
    # Without the shared deadline it would last the 4 s of the drip.
    assert time.monotonic() - started < 4
    assert caught.value.is_temporary
    assert web.paths() == ["/drip"]  # who is slow is not asked again in the same run


def test_answer_that_breaks_off_is_an_error(web):
    def cut(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        handler.close_connection = True

    url = web.on("/cut", cut)
    with pytest.raises(FetchError, match="cannot be read"):
        fetcher_for(web).get(url, cache=DictCache())


def test_host_that_nobody_knows_is_told(web):
    with pytest.raises(FetchError, match=r"host nobody\.invalid is not known"):
        fetcher_for(web).get("http://nobody.invalid/", cache=DictCache())


def test_wire_bytes_are_counted_whatever_the_length_header_says(web, monkeypatch):
    monkeypatch.setattr(http, "MAX_WIRE_BYTES", 100_000)

    def endless(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(10_000):
            handler.wfile.write(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")

    url = web.on("/endless", endless)
    with pytest.raises(FetchError, match="larger than 100000 bytes"):
        fetcher_for(web).get(url, cache=DictCache())


def test_gzip_bomb_is_stopped(web):
    squeezer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    step = b"\0" * (1 << 20)
    bomb = b"".join([*(squeezer.compress(step) for _ in range(200)), squeezer.flush()])
    url = web.on("/bomb", reply(200, bomb, content_encoding="gzip"))
    with pytest.raises(FetchError, match="more than 52428800 bytes when inflated"):
        fetcher_for(web).get(url, cache=DictCache())


def test_gzip_and_deflate_are_inflated(web):
    raw_deflate = zlib.compressobj(wbits=-15)
    squeezed = raw_deflate.compress(b"raw") + raw_deflate.flush()
    bodies = {
        "/gzip": (gzip.compress(b"zipped"), "gzip", b"zipped"),
        "/zlib": (zlib.compress(b"wrapped"), "deflate", b"wrapped"),
        "/raw": (squeezed, "deflate", b"raw"),
    }
    for path, (body, encoding, content) in bodies.items():
        url = web.on(path, reply(200, body, content_encoding=encoding))
        assert fetcher_for(web).get(url, cache=DictCache()).content == content


def test_messages_hold_no_secret(web):
    url = web.on("/page", reply(404)) + "?api_key=canary123&id=7"
    with pytest.raises(FetchError) as caught:
        fetcher_for(web).get(url, cache=DictCache())
    assert "canary123" not in str(caught.value)
    assert "id=7" in str(caught.value)
    assert web.paths() == ["/page?api_key=canary123&id=7"]


def test_self_signed_certificate_is_refused_and_not_tried_again(tmp_path):
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl makes the certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    command = [openssl, *request.split(), "-keyout", key, "-out", certificate]
    subprocess.run(command, check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with serving(tls) as web:
        with pytest.raises(FetchError, match=r"certificate of host 127\.0\.0\.1 is not valid") as caught:
            fetcher_for(web).get(f"https://127.0.0.1:{web.port}/", cache=DictCache())
        assert not caught.value.is_temporary
        assert web.requests == []


def test_next_address_is_dialled_when_the_first_does_not_answer(web, monkeypatch):
    connect = socket.create_connection
    dialled: list[str] = []

    def create_connection(address, *args, **kwargs):
        dialled.append(address[0])
        if address[0] == "8.8.8.8":
            raise TimeoutError("no answer")
        return connect(("127.0.0.1", web.port), *args, **kwargs)

    monkeypatch.setattr(dialling, "addresses_of", lambda *_: ["8.8.8.8", "9.9.9.9"])
    monkeypatch.setattr(socket, "create_connection", create_connection)
    web.on("/", reply(200, "second"))
    assert fetcher_for(web).get("http://two.test/", cache=DictCache()).content == b"second"
    assert dialled == ["8.8.8.8", "9.9.9.9"]


def test_redirect_without_location_and_unknown_status_are_told(web):
    with pytest.raises(FetchError, match="answered 302 without saying where to go"):
        fetcher_for(web).get(web.on("/lost", reply(302)), cache=DictCache())
    with pytest.raises(FetchError, match=r"answered 799 \(no content type\)"):
        fetcher_for(web).get(web.on("/odd", reply(799)), cache=DictCache())
