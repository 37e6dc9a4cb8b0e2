"""What differs between two versions of a record, field by field, and in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.text import capfirst

from casebase.history import text_diff
from casebase.history.content import Content
from casebase.history.model_history import versioned
from casebase.history.parts import RecordPart
from casebase.templatetags.text_filters import lower_first

ORDER = "Order"
MANNERS = ("added", "changed", "removed")
# Labels of fields in a sentence; a longer list says how many there are more.
NAMED = 6


@dataclass
class FieldChange:
    """One field with what it said before and says after."""

    label: str
    before: str
    after: str

    @cached_property
    def pieces(self) -> list[text_diff.Piece]:
        return text_diff.split_changes(self.before, self.after)


@dataclass
class PartChange:
    """The record itself, or a statement, that is added, changed or removed."""

    manner: str
    noun: str
    heading: str
    fields: list[FieldChange]


def differences(
    kind: str, before: Content, after: Content, names: Any = None
) -> list[PartChange]:
    """The changes from one content to another, in the order of the later one.

    An empty content stands for no record. ``names`` are the ``current_names()`` of the
    kind's ModelHistory; callers that compare many versions pass the same ones.
    """
    if names is None:
        names = versioned[kind].current_names()
    parts_before, parts_after = (
        parts_by_key(kind, content, names) for content in (before, after)
    )
    changes = [
        change
        for key in {**parts_after, **parts_before}
        if (change := part_change(parts_before.get(key), parts_after.get(key)))
    ]
    return changes + order_changes(parts_before, parts_after)


def parts_by_key(kind: str, content: Content, names: Any) -> dict[str, RecordPart]:
    parts = versioned[kind].parts_of(content, names) if content else ()
    return {part.key: part for part in parts}


def part_change(
    before: RecordPart | None, after: RecordPart | None
) -> PartChange | None:
    """The PartChange between two states of a part; None if no field differs."""
    known = next(filter(None, (after, before)))
    labels = {**(after.fields if after else {}), **(before.fields if before else {})}
    sides = [part.fields if part else {} for part in (before, after)]
    fields = [
        FieldChange(label, *texts)
        for label in labels
        if (texts := [side.get(label, "") for side in sides]) and texts[0] != texts[1]
    ]
    if not fields:
        return None
    manner = "added" if before is None else "removed" if after is None else "changed"
    return PartChange(manner, known.noun, known.heading, fields)


def order_changes(
    before: Mapping[str, RecordPart], after: Mapping[str, RecordPart]
) -> list[PartChange]:
    """Return a list of one PartChange if statements changed their order, or none."""
    orders = [
        [key for key in side if key and key in other]
        for side, other in ((before, after), (after, before))
    ]
    if orders[0] == orders[1]:
        return []
    texts = ["\n".join(after[key].heading for key in order) for order in orders]
    return [PartChange("changed", "", "", [FieldChange(ORDER, *texts)])]


def summarize(kind: str, changes: Sequence[PartChange]) -> str:
    """“2 findings changed, 1 finding added; summary, place changed.”"""
    history = versioned[kind]
    own = [
        lower_first(change.label)
        for part in changes
        if not part.noun
        for change in part.fields
        if change.label not in history.unsummarized_labels
    ]
    counted = [
        f"{n} {noun}{'s' if n > 1 else ''} {manner}"
        for noun in history.summarized_nouns
        for manner in MANNERS
        if (n := sum(p.noun == noun and p.manner == manner for p in changes))
    ]
    if own:
        rest = len(own) - NAMED
        named = own if rest < 2 else [*own[:NAMED], f"{rest} other fields"]
        counted.append(f"{', '.join(named)} changed")
    return capfirst("; ".join(counted)) or "Only names or days changed"
