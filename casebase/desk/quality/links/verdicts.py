"""What can be said of an address once it was looked at, in words for people."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How an address was found. Readers are helped by the first two alone."""

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


# Whoever clicks on these meets an error. Those that refuse us may let readers in.
DEAD = (
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
    """What became of one address.

    ``status`` is that of the last answer, if there was one; ``leads_to`` the address
    that gave it; ``moved_to`` the new address, where the old one says it is no more.
    """

    state: State
    sentence: str
    status: int | None = None
    leads_to: str = ""
    moved_to: str = ""


class UncheckedError(Exception):
    """There is no answer, and why: a state with a sentence."""

    def __init__(self, state: State, sentence: str):
        super().__init__(sentence)
        self.state, self.sentence = state, sentence


GONE = {404, 410}
REFUSED = {401, 403, 407, 429, 451}


def state_of(status: int) -> State:
    """What the status of a last answer means for readers."""
    if 200 <= status < 300:
        return State.FINE
    if status in GONE:
        return State.GONE
    return State.REFUSED if status in REFUSED else State.FAILING


SENTENCES = {
    State.FINE: "The page is there.",
    State.GONE: "The server says that there is no such page.",
    State.REFUSED: "The server lets no program in. Look yourself.",
    State.FAILING: "The server answers with an error.",
}
