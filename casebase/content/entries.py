"""Records as files have them, matched with the records that the database has."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

from django.core.exceptions import ValidationError
from django.db.models import Model

from casebase.content.former_names import Names
from casebase.content.load_summary import Changes
from casebase.content.parsed_file import Refusal, Written, refuse


class Named(Protocol):
    """A form whose name stands in addresses; the former names lead there too.

    It says under which keys a file has these names, and in which column a record.
    """

    name_key: ClassVar[str]
    former_key: ClassVar[str]
    name_column: ClassVar[str]

    @property
    def named(self) -> str: ...

    @property
    def formerly(self) -> list[str]: ...

    def also_formerly(self, names: Iterable[str]) -> Self: ...


@dataclass
class Entry[Form: Named]:
    """One record as a file has it, the record, and what that said before."""

    written: Written
    form: Form
    record: Any = None
    before: Form | None = None

    @property
    def column(self) -> str:
        """Where the record keeps its name."""
        return self.form.name_column

    def differs_in(self, *keys: str) -> bool:
        """Whether one of the keys has another value than before; true of a new one."""
        return self.before is None or any(
            getattr(self.before, key) != getattr(self.form, key) for key in keys
        )

    def refusal(self, *place: str | int, sentence: str) -> Refusal:
        return self.written.refusal(place, sentence)


def match[Form: Named](
    entries: list[Entry[Form]],
    *,
    model: type[Model],
    records: Mapping[str, Any],
    former: Mapping[str, str],
    form_of: Callable[[Any], Form],
) -> None:
    """Find each entry's record, if any. ``former``: former name → name of today."""
    refuse(said_twice(entries))
    names = Names(set(records), former, {entry.form.named for entry in entries})
    refuse(
        refusal
        for entry in entries
        for refusal in clashes(entry, names, model._meta.get_field(entry.column))
    )
    for entry in entries:
        if name := names.before(entry.form.named, entry.form.formerly):
            entry.record = records[name]
            entry.before = form_of(entry.record)
        # An old address leads here for ever, whether the file still says so or not.
        were = entry.before.formerly if entry.before else []
        entry.form = entry.form.also_formerly(were)


def said_twice[Form: Named](entries: list[Entry[Form]]) -> Iterator[Refusal]:
    seen: set[str] = set()
    for entry in entries:
        name = entry.form.named
        if name in seen:
            sentence = f"“{name}” stands in these files twice."
            yield entry.refusal(entry.form.name_key, sentence=sentence)
        seen.add(name)


def clashes[Form: Named](
    entry: Entry[Form], names: Names, field: Any
) -> Iterator[Refusal]:
    form = entry.form
    for sentence in names.clash(form.named, form.formerly):
        yield entry.refusal(form.name_key, sentence=sentence)
    for sentence in names.former_clashes(form.named, form.formerly):
        yield entry.refusal(form.former_key, sentence=sentence)
    for name in form.formerly:
        try:
            field.clean(name, None)
        except ValidationError as error:
            sentence = f"“{name}” can’t be a former name: {' '.join(error.messages)}"
            yield entry.refusal(form.former_key, sentence=sentence)


def touched[Form: Named](
    entries: list[Entry[Form]], changes: Changes
) -> list[Entry[Form]]:
    """Those that differ from their records; notes what became of each."""
    return [e for e in entries if changes.note(e.form.named, e.before, e.form)]


def rename[Form: Named](entry: Entry[Form]) -> None:
    """Give the record its new slug or key, whether its columns are filled or not."""
    if entry.before and entry.before.named != entry.form.named:
        setattr(entry.record, entry.column, entry.before.named)
        entry.record.rename(**{entry.column: entry.form.named})


def keep_former_names[Form: Named](entry: Entry[Form], record: Any) -> None:
    former = getattr(record, f"former_{entry.column}s")
    had = set(former.values_list(entry.column, flat=True))
    for name in entry.form.formerly:
        if name not in had:
            former.create(**{entry.column: name})
