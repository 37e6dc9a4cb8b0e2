"""What a job does."""

import hashlib
import json
from typing import Any, NamedTuple

# Of two jobs that wait, the one with the higher priority begins.
CURATORS_WAIT, READERS_WAIT, NOBODY_WAITS = 20, 10, 0


class JobError(Exception):
    """A job can't be done, and would fail again; its text is for readers."""


class JobSpec(NamedTuple):
    """What a job does.

    ``function`` is the dotted name of a function. It is called with an open file to
    write into, a ``Report``, and ``kwargs``, which JSON can hold. It may be called
    again after it was interrupted anywhere, so it has to be idempotent.

    ``title`` says in words what it does, ``total`` how many records, as far as known.
    A job with a ``file_name`` makes a file for readers; ``address`` is where they can
    ask for it again, empty if there is no such address. ``version`` is whatever else
    the result depends on, such as the version of the records.
    """

    function: str
    kwargs: dict[str, Any]
    title: str
    total: int = 0
    file_name: str = ""
    media_type: str = ""
    address: str = ""
    version: str = ""
    priority: int = NOBODY_WAITS

    @property
    def key(self) -> str:
        """The same for jobs whose results are the same."""
        known = [self.function, self.kwargs, self.file_name, self.version]
        return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()
