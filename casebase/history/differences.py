"""What differs between two versions of a record, field by field, and in a sentence."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst

from casebase.history import text_diff
from casebase.history.parts import parts_of
from casebase.templatetags.text_filters import lowered

ORDER = "Order"
# With every change of a public case; its day says so already.
NOT_TOLD = "Revised on"
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
    def pieces(self):
        return text_diff.pieces(self.before, self.after)


@dataclass
class PartChange:
    """The record itself, or a statement, that is added, changed or removed."""

    manner: str
    noun: str
    heading: str
    fields: list[FieldChange]


def differences(kind, before, after, names):
    """From content to content: the changes, in the order of the later one."""
    was, now = (parts_of(kind, content, names) for content in (before, after))
    changes = [
        change
        for key in {**now, **was}
        if (change := part_change(was.get(key), now.get(key)))
    ]
    return changes + order_changes(was, now)


def part_change(was, now):
    known = now or was
    labels = {**(now.fields if now else {}), **(was.fields if was else {})}
    sides = [part.fields if part else {} for part in (was, now)]
    fields = [
        FieldChange(label, *texts)
        for label in labels
        if (texts := [side.get(label, "") for side in sides]) and texts[0] != texts[1]
    ]
    if not fields:
        return None
    manner = "added" if was is None else "removed" if now is None else "changed"
    return PartChange(manner, known.noun, known.heading, fields)


def order_changes(was, now):
    """Whether statements that stand in both stand in another order."""
    orders = [
        [key for key in side if key and key in other]
        for side, other in ((was, now), (now, was))
    ]
    if orders[0] == orders[1]:
        return []
    texts = ["\n".join(now[key].heading for key in order) for order in orders]
    return [PartChange("changed", "", "", [FieldChange(ORDER, *texts)])]


def summary(changes):
    """“2 findings changed, 1 finding added; summary, place changed.”"""
    own = [
        lowered(change.label)
        for part in changes
        if not part.noun
        for change in part.fields
        if change.label != NOT_TOLD
    ]
    counted = [
        f"{n} {noun}{'s' if n > 1 else ''} {manner}"
        for noun in ("finding", "conflict")
        for manner in MANNERS
        if (n := sum(p.noun == noun and p.manner == manner for p in changes))
    ]
    if own:
        rest = len(own) - NAMED
        named = own if rest < 2 else [*own[:NAMED], f"{rest} other fields"]
        counted.append(f"{', '.join(named)} changed")
    return capfirst("; ".join(counted)) or "Only names or days changed"
