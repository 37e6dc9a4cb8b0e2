"""What readers report about a file: entries and fields left out, and replaced keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched

from casebase.content.parsed_file import ErrorDetail

# Changed keys that the summary names.
MAX_KEYS_LISTED = 3
# Introduces the names of repeated fields.
ONLY_FIRST = "These are repeated, and only the first is imported"
# Names that one message lists.
MAX_NAMES_LISTED = 20
MAX_NAME_LENGTH = 60


@dataclass(frozen=True)
class Omission(ErrorDetail):
    """A field that was left out of a work or, if ``is_entry``, a whole entry."""

    is_entry: bool = False


@dataclass(frozen=True)
class KeyChange(ErrorDetail):
    """A key of the file that can't be used here, and the citekey that replaces it."""

    before: str = ""
    after: str = ""


def summarize_messages(
    messages: Iterable[ErrorDetail], hint: str = ""
) -> list[ErrorDetail]:
    """Return omissions first, then other messages, then one message on changed keys.

    ``hint`` is added to that message if it doesn't name every key, and says where the
    others are listed. A single changed key keeps its own message.
    """
    key_changes, others = list[KeyChange](), list[ErrorDetail]()
    for each in messages:
        key_changes.append(each) if isinstance(each, KeyChange) else others.append(each)
    others.sort(key=lambda each: not isinstance(each, Omission))
    if len(key_changes) < 2:
        return [*others, *key_changes]
    listed = [f"{each.before} → {each.after}" for each in key_changes[:MAX_KEYS_LISTED]]
    is_complete = len(key_changes) <= MAX_KEYS_LISTED
    replaced = f"{len(key_changes):,} keys of the file were replaced"
    end = "." if is_complete else f", …{hint and f'{hint}.'}"
    sentence = f"{replaced}: {', '.join(listed)}{end}"
    first = key_changes[0]
    return [*others, ErrorDetail(first.path, first.line, "id", sentence)]


def describe_omissions(messages: Iterable[ErrorDetail]) -> str:
    """Return “left out: 1 work, 3 fields”, or an empty text if nothing was left out."""
    omissions = [message for message in messages if isinstance(message, Omission)]
    n_works = sum(each.is_entry for each in omissions)
    counts = {"work": n_works, "field": len(omissions) - n_works}
    parts = [f"{n:,} {unit}{'s' * (n > 1)}" for unit, n in counts.items() if n]
    return f"left out: {', '.join(parts)}" if parts else ""


def shorten(text: str) -> str:
    """Return the text as messages quote it: one line of up to sixty characters.

    Characters that can't be printed become U+FFFD.
    """
    line = " ".join(text[:500].split())
    line = "".join(char if char.isprintable() else "\ufffd" for char in line[:61])
    return line if len(line) <= 60 else f"{line[:59].rstrip()}…"


def list_names(names: Iterable[str]) -> str:
    """Return the first names in alphabetical order, and how many more there are."""
    first, *others = batched(sorted(names), MAX_NAMES_LISTED)
    n_more = sum(map(len, others))
    more = f" and {n_more:,} more" if n_more else ""
    return f"{', '.join(name[:MAX_NAME_LENGTH] for name in first)}{more}"
