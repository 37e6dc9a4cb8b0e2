"""Files that are sent while they are being written, and those made by a job."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header

from casebase.files.formats import in_blocks
from casebase.semaphore import Slots

# A request may make a file of as many records by itself, and nobody counts these.
LARGE = 1_000
# Each takes a thread of a worker until its reader has all of it: see gunicorn.conf.py.
SLOTS = Slots(
    "exports", 2, "Too many large files are being sent. Try again in a minute."
)


class Held:
    """Pieces of a file, and the slot that goes with them until they are all sent."""

    def __init__(self, pieces: Iterator[bytes], slot: BinaryIO) -> None:
        self.pieces, self.slot = pieces, slot

    def __iter__(self) -> Iterator[bytes]:
        return self.pieces

    def close(self) -> None:
        self.slot.close()


def download(
    request: HttpRequest,
    pieces: Iterable[bytes],
    *,
    n: int,
    media_type: str,
    name: str,
    is_opened: bool = False,
) -> StreamingHttpResponse:
    """The answer with a file of n records, to keep or to be opened by a program.

    Raises ``BusyError`` when too many large ones are being sent.
    """
    blocks: Any = () if request.method == "HEAD" else in_blocks(pieces)
    if n > LARGE and blocks:
        blocks = Held(blocks, SLOTS.take())
    disposition = content_disposition_header(not is_opened, name)
    return StreamingHttpResponse(
        blocks,
        content_type=media_type,
        headers={"Content-Disposition": disposition},
    )
