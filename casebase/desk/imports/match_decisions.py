"""Works of an upload with the works they match, and the decisions of curators."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casebase.desk.duplicates.identity_rules import SAME_KEY
from casebase.desk.imports.csl_changes import Item, changed_variables, merge_items
from casebase.desk.imports.work_matching import Match, find_matches
from references.csl import Custom, Name, Work, listed_names
from references.csl_serializers import WORK_PREFETCHES, serialize_work
from references.formats.reader import ReadResult
from references.models import Reference
from references.person_names import find_free_slug

CHOICE_FIELD = re.compile(r"work-([0-9]{1,4})(?:-([A-Za-z-]{1,30}))?")
SKIP, MERGE, ADD = "skip", "merge", "add"
OURS, THEIRS = "ours", "theirs"


def surname_with_particle(name: Name) -> str:
    """Return the surname with its particle, as “van Eijk”, or the name of a body."""
    parts = [name.non_dropping_particle, name.family, name.literal]
    return " ".join(part for part in parts if part)


@dataclass
class Candidate:
    """A work of an upload, its match, and the decision on it.

    ``stored`` is the matching work, if that is in the database. ``changes`` are the CSL
    variables that a merge would change in it, and ``sides`` maps the name of each to
    OURS or THEIRS, the value to use in a merge.
    """

    number: int
    line: int
    work: Work
    match: Match | None = None
    stored: Work | None = None
    changes: Item = field(default_factory=dict)
    choice: str = ADD
    sides: dict[str, str] = field(default_factory=dict)

    @property
    def byline(self) -> str:
        """Return the creators and the year, as “Meyer & Grosser, 2014”."""
        creators = self.work.author or self.work.editor
        names = [surname_with_particle(name) for name in listed_names(creators)]
        has_more = len(names) > 2 or len(names) < len(creators)
        shown = f"{names[0]} et al." if has_more else " & ".join(names)
        year = str(self.work.issued.year) if self.work.issued else "n.d."
        return f"{shown or 'No author'}, {year}"

    @property
    def adds_nothing(self) -> bool:
        """Whether a merge would change nothing in the stored work."""
        return self.stored is not None and not self.changes

    @property
    def choices(self) -> list[str]:
        return [SKIP, MERGE, ADD] if self.stored else [SKIP, ADD]

    def apply_choices(self, chosen: dict[str, Any]) -> None:
        """Apply the valid choices of a curator; the proposals remain for the rest."""
        choice = chosen.get("choice")
        self.choice = choice if choice in self.choices else self.choice
        for name in self.sides:
            side = chosen.get("sides", {}).get(name)
            self.sides[name] = side if side in (OURS, THEIRS) else self.sides[name]

    def item_to_write(self, used_keys: set[str]) -> Item:
        """Return the CSL item to write; add the key of a new work to ``used_keys``."""
        if self.choice == MERGE and self.stored:
            chosen = {n: v for n, v in self.changes.items() if self.sides[n] == THEIRS}
            return merge_items(self.stored.to_csl(), chosen)
        key = find_free_slug(self.work.key, used_keys)
        used_keys.add(key)
        return self.work.to_csl() | {"id": key}


def find_candidates(
    reading: ReadResult, round_trip: Callable[[Work], Work]
) -> list[Candidate]:
    """Return a candidate for each work.

    ``round_trip`` converts a work to the format of the file and back.
    """
    works = [without_status(work) for work in reading.works]
    matches, lines = (
        find_matches(works, reading.original_key_indexes),
        reading.written.lines,
    )
    found = [
        Candidate(number, lines[(number,)], work, matches.get(number))
        for number, work in enumerate(works)
    ]
    propose_choices(found, round_trip)
    return found


def without_status(work: Work) -> Work:
    """Return the work without former keys and chapter positions, which only we set."""
    custom = Custom(correction=work.custom.correction)
    return work.model_copy(update={"custom": custom})


def propose_choices(found: list[Candidate], round_trip: Callable[[Work], Work]) -> None:
    """Set the stored work and the proposed choice of each candidate."""
    keys = {each.match.key for each in found if each.match and each.match.is_stored}
    records = Reference.objects.filter(key__in=keys).prefetch_related(*WORK_PREFETCHES)
    stored = {record.key: serialize_work(record) for record in records}
    for each in found:
        if each.match is None:
            continue
        # Works with the same key but other titles or people are different works.
        is_other = each.match.reason == SAME_KEY and not each.match.is_certain
        each.choice = ADD if is_other else SKIP
        if not each.match.is_stored:
            continue
        each.stored = stored[each.match.key]
        each.changes = effective_changes(each.work, each.stored, round_trip)
        each.choice = each.choice if each.changes else SKIP
        ours = each.stored.to_csl()
        each.sides = {name: OURS if name in ours else THEIRS for name in each.changes}


def effective_changes(
    work: Work, stored: Work, round_trip: Callable[[Work], Work]
) -> Item:
    """Return the CSL variables that a merge would change in the stored work."""
    ours = stored.to_csl()
    return {
        name: value
        for name, value in changed_variables(work, round_trip(stored)).items()
        if merge_items(ours, {name: value}).get(name) != ours.get(name)
    }


def preview_digest(found: Iterable[Candidate]) -> str:
    """Return a digest of the works and their matches, to detect changes."""
    digest = hashlib.sha256()
    for each in found:
        stored = each.stored.to_csl() if each.stored else None
        reason = each.match.reason if each.match else ""
        digest.update(json.dumps([each.work.to_csl(), stored, reason]).encode())
    return digest.hexdigest()


def parse_choices(sent: Mapping[str, str]) -> dict[str, Item]:
    """Return the choices in a form by the number of the work.

    Fields are named “work-3”, and “work-3-title” for a variable of that work.

    They are stored as they were sent; ``Candidate.apply_choices`` ignores invalid ones.
    """
    choices: dict[str, Item] = {}
    for name, value in sent.items():
        if field := CHOICE_FIELD.fullmatch(name):
            number, variable = field.groups()
            chosen = choices.setdefault(number, {"sides": {}})
            if variable:
                chosen["sides"][variable] = value
            else:
                chosen["choice"] = value
    return choices
