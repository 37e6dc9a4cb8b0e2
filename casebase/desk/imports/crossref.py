"""Fetches the metadata of works from Crossref by their DOIs.

The API: https://api.crossref.org/swagger-ui/index.html, and its rules of use:
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

# A comma or semicolon may also be part of a DOI, so it separates only where the end
# of the text, a space or another DOI follows.
SEPARATOR = re.compile(
    r"\s+|[,;]+(?=\s|https?:|www\.|doi\b|10\.\d{4,9}/|$)", re.IGNORECASE
)
MAX_DOIS = 20

MAX_PARALLEL_REQUESTS = 3
# The limits for one attempt and for all DOIs, and the pauses before further attempts.
ATTEMPT_TIMEOUT_SECONDS, TOTAL_TIMEOUT_SECONDS = 8, 25
RETRY_PAUSES_SECONDS = (0.5, 2.0)
# A response has a few thousand bytes, or more if it has a long list of references.
MAX_RESPONSE_BYTES = 5_000_000
MAX_REDIRECTS = 3
REDIRECT_STATUSES = (301, 302, 303, 307, 308)
# Statuses worth another attempt: too many requests, and temporary failures.
TRANSIENT_STATUSES = (429, 500, 502, 503, 504)

UNREACHABLE = "Crossref can’t be reached now. Try again later, or paste the work."


class Answer(NamedTuple):
    """The metadata that Crossref has for a DOI; None with an error if it failed."""

    doi: str
    message: dict[str, Any] | None
    error: str = ""


class NoAnswerError(Exception):
    """Crossref gave no usable answer; the message is shown to curators."""


class TransientError(Exception):
    """The request failed, but may succeed in another attempt."""


TRANSIENT_ERRORS = (TransientError, TimeoutError, aiohttp.ClientError)


def parse_dois(text: str) -> tuple[list[str], list[str]]:
    """Return the unique DOIs in lower case, and the words that are not DOIs."""
    found: dict[str, None] = {}
    invalid = []
    for word in SEPARATOR.split(text):
        # split_links leaves out labels such as “DOI:”.
        for piece in split_links(word):
            if doi := extract_doi(piece):
                found[doi.lower()] = None
            else:
                invalid.append(piece)
    return list(found), invalid


def fetch_works(dois: Iterable[str]) -> list[Answer]:
    """Return an answer for each DOI, in order, within TOTAL_TIMEOUT_SECONDS."""
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
    """Return headers that identify us.

    Crossref prefers requests that have an e-mail address.
    """
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
    """Return the body of the response; only follow redirects to the same origin."""
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
