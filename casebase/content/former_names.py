"""Names that records have in addresses, those they once had, and renaming."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """The slugs or keys of one kind of record.

    ``former`` leads from a name that was to the one its record has now; ``arriving``
    are the names in the files to be loaded.
    """

    present: set[str]
    former: Mapping[str, str]
    arriving: set[str]

    def before(self, name: str, former: Iterable[str]) -> str | None:
        """What the record is called in the database; None for a new one."""
        if name in self.present:
            return name
        return next((old for old in former if self.is_free(old)), None)

    def is_free(self, name: str) -> bool:
        """Whether a record has the name that no file claims as its own."""
        return name in self.present and name not in self.arriving

    def clash(self, name: str, former: Iterable[str]) -> Iterator[str]:
        """Why the record can't be called so: another one once was."""
        owner = self.former.get(name, name)
        if owner not in (name, self.before(name, former)):
            yield f"“{name}” is a former name of “{owner}”; take another."

    def former_clashes(self, name: str, former: Iterable[str]) -> Iterator[str]:
        """Which former names belong to another record."""
        own = {name, self.before(name, former)}
        for old in former:
            if old == name:
                yield f"“{old}” can’t be both the name and a former name."
            elif self.former.get(old, name) not in own:
                yield f"“{old}” is a former name of “{self.former[old]}”."
            elif (old in self.present or old in self.arriving) and old not in own:
                yield f"“{old}” is no former name: it is still in use."
