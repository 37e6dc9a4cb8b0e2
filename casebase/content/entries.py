"""Entries of a file, matched with the records in the database."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

from django.core.exceptions import ValidationError
from django.db.models import Model

from casebase.content.former_names import NameLookup
from casebase.content.load_summary import Changes
from casebase.content.parsed_file import ErrorDetail, KeyPath, raise_errors


class HasFormerNames(Protocol):
    """A schema with a name that is part of addresses, and with former names.

    ``name_key`` and ``former_key`` are the keys of both in a file, ``name_column`` is
    the column of the name in the database.
    """

    name_key: ClassVar[str]
    former_key: ClassVar[str]
    name_column: ClassVar[str]

    @property
    def current_name(self) -> str: ...

    @property
    def former_names(self) -> list[str]: ...

    def with_former_names(self, names: Iterable[str]) -> Self:
        """Return a copy that has these former names too."""


class HasLines(Protocol):
    """A file that knows on which lines its parts are."""

    @property
    def path(self) -> str: ...

    def error_at(self, key_path: KeyPath, sentence: str) -> ErrorDetail: ...


@dataclass
class Entry[Schema: HasFormerNames]:
    """One entry of a file, with the record that it describes.

    ``data`` is the validated entry, ``before`` the record in the same schema; None for
    a new one.
    """

    parsed: HasLines
    data: Schema
    record: Any = None
    before: Schema | None = None

    @property
    def name_column(self) -> str:
        return self.data.name_column

    def has_changed(self, *keys: str) -> bool:
        """Whether one of the keys has a new value; always true of a new record."""
        return self.before is None or any(
            getattr(self.before, key) != getattr(self.data, key) for key in keys
        )

    def error_at(self, *key_path: str | int, sentence: str) -> ErrorDetail:
        return self.parsed.error_at(key_path, sentence)


def match_records[Schema: HasFormerNames](
    entries: list[Entry[Schema]],
    *,
    model: type[Model],
    records: Mapping[str, Any],
    former: Mapping[str, str],
    serialize: Callable[[Any], Schema],
    incoming: set[str] | None = None,
) -> None:
    """Set the record of each entry and its data before the import.

    ``records`` and ``former`` are by name; ``incoming`` are all names of the import, by
    default those of these entries. Raises InvalidFileError with names that two share.
    """
    raise_errors(duplicate_name_errors(entries))
    names = NameLookup(set(records), former, incoming or current_names(entries))
    raise_errors(error for e in entries for error in name_errors(e, names, model))
    for entry in entries:
        data = entry.data
        if name := names.name_in_database(data.current_name, data.former_names):
            entry.record = records[name]
            entry.before = serialize(entry.record)
        listed = entry.before.former_names if entry.before else []
        # An old address redirects for ever, even if the file no longer lists it.
        entry.data = data.with_former_names(listed)


def current_names[Schema: HasFormerNames](entries: list[Entry[Schema]]) -> set[str]:
    return {entry.data.current_name for entry in entries}


def duplicate_name_errors[Schema: HasFormerNames](
    entries: list[Entry[Schema]],
) -> Iterator[ErrorDetail]:
    seen: set[str] = set()
    for entry in entries:
        name = entry.data.current_name
        if name in seen:
            sentence = f"“{name}” stands in these files twice."
            yield entry.error_at(entry.data.name_key, sentence=sentence)
        seen.add(name)


def name_errors[Schema: HasFormerNames](
    entry: Entry[Schema], names: NameLookup, model: type[Model]
) -> Iterator[ErrorDetail]:
    data, field = entry.data, model._meta.get_field(entry.name_column)
    for sentence in names.name_errors(data.current_name, data.former_names):
        yield entry.error_at(data.name_key, sentence=sentence)
    for sentence in names.former_name_errors(data.current_name, data.former_names):
        yield entry.error_at(data.former_key, sentence=sentence)
    for name in data.former_names:
        try:
            field.clean(name, None)
        except ValidationError as error:
            sentence = f"“{name}” can’t be a former name: {' '.join(error.messages)}"
            yield entry.error_at(data.former_key, sentence=sentence)


def select_changed[Schema: HasFormerNames](
    entries: list[Entry[Schema]], changes: Changes
) -> list[Entry[Schema]]:
    """Return the entries that differ from their records, and count all in changes."""
    return [e for e in entries if changes.add(e.data.current_name, e.before, e.data)]


def rename_record[Schema: HasFormerNames](entry: Entry[Schema]) -> None:
    """Give the record its new slug or key, whether its columns are filled or not."""
    if entry.before and entry.before.current_name != entry.data.current_name:
        setattr(entry.record, entry.name_column, entry.before.current_name)
        entry.record.rename(**{entry.name_column: entry.data.current_name})


def save_former_names[Schema: HasFormerNames](
    entry: Entry[Schema], record: Any
) -> None:
    former = getattr(record, f"former_{entry.name_column}s")
    saved = set(former.values_list(entry.name_column, flat=True))
    for name in entry.data.former_names:
        if name not in saved:
            former.create(**{entry.name_column: name})
