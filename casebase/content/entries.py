"""Records as files have them, matched with the records that the database has."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

from django.core.exceptions import ValidationError
from django.db.models import Model

from casebase.content.names import Names
from casebase.content.written import Refusal, Written, refuse


class Named(Protocol):
    """A form whose name stands in addresses, and led elsewhere before it changed."""

    name_key: ClassVar[str]
    name_column: ClassVar[str]
    former_key: ClassVar[str]

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
    """Give every entry its record, if there is one, by its name or a former name.

    ``former`` leads from all former names to the names of today.
    """
    refusals = said_twice(entries)
    arriving = {entry.form.named for entry in entries}
    names = Names(set(records), former, arriving)
    for entry in entries:
        form = entry.form
        told = (form.named, form.formerly)
        for sentence in names.clash(*told):
            refusals.append(entry.refusal(form.name_key, sentence=sentence))
        field = model._meta.get_field(form.name_column)
        for sentence in (*names.former_clashes(*told), *unfit(form.formerly, field)):
            refusals.append(entry.refusal(form.former_key, sentence=sentence))
        if name := names.before(form.named, form.formerly):
            entry.record = records[name]
            entry.before = form_of(entry.record)
        # An old address leads here for ever, whether the file still says so or not.
        entry.form = form.also_formerly(entry.before.formerly if entry.before else [])
    refuse(refusals)


def said_twice[Form: Named](entries: list[Entry[Form]]) -> list[Refusal]:
    seen: set[str] = set()
    refusals = []
    for entry in entries:
        name = entry.form.named
        if name in seen:
            sentence = f"“{name}” stands in these files twice."
            refusals.append(entry.refusal(entry.form.name_key, sentence=sentence))
        seen.add(name)
    return refusals


def unfit(names: list[str], field: Any) -> Iterator[str]:
    for name in names:
        try:
            field.clean(name, None)
        except ValidationError as error:
            yield f"“{name}” can’t be a former name: {' '.join(error.messages)}"


def rename[Form: Named](entry: Entry[Form]) -> None:
    """Give the record its new slug or key, before the columns are filled."""
    if entry.before and entry.before.named != entry.form.named:
        entry.record.rename(**{entry.form.name_column: entry.form.named})


def keep_former_names[Form: Named](entry: Entry[Form], record: Any) -> None:
    column = entry.form.name_column
    former = getattr(record, f"former_{column}s")
    had = set(former.values_list(column, flat=True))
    for name in entry.form.formerly:
        if name not in had:
            former.create(**{column: name})
