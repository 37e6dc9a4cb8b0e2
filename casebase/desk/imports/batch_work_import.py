"""Imports a file of works by rules, for the command ``import_references``.

``work_import`` imports works at the desk, where a curator decides on each work.
"""

from bisect import bisect
from dataclasses import dataclass, field

from django.db import transaction

from casebase.change_tracking.transactions import tracked_transaction
from casebase.content.load_summary import Changes
from casebase.content.parsed_file import (
    ErrorDetail,
    InvalidFileError,
    KeyPath,
    ParsedFile,
)
from casebase.desk.duplicates.identity_rules import SAME_KEY
from casebase.desk.imports.csl_changes import Item, changed_variables, merge_items
from casebase.desk.imports.work_matching import Match, find_matches
from references.csl import Work
from references.csl_serializers import WORK_PREFETCHES, serialize_work
from references.formats.reader import ReadResult
from references.formats.work_format import WorkFormat
from references.loading import import_works
from references.models import Reference
from references.person_names import find_free_slug, used_citekeys

SKIP, ADD, UPDATE = "skip", "add", "update"


@dataclass(frozen=True)
class ImportRules:
    """How to import works that are stored already, or that resemble a stored work.

    ``update``: whether to update works that are stored already. ``duplicates``: whether
    to SKIP, ADD or UPDATE works that may be duplicates. ``add``: the keys of works to
    add even so. ``trusts_keys``: whether two works with the same key are the same work,
    even if they differ otherwise.
    """

    update: bool = False
    duplicates: str = SKIP
    add: frozenset[str] = frozenset()
    trusts_keys: bool = False

    def may_add(self, work: Work) -> bool:
        return self.duplicates == ADD or work.key in self.add

    def is_identity(self, match: Match) -> bool:
        """Whether the two matching works are treated as the same work."""
        return match.is_certain or (self.trusts_keys and match.reason == SAME_KEY)


def import_file(
    reading: ReadResult, kind: WorkFormat, rules: ImportRules, *, dry_run: bool
) -> tuple[Changes, list[ErrorDetail]]:
    """Create the new works of a file, and update stored works according to the rules.

    Returns the changes, and notes on works that were not imported or were altered.
    Fields that the file format can't represent are not compared and do not change.
    Raises InvalidFileError, and writes nothing, if a work differs from the stored work
    with the same key and the rules don't allow updates.
    """
    with tracked_transaction(action="import"):
        plan = ImportPlan(reading, kind, rules)
        plan.build()
        if plan.differences and not rules.update:
            raise InvalidFileError(plan.differences)
        changes, invalid = write_valid(plan.items, reading.written)
        if dry_run:
            transaction.set_rollback(True)
    notes = [*reading.messages, *plan.notes, *invalid]
    return changes, sorted(notes, key=lambda refusal: refusal.line)


