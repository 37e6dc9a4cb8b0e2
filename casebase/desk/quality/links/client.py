"""One request to a server of the open web, and to no other machine.

A name is looked up once, and each address that it has is judged where the socket to
that very address is made: a name that means another one a moment later gains nothing.
Redirects are told of, not followed; who follows them asks again, by the same rules.
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
from casebase.desk.quality.links.verdicts import State, UncheckedError

LONGEST_HEADER = 256 * 1024
HEADERS = {
    "User-Agent": "Casebase link check",
    "Accept": "text/html, application/pdf;q=0.9, */*;q=0.8",
    # What is packed may unpack to anything.
    "Accept-Encoding": "identity",
}


@dataclass(frozen=True)
class Limits:
    """``seconds`` and ``n_bytes`` of one request, of which the body is read so far."""

    seconds: float = 20
    n_bytes: int = 32 * 1024
    redirects: int = 8
    ports: frozenset[int] = frozenset({80, 443})


@dataclass(frozen=True)
class Answer:
    """What a server said: ``location`` is where a redirect leads."""

    status: int
    location: URL | None = None
    retry_after: str = ""


class NotPublicError(Exception):
    """The address of a machine that a link must not make us speak to."""


@dataclass(frozen=True)
class Client:
    """Asks servers. ``is_allowed`` says of an IP address whether it may be spoken to.

    Only tests give a resolver, a context of their own certificates, or another rule.
    """

    limits: Limits = Limits()
    is_allowed: Callable[[str], bool] = is_public
    resolver: AbstractResolver | None = None
    context: ssl.SSLContext | None = None

    @asynccontextmanager
    async def visit(self) -> AsyncIterator["Visit"]:
        """What is asked on one visit shares its cookies, as a reader's clicks do."""
        connector = aiohttp.TCPConnector(
            use_dns_cache=False,
            # One address after the other: the first that may not be asked ends it.
            happy_eyeballs_delay=None,
            socket_factory=self._socket,
            resolver=self.resolver,
            ssl=self.context or True,
        )
        session = aiohttp.ClientSession(
            connector=connector,
            headers=HEADERS,
            # Time is limited below, from beginning to end.
            timeout=aiohttp.ClientTimeout(total=None),
            # No proxies and no passwords from the surroundings.
            trust_env=False,
            auto_decompress=False,
            # Browsers take as much.
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
        )
        async with session:
            yield Visit(self.limits, session)

    def _socket(self, info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        if not self.is_allowed(address[0]):
            raise NotPublicError(address[0])
        return socket.socket(family, kind, protocol)


@dataclass(frozen=True)
class Visit:
    limits: Limits
    session: aiohttp.ClientSession

    async def ask(self, method: str, url: URL) -> Answer:
        """Raises UncheckedError when there is no answer that counts."""
        refuse_unfit(url, self.limits)
        answer = None
        try:
            async with (
                asyncio.timeout(self.limits.seconds),
                self.session.request(method, url, allow_redirects=False) as response,
            ):
                answer = answer_of(response)
                await read_on(response, self.limits.n_bytes)
        except (aiohttp.ClientError, NotPublicError, OSError, ValueError) as error:
            raise what_failed(error, url, answer, self.limits) from error
        return answer


def refuse_unfit(url: URL, limits: Limits) -> None:
    """Raises UncheckedError for what we would not even look up."""
    if url.scheme not in ("http", "https") or not url.host:
        raise not_checkable("It is no web address.")
    if url.user is not None or url.password is not None:
        raise not_checkable("It holds a name or password, which we don’t send.")
    if url.port not in limits.ports:
        raise not_checkable(f"It asks for port {url.port}, where websites rarely are.")


def not_checkable(sentence: str) -> UncheckedError:
    return UncheckedError(State.NOT_CHECKABLE, sentence)


def answer_of(response: aiohttp.ClientResponse) -> Answer:
    location = None
    if 300 <= response.status < 400 and "Location" in response.headers:
        location = response.url.join(URL(response.headers["Location"]))
    return Answer(response.status, location, response.headers.get("Retry-After", ""))


async def read_on(response: aiohttp.ClientResponse, n_bytes: int) -> None:
    """Read as much as shows that the page is coming. The rest is left."""
    left = n_bytes
    while left > 0 and (chunk := await response.content.read(left)):
        left -= len(chunk)


def what_failed(
    error: Exception, url: URL, answer: Answer | None, limits: Limits
) -> UncheckedError:
    """The error of a library in our words."""
    if isinstance(error, TimeoutError):
        if answer:
            sentence = (
                f"It began to answer and was not done in {limits.seconds:g} seconds."
            )
            return UncheckedError(State.SLOW, sentence)
        sentence = f"There was no answer in {limits.seconds:g} seconds."
        return UncheckedError(State.TIME_OUT, sentence)
    if isinstance(error, NotPublicError):
        return not_checkable(f"It leads to {error}, which is no public address.")
    for kind, state, sentence in FAILURES:
        if isinstance(error, kind):
            return UncheckedError(state, sentence.format(host=url.host))
    return UncheckedError(
        State.GARBLED, "The answer is not one that browsers understand."
    )


# The first that fits counts.
FAILURES: list[tuple[type[Exception], State, str]] = [
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
    (aiohttp.InvalidURL, State.NOT_CHECKABLE, "It is no web address."),
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
