"""Works that came in, each beside the one here that it looks like, and what to do."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casebase.desk.imports.batch_work_import import merged, news
from casebase.desk.imports.upload_duplicates import SAME_KEY, Likeness, likenesses
from references.csl import Custom, Name, Work, known
from references.csl_serializers import WITH_WORK, work_of
from references.formats.reader import Reading
from references.models import Reference
from references.person_names import free_slug

type Item = dict[str, Any]

FIELD = re.compile(r"work-([0-9]{1,4})(?:-([A-Za-z-]{1,30}))?")
SKIP, MERGE, ADD = "skip", "merge", "add"
OURS, THEIRS = "ours", "theirs"


def surname_of(name: Name) -> str:
    """With the particle that stays with it: “van Eijk”; a body as it is called."""
    parts = [name.non_dropping_particle, name.family, name.literal]
    return " ".join(part for part in parts if part)


@dataclass
class Candidate:
    """One work of an upload. ``here`` is the work it looks like, if it is here."""

    number: int
    line: int
    work: Work
    like: Likeness | None = None
    here: Work | None = None
    said: Item = field(default_factory=dict)
    choice: str = ADD
    sides: dict[str, str] = field(default_factory=dict)

    @property
    def by(self) -> str:
        """“Meyer & Grosser, 2014”: who made it and when, as far as the file says."""
        makers = self.work.author or self.work.editor
        names = [surname_of(name) for name in known(makers)]
        has_more = len(names) > 2 or len(names) < len(makers)
        said = f"{names[0]} et al." if has_more else " & ".join(names)
        year = str(self.work.issued.year) if self.work.issued else "n.d."
        return f"{said or 'No author'}, {year}"

    @property
    def is_known(self) -> bool:
        """Whether it says nothing that the work here does not say."""
        return self.here is not None and not self.said

    @property
    def choices(self) -> list[str]:
        return [SKIP, MERGE, ADD] if self.here else [SKIP, ADD]

    def choose(self, chosen: dict[str, Any]) -> None:
        """What somebody chose; what they did not choose stays as it is proposed."""
        choice = chosen.get("choice")
        self.choice = choice if choice in self.choices else self.choice
        for name in self.sides:
            side = chosen.get("sides", {}).get(name)
            self.sides[name] = side if side in (OURS, THEIRS) else self.sides[name]

    def item(self, taken: set[str]) -> Item:
        """The CSL item to write. ``taken`` are keys that no new work may have."""
        if self.choice == MERGE and self.here:
            said = {n: v for n, v in self.said.items() if self.sides[n] == THEIRS}
            return merged(self.here.to_csl(), said)
        key = free_slug(self.work.key, taken)
        taken.add(key)
        return self.work.to_csl() | {"id": key}


def candidates(reading: Reading, held: Callable[[Work], Work]) -> list[Candidate]:
    """One a work. ``held`` gives a work as the format of the file would hold it."""
    works = [without_standing(work) for work in reading.works]
    like, lines = likenesses(works, reading.with_own_key), reading.written.lines
    found = [
        Candidate(number, lines[(number,)], work, like.get(number))
        for number, work in enumerate(works)
    ]
    set_beside(found, held)
    return found


def without_standing(work: Work) -> Work:
    """Former keys and places in the chapter’s list belong to works that are here."""
    custom = Custom(correction=work.custom.correction)
    return work.model_copy(update={"custom": custom})


def set_beside(found: list[Candidate], held: Callable[[Work], Work]) -> None:
    keys = {each.like.key for each in found if each.like and each.like.is_here}
    records = Reference.objects.filter(key__in=keys).prefetch_related(*WITH_WORK)
    here = {record.key: work_of(record) for record in records}
    for each in found:
        if each.like is None:
            continue
        # With one key, but another title or other people, it is another work.
        is_other = each.like.why == SAME_KEY and not each.like.is_certain
        each.choice = ADD if is_other else SKIP
        if not each.like.is_here:
            continue
        ours_here = here[each.like.key]
        each.here = ours_here
        each.said = said_otherwise(each.work, ours_here, held)
        each.choice = each.choice if each.said else SKIP
        ours = ours_here.to_csl()
        each.sides = {name: OURS if name in ours else THEIRS for name in each.said}


def said_otherwise(work: Work, here: Work, held: Callable[[Work], Work]) -> Item:
    """What taking a variable over would change."""
    ours = here.to_csl()
    said = news(work, held(here))
    return {
        name: value
        for name, value in said.items()
        if merged(ours, {name: value}).get(name) != ours.get(name)
    }


def mark_of(found: Iterable[Candidate]) -> str:
    digest = hashlib.sha256()
    for each in found:
        here = each.here.to_csl() if each.here else None
        why = each.like.why if each.like else ""
        digest.update(json.dumps([each.work.to_csl(), here, why]).encode())
    return digest.hexdigest()


def chosen_in(sent: Mapping[str, str]) -> dict[str, Item]:
    """The choices in a form, by number: “work-3”, and of its variables “work-3-title”.

    As they can be kept: whether they make sense is seen when they are used.
    """
    choices: dict[str, Item] = {}
    for name, value in sent.items():
        if field := FIELD.fullmatch(name):
            number, variable = field.groups()
            chosen = choices.setdefault(number, {"sides": {}})
            if variable:
                chosen["sides"][variable] = value
            else:
                chosen["choice"] = value
    return choices