@dataclass
class ImportPlan:
    """The CSL items to write, by index, and notes on the works that are skipped.

    ``differences`` are notes on works that differ from the stored work with their key.
    """

    reading: ReadResult
    kind: WorkFormat
    rules: ImportRules
    items: dict[int, Item] = field(default_factory=dict)
    differences: list[ErrorDetail] = field(default_factory=list)
    notes: list[ErrorDetail] = field(default_factory=list)

    def build(self) -> None:
        works = self.reading.works
        matches = find_matches(works, self.reading.original_key_indexes)
        keys = {each.key for each in matches.values() if each.is_stored}
        records = Reference.objects.prefetch_related(*WORK_PREFETCHES).filter(
            key__in=keys
        )
        self.stored = {record.key: serialize_work(record) for record in records}
        self.used_keys = used_citekeys()
        # Keys of stored works that a work of the file has been matched to.
        self.matched_keys: set[str] = set()
        for index, work in enumerate(works):
            self.decide(index, work, matches.get(index))

    def decide(self, index: int, work: Work, match: Match | None) -> None:
        is_same = (
            match is not None and match.is_stored and self.rules.is_identity(match)
        )
        if match is None or (match.reason == SAME_KEY and not is_same):
            self.add(index, work)
        elif (
            is_same and match.reason == SAME_KEY and match.key not in self.matched_keys
        ):
            self.update_stored(index, work, match.key, is_by_key=True)
        elif self.rules.may_add(work):
            self.add(index, work)
        elif self.may_update(work, match):
            self.update_stored(index, work, match.key, is_by_key=False)
        else:
            self.skip(index, work, match)

    def may_update(self, work: Work, match: Match) -> bool:
        """Whether the rules allow an update, or the work would change nothing."""
        if not match.is_stored or match.key in self.matched_keys:
            return False
        is_same = self.rules.is_identity(match)
        is_wanted = self.rules.duplicates == UPDATE or (self.rules.update and is_same)
        return is_wanted or (is_same and not self.changes_to_stored(work, match.key))

    def changes_to_stored(self, work: Work, key: str) -> Item:
        """Return the variables that the work would change in the stored work."""
        return changed_variables(work, self.kind.round_trip(self.stored[key]))

    def add(self, index: int, work: Work) -> None:
        """Add a new work, with a number at the end of its key if the key is in use."""
        key = find_free_slug(work.key, self.used_keys)
        if key != work.key:
            sentence = f"“{work.key}” is another work here; this one becomes “{key}”."
            self.add_note(index, sentence)
        item = work.to_csl() | {"id": key}
        if work.former_names:
            free = [
                former for former in work.former_names if former not in self.used_keys
            ]
            item["custom"] = item["custom"] | {"former-keys": free}
        self.used_keys |= {key, *work.former_names}
        self.items[index] = item

    def update_stored(
        self, index: int, work: Work, key: str, *, is_by_key: bool
    ) -> None:
        """Update the stored work with the values of the file."""
        changes = self.changes_to_stored(work, key)
        self.matched_keys.add(key)
        self.items[index] = merge_items(self.stored[key].to_csl(), changes)
        if changes and is_by_key:
            names = ", ".join(changes)
            sentence = f"“{key}” is here already, and differs in: {names}."
            self.differences.append(note_on(self.reading.written, index, sentence))

    def skip(self, index: int, work: Work, match: Match) -> None:
        where = "" if match.is_stored else ", before it in the file,"
        words = f"“{match.key}”{where} looks like the same work ({match.reason})."
        self.add_note(index, f"“{work.key}” is left out: {words}")

    def add_note(self, index: int, sentence: str) -> None:
        self.notes.append(note_on(self.reading.written, index, sentence))


def note_on(parsed: ParsedFile, index: int, sentence: str) -> ErrorDetail:
    return ErrorDetail(parsed.path, parsed.lines[(index,)], "", sentence)


def write_valid(
    items: dict[int, Item], parsed: ParsedFile
) -> tuple[Changes, list[ErrorDetail]]:
    """Write the valid items, and return the changes and the errors of the others."""
    try:
        return write_all(items, parsed), []
    except InvalidFileError as error:
        first_lines = [parsed.lines[(index,)] for index in range(len(parsed.value))]
        invalid = {bisect(first_lines, detail.line) - 1 for detail in error.errors}
        valid = {index: item for index, item in items.items() if index not in invalid}
        return write_all(valid, parsed), error.errors


def write_all(items: dict[int, Item], parsed: ParsedFile) -> Changes:
    """Write all items, or raise InvalidFileError and write none."""
    numbers = {index: number for number, index in enumerate(items)}
    lines: dict[KeyPath, int] = {
        (numbers[place[0]], *place[1:]): line
        for place, line in parsed.lines.items()
        if isinstance(place[0], int) and place[0] in numbers
    }
    with transaction.atomic():
        return import_works(
            files=[ParsedFile(parsed.path, list(items.values()), lines)]
        )
