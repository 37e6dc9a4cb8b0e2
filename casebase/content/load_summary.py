"""The summary of an import: which records it creates and changes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Changes:
    """The created, changed and unchanged records of one kind.

    ``kind`` is a plural, such as “works”; ``changed`` maps a name to the keys that
    differ.
    """

    kind: str
    created: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    unchanged: int = 0

    def add(self, name: str, before: Any, after: Any) -> bool:
        """Count a record, and return whether there is something to write.

        ``before`` is None for a new record, otherwise of the same schema as ``after``.
        """
        if before == after:
            self.unchanged += 1
            return False
        if before is None:
            self.created.append(name)
        else:
            self.changed[name] = changed_keys(before.model_dump(), after.model_dump())
        return True

    def include(self, other: "Changes") -> None:
        """Add the changes of more records of the same kind."""
        self.created += other.created
        self.changed |= other.changed
        self.unchanged += other.unchanged

    def lines(self) -> Iterator[str]:
        """Yield the report: counts, then each changed record with its changed keys."""
        yield (
            f"{self.kind}: {len(self.created)} new, {len(self.changed)} changed, "
            f"{self.unchanged} unchanged"
        )
        for name, keys in self.changed.items():
            yield f"  {name}: {', '.join(keys)}"


def changed_keys(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the keys whose values differ: “place.note”, “findings (f6efuk9s)”."""
    names = []
    for key, new in after.items():
        old = before.get(key)
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            names += [f"{key}.{name}" for name in changed_keys(old, new)]
        elif ids := changed_ids(old, new):
            names.append(f"{key} ({', '.join(ids)})")
        else:
            names.append(key)
    return names


def changed_ids(before: Any, after: Any) -> list[str]:
    """Return the ids of added, removed and changed entries of a list.

    Empty if the values are not lists of entries with an id.
    """
    if not isinstance(before, list) or not isinstance(after, list):
        return []
    if not all(isinstance(entry, dict) and "id" in entry for entry in before + after):
        return []
    old, new = ({entry["id"]: entry for entry in side} for side in (before, after))
    return [id_ for id_ in {**old, **new} if old.get(id_) != new.get(id_)]
