"""Works by their DOIs, asked of Crossref.

https://api.crossref.org/swagger-ui/index.html, and for how to behave there
https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/
"""

import asyncio
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin

import aiohttp
from django.conf import settings
from yarl import URL

from casebase import __version__
from references.formats.dois_and_urls import extract_doi, split_links

# A comma or semicolon may also be part of a DOI.
SEPARATOR = re.compile(
    r"\s+|[,;]+(?=\s|https?:|www\.|doi\b|10\.\d{4,9}/|$)", re.IGNORECASE
)
MAX_DOIS = 20

MAX_PARALLEL_REQUESTS = 3
# Seconds: of one try, of all DOIs together, and before each further try.
ATTEMPT_TIMEOUT_SECONDS, TOTAL_TIMEOUT_SECONDS = 8, 25
RETRY_PAUSES_SECONDS = (0.5, 2.0)
# An answer of Crossref has some thousand bytes, with a long list of references more.
MAX_RESPONSE_BYTES = 5_000_000
MAX_REDIRECTS = 3
REDIRECT_STATUSES = (301, 302, 303, 307, 308)
# Worth another try: too many requests, and what passes.
TRANSIENT_STATUSES = (429, 500, 502, 503, 504)

UNREACHABLE = "Crossref can’t be reached now. Try again later, or paste the work."


class Answer(NamedTuple):
    """What Crossref says of a DOI, or why it says nothing."""

    doi: str
    message: dict[str, Any] | None
    error: str = ""


class NoAnswerError(Exception):
    """Crossref gives nothing that we can use; the words are for curators."""


class TransientError(Exception):
    """It may do so when asked again."""


TRANSIENT_ERRORS = (TransientError, TimeoutError, aiohttp.ClientError)


def parse_dois(text: str) -> tuple[list[str], list[str]]:
    """DOIs, each once and in lower case, and the words that are none."""
    found: dict[str, None] = {}
    invalid = []
    for word in SEPARATOR.split(text):
        # A label alone, as “DOI:”, is no piece.
        for piece in split_links(word):
            if doi := extract_doi(piece):
                found[doi.lower()] = None
            else:
                invalid.append(piece)
    return list(found), invalid


def fetch_works(dois: Iterable[str]) -> list[Answer]:
    """In the order of the DOIs. Takes half a minute at most."""
    return asyncio.run(fetch_answers(list(dois)))


async def fetch_answers(dois: list[str]) -> list[Answer]:
    timeout = aiohttp.ClientTimeout(total=ATTEMPT_TIMEOUT_SECONDS)
    semaphore = asyncio.Semaphore(MAX_PARALLEL_REQUESTS)
    answers: dict[str, Answer] = {}

    async def ask(session: aiohttp.ClientSession, doi: str) -> None:
        async with semaphore:
            answers[doi] = await fetch_answer(session, doi)

    async with aiohttp.ClientSession(
        timeout=timeout, headers=request_headers()
    ) as session:
        tasks = [asyncio.create_task(ask(session, doi)) for doi in dois]
        _, late = await asyncio.wait(tasks, timeout=TOTAL_TIMEOUT_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    return [answers.get(doi) or Answer(doi, None, UNREACHABLE) for doi in dois]


def request_headers() -> dict[str, str]:
    """Who asks. With an address to write to, Crossref has more patience."""
    contact = (
        f" (mailto:{settings.CROSSREF_MAILTO})" if settings.CROSSREF_MAILTO else ""
    )
    return {
        "User-Agent": f"Casebase/{__version__}{contact}",
        "Accept": "application/json",
    }


async def fetch_answer(session: aiohttp.ClientSession, doi: str) -> Answer:
    try:
        return Answer(doi, await fetch_with_retries(session, doi))
    except NoAnswerError as error:
        return Answer(doi, None, str(error))


async def fetch_with_retries(
    session: aiohttp.ClientSession, doi: str
) -> dict[str, Any]:
    address = f"{settings.CROSSREF_API.rstrip('/')}/works/{quote(doi, safe='')}"
    for pause in RETRY_PAUSES_SECONDS:
        with suppress(*TRANSIENT_ERRORS):
            return parse_message(await fetch_body(session, address))
        await asyncio.sleep(pause)
    try:
        return parse_message(await fetch_body(session, address))
    except TRANSIENT_ERRORS as error:
        raise NoAnswerError(UNREACHABLE) from error


async def fetch_body(session: aiohttp.ClientSession, address: str) -> bytes:
    """Redirects are followed as long as they stay with the same host."""
    for _ in range(MAX_REDIRECTS + 1):
        async with session.get(
            URL(address, encoded=True), allow_redirects=False
        ) as response:
            if response.status in REDIRECT_STATUSES:
                address = resolve_redirect(
                    address, response.headers.get("Location", "")
                )
                continue
            if response.status in TRANSIENT_STATUSES:
                raise TransientError
            if response.status == 404:
                raise NoAnswerError("Crossref does not know this DOI.")
            if response.status != 200:
                raise NoAnswerError(f"Crossref refuses to answer ({response.status}).")
            return await read_body(response)
    raise NoAnswerError("Crossref sends us in circles.")


def resolve_redirect(address: str, location: str) -> str:
    try:
        target = urljoin(address, location)
        is_same_origin = URL(target).origin() == URL(address).origin()
    except ValueError:
        is_same_origin = False
    if not is_same_origin:
        raise NoAnswerError("Crossref sends us elsewhere, where we do not follow.")
    return target


async def read_body(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for piece in response.content.iter_chunked(65_536):
        body += piece
        if len(body) > MAX_RESPONSE_BYTES:
            raise NoAnswerError("The answer of Crossref has no end.")
    return bytes(body)


def parse_message(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        parsed = None
    match parsed:
        case {"message": {"title": _} as message}:
            return dict(message)
    raise NoAnswerError("The answer of Crossref can’t be read.")
