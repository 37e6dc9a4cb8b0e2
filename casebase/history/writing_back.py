"""Contents of versions into records, by the code that loads files."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from casebase.content.entries import Entry
from casebase.content.parsed_file import ErrorDetail, InvalidFileError, ParsedFile
from casebase.history.content import Content, drop_unknown_keys
from casebase.history.errors import RestoreError
from casebase.history.model_history import ModelHistory, versioned
from casebase.renaming import validate_name_is_free


def write_back(kind: str, contents: Mapping[int, Content]) -> None:
    """Make records as the contents say; ``contents`` leads from primary key to content.

    A deleted record is made again under its primary key. References to records that
    were renamed since follow them. Former names are not written; see former_names.py.
    Runs in a transaction that is to be rolled back when this raises RestoreError.
    """
    history = versioned[kind]
    try:
        history.write(history.remap(contents))
    except InvalidFileError as error:
        raise RestoreError(map(format_refusal, error.errors)) from None


def format_refusal(refusal: ErrorDetail) -> str:
    return ": ".join(filter(None, [refusal.path, refusal.field, refusal.sentence]))


def entry_of(
    history: ModelHistory, key: int, content: Content, **columns: Any
) -> Entry[Any]:
    """The content as an entry of a file, as the code that loads files takes it.

    Its record is the one with this primary key. Where that was deleted, it is a new one
    with the values of ``columns``, which files do not hold. Raises RestoreError if the
    name belongs to another record.
    """
    known = drop_unknown_keys(history.schema, content)
    known = history.without_former_names(known)
    parsed = ParsedFile(history.name_in(content), known, {})
    entry = Entry(parsed, parsed.validate_as(history.schema))
    record = history.model.objects.filter(pk=key).first()
    if record is None:
        entry.record = record = history.model(pk=key, **columns)
    else:
        entry.data = entry.data.with_former_names([getattr(record, entry.name_column)])
    refuse_names_of_others(entry, record)
    return entry


def refuse_names_of_others(entry: Entry[Any], record: Any) -> None:
    """Raise RestoreError if another record has the name.

    Loading matches entries and records by name, and would write to that other record.
    """
    try:
        validate_name_is_free(record, entry.name_column, entry.data.current_name)
    except ValidationError as error:
        raise RestoreError(error.messages) from None
