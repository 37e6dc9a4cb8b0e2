"""A local server that fails in every way, over HTTP and HTTPS.

Its certificate, ``certificate.pem``, is self-signed for casebase.example and valid for
a century.
"""

import asyncio
import socket
import ssl
import struct
import threading
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from aiohttp.abc import AbstractResolver

from casebase.desk.quality.links.checker import Checker
from casebase.desk.quality.links.client import Client, Limits
from casebase.desk.quality.links.host_throttling import ThrottleSettings

CERTIFICATE = Path(__file__).with_name("certificate.pem")
HERE = "127.0.0.1"
# Seconds: short for tests in which no answer comes, long for all others.
SHORT_TIMEOUT, LONG_TIMEOUT = 0.3, 30
# The first byte of a TLS handshake.
TLS = b"\x16"
NO_PAUSES = ThrottleSettings(between_requests=0, when_overloaded=0, max_pause=1)


class Names(AbstractResolver):
    """A resolver that resolves these names and no others."""

    def __init__(self, **addresses):
        self.addresses = {name.replace("_", "."): of for name, of in addresses.items()}
        self.asked = []

    async def resolve(self, host, port=0, family=socket.AF_INET):
        self.asked.append(host)
        if host not in self.addresses:
            raise OSError("unknown name")
        return [
            {
                "hostname": host,
                "host": address,
                "port": port,
                "family": socket.AF_INET6 if ":" in address else socket.AF_INET,
                "proto": 0,
                "flags": 0,
            }
            for address in self.addresses[host]
        ]

    async def close(self):
        pass


class Server:
    """Answers with ``pages``: path → a coroutine of method, reader and writer."""

    def __init__(self, pages):
        self.pages = pages
        self.asked, self.hosts, self.writers = [], [], []

    def url(self, path, *, host=HERE, secure=False):
        scheme, port = ("https", self.secure) if secure else ("http", self.plain)
        return f"{scheme}://{host}:{port}{path}"

    def checker(self, *, seconds=LONG_TIMEOUT, throttle_settings=NO_PAUSES, **changes):
        """Return a checker that may connect to this machine only, and never pauses."""
        limits = Limits(
            timeout_seconds=seconds,
            max_body_bytes=1_000,
            max_redirects=3,
            ports=frozenset({80, self.plain, self.secure}),
        )
        rules = {
            "limits": limits,
            "is_allowed": {HERE}.__contains__,
            "resolver": Names(casebase_example=[HERE], other_example=[HERE]),
        }
        return Checker(Client(**rules | changes), throttle_settings)

    def check(self, path, **changes):
        return asyncio.run(self.checker(**changes).check(self.url(path)))

    async def answer(self, reader, writer):
        self.writers.append(writer)
        with (
            closing(writer),
            suppress(ConnectionError, asyncio.IncompleteReadError),
        ):
            first = await reader.readexactly(1)
            if first == TLS:
                writer.write(b"HTTP/1.1 400 Speak plainly\r\n\r\n")
                return
            head = (first + await reader.readuntil(b"\r\n\r\n")).decode()
            method, path, _ = head.split(" ", 2)
            self.asked.append(f"{method} {path}")
            self.hosts += [
                line[6:] for line in head.splitlines() if line.startswith("Host: ")
            ]
            await self.pages[path](method, reader, writer)

    async def listen(self, is_listening, loop_and_end):
        """Answer requests until the event is set."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(CERTIFICATE)
        plain = await asyncio.start_server(self.answer, HERE, 0)
        secure = await asyncio.start_server(self.answer, HERE, 0, ssl=context)
        self.plain = plain.sockets[0].getsockname()[1]
        self.secure = secure.sockets[0].getsockname()[1]
        end = asyncio.Event()
        loop_and_end += [asyncio.get_running_loop(), end]
        is_listening.set()
        await end.wait()
        for each in (*plain.sockets, *secure.sockets):
            asyncio.get_running_loop().remove_reader(each)
        # A connection that was just accepted gets its transport now: a server that is
        # closed refuses to, and leaves the connection open.
        await asyncio.sleep(0)
        for listening in (plain, secure):
            listening.close()
        await self.end_connections(plain, secure)

    async def end_connections(self, *listening):
        for writer in self.writers:
            writer.transport.abort()
        ends = [writer.wait_closed() for writer in self.writers]
        for each in listening:
            # Python 3.13 also ends connections whose TLS handshake is not over yet.
            if hasattr(each, "abort_clients"):
                each.abort_clients()
                ends.append(each.wait_closed())
        async with asyncio.timeout(LONG_TIMEOUT):
            await asyncio.gather(*ends, return_exceptions=True)


@contextmanager
def running_server(pages):
    server, is_listening, loop_and_end = Server(pages), threading.Event(), []
    thread = threading.Thread(
        target=asyncio.run, args=[server.listen(is_listening, loop_and_end)]
    )
    thread.start()
    is_listening.wait()
    try:
        yield server
    finally:
        loop, end = loop_and_end
        loop.call_soon_threadsafe(end.set)
        thread.join()


def trusting_context():
    """Return a TLS context that trusts the certificate."""
    return ssl.create_default_context(cafile=CERTIFICATE)


# Pages: each returns a coroutine that answers a request.


def respond_with(status, *headers, body=b"A page."):
    """A complete, valid answer."""

    async def page(method, reader, writer):
        lines = [f"HTTP/1.1 {status} Words", f"Content-Length: {len(body)}", *headers]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        writer.write(b"" if method == "HEAD" else body)
        await writer.drain()

    return page


def redirect_to(status, address):
    return respond_with(status, f"Location: {address}")


def by_method(head, get):
    async def page(method, reader, writer):
        await (head if method == "HEAD" else get)(method, reader, writer)

    return page


def in_turn(*pages):
    """Respond to each request with the next of these pages."""
    left = list(pages)

    async def page(*request):
        await left.pop(0)(*request)

    return page


def send_bytes(text):
    """Sends these bytes and closes the connection."""

    async def page(method, reader, writer):
        writer.write(text)
        await writer.drain()

    return page


async def silent(method, reader, writer):
    await reader.read()


async def reset(method, reader, writer):
    """Resets the connection, as a crash does, instead of closing it."""
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(
        socket.SOL_SOCKET, socket.SO_LINGER, linger
    )


def send_slowly(start):
    """Sends one byte at a time until the client disconnects."""

    async def page(method, reader, writer):
        writer.write(start)
        with suppress(ConnectionError):
            while not reader.at_eof():
                writer.write(b".")
                await writer.drain()
                with suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(1), SHORT_TIMEOUT / 20)

    return page


async def endless(method, reader, writer):
    writer.write(b"HTTP/1.1 200 Words\r\n\r\n")
    with suppress(ConnectionError):
        while method == "GET":
            writer.write(b"." * 1_000)
            await writer.drain()
