"""Connections that go only where they may, and end in time."""

import socket
import ssl
import time
from collections.abc import Iterable

import httpcore

from kg.sources.addresses import is_public_address

PUBLIC_PORTS = frozenset({80, 443})
LOOPBACK = "127.0.0.1"
CONNECT_SECONDS = 8.0  # for one address, so that three of them fit into the deadline of an answer


class RefusedHostError(Exception):
    """A host that is not talked to; the text says why, without the URL."""


class GuardedBackend(httpcore.NetworkBackend):
    """Looks a host up once, refuses it if any answer is not public, and dials the very address it checked.

    A second look-up between check and connection (DNS rebinding) cannot happen, and redirects pass here too.
    Every connection shares one deadline, which also holds against a server that sends a byte now and then.

    Args:
        deadline: When everything must be over, on the clock of `time.monotonic`.
        allow_loopback_ports: Ports of 127.0.0.1 that may be dialled all the same, for tests.
    """

    def __init__(self, *, deadline: float, allow_loopback_ports: frozenset[int]) -> None:
        self._deadline = deadline
        self._allow_loopback_ports = allow_loopback_ports
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to a checked address of `host`.

        Raises:
            RefusedHostError: The port is not one of the web, or an address of the host is not public.
            httpcore.ConnectError: The host is not known, or none of its addresses answers.
        """
        del timeout  # the shared deadline is the limit
        addresses = self._checked_addresses(host, port)
        for address in addresses[:-1]:
            try:
                return self._dial(address, port, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # many hosts have an IPv6 address that does not answer beside an IPv4 one that does
        return self._dial(addresses[-1], port, local_address, socket_options)

    def _dial(
        self,
        address: str,
        port: int,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        seconds = min(CONNECT_SECONDS, timeout_left(self._deadline))
        stream = self._plain.connect_tcp(address, port, seconds, local_address, socket_options=socket_options)
        return _DeadlineStream(stream, self._deadline)

    def _checked_addresses(self, host: str, port: int) -> list[str]:
        is_loopback_port = port in self._allow_loopback_ports
        if port not in PUBLIC_PORTS and not is_loopback_port:
            raise RefusedHostError(f"port {port} is not dialled, only 80 and 443")
        addresses = addresses_of(host, port)
        for address in addresses:
            if not is_public_address(address) and not (is_loopback_port and address == LOOPBACK):
                raise RefusedHostError(f"host {host} is {address}, which is not a public address")
        if is_loopback_port and port not in PUBLIC_PORTS and addresses != [LOOPBACK]:
            raise RefusedHostError(f"port {port} is dialled on {LOOPBACK} only, and host {host} is {addresses[0]}")
        return addresses


class _DeadlineStream(httpcore.NetworkStream):
    """A stream whose every read and write ends at one deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        return self._stream.read(max_bytes, timeout_left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._stream.write(buffer, timeout_left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        del timeout
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, timeout_left(self._deadline))
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise RefusedHostError(f"the certificate of host {server_hostname} is not valid: {error}") from error
            raise
        return _DeadlineStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def addresses_of(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host, each once, in the order of the resolver.

    Raises:
        httpcore.ConnectError: The host is not known.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"host {host} is not known: {error}") from error
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def timeout_left(deadline: float) -> float:
    """Return the seconds until the deadline.

    Raises:
        httpcore.ReadTimeout: It has passed.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the deadline has passed")
    return left
