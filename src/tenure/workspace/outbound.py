"""Calls to other machines on a person's word: only public addresses, unless the installation allows the host.

Rule: DESIGN.md, Safety: outbound calls refuse private addresses. The address that was checked is the one that is connected to, so that
a name cannot point elsewhere a moment later; each redirect is checked anew.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import IO
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from tenure.kernel.errors import DomainError

MAX_REDIRECTS = 5
TIMEOUT_SECONDS = 30.0
_BLOCK = 256 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}


class OutboundRefused(DomainError):
    """The address is not one that Tenure may call."""

    code = "outbound_refused"
    status = 422
    message = "Tenure may not call {host}: {reason}. An administrator can allow the host in TENURE_OUTBOUND_HOSTS."


class OutboundFailed(DomainError):
    """The other machine did not answer as hoped."""

    code = "outbound_failed"
    status = 502
    message = "{host} did not give the file: {reason}."


def fetch(url: str, target: IO[bytes], *, limit: int, timeout: float = TIMEOUT_SECONDS) -> str:
    """Write what `url` holds into `target`; the last part of the address it came from, as a file's name.

    limit: bytes. timeout: seconds without an answer. Raises OutboundRefused, OutboundFailed.
    """
    for _ in range(MAX_REDIRECTS + 1):
        with _answer(url, timeout) as response:
            if response.status in _REDIRECTS:
                url = urljoin(url, response.headers.get("Location", ""))
                continue
            host = urlsplit(url).hostname or ""
            if response.status != http.client.OK:
                raise OutboundFailed(host=host, reason=f"HTTP {response.status}")
            _copy(response, target, limit, host)
            return urlsplit(url).path.rpartition("/")[2]
    raise OutboundFailed(host=urlsplit(url).hostname or "", reason="it redirects without end")


def public_address(host: str, port: int) -> str:
    """The address to connect to. Raises OutboundRefused where any address of the host is not public; OutboundFailed for no host."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise OutboundFailed(host=host, reason=error.strerror or str(error)) from error
    addresses = [str(entry[4][0]) for entry in found]
    if host.lower() not in {one.lower() for one in settings.OUTBOUND_HOSTS}:
        for address in addresses:
            if not _is_public(address):
                raise OutboundRefused(host=host, reason=f"{address} is not a public address")
    return addresses[0]


def _is_public(address: str) -> bool:
    one = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(one, "ipv4_mapped", None)
    return bool((mapped or one).is_global and not (mapped or one).is_multicast)


class _PinnedConnection(http.client.HTTPConnection):
    """A connection to the address that was checked; the host's name is told and, over TLS, proved."""

    def __init__(self, host: str, address: str, port: int, timeout: float, *, secure: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address = address
        self._secure = secure

    def connect(self) -> None:
        """Connect to the pinned address."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


@contextmanager
def _answer(url: str, timeout: float) -> Iterator[http.client.HTTPResponse]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in _PORTS or not host:
        raise OutboundRefused(host=host or url[:80], reason="only http and https addresses are called")
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError as error:
        raise OutboundRefused(host=host, reason="the port is no number") from error
    address = public_address(host, port)
    connection = _PinnedConnection(host, address, port, timeout, secure=parts.scheme == "https")
    with closing(connection):
        try:
            place = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", place, headers={"User-Agent": "Tenure", "Accept-Encoding": "identity"})
            response = connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            raise OutboundFailed(host=host, reason=str(error) or type(error).__name__) from error
        yield response


def _copy(response: http.client.HTTPResponse, target: IO[bytes], limit: int, host: str) -> None:
    size = 0
    try:
        while block := response.read(_BLOCK):
            size += len(block)
            if size > limit:
                raise OutboundFailed(host=host, reason=f"it is larger than {limit} bytes")
            target.write(block)
    except (OSError, http.client.HTTPException) as error:
        raise OutboundFailed(host=host, reason=str(error) or type(error).__name__) from error
