"""What a load of content did, or would do."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Changes:
    """What became of the records of one kind: “works”, “terms”, “cases”."""

    kind: str
    created: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    unchanged: int = 0

    def note(self, name: str, before: Any, after: Any) -> bool:
        """Whether there is something to write. Before: None, or a form as after."""
        if before == after:
            self.unchanged += 1
            return False
        if before is None:
            self.created.append(name)
        else:
            self.changed[name] = differences(before.model_dump(), after.model_dump())
        return True

    def lines(self) -> Iterator[str]:
        """The report: counts, then each changed record with the keys that differ."""
        yield (
            f"{self.kind}: {len(self.created)} new, {len(self.changed)} changed, "
            f"{self.unchanged} unchanged"
        )
        for name, keys in self.changed.items():
            yield f"  {name}: {', '.join(keys)}"


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The keys with another value: “place.note”, “findings (f6efuk9s)”."""
    names = []
    for key, now in after.items():
        was = before.get(key)
        if was == now:
            continue
        if isinstance(was, dict) and isinstance(now, dict):
            names += [f"{key}.{name}" for name in differences(was, now)]
        elif marks := changed_ids(was, now):
            names.append(f"{key} ({', '.join(marks)})")
        else:
            names.append(key)
    return names


def changed_ids(before: Any, after: Any) -> list[str]:
    """Of lists of entries with ids: the ids that are new, gone or changed."""
    if not isinstance(before, list) or not isinstance(after, list):
        return []
    if not all(isinstance(entry, dict) and "id" in entry for entry in before + after):
        return []
    was, now = ({entry["id"]: entry for entry in side} for side in (before, after))
    return [mark for mark in {**was, **now} if was.get(mark) != now.get(mark)]
