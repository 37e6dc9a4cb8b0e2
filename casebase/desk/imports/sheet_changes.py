"""Compares the sheets of an upload with the cases, and checks and writes them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import batched, islice
from typing import Any, cast

from casebase.content.load_summary import Changes
from casebase.content.parsed_file import map_collecting_errors, raise_errors
from casebase.desk.imports.packed_sheets import (
    PackedFile,
    PackedSheet,
    SheetEntry,
    context_of,
    dump_sheet,
)
from casebase.desk.imports.staged_cases import staged_cases
from casebase.registry import kind_of
from initiatives.loading.cases import (
    CHUNK,
    ImportContext,
    SheetComparison,
    compare_entries,
    match_cases,
    validate_cases,
    write_cases,
)
from initiatives.models import Concept, Finding, FormerSlug, Initiative

# Wraps a list to show the progress of what iterates over it.
type Track = Callable[[Sequence[PackedSheet]], Iterable[PackedSheet]]
type Report = dict[str, Any]


@dataclass
class SheetsPreview:
    """The changes that importing the sheets would make.

    ``mark`` is their digest. ``cases`` are the primary keys of the cases that the
    sheets describe, and ``names`` the present and former slugs in them.
    """

    context: ImportContext
    changes: Changes = field(default_factory=lambda: Changes("cases"))
    sheets: list[PackedSheet] = field(default_factory=list)
    cases: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    mark: str = ""

    def add(self, compared: SheetComparison) -> None:
        """Add the changes of some sheets."""
        self.changes.include(compared.changes)
        digest = hashlib.sha256(self.mark.encode())
        for entry in compared.entries:
            self.cases |= {entry.record.pk} if entry.before else set()
            self.names |= {entry.data.slug, *entry.data.former_slugs}
        for entry in compared.changed:
            self.sheets.append(PackedSheet.pack(entry, cast(PackedFile, entry.parsed)))
            digest.update(dump_sheet(entry.before))
            digest.update(dump_sheet(entry.data))
        self.mark = digest.hexdigest()

    def is_affected(self, touched: Mapping[str, set[int]]) -> bool:
        """Whether the changes may be others now that these records were touched.

        What happens to other cases concerns them only if these got one of the names.
        """
        cases = touched.get(kind_of(Initiative), set())
        others = touched.keys() - {kind_of(Initiative), kind_of(Finding)}
        if kind_of(Concept) in others and self.context.lookups.has_same_terms():
            others -= {kind_of(Concept)}
        named = Initiative.objects.filter(pk__in=cases, slug__in=self.names)
        once_named = FormerSlug.objects.filter(
            initiative__in=cases, slug__in=self.names
        )
        return bool(
            others or cases & self.cases or named.exists() or once_named.exists()
        )

    @contextmanager
    def prepared(self, track: Track = iter) -> Iterator[Callable[[], Report]]:
        """Write new cases where nobody sees them, and yield a function for the rest.

        It writes everything in the current transaction, and returns the report: the
        slugs of new and changed cases, and the number of unchanged ones.
        """
        new = [sheet for sheet in self.sheets if sheet.is_new]
        changed = [sheet for sheet in self.sheets if not sheet.is_new]
        tracked = iter(track([*new, *changed]))
        entries = (sheet.unpack() for sheet in islice(tracked, len(new)))
        with staged_cases(entries, self.context.lookups) as publish:
            yield partial(self._write, publish, tracked)

    def _write(
        self, publish: Callable[[], None], changed: Iterable[PackedSheet]
    ) -> Report:
        publish()
        for some in batched(changed, CHUNK):
            entries = [sheet.unpack() for sheet in some]
            match_cases(entries, self.context.slugs)
            write_cases(entries, self.context.lookups)
        return {
            "new": self.changes.created,
            "changed": list(self.changes.changed),
            "unchanged": self.changes.unchanged,
        }


def preview_changes(
    sheets: Sequence[PackedSheet], user: Any, track: Track = iter
) -> SheetsPreview:
    """Compare the sheets with the cases, and write nothing.

    Raises InvalidFileError with every reason why the user can't import these sheets.
    """
    preview = SheetsPreview(context_of(sheets))

    def add(some: Sequence[PackedSheet]) -> None:
        preview.add(compare(some, user, preview.context))

    map_collecting_errors(batched(track(sheets), CHUNK), add)
    return preview


def compare(
    sheets: Iterable[PackedSheet], user: Any, context: ImportContext
) -> SheetComparison:
    """Compare some sheets of an import. Raises InvalidFileError with all errors."""
    compared = compare_entries([sheet.unpack() for sheet in sheets], context)
    raise_errors(
        entry.error_at(place, sentence=sentence)
        for entry in compared.changed
        for place, sentence in permission_errors(entry, user)
    )
    validate_cases(compared)
    return compared


def permission_errors(entry: SheetEntry, user: Any) -> Iterator[tuple[str, str]]:
    """Yield pairs of a key of the sheet and the reason why the user may not import it.

    The permissions to add and change cases are checked elsewhere.
    """
    case, status = entry.record, entry.data.status
    if entry.before is None:
        if status != "draft":
            yield "status", "A new case comes in as a draft; write “draft”."
    elif not case.is_changeable_by(user):
        yield "slug", "You may change drafts; ask a curator about this case."
    elif status != entry.before.status:
        sentence = f"The case is “{entry.before.status}”; its own page changes that."
        yield "status", sentence
