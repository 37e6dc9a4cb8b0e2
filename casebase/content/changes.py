"""What a load of content did, or would do."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel


@dataclass
class Changes:
    """What became of the records of one kind: “works”, “terms”, “cases”."""

    kind: str
    new: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    unchanged: int = 0

    def note(self, name: str, before: BaseModel | None, after: BaseModel) -> bool:
        """Whether there is something to write."""
        if before == after:
            self.unchanged += 1
            return False
        if before is None:
            self.new.append(name)
        else:
            self.changed[name] = differences(before.model_dump(), after.model_dump())
        return True

    def lines(self) -> Iterator[str]:
        """The report: counts, then each changed record with the keys that differ."""
        yield (
            f"{self.kind}: {len(self.new)} new, {len(self.changed)} changed, "
            f"{self.unchanged} unchanged"
        )
        for name, keys in self.changed.items():
            yield f"  {name}: {', '.join(keys)}"


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The keys with another value: “place.note”, “findings (f6efuk9s)”."""
    names = []
    for key, new in after.items():
        old = before.get(key)
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            names += [f"{key}.{name}" for name in differences(old, new)]
        elif marks := changed_ids(old, new):
            names.append(f"{key} ({', '.join(marks)})")
        else:
            names.append(key)
    return names


def changed_ids(old: Any, new: Any) -> list[str]:
    """Of lists of entries with ids: the ids that are new, gone or changed."""
    if not isinstance(old, list) or not isinstance(new, list):
        return []
    if not all(isinstance(entry, dict) and "id" in entry for entry in old + new):
        return []
    was, now = ({entry["id"]: entry for entry in side} for side in (old, new))
    return [mark for mark in {**was, **now} if was.get(mark) != now.get(mark)]
