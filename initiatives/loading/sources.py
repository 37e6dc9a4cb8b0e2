"""Writes the sources of a finding, a conflict, a term or a scheme."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casebase.content.model_errors import validation_errors
from casebase.content.parsed_file import Errors
from initiatives.models import Source
from initiatives.sheets import SheetConflictSource, SheetSource

COLUMNS = ("url", "locator", "via")


def build_sources(
    owner: Any,
    rows: Sequence[SheetSource | SheetConflictSource],
    works: Mapping[str, int],
) -> list[Source]:
    """Return unsaved sources of an owner, which may be unsaved too.

    ``works`` maps citekeys to primary keys.
    """
    return [
        Source(
            **{owner_column(owner): owner},
            reference_id=works[row.ref],
            position=position,
            **{column: getattr(row, column) or "" for column in COLUMNS},
        )
        for position, row in enumerate(rows, start=1)
    ]


def owner_column(owner: Any) -> str:
    return str(owner._meta.concrete_model._meta.model_name)


def source_errors(sources: Sequence[Source]) -> Errors:
    for n, source in enumerate(sources):
        for column, sentence in validation_errors(source):
            yield ("sources", n, column), sentence


def replace_sources(*, owners: Iterable[Any], new: Iterable[Source]) -> None:
    """Delete all sources of the owners and save the new ones."""
    for owner in owners:
        owner.sources.all().delete()
    Source.objects.bulk_create(new)
