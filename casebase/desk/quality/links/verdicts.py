"""The verdicts on checked addresses: states, with sentences for people."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The result of a check. Only the first two mean that readers reach a page."""

    FINE = "fine"
    MOVED = "moved"
    GONE = "gone"
    REFUSED = "refused"
    FAILING = "failing"
    TIME_OUT = "time-out"
    SLOW = "slow"
    LOOP = "loop"
    CERTIFICATE = "certificate"
    UNREACHABLE = "unreachable"
    GARBLED = "garbled"
    NOT_CHECKABLE = "not-checkable"


# Readers who follow such a link get an error. REFUSED is not among them: a server that
# refuses our program may still admit readers.
DEAD_STATES = (
    State.GONE,
    State.FAILING,
    State.TIME_OUT,
    State.SLOW,
    State.LOOP,
    State.CERTIFICATE,
    State.UNREACHABLE,
    State.GARBLED,
)


@dataclass(frozen=True)
class Verdict:
    """The result of the check of one address.

    ``status`` is the HTTP status of the last answer, if there was one. ``leads_to`` is
    the address of that answer if it is another than the one checked, and ``moved_to``
    the new address that permanent redirects lead to.
    """

    state: State
    sentence: str
    status: int | None = None
    leads_to: str = ""
    moved_to: str = ""


class CheckFailedError(Exception):
    """A request got no usable answer. Has the state and the sentence of a verdict."""

    def __init__(self, state: State, sentence: str):
        super().__init__(sentence)
        self.state, self.sentence = state, sentence


GONE_STATUSES = {404, 410}
REFUSED_STATUSES = {401, 403, 407, 429, 451}


def classify_status(status: int) -> State:
    """Return what the HTTP status of the last answer means for readers."""
    if 200 <= status < 300:
        return State.FINE
    if status in GONE_STATUSES:
        return State.GONE
    return State.REFUSED if status in REFUSED_STATUSES else State.FAILING


SENTENCES = {
    State.FINE: "The page is there.",
    State.GONE: "The server says that there is no such page.",
    State.REFUSED: "The server lets no program in. Look yourself.",
    State.FAILING: "The server answers with an error.",
}
