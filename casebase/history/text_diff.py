"""What changed in a text, word by word. Pure, and bounded for any two texts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# The maximum number of compared pairs of words; the rest counts as rewritten.
MAX_PAIRS = 4_000_000
# Tokens of an unchanged run that are shown beside a change; the rest is folded.
SHOWN, FOLDED = 24, 80
# A single short word between two changes is not worth showing as unchanged.
SHORT = 2


@dataclass(frozen=True)
class Piece:
    """A run of words that both texts have, or only one of them."""

    kind: str  # "same", "added" or "removed"
    text: str

    @property
    def parts(self) -> tuple[str, str, str]:
        """Return the start, the folded middle and the end of an unchanged passage."""
        tokens = TOKEN.findall(self.text)
        if len(tokens) <= FOLDED:
            return self.text, "", ""
        cut = len(tokens) - SHOWN
        shown, middle, rest = tokens[:SHOWN], tokens[SHOWN:cut], tokens[cut:]
        return "".join(shown), "".join(middle), "".join(rest)


type Run = tuple[str, list[str]]


def split_changes(before: str, after: str) -> list[Piece]:
    """Return the pieces; without the added ones, they are the old text."""
    runs = compare_tokens(TOKEN.findall(before), TOKEN.findall(after))
    joined = ((kind, "".join(tokens)) for kind, tokens in group_changes(runs))
    return [Piece(kind, text) for kind, text in joined if text]


def compare_tokens(before: list[str], after: list[str]) -> Iterator[Run]:
    start = common_start(before, after)
    before, after, same = before[start:], after[start:], before[:start]
    end = common_start(before[::-1], after[::-1])
    cut = len(before) - end, len(after) - end
    yield "same", same
    yield from differing(before[: cut[0]], after[: cut[1]])
    yield "same", before[cut[0] :]


def common_start(one: list[str], other: list[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def differing(before: list[str], after: list[str]) -> Iterator[Run]:
    if len(before) * len(after) > MAX_PAIRS:
        yield "removed", before
        yield "added", after
        return
    kinds = {"equal": "same", "delete": "removed", "insert": "added"}
    for step in Indel.opcodes(before, after):
        source = after[step.dest_start : step.dest_end]
        if step.tag != "insert":
            source = before[step.src_start : step.src_end]
        yield kinds[step.tag], source


def group_changes(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield unchanged runs and changes in turn; removed words come before added ones.

    Changes with next to nothing between them are one, which is easier to read.
    """
    removed: list[str] = []
    added: list[str] = []
    between: list[str] = []
    for kind, tokens in runs:
        if kind != "same":
            removed += between
            added += between
            between = []
            (removed if kind == "removed" else added).extend(tokens)
            continue
        between += tokens
        if not (removed or added) or not is_slight(between):
            yield from [("removed", removed), ("added", added), ("same", between)]
            removed, added, between = [], [], []
    yield from [("removed", removed), ("added", added), ("same", between)]


def is_slight(tokens: list[str]) -> bool:
    words = [token for token in tokens if token[0].isalnum()]
    return not words or (len(words) == 1 and len(words[0]) <= SHORT)
