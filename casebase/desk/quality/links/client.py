"""An HTTP client that connects to public IP addresses only.

A host name is looked up once, and each IP address is checked at the moment when the
socket to that very address is created. So a name that resolves to another address a
moment later (DNS rebinding) gains nothing. Redirects are reported, not followed; the
caller requests the next address under the same rules.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from casebase.desk.quality.links.public_addresses import is_public
from casebase.desk.quality.links.verdicts import CheckFailedError, State

MAX_HEADER_BYTES = 256 * 1024
REQUEST_HEADERS = {
    "User-Agent": "Casebase link check",
    "Accept": "text/html, application/pdf;q=0.9, */*;q=0.8",
    # A compressed body may expand to any size.
    "Accept-Encoding": "identity",
}


@dataclass(frozen=True)
class Limits:
    """The limits of one request, and of the redirects from one address.

    Of a body, up to ``max_body_bytes`` are read.
    """

    timeout_seconds: float = 20
    max_body_bytes: int = 32 * 1024
    max_redirects: int = 8
    ports: frozenset[int] = frozenset({80, 443})


@dataclass(frozen=True)
class Answer:
    """The answer of a server. ``location`` is the target of a redirect."""

    status: int
    location: URL | None = None
    retry_after: str = ""


class NotPublicError(Exception):
    """The IP address is not public, so no connection to it may be opened."""


@dataclass(frozen=True)
class Client:
    """The settings of sessions. Only tests pass any but the defaults.

    ``is_allowed`` returns whether an IP address may be connected to.
    """

    limits: Limits = Limits()
    is_allowed: Callable[[str], bool] = is_public
    resolver: AbstractResolver | None = None
    context: ssl.SSLContext | None = None

    @asynccontextmanager
    async def open_session(self) -> AsyncIterator["ClientSession"]:
        """Open a session, whose requests share cookies as those of a browser do."""
        connector = aiohttp.TCPConnector(
            use_dns_cache=False,
            # Try addresses one by one: the first that is not allowed ends the request.
            happy_eyeballs_delay=None,
            socket_factory=self._create_socket,
            resolver=self.resolver,
            ssl=self.context or True,
        )
        session = aiohttp.ClientSession(
            connector=connector,
            headers=REQUEST_HEADERS,
            # ``send_request`` limits the time of the request as a whole.
            timeout=aiohttp.ClientTimeout(total=None),
            # Use no proxies and no passwords from the environment.
            trust_env=False,
            auto_decompress=False,
            # Browsers accept headers of this size.
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
        )
        async with session:
            yield ClientSession(self.limits, session)

    def _create_socket(self, info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        if not self.is_allowed(address[0]):
            raise NotPublicError(address[0])
        return socket.socket(family, kind, protocol)


@dataclass(frozen=True)
class ClientSession:
    """Sends the requests of one check."""

    limits: Limits
    session: aiohttp.ClientSession

    async def send_request(self, method: str, url: URL) -> Answer:
        """Return the answer. Raises CheckFailedError if there is no usable one."""
        validate_url(url, self.limits)
        answer = None
        try:
            async with (
                asyncio.timeout(self.limits.timeout_seconds),
                self.session.request(method, url, allow_redirects=False) as response,
            ):
                answer = build_answer(response)
                await read_body_start(response, self.limits.max_body_bytes)
        except (aiohttp.ClientError, NotPublicError, OSError, ValueError) as error:
            raise translate_error(error, url, answer, self.limits) from error
        return answer


def validate_url(url: URL, limits: Limits) -> None:
    """Raise CheckFailedError for a URL whose host is not even looked up."""
    if url.scheme not in ("http", "https") or not url.host:
        raise not_checkable_error("This is not a web address.")
    if url.user is not None or url.password is not None:
        raise not_checkable_error("It holds a name or password, which we don’t send.")
    if url.port not in limits.ports:
        raise not_checkable_error(
            f"It asks for port {url.port}, where websites rarely are."
        )


def not_checkable_error(sentence: str) -> CheckFailedError:
    return CheckFailedError(State.NOT_CHECKABLE, sentence)


def build_answer(response: aiohttp.ClientResponse) -> Answer:
    location = None
    if 300 <= response.status < 400 and "Location" in response.headers:
        location = response.url.join(URL(response.headers["Location"]))
    return Answer(response.status, location, response.headers.get("Retry-After", ""))


async def read_body_start(response: aiohttp.ClientResponse, max_bytes: int) -> None:
    """Read the start of the body, which shows that the page arrives."""
    remaining = max_bytes
    while remaining > 0 and (chunk := await response.content.read(remaining)):
        remaining -= len(chunk)


def translate_error(
    error: Exception, url: URL, answer: Answer | None, limits: Limits
) -> CheckFailedError:
    """Return the error of a library as one with a state and a sentence."""
    if isinstance(error, TimeoutError):
        seconds = f"{limits.timeout_seconds:g} seconds"
        if answer:
            sentence = f"It began to answer and was not done in {seconds}."
            return CheckFailedError(State.SLOW, sentence)
        sentence = f"There was no answer in {seconds}."
        return CheckFailedError(State.TIME_OUT, sentence)
    if isinstance(error, NotPublicError):
        return not_checkable_error(f"It leads to {error}, not a public address.")
    for kind, state, sentence in ERROR_TRANSLATIONS:
        if isinstance(error, kind):
            return CheckFailedError(state, sentence.format(host=url.host))
    return CheckFailedError(
        State.GARBLED, "The answer is not one that browsers understand."
    )


# Class of an error → its state and sentence. The first class that matches is used.
ERROR_TRANSLATIONS: list[tuple[type[Exception], State, str]] = [
    (
        aiohttp.ClientConnectorDNSError,
        State.UNREACHABLE,
        "There is no server of the name {host}.",
    ),
    (
        aiohttp.ClientConnectorCertificateError,
        State.CERTIFICATE,
        "The certificate is not valid for {host}: browsers warn of it.",
    ),
    (
        aiohttp.ClientSSLError,
        State.CERTIFICATE,
        "No secure connection to {host} can be made.",
    ),
    (
        aiohttp.ClientConnectorError,
        State.UNREACHABLE,
        "No connection to {host} can be made.",
    ),
    (aiohttp.InvalidURL, State.NOT_CHECKABLE, "This is not a web address."),
    (
        aiohttp.ClientPayloadError,
        State.GARBLED,
        "The server broke off in the midst of its answer.",
    ),
    (
        aiohttp.ClientConnectionError,
        State.UNREACHABLE,
        "The server broke off the connection.",
    ),
]
