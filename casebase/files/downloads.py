"""Files that are sent while they are being written."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from casebase.files.formats import in_blocks
from casebase.semaphore import FileSemaphore

# Files of up to so many records are made within a request, any number at once.
LARGE = 1_000
# Each takes a thread of a worker until its reader has all of it: see gunicorn.conf.py.
SEMAPHORE = FileSemaphore(
    "exports", 2, "Too many large files are being sent. Try again in a minute."
)


class PermitHoldingStream:
    """Pieces of a file, and a permit that is given back when the response is closed."""

    def __init__(self, pieces: Iterator[bytes], permit: BinaryIO) -> None:
        self.pieces, self.permit = pieces, permit

    def __iter__(self) -> Iterator[bytes]:
        return self.pieces

    def close(self) -> None:
        self.permit.close()


def download(
    request: HttpRequest,
    pieces: Iterable[bytes],
    *,
    n: int,
    media_type: str,
    name: str,
    is_opened: bool = False,
) -> StreamingHttpResponse:
    """The response with a file of n records.

    The browser saves it under its name or, if ``is_opened``, opens it in a program.
    Raises ``BusyError`` if too many large files are being sent.
    """
    blocks: Any = () if request.method == "HEAD" else in_blocks(pieces)
    if n > LARGE and blocks:
        blocks = PermitHoldingStream(blocks, SEMAPHORE.acquire())
    disposition = content_disposition_header(not is_opened, name)
    return StreamingHttpResponse(
        blocks,
        content_type=media_type,
        headers={"Content-Disposition": disposition},
    )


def site_of(request: HttpRequest) -> str:
    """Return how every address in a file begins: “https://casebase.example”."""
    return request.build_absolute_uri("/").removesuffix("/")


def find_format[F](formats: Mapping[str, F], name: str) -> F:
    """Return the format of this name. Raises Http404, which lists the known ones."""
    if name not in formats:
        known = ", ".join(formats)
        raise Http404(f"There is no format “{name}”. The formats are {known}.")
    return formats[name]


def refusal(sentences: Iterable[str], status: int = 400) -> HttpResponse:
    """Return the response that says, in plain text, why there is no file."""
    text = "\n".join(["Nothing was exported.", *sentences, ""])
    return HttpResponse(text, "text/plain; charset=utf-8", status=status)
