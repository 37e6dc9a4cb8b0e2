"""The current and former names of records, and the names that an import may use."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class NameLookup:
    """The slugs or keys of one kind of record.

    ``present`` are the names in the database, ``former`` maps a former name to the
    current one, ``incoming`` are the names in the files to be imported.
    """

    present: set[str]
    former: Mapping[str, str]
    incoming: set[str]

    def name_in_database(self, name: str, former: Iterable[str]) -> str | None:
        """Return the record’s name in the database, None for a new record."""
        if name in self.present:
            return name
        return next((old for old in former if self.is_free(old)), None)

    def is_free(self, name: str) -> bool:
        """Whether a record in the database has the name and no file uses it."""
        return name in self.present and name not in self.incoming

    def name_errors(self, name: str, former: Iterable[str]) -> Iterator[str]:
        """Yield a sentence if another record once had the name."""
        owner = self.former.get(name, name)
        if owner not in (name, self.name_in_database(name, former)):
            yield f"“{name}” is a former name of “{owner}”; take another."

    def former_name_errors(self, name: str, former: Iterable[str]) -> Iterator[str]:
        """Yield a sentence for each former name that belongs to another record."""
        own = {name, self.name_in_database(name, former)}
        for old in former:
            if old == name:
                yield f"“{old}” can’t be both the name and a former name."
            elif self.former.get(old, name) not in own:
                yield f"“{old}” is a former name of “{self.former[old]}”."
            elif (old in self.present or old in self.incoming) and old not in own:
                yield f"“{old}” can’t be a former name: it is still in use."
