"""Works of a file that another program wrote, into the database."""

from bisect import bisect
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from casebase.change_tracking.transactions import written_together
from casebase.content.load_summary import Changes
from casebase.content.parsed_file import Place, Refusal, RefusedError, Written
from casebase.desk.imports.upload_duplicates import SAME_KEY, Likeness, likenesses
from references.csl import Work
from references.csl_serializers import WITH_WORK, work_of
from references.formats.format import WorkFormat
from references.formats.reader import Reading
from references.loading import import_works
from references.models import Reference
from references.person_names import free_slug, taken_keys

SKIP, ADD, UPDATE = "skip", "add", "update"

type Item = dict[str, Any]


@dataclass(frozen=True)
class Rules:
    """What becomes of works that are here, or that look like one here.

    ``update``: those that are here change. ``duplicates``: what becomes of others that
    look like one: SKIP, ADD or UPDATE. ``add``: keys of those to add nevertheless.
    ``trusts_keys``: a key of ours is that of our work, whatever else the file says.
    """

    update: bool = False
    duplicates: str = SKIP
    add: frozenset[str] = frozenset()
    trusts_keys: bool = False

    def adds(self, work: Work) -> bool:
        return self.duplicates == ADD or work.key in self.add

    def takes_for_one(self, like: Likeness) -> bool:
        return like.is_certain or (self.trusts_keys and like.why == SAME_KEY)


def take_in(
    reading: Reading, kind: WorkFormat, rules: Rules, *, dry_run: bool
) -> tuple[Changes, list[Refusal]]:
    """Create works that are new, and change those that are here as the rules say.

    Gives the changes, and what was not taken as it stands. What a format can't hold is
    no difference, and stays as it is. Raises RefusedError, and writes nothing, when
    works with keys of ours differ and are not to be updated.
    """
    with written_together(act="import"):
        choices = Choices(reading, kind, rules)
        choices.choose()
        if choices.differences and not rules.update:
            raise RefusedError(choices.differences)
        changes, unfit = write(choices.items, reading.written)
        if dry_run:
            transaction.set_rollback(True)
    told = [*reading.refusals, *choices.told, *unfit]
    return changes, sorted(told, key=lambda refusal: refusal.line)


@dataclass
class Choices:
    """The CSL items as they should become, by index, and what is told of others."""

    reading: Reading
    kind: WorkFormat
    rules: Rules
    items: dict[int, Item] = field(default_factory=dict)
    differences: list[Refusal] = field(default_factory=list)
    told: list[Refusal] = field(default_factory=list)

    def choose(self) -> None:
        works = self.reading.works
        like = likenesses(works, self.reading.with_own_key)
        keys = {each.key for each in like.values() if each.is_here}
        records = Reference.objects.prefetch_related(*WITH_WORK).filter(key__in=keys)
        self.here = {record.key: work_of(record) for record in records}
        self.taken = taken_keys()
        # Works here, each with the work of the file that was taken for it.
        self.claimed: dict[str, str] = {}
        for index, work in enumerate(works):
            self.choose_for(index, work, like.get(index))

    def choose_for(self, index: int, work: Work, like: Likeness | None) -> None:
        is_one = like is not None and like.is_here and self.rules.takes_for_one(like)
        if like is None or (like.why == SAME_KEY and not is_one):
            self.add(index, work)
        elif is_one and like.why == SAME_KEY and like.key not in self.claimed:
            self.join(index, work, like.key, is_by_key=True)
        elif self.rules.adds(work):
            self.add(index, work)
        elif like.is_here and like.key not in self.claimed and self.joins(work, like):
            self.join(index, work, like.key, is_by_key=False)
        else:
            self.leave_out(index, work, like)

    def joins(self, work: Work, like: Likeness) -> bool:
        """Whether it becomes part of the work here, or says nothing new of it."""
        is_one = self.rules.takes_for_one(like)
        is_wanted = self.rules.duplicates == UPDATE or (self.rules.update and is_one)
        return is_wanted or (is_one and not self.said(work, like.key))

    def said(self, work: Work, key: str) -> Item:
        return news(work, self.kind.held(self.here[key]))

    def add(self, index: int, work: Work) -> None:
        """As a new work; where another work has the key, it gets a number."""
        key = free_slug(work.key, self.taken)
        if key != work.key:
            sentence = f"“{work.key}” is another work here; this one becomes “{key}”."
            self.tell(index, sentence)
        item = work.to_csl() | {"id": key}
        if work.formerly:
            free = [former for former in work.formerly if former not in self.taken]
            item["custom"] = item["custom"] | {"former-keys": free}
        self.taken |= {key, *work.formerly}
        self.items[index] = item

    def join(self, index: int, work: Work, key: str, *, is_by_key: bool) -> None:
        """Let the work here say what the file says."""
        said = self.said(work, key)
        self.claimed[key] = work.key
        self.items[index] = merged(self.here[key].to_csl(), said)
        if said and is_by_key:
            sentence = f"“{key}” is here already, and differs in: {', '.join(said)}."
            self.differences.append(on_work(self.reading.written, index, sentence))

    def leave_out(self, index: int, work: Work, like: Likeness) -> None:
        where = "" if like.is_here else ", before it in the file,"
        words = f"“{like.key}”{where} looks like the same work ({like.why})."
        self.tell(index, f"“{work.key}” is left out: {words}")

    def tell(self, index: int, sentence: str) -> None:
        self.told.append(on_work(self.reading.written, index, sentence))


def on_work(written: Written, index: int, sentence: str) -> Refusal:
    return Refusal(written.path, written.lines[(index,)], "", sentence)


def news(work: Work, held: Work) -> Item:
    """What the file says of a work otherwise than its format would hold it."""
    known = held.to_csl()
    if not work.title_markup:
        # Many programs lose italics; that is no other title.
        known["title"] = held.title
    return {
        name: value
        for name, value in work.to_csl().items()
        if name != "id" and known.get(name) != value
    }


def merged(item: Item, said: Item) -> Item:
    custom = {**item.get("custom", {}), **said.get("custom", {})}
    return item | said | ({"custom": custom} if custom else {})


def write(items: dict[int, Item], written: Written) -> tuple[Changes, list[Refusal]]:
    """Write what the models accept; tell of the others."""
    try:
        return attempt(items, written), []
    except RefusedError as error:
        starts = [written.lines[(index,)] for index in range(len(written.value))]
        unfit = {bisect(starts, refusal.line) - 1 for refusal in error.refusals}
        fit = {index: item for index, item in items.items() if index not in unfit}
        return attempt(fit, written), error.refusals


def attempt(items: dict[int, Item], written: Written) -> Changes:
    """All or, when RefusedError is raised, none."""
    numbers = {index: number for number, index in enumerate(items)}
    lines: dict[Place, int] = {
        (numbers[place[0]], *place[1:]): line
        for place, line in written.lines.items()
        if isinstance(place[0], int) and place[0] in numbers
    }
    with transaction.atomic():
        return import_works(files=[Written(written.path, list(items.values()), lines)])
