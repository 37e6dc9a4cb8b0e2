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
BETWEEN = re.compile(
    r"\s+|[,;]+(?=\s|https?:|www\.|doi\b|10\.\d{4,9}/|$)", re.IGNORECASE
)
MOST_DOIS = 20

AT_ONCE = 3
# Seconds: of one try, of all DOIs together, and before each further try.
ONE_TRY, ALTOGETHER = 8, 25
PAUSES = (0.5, 2.0)
# An answer of Crossref has some thousand bytes, with a long list of references more.
MOST_BYTES = 5_000_000
MOST_REDIRECTS = 3
REDIRECTS = (301, 302, 303, 307, 308)
# Worth another try: too many requests, and what passes.
PASSING = (429, 500, 502, 503, 504)

UNREACHED = "Crossref can’t be reached now. Try again later, or paste the work."


class Answer(NamedTuple):
    """What Crossref says of a DOI, or why it says nothing."""

    doi: str
    message: dict[str, Any] | None
    error: str = ""


class NoAnswerError(Exception):
    """Crossref gives nothing that we can use; the words are for curators."""


class PassingError(Exception):
    """It may do so when asked again."""


PASSING_ERRORS = (PassingError, TimeoutError, aiohttp.ClientError)


def dois_in(text: str) -> tuple[list[str], list[str]]:
    """DOIs, each once and in lower case, and the words that are none."""
    found: dict[str, None] = {}
    strange = []
    for word in BETWEEN.split(text):
        # A label alone, as “DOI:”, is no piece.
        for piece in split_links(word):
            if doi := extract_doi(piece):
                found[doi.lower()] = None
            else:
                strange.append(piece)
    return list(found), strange


def look_up(dois: Iterable[str]) -> list[Answer]:
    """In the order of the DOIs. Takes half a minute at most."""
    return asyncio.run(answers(list(dois)))


async def answers(dois: list[str]) -> list[Answer]:
    timeout = aiohttp.ClientTimeout(total=ONE_TRY)
    turn = asyncio.Semaphore(AT_ONCE)
    given: dict[str, Answer] = {}

    async def ask(session: aiohttp.ClientSession, doi: str) -> None:
        async with turn:
            given[doi] = await answer_on(session, doi)

    async with aiohttp.ClientSession(timeout=timeout, headers=headers()) as session:
        asking = [asyncio.create_task(ask(session, doi)) for doi in dois]
        _, late = await asyncio.wait(asking, timeout=ALTOGETHER)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    return [given.get(doi) or Answer(doi, None, UNREACHED) for doi in dois]


def headers() -> dict[str, str]:
    """Who asks. With an address to write to, Crossref has more patience."""
    contact = (
        f" (mailto:{settings.CROSSREF_MAILTO})" if settings.CROSSREF_MAILTO else ""
    )
    return {
        "User-Agent": f"Casebase/{__version__}{contact}",
        "Accept": "application/json",
    }


async def answer_on(session: aiohttp.ClientSession, doi: str) -> Answer:
    try:
        return Answer(doi, await with_patience(session, doi))
    except NoAnswerError as error:
        return Answer(doi, None, str(error))


async def with_patience(session: aiohttp.ClientSession, doi: str) -> dict[str, Any]:
    address = f"{settings.CROSSREF_API.rstrip('/')}/works/{quote(doi, safe='')}"
    for pause in PAUSES:
        with suppress(*PASSING_ERRORS):
            return message_in(await fetched(session, address))
        await asyncio.sleep(pause)
    try:
        return message_in(await fetched(session, address))
    except PASSING_ERRORS as error:
        raise NoAnswerError(UNREACHED) from error


async def fetched(session: aiohttp.ClientSession, address: str) -> bytes:
    """Redirects are followed as long as they stay with the same host."""
    for _ in range(MOST_REDIRECTS + 1):
        async with session.get(
            URL(address, encoded=True), allow_redirects=False
        ) as response:
            if response.status in REDIRECTS:
                address = beside(address, response.headers.get("Location", ""))
                continue
            if response.status in PASSING:
                raise PassingError
            if response.status == 404:
                raise NoAnswerError("Crossref does not know this DOI.")
            if response.status != 200:
                raise NoAnswerError(f"Crossref refuses to answer ({response.status}).")
            return await bounded(response)
    raise NoAnswerError("Crossref sends us in circles.")


def beside(address: str, location: str) -> str:
    try:
        wanted = urljoin(address, location)
        is_near = URL(wanted).origin() == URL(address).origin()
    except ValueError:
        is_near = False
    if not is_near:
        raise NoAnswerError("Crossref sends us elsewhere, where we do not follow.")
    return wanted


async def bounded(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for piece in response.content.iter_chunked(65_536):
        body += piece
        if len(body) > MOST_BYTES:
            raise NoAnswerError("The answer of Crossref has no end.")
    return bytes(body)


def message_in(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    match said:
        case {"message": {"title": _} as message}:
            return dict(message)
    raise NoAnswerError("The answer of Crossref can’t be read.")
